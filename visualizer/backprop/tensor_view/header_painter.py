"""The numbers of rows and columns around a heat map."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from visualizer.backprop.tensor_view.camera import Camera
from visualizer.look import theme


def header_size(camera: Camera) -> tuple[int, int]:
    """Width of the row numbers and height of the column numbers; a vector has no rows, a scalar neither."""
    look, metrics = theme.current(), _metrics()
    width = _width(camera.n_rows, camera.name_row) + look.px(8) if camera.n_axes > 1 else 0
    return width, metrics.height() + look.px(4) if camera.n_axes else 0


def paint_headers(painter: QPainter, camera: Camera, area: QRectF, right: float) -> None:
    """As many numbers as have room, that of the selected cell among them; `area` is the viewport in the widget."""
    look, metrics = theme.current(), _metrics()
    first_row, first_column, end_row, end_column = camera.visible(area.width(), area.height())
    selected = camera.selected or (-1, -1)
    label = _width(camera.n_columns, camera.name_column) + look.px(8)
    for column in ticks(first_column, end_column, label / camera.cell_width, selected[1]) if camera.n_axes else ():
        center = area.left() - camera.x + (column + 0.5) * camera.cell_width
        box = QRectF(center - label / 2, 0, label, area.top() - look.px(2))
        if area.left() - 1 <= center <= area.right() + 1:
            box.moveLeft(min(max(box.left(), 0.0), right - label))
            _paint_tick(painter, box, camera.name_column(column), Qt.AlignmentFlag.AlignHCenter, column == selected[1])
    if camera.n_axes < 2:
        return
    for row in ticks(first_row, end_row, (metrics.height() + look.px(1)) / camera.cell_height, selected[0]):
        center = area.top() - camera.y + (row + 0.5) * camera.cell_height
        box = QRectF(0, center - metrics.height() / 2, area.left() - look.px(5), metrics.height())
        if area.top() - 1 <= center <= area.bottom() + 1:
            _paint_tick(painter, box, camera.name_row(row), Qt.AlignmentFlag.AlignRight, row == selected[0])


def _metrics() -> QFontMetrics:
    return QFontMetrics(theme.current().mono(10.5))


def _width(count: int, name: Callable[[int], str]) -> int:
    return _metrics().horizontalAdvance("0" * len(name(max(count - 1, 0))))


def _paint_tick(painter: QPainter, box: QRectF, name: str, side: Qt.AlignmentFlag, is_selected: bool) -> None:
    look = theme.current()
    painter.setFont(look.mono(10.5, 500 if is_selected else 400))
    painter.setPen(look.color("text.primary" if is_selected else "text.muted"))
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, name)


def ticks(first: int, end: int, cells_per_label: float, selected: int) -> list[int]:
    """Every, every second, fifth, tenth … index, as many as have room; the selected one in place of its neighbours."""
    stride = 1
    while stride < cells_per_label:
        stride = stride * 5 // 2 if str(stride).startswith("2") else stride * 2
    ticks = [index for index in range(first // stride * stride, end, stride) if index >= first]
    if selected < first or selected >= end or selected in ticks:
        return ticks
    return [index for index in ticks if abs(index - selected) >= cells_per_label] + [selected]
