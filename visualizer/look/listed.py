"""Parts of a painted widget that a screen reader tells one by one, as the lines of a legend.

Whoever has them says so by an attribute, `accessible_parts: Listed | None = None`, which an instance fills.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible


class Listed:
    """Parts in a row, from 0: each has its `words` and its place in the widget, `rect_of`. On the window's thread."""

    role = QAccessible.Role.ListItem

    def __init__(self, count: Callable[[], int], words: Callable[[int], str], rect_of: Callable[[int], QRect]) -> None:
        self.count, self.name, self.rect = count, words, rect_of

    def description(self, part: int) -> str:
        """Its words say all."""
        return ""

    def at(self, point: QPoint) -> int:
        """The one at a point of the widget, -1 without one."""
        return next((part for part in range(self.count()) if self.rect(part).contains(point)), -1)

    def selected(self) -> int:
        """None is: no key comes to them."""
        return -1

    def is_folded(self, part: int) -> bool:
        """None is."""
        return False
