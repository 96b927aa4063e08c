"""The keyboard comes to a list, which chooses nothing by that."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent


def choosing_nothing(event: QFocusEvent) -> QFocusEvent:
    """What a list is to be told in place of the event: where no row is the current one Qt makes its first row that,
    unless the mouse brought the keyboard, and what is current there is what the person chose."""
    return QFocusEvent(event.type(), Qt.FocusReason.MouseFocusReason)
