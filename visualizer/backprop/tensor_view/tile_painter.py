"""Draws the tiles of a large plane, and on them what must be seen at any zoom."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from visualizer.backprop.tensor_view.camera import Camera
from visualizer.backprop.tensor_view.feed import Feed
from visualizer.backprop.tensor_view.tiles import Mark, TilePicture, Visible
from visualizer.look import color_maps, theme

_MARK = 7  # px; what stands out is never drawn smaller than this
_MOST_MARKS = 1_500


def paint(painter: QPainter, feed: Feed, visible: Visible, camera: Camera, area: QRectF) -> None:
    """All that is here of what a viewport shows; `area` is that in the widget."""
    pictures = feed.tiles.pictures(visible)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    for picture in pictures:
        _paint_picture(painter, picture, feed, camera, area)
    if camera.shows_numbers:
        return  # each is seen as a number
    n_left = _MOST_MARKS
    for picture in pictures:
        for mark in picture.marks[:n_left]:
            _paint_mark(painter, mark, picture.step, feed, camera, area)
        n_left -= len(picture.marks)
        if n_left <= 0:
            return


def _paint_picture(painter: QPainter, picture: TilePicture, feed: Feed, camera: Camera, area: QRectF) -> None:
    """Only the part that is seen: of a coarse tile in place of a fine one that is little."""
    place, step = picture.place, picture.step
    left, top = area.left() - camera.x, area.top() - camera.y
    first_column = max(0, int((area.left() - left) / camera.cell_width - place.left()) // step)
    first_row = max(0, int((area.top() - top) / camera.cell_height - place.top()) // step)
    end_column = min(picture.cells.shape[1], int((area.right() - left) / camera.cell_width - place.left()) // step + 1)
    end_row = min(picture.cells.shape[0], int((area.bottom() - top) / camera.cell_height - place.top()) // step + 1)
    if end_column <= first_column or end_row <= first_row:
        return
    source = QRectF(first_column, first_row, end_column - first_column, end_row - first_row)
    target = QRectF(
        left + (place.left() + first_column * step) * camera.cell_width,
        top + (place.top() + first_row * step) * camera.cell_height,
        source.width() * step * camera.cell_width,
        source.height() * step * camera.cell_height,
    )
    painter.drawImage(target, picture.image(feed.kind, feed.limits), source)


def _paint_mark(painter: QPainter, mark: Mark, step: int, feed: Feed, camera: Camera, area: QRectF) -> None:
    width, height = camera.cell_width * step, camera.cell_height * step
    left = area.left() - camera.x + mark.column * camera.cell_width
    top = area.top() - camera.y + mark.row * camera.cell_height
    least = theme.current().px(_MARK)
    if min(width, height) >= least and not np.isfinite(mark.value):
        return  # the cell itself is seen in that colour
    box = QRectF(left + width / 2 - least / 2, top + height / 2 - least / 2, least, least)
    if not box.intersects(area):
        return
    look = theme.current()
    painter.fillRect(box.adjusted(-2, -2, 2, 2), look.color("bg.panel"))
    painter.fillRect(box.adjusted(-1, -1, 1, 1), look.color("text.primary"))
    painter.fillRect(box, _shade(mark.value, feed))


def _shade(value: float, feed: Feed) -> QColor:
    if not np.isfinite(value):
        return theme.current().color("nan" if np.isnan(value) else "inf")
    color = color_maps.colorize(
        np.array([[value]], np.float32), feed.kind, *feed.limits, is_dark=theme.current().is_dark
    )
    return QColor(*color[0, 0].tolist())
