"""Parts of a painted widget that the arrow keys walk along: what the mouse is told by a tooltip, the keyboard is, too.

Whoever has them says so by an attribute, `accessible_parts: Walked | None = None`, which an instance fills.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolTip, QWidget

from visualizer.look.accessible_parts import tell_selected
from visualizer.look.listed import Listed

_FAR = 10  # parts that a page has
_MOVES = {
    **dict.fromkeys((Qt.Key.Key_Right, Qt.Key.Key_Down), 1),
    **dict.fromkeys((Qt.Key.Key_Left, Qt.Key.Key_Up), -1),
    **{Qt.Key.Key_PageDown: _FAR, Qt.Key.Key_PageUp: -_FAR},
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Walked(Listed):
    """Parts of `widget` in a row, from 0: each has its `words` and its place, `rect_of`. What the keys have come to
    stands beside it in a tooltip. `came` is told of it, -1 where the keyboard has left; Enter has `act` done to it.
    On the window's thread."""

    def __init__(
        self,
        widget: QWidget,
        count: Callable[[], int],
        words: Callable[[int], str],
        rect_of: Callable[[int], QRect],
        came: Callable[[int], object] = lambda part: None,
        act: Callable[[int], object] | None = None,
    ) -> None:
        super().__init__(count, words, rect_of)
        self._widget = widget
        self._came, self._act = came, act
        self._part = -1
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def selected(self) -> int:
        """The one that the keys have come to, -1 before."""
        return self._part if self._part < self.count() else -1

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key does; False where it is none of these."""
        key, last = Qt.Key(event.key()), self.count() - 1
        if last < 0 or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        here = self.selected()
        if key in _ENTER and self._act is not None and here >= 0:
            self._act(here)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else last)
        elif key in _MOVES:
            begin = -1 if _MOVES[key] > 0 else 0
            self._go(min(max((begin if here < 0 else here) + _MOVES[key], 0), last))
        else:
            return False
        return True

    def leave(self) -> None:
        """The keyboard goes elsewhere, or there are other parts."""
        if self._part >= 0:
            self._part = -1
            QToolTip.hideText()
            self._came(-1)
            self._widget.update()

    def _go(self, part: int) -> None:
        self._part = part
        self._came(part)
        self._widget.update()
        below = self._widget.mapToGlobal(self.rect(part).bottomLeft())
        QToolTip.showText(below, self.name(part), self._widget)
        tell_selected(self._widget)
