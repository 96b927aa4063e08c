"""Enter presses the button that has the keyboard, as Space does: Qt has it so in dialogs alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def press_button(window: QWidget, event: QKeyEvent) -> bool:
    """Of a key that no widget of a window has taken: whether it was Enter, and a button had the keyboard and was
    pressed."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    button = window.focusWidget()
    if event.key() not in _ENTER or held or event.isAutoRepeat() or not isinstance(button, QPushButton | QToolButton):
        return False
    if button.menu() is not None:  # Space opens it
        return False
    button.click()
    return True
