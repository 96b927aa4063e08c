"""What a plot does with mouse and keyboard: zoom, pan, fit, and the cursor."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from visualizer.look import theme
from visualizer.pretraining.plots.frame import Frame
from visualizer.pretraining.plots.plot_axis import SharedAxis

_PAN = 0.1  # of the visible range, for a key
_LEAP = 0.05  # the same, of the cursor
_ZOOM = 0.8
_NOTCH = 120  # of a wheel


class Surface(QWidget):
    """Drag zooms all plots, with Shift or the middle button it pans them; a double click fits the data, a click pins
    the cursor. By keys Enter at the cursor begins a range, and Enter at its other end zooms to it. The heirs draw, and
    say in `frame` where."""

    nudged = Signal(int)  # an arrow key wants the cursor one record to the left or right
    moved = Signal(float)  # with Control as far as this share of what is visible

    def __init__(self, axis: SharedAxis) -> None:
        super().__init__()
        self.axis = axis
        self.pressed: float | None = None  # the number where a drag, or a range by keys, began that zooms
        self.dragged: float | None = None
        self.pointed_y: float | None = None  # pixels, while the pointer is over this plot
        self._panned_from: float | None = None  # pixels
        self._was_double = False
        self._is_by_keys = False  # the range, whose other end is the cursor
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
        self.forget_range()
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
            elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.moved.emit(_LEAP * direction)
            else:
                self.nudged.emit(direction)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.axis.zoom_about(self._middle(), 1 / _ZOOM if key == Qt.Key.Key_Minus else _ZOOM)
        elif key == Qt.Key.Key_F and not event.modifiers():
            self.axis.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._mark()
        elif key == Qt.Key.Key_Escape and self._is_by_keys:
            self.forget_range()
        elif key == Qt.Key.Key_Escape:
            self.axis.pin(None)
        elif key == Qt.Key.Key_Home:
            self.axis.reset()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Escape gives up a range before it is anybody else's."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if is_key and event.key() == Qt.Key.Key_Escape and self._is_by_keys:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.forget_range()

    def _mark(self) -> None:
        """Begin a range at the cursor, or zoom to the one that ends there; without a cursor, bring one."""
        place = self.axis.cursor
        if place is None:
            self.nudged.emit(1)
        elif self.pressed is None or not self._is_by_keys:
            self.pressed, self._is_by_keys = place, True
            self.follow_range()
        else:
            begin = self.pressed
            self.forget_range()
            self.axis.zoom(begin, place)

    def follow_range(self) -> None:
        """The cursor is the other end of a range by keys."""
        if self._is_by_keys and self.axis.cursor is not None:
            self.dragged = self.axis.cursor
            self.update()

    @property
    def marked(self) -> tuple[float, float] | None:
        """The range that is chosen by keys, as far as it is."""
        if not self._is_by_keys or self.pressed is None or self.dragged is None:
            return None
        return min(self.pressed, self.dragged), max(self.pressed, self.dragged)

    def forget_range(self) -> None:
        """That of the keys."""
        if self._is_by_keys:
            self.pressed = self.dragged = None
            self._is_by_keys = False
            self.update()

    def _middle(self) -> float:
        low, high = self.axis.range
        if self.axis.cursor is not None and low <= self.axis.cursor <= high:
            return self.axis.cursor
        return self.frame().back_x(self.frame().area.center().x())
