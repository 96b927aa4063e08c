"""What a plot does with mouse and keyboard: zoom, pan, fit, and the cursor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from visualizer.look import theme
from visualizer.pretraining.plots.frame import Frame
from visualizer.pretraining.plots.plot_axis import SharedAxis

_PAN = 0.1  # of the visible range, for a key
_ZOOM = 0.8
_NOTCH = 120  # of a wheel


class Surface(QWidget):
    """Drag zooms all plots, with Shift or the middle button it pans them; a double click fits the data, a click pins
    the cursor. The heirs draw, and say in `frame` where."""

    nudged = Signal(int)  # an arrow key wants the cursor one record to the left or right

    def __init__(self, axis: SharedAxis) -> None:
        super().__init__()
        self.axis = axis
        self.pressed: float | None = None  # the number where a drag began that zooms
        self.dragged: float | None = None
        self.pointed_y: float | None = None  # pixels, while the pointer is over this plot
        self._panned_from: float | None = None  # pixels
        self._was_double = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def frame(self) -> Frame:
        """Where the numbers are in pixels."""
        raise NotImplementedError

    def area(self) -> QRectF:
        """Where the curves are, in pixels."""
        return self.frame().area

    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        is_pan = event.button() == Qt.MouseButton.MiddleButton or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._was_double = False
        if is_pan:
            self._panned_from = event.position().x()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif is_left:
            self.pressed, self.dragged = self.frame().back_x(event.position().x()), None
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        frame, place = self.frame(), event.position()
        if self._panned_from is not None:
            self.axis.pan((self._panned_from - place.x()) / max(frame.area.width(), 1))
            self._panned_from = place.x()
        elif self.pressed is not None:
            start = frame.point(self.pressed, 1).x()
            if self.dragged is not None or abs(place.x() - start) > theme.current().px(4):
                self.dragged = frame.back_x(place.x())
                self.update()
        else:
            is_inside = frame.area.adjusted(-4, -8, 4, 8).contains(place)
            self.pointed_y = place.y() if is_inside else None
            self.axis.point(frame.back_x(place.x()) if is_inside else None)
            self.update()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, dragged = self.pressed, self.dragged
        self.pressed = self.dragged = None
        if self._panned_from is not None:
            self._panned_from = None
            self.unsetCursor()
        elif pressed is not None and dragged is not None:
            self.axis.zoom(pressed, dragged)
        elif pressed is not None and not self._was_double:
            self.axis.pin(None if self.axis.pinned is not None else pressed)
        self.update()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._was_double = True
        self.axis.pin(None)
        self.axis.fit()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if turned.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.axis.pan(-_PAN * (turned.x() or turned.y()) / _NOTCH)
        else:
            self.axis.zoom_about(self.frame().back_x(event.position().x()), 0.999 ** turned.y())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed_y = None
        self.axis.point(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_shifted = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            direction = 1 if key == Qt.Key.Key_Right else -1
            if is_shifted:
                self.axis.pan(_PAN * direction)
            else:
                self.nudged.emit(direction)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.axis.zoom_about(self._middle(), 1 / _ZOOM if key == Qt.Key.Key_Minus else _ZOOM)
        elif key == Qt.Key.Key_F and not event.modifiers():
            self.axis.fit()
        elif key == Qt.Key.Key_Escape:
            self.axis.pin(None)
        elif key == Qt.Key.Key_Home:
            self.axis.reset()
        else:
            super().keyPressEvent(event)

    def _middle(self) -> float:
        if self.axis.cursor is not None:
            return self.axis.cursor
        return self.frame().back_x(self.frame().area.center().x())
