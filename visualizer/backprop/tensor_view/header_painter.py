"""The numbers of rows and columns around a heat map."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QStaticText, QTransform

from visualizer.backprop.tensor_view.camera import Camera
from visualizer.look import theme

_FONT = 10.5  # pixels at 100 %
_APART = 0.85  # of a line's height, which has some air in it
_GAP, _LEAST_GAP = 8, 6  # px between column numbers, and beside one that an edge or the selected one moves


def header_size(camera: Camera) -> tuple[int, int]:
    """Width of the row numbers and height of the column numbers; a vector has no rows, a scalar neither."""
    look = theme.current()
    width = _width(camera.n_rows, camera.name_row) + look.px(8) if camera.n_axes > 1 else 0
    return width, _height(look.scale) + look.px(4) if camera.n_axes else 0


def paint_headers(painter: QPainter, camera: Camera, area: QRectF, size: QSizeF) -> None:
    """As many whole numbers as have room, that of the selected cell among them; `area` is the viewport in the widget of
    that size."""
    look = theme.current()
    height = _height(look.scale)
    first_row, first_column, end_row, end_column = camera.visible(area.width(), area.height())
    selected = camera.selected or (-1, -1)
    label = _width(camera.n_columns, camera.name_column) + look.px(_GAP)
    painter.setFont(look.mono(_FONT))
    painter.setPen(look.color("error.text" if camera.has_wrong_columns else "text.muted"))
    top = (area.top() - look.px(2) - height) / 2
    columns = ticks(first_column, end_column, label / camera.cell_width, selected[1]) if camera.n_axes else []
    across = EdgeLine(area.left(), area.right(), area.left() - camera.x, camera.cell_width)
    for column, center in across.placed(
        columns, selected[1], label, label - look.px(_GAP - _LEAST_GAP), 0.0, size.width()
    ):
        _paint_tick(painter, center, top, camera.name_column(column), 0.5, is_selected=column == selected[1])
    if camera.n_axes < 2:
        return
    painter.setPen(look.color("error.text" if camera.has_wrong_rows else "text.muted"))
    end = area.left() - look.px(5)
    rows = ticks(first_row, end_row, (height + look.px(1)) / camera.cell_height, selected[0])
    down = EdgeLine(area.top(), area.bottom(), area.top() - camera.y, camera.cell_height)
    for row, center in down.placed(rows, selected[0], height, _APART * height, top + height, size.height()):
        _paint_tick(painter, end, center - height / 2, camera.name_row(row), 1.0, is_selected=row == selected[0])


class EdgeLine(NamedTuple):
    """Cells in a row, along an edge of the viewport, which begins and ends there."""

    begin: float
    end: float
    origin: float  # of the first cell
    cell: float

    def placed(
        self, indices: list[int], selected: int, length: float, apart: float, low: float, high: float
    ) -> list[tuple[int, float]]:
        """The middles of labels of that length: between `low` and `high`, so that none is cut, and so far `apart`.
        That of the selected cell has room before its neighbours."""
        least, most = low + length / 2, max(high - length / 2, low + length / 2)
        found: list[tuple[int, float]] = []
        for index in sorted(indices, key=lambda index: index != selected):
            center = self.origin + (index + 0.5) * self.cell
            if self.begin - 1 <= center <= self.end + 1:
                place = min(max(center, least), most)
                if all(abs(place - other) >= apart for _, other in (*found[:1], *found[-1:])):
                    found.append((index, place))
        return found


# While one pans the same numbers stand there in frame after frame: what they take is worked out once.


@lru_cache(maxsize=64)
def _height(scale: float) -> int:
    return QFontMetrics(theme.current().mono(_FONT)).height()


@lru_cache(maxsize=1024)
def _advance(length: int, scale: float) -> int:
    return QFontMetrics(theme.current().mono(_FONT)).horizontalAdvance("0" * length)


@lru_cache(maxsize=4096)
def _text(words: str, weight: int, scale: float) -> tuple[QStaticText, float]:
    """Laid out, with its width."""
    text = QStaticText(words)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.prepare(QTransform(), theme.current().mono(_FONT, weight))
    return text, text.size().width()


def _width(count: int, name: Callable[[int], str]) -> int:
    return _advance(len(name(max(count - 1, 0))), theme.current().scale)


def _paint_tick(painter: QPainter, x: float, top: float, name: str, share: float, *, is_selected: bool) -> None:
    """With that share of its width before `x`."""
    look = theme.current()
    text, width = _text(name, 500 if is_selected else 400, look.scale)
    place = QPointF(x - share * width, top)
    if not is_selected:
        painter.drawStaticText(place, text)
        return
    painter.save()
    painter.setFont(look.mono(_FONT, 500))
    painter.setPen(look.color("text.primary"))
    painter.drawStaticText(place, text)
    painter.restore()


def ticks(first: int, end: int, cells_per_label: float, selected: int) -> list[int]:
    """Every, every second, fifth, tenth … index, as many as have room; the selected one in place of its neighbours."""
    stride = 1
    while stride < cells_per_label:
        stride = stride * 5 // 2 if str(stride).startswith("2") else stride * 2
    ticks = [index for index in range(first // stride * stride, end, stride) if index >= first]
    if selected < first or selected >= end or selected in ticks:
        return ticks
    return [index for index in ticks if abs(index - selected) >= cells_per_label] + [selected]
