"""The card beside a place of the program: what a name stands for, or what the call that is being written takes."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from engine.protocol.hints import Hint
from engine.shared.language import grouped, tr
from visualizer.backprop.program.kind_words import kind_word
from visualizer.look import theme
from visualizer.look.announcing import announce
from visualizer.model.variable_words import line_of_kind

_WIDEST = 460
_GAP = 3


class HintCard(QFrame):
    """It never takes the keyboard. It belongs to the editor and stands over the whole window."""

    def __init__(self, editor: QWidget) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setObjectName("hint_card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = QLabel(self, objectName="hint_text")
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._said = ""  # what was shown last
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._text)
        theme.current().changed.connect(self._dress)
        self._dress()
        self.hide()

    def say(self, sentence: str, place: QRect) -> None:
        """One sentence at a place, in coordinates of the screen."""
        self._show(_words(sentence, "text.secondary"), place, is_above=False)

    def show_hint(self, hint: Hint, place: QRect) -> None:
        """What a name stands for, under it."""
        parts = [_mono(f"<b>{escape(hint.name)}</b>", _head(hint))] if not hint.signatures else []
        parts += [_mono(_colored(escape(one.text), "text.primary")) for one in hint.signatures[:3]]
        parts += (
            [_mono(_colored(escape(line_of_kind(hint.value, hint.kind)), "text.secondary"))]
            if hint.value and hint.signatures
            else []
        )
        parts += [_words(hint.words, "text.secondary")] if hint.words else []
        if hint.is_written:
            parts.append(_words(tr("From the text alone: it has no value now."), "text.muted"))
        if hint.has_changed:
            parts.append(_words(tr("From the text, which was changed since it ran."), "text.muted"))
        self._show("".join(parts), place, is_above=False)

    def show_call(self, hint: Hint, signature: int, parameter: int, place: QRect) -> None:
        """How the call is made, over it, the parameter that is being written marked."""
        chosen = hint.signatures[signature]
        names = [escape(one) for one in chosen.parameters]
        if 0 <= parameter < len(names):
            names[parameter] = _colored(f"<b><u>{names[parameter]}</u></b>", "accent.text")
        returns = f" → {escape(chosen.returns)}" if chosen.returns else ""
        parts = [_mono(f"{escape(chosen.name)}({', '.join(names)}){returns}")]
        if len(hint.signatures) > 1:
            n = grouped(len(hint.signatures))
            parts.append(_words(tr("{nth} of {n} ways to call it: ↑ ↓", nth=grouped(signature + 1), n=n), "text.muted"))
        parts += [_words(hint.words, "text.secondary")] if hint.words else []
        self._show("".join(parts), place, is_above=True)

    @property
    def words(self) -> str:
        """What it says, as rich text; "" while hidden."""
        return "" if self.isHidden() else self._text.text()

    def _show(self, text: str, place: QRect, *, is_above: bool) -> None:
        look, window = theme.current(), self._editor.window()
        if self.parentWidget() is not window:  # floated, or docked, since
            self.setParent(window)
        self._text.setText(text)
        room = window.rect()
        width = min(look.px(_WIDEST), room.width() - look.px(16))
        self._text.setFixedWidth(min(width, self._text.sizeHint().width() + look.px(4)) if len(text) < 60 else width)
        height = self._text.heightForWidth(self._text.width()) + 2 * look.px(6) + 2
        size = (self._text.width() + 2 * look.px(8) + 2, min(height, room.height()))
        corner = window.mapFromGlobal(place.topLeft())
        under, over = corner.y() + place.height() + _GAP, corner.y() - size[1] - _GAP
        fits_over, fits_under = over >= 0, under + size[1] <= room.height()
        top = over if (is_above and fits_over) or not fits_under else under
        left = max(min(corner.x(), room.width() - size[0] - look.px(4)), look.px(4))
        self.setGeometry(left, max(top, 0), *size)
        is_new = self.isHidden() or text != self._said
        self._said = text
        self.show()
        self.raise_()
        if is_new:
            announce(self, QTextDocumentFragment.fromHtml(text).toPlainText())

    def _dress(self) -> None:
        look = theme.current()
        self.setStyleSheet(
            f"HintCard {{ background: {look.color('bg.raised').name()};"
            f" border: 1px solid {look.color('line.default').name()}; border-radius: {look.px(4)}px; }}"
        )
        self._column.setContentsMargins(look.px(8), look.px(6), look.px(8), look.px(6))
        self._text.setFont(look.font(12))
        self.hide()


def _head(hint: Hint) -> str:
    """What stands behind a name: its value, else its kind."""
    words = line_of_kind(hint.value, hint.kind) or kind_word(hint.kind)
    return _colored(f"&nbsp; {escape(words)}", "text.secondary")


def _mono(*parts: str) -> str:
    look = theme.current()
    return f'<p style="margin: 0 0 3px 0; font-family: {look.mono(12).family()};">{"".join(parts)}</p>'


def _words(text: str, token: str) -> str:
    return f'<p style="margin: 3px 0 0 0;">{_colored(escape(text), token)}</p>'


def _colored(text: str, token: str) -> str:
    return f'<span style="color: {theme.current().color(token).name()};">{text}</span>'
