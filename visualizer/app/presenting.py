"""For a room: the whole screen, one panel large and in large text, and where the pointer is."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAccessible, QColor, QCursor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from visualizer.app.training_room import TrainingRoom
from visualizer.backprop.large_panel import LargePanel
from visualizer.look import theme
from visualizer.look.painting import guarded
from visualizer.look.scrolled_places import ScrolledPlaces

_SCALE = 1.5
_RADIUS = 26  # px
_FRAME_MS = 16


class PointerRing(QObject):
    """A ring around the pointer, over everything: the window, its dialogs and menus; it takes no click."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._following = QTimer(self, interval=_FRAME_MS)
        self._following.timeout.connect(self._follow)

    @property
    def is_on(self) -> bool:
        return self._following.isActive()

    def toggle(self) -> None:
        if self.is_on:
            self._following.stop()
            self._show_in(None)
        else:
            self._following.start()
            self._follow()

    def _follow(self) -> None:
        top = QApplication.topLevelAt(QCursor.pos())
        is_tip = top is not None and top.windowType() == Qt.WindowType.ToolTip
        self._show_in(self._window if is_tip else top)

    def _show_in(self, top: QWidget | None) -> None:
        for other in QApplication.topLevelWidgets():
            ring = other.findChild(_Ring, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if other is top:
                (ring or _Ring(top)).follow()
            elif ring is not None:
                ring.hide()


class _Ring(QWidget):
    """Of one window, dialog or menu."""

    accessible_role = QAccessible.Role.Border

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pointer_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def follow(self) -> None:
        radius = theme.current().px(_RADIUS) + 3
        at = self.parentWidget().mapFromGlobal(QCursor.pos())
        self.setGeometry(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
        self.show()
        self.raise_()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = QColor(look.color("flow.line"))
        painter.setPen(QPen(color, look.px(3)))
        color.setAlphaF(0.18)
        painter.setBrush(color)
        radius = look.px(_RADIUS)
        painter.drawEllipse(QPointF(self.rect().center() + QPoint(1, 1)), radius, radius)


class Presenting(QObject):
    """`is_on`: the window fills the screen, and gives it all to one panel of either workspace."""

    def __init__(self, window: QMainWindow, large: LargePanel, training: TrainingRoom) -> None:
        super().__init__(window)
        self._window, self._large, self._training = window, large, training
        self._before = (1.0, False)  # the size of the text, and whether the window filled the screen
        self._places = ScrolledPlaces(window)
        self.is_on = False

    @property
    def can_step_out(self) -> bool:
        """Whether one panel of the workspace that is shown is large and need not be."""
        if self.is_on or self._training.isVisible():
            return self.is_on or self._training.is_large
        return bool(self._large.name) and not self._large.is_needed

    def step_out(self) -> None:
        """Of the presentation, else of the large panel."""
        if self.is_on:
            self.toggle()
        elif self._training.isVisible():
            self._training.toggle_large()
        else:
            self._large.leave()

    def toggle(self) -> None:
        """Begin with the panel that has the keyboard; end as it was before."""
        window, look = self._window, theme.current()
        self.is_on = not self.is_on
        window.statusBar().setHidden(self.is_on)
        if self.is_on:
            self._training.present(is_on=True)  # whose widths follow the size of the text, but for one column alone
            self._before = look.scale, window.isFullScreen()
            self._places.keep()
            self._large.begin_presentation()
            look.set_scale(max(look.scale, _SCALE))
            window.showFullScreen()
            return
        scale, was_full = self._before
        self._large.end_presentation()
        look.set_scale(scale)
        self._training.present(is_on=False)
        if not was_full:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
        self._large.settle()
        self._places.bring_back()
