"""A tensor in the size of a stamp, with a corner mark where it holds NaN or Inf."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter, QPen

from engine.protocol.tensor_values import Grid, TensorSummary
from visualizer.look import color_maps, theme


def size_of(grid: Grid) -> QSizeF:
    """46 × 28 at 100 %, or 46 × 12 of a single row."""
    look = theme.current()
    return QSizeF(look.px(46), look.px(12 if grid.rows == 1 else 28))


def paint(painter: QPainter, box: QRectF, summary: TensorSummary, kind: str) -> None:
    """`kind` is "value" or "gradient". Nothing is painted where there is no thumbnail."""
    grid = summary.thumbnail
    if grid is None or not grid.rows or not grid.columns:
        return
    look = theme.current()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(box, picture(grid, kind, look.is_dark))
    if kind == "gradient":  # its zeros are the background: the outline says where it ends
        painter.setPen(QPen(look.color("line.default"), 1))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
    token = "nan" if summary.n_nan else "inf" if summary.n_inf else ""
    if token:
        side = look.px(6)
        corner = QRectF(box.right() - side, box.top(), side, side)
        painter.fillRect(corner.adjusted(-1, 0, 0, 1), look.color("bg.panel"))
        painter.fillRect(corner, look.color(token))


def picture(grid: Grid, kind: str, is_dark: bool) -> QImage:
    """The cells in the colours of `kind`, "value" or "gradient", one pixel each; made once for all who show it."""
    return _picture(grid, kind, is_dark, color_maps.orders_signs())


@lru_cache(maxsize=1024)
def _picture(grid: Grid, kind: str, is_dark: bool, _orders_signs: bool) -> QImage:
    return color_maps.grid_image(grid, kind, is_dark=is_dark)
