"""Words and small tables in a section: in the colours of the theme, to be copied, with links to nodes."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from visualizer.look import spoken, theme
from visualizer.look.wrapped_label import WrappedLabel

_NODE = "node:"


class RichText(WrappedLabel):
    """Shows what `make` gives, made anew when the theme or the language changes; empty, it takes no room. A link to a
    node calls `choose` with its id."""

    def __init__(self, name: str, choose: Callable[[int], None], parent: QWidget) -> None:
        super().__init__(parent, name=name)
        self._make: Callable[[], str] = str
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.linkActivated.connect(lambda link: choose(int(link.removeprefix(_NODE))))
        theme.current().changed.connect(self._show)
        spoken.current().changed.connect(self._show)

    def show_text(self, make: Callable[[], str]) -> None:
        """`make` gives HTML."""
        self._make = make
        self._show()

    def _show(self) -> None:
        text = self._make()
        self.setText(text)
        self.setVisible(bool(text))


def colored(text: str, token: str = "text.primary") -> str:
    """Words in a colour of the theme."""
    return colored_html(html.escape(text), token)


def colored_html(words: str, token: str = "text.primary") -> str:
    """The same of HTML, for example a sentence with a link in it."""
    return f'<span style="color:{theme.current().color(token).name()}">{words}</span>'


def number_text(text: str, token: str = "flow.text") -> str:
    """A number in the font of numbers, with its percent sign on one line."""
    family, text = theme.current().mono(12).family(), text.replace(" %", "\N{NO-BREAK SPACE}%")
    return f"<span style=\"font-family:'{family}'\">{colored(text, token)}</span>"


def to_node(node: int, text: str) -> str:
    """A link to a node; words alone where there is none."""
    color = theme.current().color("accent.text").name()
    words = html.escape(text)
    return f'<a href="{_NODE}{node}" style="color:{color};text-decoration:none">{words}</a>' if node >= 0 else words


def table(rows: Sequence[Sequence[str]]) -> str:
    """Cells of HTML: the first column stands left and takes what is free, the others right."""
    return f'<table width="100%" cellspacing="0" cellpadding="2">{"".join(map(_row, rows))}</table>' if rows else ""


def _row(cells: Sequence[str]) -> str:
    first, *others = cells
    return f"<tr><td>{first}</td>{''.join(f'<td align=right>{cell}</td>' for cell in others)}</tr>"
