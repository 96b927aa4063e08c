"""Draws the cells of a heat map: one image, and over it lines, numbers and the marks of NaN and Inf."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF

from engine.shared.language import local
from engine.shared.local_numbers import fitted
from visualizer.backprop.tensor_view.camera import Camera
from visualizer.backprop.tensor_view.complex_words import spaced
from visualizer.backprop.tensor_view.feed import BOARD, Picture
from visualizer.look import theme
from visualizer.look.batches import Batch

_MIN_LINED_CELL = 9  # px; below it lines between the cells would be most of the picture
_MIN_MARK = 6  # px; a NaN or Inf is never drawn smaller than this
_MAX_MARKS = 2_000
_MIN_SIGNED_CELL, _DASH_PX = 9, 4  # px, of a cell with a dash in it
_DASH_ALPHA = 150
_DASHES = Batch(QRectF)
_CHECK_PX, _CONTRAST = 6, 24  # of the ground behind a picture with opacity
_MARGIN = 8  # px, of both sides of a number in its cell together: numbers of two cells do not touch
_MARK_SHARE = 0.4  # of the shorter side of a cell that has a number, too
_FRAME_SHARE, _THICKEST_FRAME = 14, 5  # of the shorter side of a cell, and px, of the frame of one that is lit
_EDGED_WITHIN = 14  # px, of a cell that stays seen within both edges of its frame
_SMALLEST = 0.75  # of the size of numbers; with fewer digits rather than smaller still


def paint_picture(painter: QPainter, picture: Picture, camera: Camera, area: QRectF) -> None:
    """The cells as one image, nearest neighbour; `area` is the viewport in the widget."""
    place = picture.place
    target = QRectF(
        area.left() + place.left() * camera.cell_width - camera.x,
        area.top() + place.top() * camera.cell_height - camera.y,
        place.width() * camera.cell_width,
        place.height() * camera.cell_height,
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    if picture.is_translucent:
        _paint_board(painter, target.intersected(area))
    painter.drawImage(target, picture.image)


def _paint_board(painter: QPainter, area: QRectF) -> None:
    """The chequered ground that says "nothing is here"; the same in dark and light, for the colours before it are."""
    painter.fillRect(area, QColor(BOARD + _CONTRAST, BOARD + _CONTRAST, BOARD + _CONTRAST))
    shade = QColor(BOARD - _CONTRAST, BOARD - _CONTRAST, BOARD - _CONTRAST)
    painter.fillRect(area, _checks(shade))


def _checks(shade: QColor) -> QBrush:
    side = theme.current().px(_CHECK_PX)
    pattern = QPixmap(2 * side, 2 * side)
    pattern.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pattern)
    for place in (0, side):
        painter.fillRect(place, place, side, side, shade)
    painter.end()
    return QBrush(pattern)


def paint_lines(painter: QPainter, camera: Camera, area: QRectF) -> None:
    """The gaps between cells that are large enough to have one."""
    if min(camera.cell_width, camera.cell_height) < theme.current().px(_MIN_LINED_CELL):
        return
    first_row, first_column, end_row, end_column = camera.visible(area.width(), area.height())
    left, top = area.left() - camera.x, area.top() - camera.y
    right = min(area.right(), left + camera.n_columns * camera.cell_width)
    bottom = min(area.bottom(), top + camera.n_rows * camera.cell_height)
    lines = [
        QLineF(round(left + c * camera.cell_width) - 0.5, area.top(), round(left + c * camera.cell_width) - 0.5, bottom)
        for c in range(first_column + 1, end_column + 1)
    ]
    lines += [
        QLineF(area.left(), round(top + r * camera.cell_height) - 0.5, right, round(top + r * camera.cell_height) - 0.5)
        for r in range(first_row + 1, end_row + 1)
    ]
    painter.setPen(QPen(theme.current().color("bg.panel"), 1))
    painter.drawLines(lines)


def paint_marks(painter: QPainter, picture: Picture, camera: Camera, area: QRectF) -> None:
    """A cross on NaN, a triangle on Inf, at least _MIN_MARK large, so that one among millions is seen."""
    part = picture.rectangle
    found = np.argwhere(~np.isfinite(picture.cells))[:_MAX_MARKS]
    look, shows_numbers = theme.current(), camera.shows_numbers and bool(part.texts)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(look.mono(camera.number_px))
    for row, column in found:
        top, left = part.first_row + row * part.step, part.first_column + column * part.step
        cell = _cell_rect(camera, area, top, left, part.step)
        if not cell.intersects(area):
            continue
        value, least = float(picture.cells[row, column]), look.px(_MIN_MARK)
        shade = look.color("nan" if np.isnan(value) else "inf")
        smaller = min(cell.width(), cell.height())
        if smaller < least:  # no room for a glyph: the colour alone, with a rim
            box = QRectF(cell.center().x() - least / 2, cell.center().y() - least / 2, least, least)
            painter.fillRect(box.adjusted(-1, -1, 1, 1), look.color("bg.panel"))
            painter.fillRect(box, shade)
            continue
        if shows_numbers and not _mark_room(painter, camera, local(picture.text_at(top, left))):
            continue  # the number says it, and the colour
        side = smaller * (_MARK_SHARE if shows_numbers else 0.6)
        center = QPointF(cell.left() + side * 0.9, cell.center().y()) if shows_numbers else cell.center()
        _paint_glyph(painter, QRectF(center.x() - side / 2, center.y() - side / 2, side, side), value, _ink(shade))
    painter.restore()


def paint_signs(painter: QPainter, picture: Picture, camera: Camera, area: QRectF) -> None:
    """A dash in each cell below 0 that has room for it and no number: colours alone do not tell the sign."""
    part, look = picture.rectangle, theme.current()
    width, height = camera.cell_width * part.step, camera.cell_height * part.step
    if min(width, height) < look.px(_MIN_SIGNED_CELL) or (camera.shows_numbers and part.texts):
        return
    long, thick = look.px(_DASH_PX), max(look.px(1), 1)
    rows, columns = np.nonzero(picture.cells < 0)
    is_black = dark_ink(picture.colors)[rows, columns]
    dashes = np.empty((len(rows), 4))
    dashes[:, 0] = area.left() - camera.x + part.first_column * camera.cell_width + (columns + 0.5) * width - long / 2
    dashes[:, 1] = area.top() - camera.y + part.first_row * camera.cell_height + (rows + 0.5) * height - thick / 2
    dashes[:, 2:] = long, thick
    is_seen = (dashes[:, 0] < area.right()) & (dashes[:, 0] + long > area.left())
    is_seen &= (dashes[:, 1] < area.bottom()) & (dashes[:, 1] + thick > area.top())
    painter.setPen(Qt.PenStyle.NoPen)
    for shade, chosen in ((0, is_black & is_seen), (255, ~is_black & is_seen)):
        painter.setBrush(QColor(shade, shade, shade, _DASH_ALPHA))  # seen, and no brighter than the cells
        _DASHES.draw(painter, dashes[chosen])


def _ink(shade: QColor) -> QColor:
    return QColor("#000000") if shade.lightnessF() > 0.55 else QColor("#FFFFFF")


def _paint_glyph(painter: QPainter, box: QRectF, value: float, ink: QColor) -> None:
    box = box.adjusted(1, 1, -1, -1)
    if np.isnan(value):
        painter.setPen(QPen(ink, max(1.2, box.width() / 9)))
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    tip, base = (box.top(), box.bottom()) if value > 0 else (box.bottom(), box.top())
    painter.drawPolygon(
        QPolygonF([QPointF(box.center().x(), tip), QPointF(box.left(), base), QPointF(box.right(), base)])
    )


def paint_numbers(painter: QPainter, picture: Picture, camera: Camera, area: QRectF) -> None:
    """The text in each visible cell, with as many digits as fit, black or white, whichever contrasts more."""
    part = picture.rectangle
    if not part.texts or not camera.shows_numbers:
        return
    look = theme.current()
    painter.setFont(look.mono(camera.number_px))
    first_row, first_column, end_row, end_column = camera.visible(area.width(), area.height())
    rows = range(max(first_row, part.first_row), min(end_row, part.first_row + part.grid.rows))
    columns = range(max(first_column, part.first_column), min(end_column, part.first_column + part.grid.columns))
    is_dark_ink = dark_ink(picture.colors)
    for wants_dark, ink in ((True, QColor("#000000")), (False, QColor("#FFFFFF"))):
        painter.setPen(ink)
        for row in rows:
            for column in columns:
                if is_dark_ink[row - part.first_row, column - part.first_column] == wants_dark:
                    cell, text = _cell_rect(camera, area, row, column, 1), local(picture.text_at(row, column))
                    if not np.isfinite(picture.cells[row - part.first_row, column - part.first_column]):
                        cell.setLeft(cell.left() + _mark_room(painter, camera, text))
                    _paint_number(painter, cell, text)


def _paint_number(painter: QPainter, cell: QRectF, text: str) -> None:
    """In the middle of a cell, smaller or with fewer digits where it would come too near to those beside it."""
    font = painter.font()
    digits = (cell.width() - theme.current().px(_MARGIN)) / painter.fontMetrics().horizontalAdvance("0")
    text = fitted(text, int(digits / _SMALLEST))
    is_long = len(text) > digits
    if is_long:
        smaller = painter.font()
        smaller.setPixelSize(max(int(font.pixelSize() * digits / len(text)), 1))
        painter.setFont(smaller)
    painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, spaced(text) if len(text) + 2 <= digits else text)
    if is_long:
        painter.setFont(font)


def _mark_room(painter: QPainter, camera: Camera, text: str) -> float:
    """What the mark of a NaN or Inf takes of a cell, left of its number; 0 where the number leaves it no room."""
    taken = 1.4 * _MARK_SHARE * min(camera.cell_width, camera.cell_height)
    digit = painter.fontMetrics().horizontalAdvance("0")
    rest = camera.cell_width - taken - theme.current().px(_MARGIN)
    return taken if rest >= len(text) * digit * _SMALLEST else 0.0


def luminance(rgb: np.ndarray) -> np.ndarray:
    """Relative luminance (WCAG 2) of sRGB colours from 0 to 1, their channels along the last axis."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def dark_ink(colors: np.ndarray) -> np.ndarray:
    """Whether black contrasts more than white with each colour: bool (rows, columns) of uint8 (rows, columns, 4)."""
    return (luminance(colors[..., :3] / 255) + 0.05) ** 2 >= 1.05 * 0.05


