"""What happens is told to a screen reader, also where the keyboard is elsewhere."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(about: QWidget, words: str) -> None:
    """Have it said once what it reads has been said; where nothing reads, or there are no words, nothing happens."""
    if words and about.isVisible():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(about, words))
