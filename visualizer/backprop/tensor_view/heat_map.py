"""The heat map of one slice of a tensor: scrolls and zooms over any size, asking only for what is visible."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QScrollBar, QSizePolicy, QToolTip, QWidget

from engine.shared.language import local, tr
from visualizer.backprop.tensor_view import cell_painter, header_painter, tile_painter
from visualizer.backprop.tensor_view.camera import Camera
from visualizer.backprop.tensor_view.complex_words import polar_words, spaced
from visualizer.backprop.tensor_view.feed import Feed
from visualizer.backprop.tensor_view.keys import MOVES, moved
from visualizer.backprop.tensor_view.read_aloud import cell_words, line_words, size_words
from visualizer.backprop.tensor_view.tiles import Visible
from visualizer.look import theme
from visualizer.look.announcing import announce
from visualizer.look.painting import guarded

_BAR_RANGE = 1_000_000_000  # a scroll bar counts in 32 bits; a row may be longer than that in pixels
_ZOOM_PER_NOTCH = 1.25


class HeatMap(QWidget):
    """Shows what `feed` brings, as `camera` sees it; several heat maps may share one camera, which their owner fits.

    Emits `cell_clicked(row, column)` and `cell_hovered((row, column))`, None where the mouse is on none. A `message`
    that is not empty is drawn in place of cells. The number of a cell that is chosen is asked for where it is not
    seen, and told by who shows the heat map, or with `is_heard` to a screen reader.
    """

    accessible_role = QAccessible.Role.Graphic
    is_heard = True

    cell_clicked = Signal(int, int)
    cell_hovered = Signal(object)

    def __init__(self, feed: Feed, camera: Camera, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.feed, self.camera = feed, camera
        self.message = ""
        self.has_cells = False  # nothing is asked for before it is known that there are cells
        self.lit: tuple[tuple[int, int], ...] = ()
        self._pressed: QPointF | None = None
        self._under: tuple[int, int] | None = None  # the mouse
        self._dragged = self._is_double = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._bars = {
            Qt.Orientation.Horizontal: QScrollBar(Qt.Orientation.Horizontal, self),
            Qt.Orientation.Vertical: QScrollBar(Qt.Orientation.Vertical, self),
        }
        for bar in self._bars.values():
            bar.hide()
            bar.valueChanged.connect(self._on_bar)
        camera.changed.connect(self.camera_changed)
        camera.selection_changed.connect(self.update)
        camera.hover_changed.connect(self.update)
        feed.arrived.connect(self._on_arrived)
        feed.probed.connect(self._tell_probed)
        theme.current().changed.connect(self._on_theme)
        self._on_theme()

    # -- geometry

    def area(self) -> QRectF:
        """Where the cells are: the widget without headers and without the scroll bars that are needed."""
        left, top = header_painter.header_size(self.camera)
        width, height = self.width() - left, self.height() - top
        content_width, content_height = self.camera.content
        bar = self.camera.bar
        needs_vertical = content_height > height + 0.5
        needs_horizontal = content_width > width - bar * needs_vertical + 0.5
        needs_vertical = needs_vertical or content_height > height - bar * needs_horizontal + 0.5
        return QRectF(left, top, max(width - bar * needs_vertical, 1), max(height - bar * needs_horizontal, 1))

    def natural_height(self, width: int) -> int:
        """The height at which all rows of a fitted matrix are seen."""
        left, top = header_painter.header_size(self.camera)
        inner = width - left
        content = self.camera.natural_height(inner)
        return round(top + content + (self.camera.bar if self.camera.is_strip(inner) else 0)) + 1

    def set_lit(self, cells: tuple[tuple[int, int], ...]) -> None:
        """Cells that took part in what is explained somewhere."""
        if cells != self.lit:
            self.lit = cells
            self.update()

    def reveal(self, row: int, column: int) -> None:
        """Select a cell and bring it into view. No signal."""
        self.camera.select((row, column))
        self.camera.reveal(row, column, *self._view())

    def _view(self) -> tuple[float, float]:
        area = self.area()
        return area.width(), area.height()

    def fit(self) -> None:
        """Back to the first zoom."""
        self.fit_into(self.width(), self.height())

    def follow_size(self) -> None:
        """The first zoom of the size that it has; one that the person has chosen stays."""
        if self.camera.is_fitted:
            self.fit()
        else:
            self.camera.scroll_to(self.camera.x, self.camera.y, *self._view())

    def fit_into(self, width: int, height: int) -> None:
        """The first zoom of a heat map of this size, headers included."""
        left, top = header_painter.header_size(self.camera)
        self.camera.fit(width - left, height - top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.camera_changed()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask()

    # -- following camera, feed and theme

    def camera_changed(self) -> None:
        area = self.area()
        content = self.camera.content
        for orientation, bar in self._bars.items():
            is_flat = orientation == Qt.Orientation.Horizontal
            length, view, offset = (
                (content[0], area.width(), self.camera.x) if is_flat else (content[1], area.height(), self.camera.y)
            )
            scale = max(1.0, length / _BAR_RANGE)
            bar.blockSignals(True)
            bar.setRange(0, max(0, round((length - view) / scale)))
            bar.setPageStep(max(1, round(view / scale)))
            bar.setSingleStep(max(1, round(max(self.camera.cell_height, 20) / scale)))
            bar.setValue(round(offset / scale))
            bar.blockSignals(False)
            bar.setVisible(bar.maximum() > 0 and not self.message)
        thickness = round(self.camera.bar)
        cells = QRect(round(area.left()), round(area.top()), round(area.width()), round(area.height()))
        self._bars[Qt.Orientation.Horizontal].setGeometry(cells.left(), cells.bottom() + 1, cells.width(), thickness)
        self._bars[Qt.Orientation.Vertical].setGeometry(cells.right() + 1, cells.top(), thickness, cells.height())
        self.update()
        self.ask()

    def _on_bar(self) -> None:
        content = self.camera.content
        x, y = (
            self._bars[orientation].value() * max(1.0, length / _BAR_RANGE)
            for orientation, length in zip((Qt.Orientation.Horizontal, Qt.Orientation.Vertical), content, strict=True)
        )
        self.camera.scroll_to(x, y, *self._view())

    def _on_arrived(self) -> None:
        self.update()
        self.ask()

    def _on_theme(self) -> None:
        self.camera.bar = float(theme.current().px(10))
        self.feed.recolor()
        self.updateGeometry()
        self.camera_changed()

    def ask(self) -> None:
        """Ask for what is visible, unless it is here."""
        if not self.isVisible() or self.message or not self.has_cells:
            return
        first_row, first_column, end_row, end_column = self.camera.visible(*self._view())
        step = self.camera.step(self.devicePixelRatioF())
        rows, columns = end_row - first_row, end_column - first_column
        if self.camera.is_tiled:
            self.feed.tiles.want(self.visible(), self.camera.n_rows, self.camera.n_columns)
            if not self.camera.shows_numbers:
                return
        self.feed.want(first_row, first_column, rows, columns, step, numbers=self.camera.shows_numbers)

    @property
    def is_complete(self) -> bool:
        """Whether all that is seen of the tensor as it is now has been drawn, or said."""
        if self.message or not self.has_cells:
            return True
        if self.camera.is_tiled and not self.feed.tiles.is_complete(self.visible()):
            return False
        needs_rectangle = not self.camera.is_tiled or self.camera.shows_numbers
        return self.feed.is_here or not needs_rectangle

    def visible(self) -> Visible:
        return Visible(*self.camera.visible(*self._view()), self.camera.step(self.devicePixelRatioF()))

    # -- painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.message:
            self._paint_message(painter)
            return
        area = self.area()
        header_painter.paint_headers(painter, self.camera, area, QSizeF(self.size()))
        content = self.camera.content
        seen = area.intersected(QRectF(area.left() - self.camera.x, area.top() - self.camera.y, content[0], content[1]))
        painter.setClipRect(seen)
        detail, overview = self.feed.detail, self.feed.overview
        if self.has_cells and detail is overview is self.feed.tiles.plane is None:
            painter.fillRect(seen, theme.current().color("bg.raised"))  # where the cells will be
        if self.camera.is_tiled:
            tile_painter.paint(painter, self.feed, self.visible(), self.camera, area)
            detail, overview = (detail if self.camera.shows_numbers else None), None
        for picture in (overview, detail):
            if picture is not None and not picture.image.isNull():
                cell_painter.paint_picture(painter, picture, self.camera, area)
        cell_painter.paint_lines(painter, self.camera, area)
        if detail is not None:
            if self.feed.kind == "gradient":
                cell_painter.paint_signs(painter, detail, self.camera, area)
            cell_painter.paint_marks(painter, detail, self.camera, area)
            if not self.feed.is_stale:
                cell_painter.paint_numbers(painter, detail, self.camera, area)
        painter.setClipRect(seen.adjusted(-2, -2, 2, 2))
        cell_painter.paint_lit(painter, self.lit, self.camera, area)
        cell_painter.paint_hovered(painter, self.camera, area)
        cell_painter.paint_selection(painter, self.camera, area)

    def say(self, message: str) -> None:
        """In place of the cells; "" for these."""
        self.message = message
        self.setAccessibleDescription(message)

    def message_height(self, width: int) -> int:
        """How tall the message stands in this width."""
        look = theme.current()
        room = QRect(0, 0, max(width - look.px(16), 1), 10_000)
        lines = QFontMetrics(look.font(12)).boundingRect(room, Qt.TextFlag.TextWordWrap, self.message)
        return lines.height() + look.px(16)

    def _paint_message(self, painter: QPainter) -> None:
        look = theme.current()
        painter.setPen(QPen(look.color("line.control"), 1, Qt.PenStyle.DashLine))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        painter.setFont(look.font(12))
        painter.setPen(look.color("text.muted"))
        inner = box.adjusted(look.px(8), 0, -look.px(8), 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.message)

    # -- mouse and keyboard

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.message:
            event.ignore()
            return
        notches = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            area = self.area()
            at = event.position() - area.topLeft()
            delta = notches.y() or notches.x()
            self.camera.zoom_by(_ZOOM_PER_NOTCH ** (delta / 120), at.x(), at.y(), *self._view())
            event.accept()
            return
        moved = event.pixelDelta() if not event.pixelDelta().isNull() else notches / 2
        dx, dy = moved.x(), moved.y()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not dx:
            dx, dy = dy, 0
        before = (self.camera.x, self.camera.y)
        self.camera.scroll_to(self.camera.x - dx, self.camera.y - dy, *self._view())
        event.setAccepted((self.camera.x, self.camera.y) != before)  # at its end, what is around scrolls on

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed, self._dragged, self._is_double = event.position(), False, False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self._hover(self._cell_at(event.position()))
            return
        moved = event.position() - self._pressed
        if not self._dragged and moved.manhattanLength() < QApplication.startDragDistance():
            return
        self._dragged = True
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._pressed = event.position()
        self.camera.scroll_to(self.camera.x - moved.x(), self.camera.y - moved.y(), *self._view())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def _hover(self, cell: tuple[int, int] | None) -> None:
        if cell != self._under:
            self._under = cell
            self.camera.hover(cell)
            self.cell_hovered.emit(cell)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        self.unsetCursor()
        if pressed is None or self._dragged or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._is_double:
            self._zoom_in_or_out(event.position())
            return
        cell = self._cell_at(event.position())
        if cell is not None:
            self._select(*cell)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Told once the button is let go: a drag that soon follows a click moves what is seen, as any other."""
        self.mousePressEvent(event)
        self._is_double = True

    def _zoom_in_or_out(self, position: QPointF) -> None:
        """In to where the numbers are, or back to the whole."""
        if self.camera.shows_numbers and not self.camera.is_fitted:
            self.fit()
            return
        at = position - self.area().topLeft()
        self.camera.zoom_by(
            1.0001 * self.camera.number_size[1] / self.camera.cell_height, at.x(), at.y(), *self._view()
        )

    def _cell_at(self, position: QPointF) -> tuple[int, int] | None:
        area = self.area()
        if self.message or not area.contains(position):
            return None
        at = position - area.topLeft()
        return self.camera.cell_at(at.x(), at.y())

    def _select(self, row: int, column: int) -> None:
        self.reveal(row, column)
        if not self.feed.text_at(row, column):
            self.feed.probe(row, column)
        self.cell_clicked.emit(row, column)
        self._tell()

    # -- what is read

    def words_at(self, row: int, column: int) -> str:
        """A cell, and its number where that is known."""
        return cell_words(self.camera, row, column, self.feed.text_at(row, column))

    def told_now(self) -> str:
        """For a screen reader: how large it is, and the cell that is chosen."""
        if self.message or not self.has_cells:
            return ""
        size, chosen = size_words(self.camera), self.camera.selected
        return f"{size}; {self.words_at(*chosen)}" if chosen is not None else size

    def _tell(self) -> None:
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        if self.is_heard and self.hasFocus() and self.camera.selected is not None:
            announce(self, self.words_at(*self.camera.selected))

    def _tell_probed(self, row: int, column: int, text: str) -> None:
        if self.camera.selected == (row, column):
            self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.message or not self.camera.n_rows or not self.camera.n_columns:
            event.ignore()
            return
        view = self._view()
        page = max(1, int(view[1] / self.camera.cell_height) - 1)
        wide = max(1, int(view[0] / self.camera.cell_width) - 1)
        key = Qt.Key(event.key())
        last_row, last_column = self.camera.n_rows - 1, self.camera.n_columns - 1
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in MOVES:
            first = self.camera.visible(*view)[:2]
            step = self.visible().step if self.camera.is_tiled else 1
            last = last_row, last_column
            self._select(*moved(key, control, self.camera.selected, first, (page, wide), last, step))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            factor = 1 / _ZOOM_PER_NOTCH if key == Qt.Key.Key_Minus else _ZOOM_PER_NOTCH
            self.camera.zoom_by(factor, view[0] / 2, view[1] / 2, *view)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_R, Qt.Key.Key_C) and not event.modifiers():
            self._tell_line(is_row=key == Qt.Key.Key_R)
        else:
            event.ignore()

    def _tell_line(self, *, is_row: bool) -> None:
        """The row or the column of the chosen cell, as far as its numbers are here: of a large matrix seen from afar
        only the chosen one is."""
        at = self.camera.selected or self.camera.visible(*self._view())[:2]
        known = line_words(self.camera, self.feed.text_at, at, is_row=is_row) if self.camera.shows_numbers else ""
        announce(self, known or tr("Numbers are read where they can be seen: + zooms in."))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell_at(QPointF(event.pos()))
            text = self.feed.text_at(*cell) if cell else ""
            place = str(list(cell[max(2 - self.camera.n_axes, 0) :])) if cell and self.camera.n_axes else ""
            polar = polar_words(text)
            words = f"{place}  {local(spaced(text))}".strip() + (f"\n{polar}" if polar else "")
            QToolTip.showText(event.globalPos(), words if cell else "", self)
            return True
        return super().event(event)
