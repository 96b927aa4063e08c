"""Escape belongs to the window, unless the widget that has the focus has a use for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def claims_escape(event: QEvent) -> bool:
    """Whether Qt asks if the widget takes Escape before a shortcut does; it is told yes. For `event` or a filter."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
        return False
    is_escape = event.key() == Qt.Key.Key_Escape
    if is_escape:
        event.accept()
    return is_escape
