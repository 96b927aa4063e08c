"""Widgets beside each other where there is room, else below each other."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout


def turn(box: QBoxLayout, *, is_below: bool) -> None:
    """Put what the box holds below each other, or beside. Whoever holds the box learns its new height: Qt itself tells
    nobody of another direction, and what stands next to it would lie over its rows."""
    wanted = QBoxLayout.Direction.TopToBottom if is_below else QBoxLayout.Direction.LeftToRight
    if box.direction() != wanted:
        box.setDirection(wanted)
        box.update()
