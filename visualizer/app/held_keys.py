"""Which key of an action is being held down: its presses are the action's, its repetitions and its release are told."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QWindow

_ENDS = (QEvent.Type.FocusOut, QEvent.Type.Hide)


class HeldKeys(QObject):
    """Watches the focused window of the program for keys whose actions have no auto-repeat of their own.

    Nothing is taken from the windows. A key that another window heard first, or that did not start its action, is
    nobody's.
    """

    repeated = Signal(str)  # the action's object name, as often as the keyboard repeats
    let_go = Signal()

    def __init__(self, actions: Iterable[QAction], parent: QObject) -> None:
        super().__init__(parent)
        self._actions = list(actions)
        self._held: QAction | None = None
        self._window: QWindow | None = None
        for action in self._actions:
            action.triggered.connect(lambda checked=False, action=action: self._press(action))
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._follow)
        self._follow(application.focusWindow())

    def _follow(self, window: QWindow | None) -> None:
        self._release()
        if self._window is not None:
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)
            window.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._window = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not event.isAutoRepeat():  # another key: only the last one repeats
                self._release()
            elif self._held is not None and _is_key_of(self._held, event):
                self.repeated.emit(self._held.objectName())
        elif kind in _ENDS or (kind == QEvent.Type.KeyRelease and not event.isAutoRepeat()):  # type: ignore[attr-defined]
            self._release()
        return False

    def _press(self, action: QAction) -> None:
        self._held = action

    def _release(self) -> None:
        if self._held is not None:
            self._held = None
            self.let_go.emit()


def _is_key_of(action: QAction, event: QKeyEvent) -> bool:
    return QKeySequence(event.keyCombination()) in action.shortcuts()
