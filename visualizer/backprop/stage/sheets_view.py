"""The cells of one tensor as its rank is: a number, a strip, a table, a row of sheets, a grid of sheets."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from engine.protocol.keys import TensorKey
from engine.protocol.tensor_values import TensorSummary
from engine.protocol.tiles import TILED_ELEMENTS
from visualizer.backprop.stage.arrangement import Arrangement, Room, arrange, number_cell
from visualizer.backprop.stage.sheet import Sheet, label_height, scale_height
from visualizer.backprop.tensor_view.camera import Camera
from visualizer.backprop.tensor_view.header_painter import header_size
from visualizer.backprop.tensor_view.pictures import color_range, first_planes
from visualizer.backprop.tensor_view.planes import Planes
from visualizer.backprop.tensor_view.summary_look import digits_of, is_readable, limits_of
from visualizer.look import theme
from visualizer.model.tensor_line import line_of

_GAP = 18  # px between sheets
_ROUNDED_COMPLEX = 12  # with which any complex number is written a little smaller, and never left out
_ROUNDED = 7  # characters that take any number, if need be with fewer digits


class SheetsView(QWidget):
    """Emits `rectangle_wanted(AskRectangle, Feed)`, whose answer that feed takes, `cell_chosen(index)`,
    `cell_hovered(index)`, None where the mouse has left, `text_arrived()` after a number that was asked for,
    `arranged()` after another number of sheets is seen, `placed()` after they have their places, and `pictured()`
    after what is seen of them has come."""

    rectangle_wanted = Signal(object, object)
    cell_chosen = Signal(tuple)
    cell_hovered = Signal(object)
    text_arrived = Signal()
    arranged = Signal()
    placed = Signal()
    pictured = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.camera = Camera(self)
        self.planes = Planes(())
        self.sheets: list[Sheet] = []
        self.first = 0  # of the sheets that are seen
        self.n_shown = 0
        self.left = self.top = 0  # px, where they begin
        self.wrong_axes: frozenset[int] = frozenset()  # whose sizes are not as they should be
        self.is_heard = True  # a cell that is chosen is told to a screen reader from here
        self._lit: tuple[int, ...] = ()
        self._key: TensorKey | None = None
        self._summary: TensorSummary | None = None
        theme.current().changed.connect(self.arrange)

    def show_tensor(self, key: TensorKey, summary: TensorSummary) -> None:
        """Another tensor, or the same with other values."""
        is_same = key == self._key and self._summary is not None and self._summary.shape == summary.shape
        self._key, self._summary = key, summary
        if not is_same:
            self._lit = ()
            self.planes, self.first = first_planes(summary), 0
            self.camera.is_fitted = True
        self.arrange()
        for sheet in self.sheets:
            sheet.feed.invalidate()
            sheet.heat_map.ask()

    def set_planes(self, planes: Planes) -> None:
        """Other axes as rows and columns, or another place along those beyond a grid of sheets."""
        if planes.at(()) != self.planes.at(()):  # other axes, not another place along them
            self.camera.is_fitted = True
        self.planes, self.first = planes, min(self.first, max(planes.n_sheets - 1, 0))
        self.arrange()

    def show_from(self, first: int) -> None:
        """The sheets that are seen begin with this one."""
        self.first = first
        self._fill()

    # -- geometry

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    def arrange(self) -> None:
        """As many sheets as there is room for, with the largest cells, or with those that the person has zoomed to;
        where these are more than one element each it is said below."""
        before = self.n_shown
        self._arrange(has_scale=self._is_large)
        if not self._is_large and self.sheets and self.sheets[0].heat_map.visible().step > 1:
            self._arrange(has_scale=True)
        if before != self.n_shown:  # only now: what is told of it takes room, or gives some, and leads here again
            self.arranged.emit()

    def _arrange(self, *, has_scale: bool) -> None:
        if self._summary is None or not self.width() or not self.height():
            return
        look, planes = theme.current(), self.planes
        metrics = QFontMetricsF(look.mono(100))
        digit = metrics.horizontalAdvance("0") / look.px(100), metrics.height() / look.px(100)
        is_complex = self._summary.dtype.startswith("complex")
        digits = _ROUNDED_COMPLEX if is_complex else min(digits_of(self._summary), _ROUNDED)
        is_colored = self.camera.is_colored = planes.colors is not None
        self.camera.set_size(*planes.sheet_size, planes.n_axes)
        label = label_height() if planes.n_sheets > 1 else 0
        beside = label + (scale_height() if has_scale else 0)
        room = Room(self.width(), self.height(), look.px(_GAP), beside, header_size(self.camera), look.scale)
        chosen = arrange(
            planes.n_sheets, planes.sheets_in_a_row, planes.sheet_size, digits * (not is_colored), digit, room
        )
        self.camera.number_px = chosen.number_px
        if is_colored:  # three numbers and two spaces
            digits = 3 * digits + 2
        width, height = number_cell(self.camera.number_px * look.scale, digits, digit)
        self.camera.set_number_size(width, height, width)
        self.n_shown = chosen.n_shown
        self._have(chosen.n_shown)
        self._fill()
        self._place(chosen, has_scale=has_scale)
        if self.sheets:
            self.sheets[0].heat_map.follow_size()

    def _have(self, n_sheets: int) -> None:
        while len(self.sheets) > n_sheets:
            gone = self.sheets.pop()
            gone.hide()
            gone.deleteLater()
        while len(self.sheets) < n_sheets:
            sheet = Sheet(self.camera, self)
            sheet.feed.wanted.connect(lambda asked, feed=sheet.feed: self.rectangle_wanted.emit(asked, feed))
            sheet.feed.arrived.connect(self._on_arrived)
            sheet.feed.probed.connect(lambda row, column, text: self.text_arrived.emit())
            sheet.heat_map.is_heard = self.is_heard
            sheet.heat_map.cell_clicked.connect(lambda row, column, sheet=sheet: self._choose(sheet, row, column))
            sheet.heat_map.cell_hovered.connect(lambda cell, sheet=sheet: self._hover(sheet, cell))
            self.sheets.append(sheet)
            sheet.show()

    @property
    def _is_large(self) -> bool:
        """Whether a sheet is shown in tiles."""
        return self.planes.colors is None and math.prod(self.planes.sheet_size) > TILED_ELEMENTS

    @property
    def is_awaited(self) -> bool:
        """Whether the first picture of a large tensor is still on its way."""
        return self._is_large and not (self.sheets and all(sheet.heat_map.is_complete for sheet in self.sheets))

    def _on_arrived(self) -> None:
        if not self.is_awaited:
            self.pictured.emit()

    def _fill(self) -> None:
        """Which plane each sheet shows."""
        planes, summary = self.planes, self._summary
        if summary is None:
            return
        last = max(planes.n_sheets - self.n_shown, 0)
        self.first = min(self.first, last)
        self.camera.has_wrong_rows = len(planes.shape) > 1 and planes.row_axis in self.wrong_axes
        self.camera.has_wrong_columns = bool(planes.shape) and planes.column_axis in self.wrong_axes
        for place, sheet in enumerate(self.sheets):
            index = planes.index_of(self.first + place)
            sheet.name(*(planes.words_of(self.first + place) if planes.n_sheets > 1 else ("", "")))
            if sheet.feed.key != self._key:
                sheet.feed.show(self._key)
            sheet.feed.color_range = color_range(summary)
            sheet.feed.show_slice(index, planes.row_axis, planes.column_axis, planes.colors)
            sheet.feed.set_limits(limits_of(summary, "value"))
            sheet.heat_map.has_cells = is_readable(summary)
            sheet.heat_map.message = "" if sheet.heat_map.has_cells else line_of(summary)
            sheet.heat_map.camera_changed()
        self._light()

    def _place(self, chosen: Arrangement, *, has_scale: bool) -> None:
        gap = theme.current().px(_GAP)
        rows = math.ceil(max(chosen.n_shown, 1) / chosen.columns)
        width = chosen.columns * (chosen.sheet_width + gap) - gap
        height = rows * (chosen.sheet_height + gap) - gap
        left, top = max((self.width() - width) // 2, 0), max((self.height() - height) // 2, 0)
        places = itertools.product(range(rows), range(chosen.columns))
        for sheet, (row, column) in zip(self.sheets, places, strict=False):
            x = left + column * (chosen.sheet_width + gap)
            y = top + row * (chosen.sheet_height + gap)
            sheet.place(QRect(x, y, chosen.sheet_width, chosen.sheet_height), has_scale=has_scale)
        self.left, self.top = left, top
        self.placed.emit()

    def _choose(self, sheet: Sheet, row: int, column: int) -> None:
        self.cell_chosen.emit(self.planes.element(self.first + self.sheets.index(sheet), row, column))

    def _hover(self, sheet: Sheet, cell: tuple[int, int] | None) -> None:
        here = None if cell is None else self.planes.element(self.first + self.sheets.index(sheet), *cell)
        self.cell_hovered.emit(here)

    def set_lit(self, indices: Iterable[int]) -> None:
        """Light up elements, by their flat indices, row by row. Where none of them is seen the first is brought to the
        front, at the zoom that it has."""
        self._lit = tuple(indices)
        elements = self._lit_elements()
        if elements and not any(map(self._is_seen, elements)):
            self._turn_to(elements[0])
        self._light()

    def _lit_elements(self) -> list[tuple[int, ...]]:
        """Their indices; no element while nothing is known of the tensor."""
        if not self._lit or self._summary is None:
            return []
        if not self.planes.shape:
            return [()]
        return list(zip(*(places.tolist() for places in np.unravel_index(self._lit, self.planes.shape)), strict=True))

    def _light(self) -> None:
        """Also after other sheets have come to the front."""
        lit: dict[int, list[tuple[int, int]]] = {}
        for element in self._lit_elements():
            number, row, column = self.planes.place_of(element)
            lit.setdefault(number - self.first, []).append((row, column))
        for place, sheet in enumerate(self.sheets):
            sheet.heat_map.set_lit(tuple(lit.get(place, ())))

    def _is_seen(self, element: tuple[int, ...]) -> bool:
        """Whether it lies in a sheet at the front, and in the part of it that was zoomed to."""
        if not self.sheets:
            return True
        number, row, column = self.planes.place_of(element)
        area = self.sheets[0].heat_map.area()
        top, left, bottom, right = self.camera.visible(area.width(), area.height())
        is_in_front = self.first <= number < self.first + self.n_shown
        return is_in_front and top <= row < bottom and left <= column < right

    def _turn_to(self, element: tuple[int, ...]) -> None:
        outer = tuple(element[axis] for axis in self.planes.outer_axes)
        if outer != self.planes.places:
            self.set_planes(self.planes.at(outer))
        number, row, column = self.planes.place_of(element)
        if not self.first <= number < self.first + self.n_shown:
            self.show_from(number)
        area = self.sheets[0].heat_map.area()
        self.camera.reveal(row, column, area.width(), area.height())
        self.arranged.emit()

    def text_at(self, element: tuple[int, ...]) -> str:
        """The number of an element that is seen; "" of any other."""
        number, row, column = self.planes.place_of(element)
        place = number - self.first
        return self.sheets[place].feed.text_at(row, column) if 0 <= place < len(self.sheets) else ""
