"""What stands under or in place of the variables' rows: why a gradient was not kept, a filter that hides all."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.protocol.notes import NoGrad
from engine.protocol.program_values import Variable
from engine.shared.language import said, tr
from engine.shared.output_names import in_function
from visualizer.look import icons, spoken, theme
from visualizer.look.shortening_link import ShorteningLink
from visualizer.look.spoken import speak

# Of other results the gradient is wanted elsewhere: of the leaf that an update replaced.
_KEPT_BY_RETAIN_GRAD = ("grad.of_result", "grad.of_computed")


class NoMatch(QWidget):
    """Says that a filter hides every variable, and offers to clear it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = QLabel(self, objectName="variables_no_match")
        self._text.setProperty("role", "secondary")
        self._text.setWordWrap(True)
        self.link = QPushButton(self, objectName="variables_clear_filter")
        speak(self.link.setText, "Clear the filter")
        self.link.setProperty("kind", "link")
        column = QVBoxLayout(self)
        column.addWidget(self._text)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def say(self, text: str) -> None:
        """What nothing matches."""
        speak(self._text.setText, "No variable matches “{text}”.", text=text)


class WhyNotKept(QFrame):
    """Explains why a tensor that is not a leaf has no .grad, and offers the line that keeps it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("why_not_kept")
        box = QFrame(self, objectName="why_not_kept_box")
        box.setProperty("role", "raised")
        self._icon = QLabel(box)
        self._title = QLabel(box, objectName="why_not_kept_title")
        self._title.setProperty("role", "title")
        self._text = QLabel(box, objectName="why_not_kept_text")
        self._text.setProperty("role", "secondary")
        self.link = ShorteningLink(box, objectName="add_retain_grad")
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.RichText)
        self._words = QVBoxLayout()
        for widget in (self._title, self._text):
            self._words.addWidget(widget)
        self._words.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self._row = QHBoxLayout(box)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._words, 1)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(box)
        self._is_wanted = False
        self._has_room = True
        self._explained: tuple[Variable | None, int | None] = None, None
        spoken.current().changed.connect(self._say_again)
        theme.current().changed.connect(self._on_theme)
        self._on_theme()
        self.hide()

    def set_room(self, *, is_whole: bool, is_short: bool) -> None:
        """Whether there is room for all of it, or for the question and the link; the words are then a tool tip."""
        self._has_room = is_whole or is_short
        self._text.setVisible(is_whole)
        margin = theme.current().px(12 if is_whole else 8)
        self._outer.setContentsMargins(theme.current().px(12), margin, theme.current().px(12), margin)
        self._row.setContentsMargins(theme.current().px(12), margin, theme.current().px(12), margin)
        self.setVisible(self._is_wanted and self._has_room)

    def _on_theme(self) -> None:
        look = theme.current()
        self._row.setSpacing(look.px(8))
        self._words.setSpacing(look.px(3))
        pixels = icons.icon("eye", look.color("accent.text")).pixmap(QSize(look.px(16), look.px(16)))
        self._icon.setPixmap(pixels)

    def _say_again(self) -> None:
        self.explain(*self._explained)

    def explain(self, variable: Variable | None, line: int | None) -> None:
        """Show the box for a tensor whose gradient was not kept, hide it for anything else."""
        self._explained = variable, line
        self._is_wanted = variable is not None and variable.no_grad == NoGrad.NOT_KEPT
        if variable is not None and self._is_wanted:
            self._say(variable, line)
        self.setVisible(self._is_wanted and self._has_room)  # last: what appears is laid out at once

    def _say(self, variable: Variable, line: int | None) -> None:
        name = in_function(variable.name)[1]
        self._title.setText(tr("Why is {name}.grad not kept?", name=name))
        why = variable.why_no_grad
        shown = tr("The graph still shows it.")
        self._text.setText(escape(f"{said(why) if why is not None else ''} {shown}".strip()))
        self.setToolTip(self._text.text())
        self.link.setVisible(why is None or why.code in _KEPT_BY_RETAIN_GRAD)
        line_words = tr("Add {code} at line {line}", code=f"{name}.retain_grad()", line=line)
        self.link.set_words(line_words if line else tr("Add {code}", code=f"{name}.retain_grad()"))
