"""Enter presses the button that has the keyboard, as Space does: Qt has it so in dialogs alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QPushButton, QToolButton, QWidget
from shiboken6 import isValid

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterPresses(QObject):
    """In a window and its panels. It hears the button itself: what a field leaves of its Enter, which may have given
    the keyboard to a button, presses none."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._button: QWidget | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._button is not None and isValid(self._button):
            self._button.removeEventFilter(self)
        self._button = new if isinstance(new, QPushButton | QToolButton) and self._is_here(new) else None
        if self._button is not None:
            self._button.installEventFilter(self)

    def _is_here(self, button: QWidget) -> bool:
        own = button.window()
        return own is self._window or (isinstance(own, QDockWidget) and own.parentWidget() is self._window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.key() not in _ENTER:
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held or event.isAutoRepeat() or not isinstance(watched, QPushButton | QToolButton):
            return False
        if watched.menu() is not None:  # Space opens it
            return False
        watched.click()
        return True