def paint_selection(painter: QPainter, camera: Camera, area: QRectF) -> None:
    """A 2 px outline around the selected cell, at least 5 px large."""
    if camera.selected is None:
        return
    look = theme.current()
    cell = _cell_rect(camera, area, *camera.selected, 1)
    grow = max(0.0, look.px(5) - min(cell.width(), cell.height())) / 2
    painter.setPen(QPen(QColor("#FFFFFF") if look.is_dark else look.color("text.primary"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(cell.adjusted(-grow, -grow, grow - 1, grow - 1))


def paint_hovered(painter: QPainter, camera: Camera, area: QRectF) -> None:
    """A thin frame around the cell under the mouse, in all heat maps that move together, at least 9 px large."""
    if camera.hovered is None:
        return
    look = theme.current()
    cell = _cell_rect(camera, area, *camera.hovered, 1)
    grow = max(0.0, look.px(9) - min(cell.width(), cell.height())) / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for inset, token in ((0.0, "bg.panel"), (1.0, "text.primary")):
        painter.setPen(QPen(look.color(token), 1))
        painter.drawRect(cell.adjusted(inset - grow, inset - grow, grow - 1 - inset, grow - 1 - inset))


def paint_lit(painter: QPainter, cells: Iterable[tuple[int, int]], camera: Camera, area: QRectF) -> None:
    """A frame around cells that took part in something, at least 5 px large, thicker around large ones. It is of two
    colours that are far from each other, so that it is seen on any cell."""
    look = theme.current()
    every = (_cell_rect(camera, area, row, column, 1) for row, column in cells)
    seen = [cell for cell in every if cell.intersects(area)]
    side = min(camera.cell_width, camera.cell_height)
    thick = min(max(side / _FRAME_SHARE, look.px(2)), look.px(_THICKEST_FRAME))
    thin = look.px(1)
    edged = thick + 2 * thin if side >= look.px(_EDGED_WITHIN) else thin
    grow = max(0.0, look.px(5) - side) / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for token, width, outer in (("bg.panel", edged, -thin), ("accent.line", thick, 0)):
        painter.setPen(QPen(look.color(token), width, j=Qt.PenJoinStyle.MiterJoin))
        inset = outer + width / 2
        for cell in seen:
            painter.drawRect(cell.adjusted(inset - grow, inset - grow, grow - 1 - inset, grow - 1 - inset))


def _cell_rect(camera: Camera, area: QRectF, row: int, column: int, step: int) -> QRectF:
    left, top = area.left() - camera.x + column * camera.cell_width, area.top() - camera.y + row * camera.cell_height
    return QRectF(left, top, camera.cell_width * step, camera.cell_height * step)
