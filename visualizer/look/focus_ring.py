"""A frame that says where the keyboard is, for a widget that it came to by the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from visualizer.look import theme
from visualizer.look.painting import guarded

_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_AWAY_AND_BACK = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class FocusRing(QWidget):
    """Lies over `target`, which owns it, and takes no event from it. A click needs no frame: the hand knows where it
    is."""

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._target = target
        target.installEventFilter(self)
        theme.current().changed.connect(self.update)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isValid(self._target):
            return False  # it is being destroyed with the keyboard in it, of which Qt tells it
        if isinstance(event, QFocusEvent) and event.reason() not in _AWAY_AND_BACK:
            self.setGeometry(self._target.rect())
            self.raise_()
            self.setVisible(event.gotFocus() and event.reason() in _BY_KEYBOARD)
        elif event.type() == QEvent.Type.Resize:
            self.setGeometry(self._target.rect())
        return False

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.current().color("accent.line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
