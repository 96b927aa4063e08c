"""The rectangles of one tensor: asks for what is visible, one request at a time, and keeps the newest pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage

from engine.protocol.covered import AskCovered, CoveredShown
from engine.protocol.keys import TensorKey
from engine.protocol.messages import AskRectangle, Rectangle
from engine.protocol.tensor_values import TensorRectangle
from engine.protocol.tiles import AskTiles, TilesShown
from visualizer.backprop.tensor_view.cover import Cover
from visualizer.backprop.tensor_view.tiles import Tiles
from visualizer.look import color_maps, theme

BOARD = 0x99  # mean grey of what a picture with opacity lies on
_WITH_OPACITY = 4  # channels
_MAX_TEXT_CELLS = 10_000  # the engine sends texts with no more cells than these
Part: TypeAlias = TensorRectangle | TilesShown | CoveredShown  # of a tensor, in an answer
Request: TypeAlias = AskRectangle | AskTiles | AskCovered


@dataclass(frozen=True)
class Picture:
    """A rectangle in colours; `place` is where it lies, in elements (columns are x)."""

    rectangle: TensorRectangle
    cells: np.ndarray  # float32 (rows, columns)
    colors: np.ndarray  # uint8 (rows, columns, 4)
    image: QImage

    @property
    def is_translucent(self) -> bool:
        """Whether what is behind it is seen."""
        return len(self.rectangle.colors) == _WITH_OPACITY

    @property
    def place(self) -> QRectF:
        """Where its cells lie: columns across, rows down."""
        part = self.rectangle
        return QRectF(part.first_column, part.first_row, part.grid.columns * part.step, part.grid.rows * part.step)

    def text_at(self, row: int, column: int) -> str:
        """The exact text of an element; "" where this picture has none."""
        part = self.rectangle
        row, column = row - part.first_row, column - part.first_column
        if not part.texts or not (0 <= row < part.grid.rows and 0 <= column < part.grid.columns):
            return ""
        return part.texts[row * part.grid.columns + column]


class _Slice(NamedTuple):
    """Which plane of a tensor, as in AskRectangle; `position` is its index."""

    position: tuple[int, ...] = ()
    row_axis: int = -2
    column_axis: int = -1
    color_axis: int | None = None


class Feed(QObject):
    """Emits `wanted` with a request to send; `arrived` after an answer came; `probed(row, column, text)`. A plane that
    is too large for one picture is in `tiles`, and only its numbers come as a rectangle.

    While a request is on its way no other is sent; on `arrived` the view asks for what it shows by then.
    """

    wanted = Signal(object)
    arrived = Signal()
    probed = Signal(int, int, str)

    def __init__(self, kind: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind = kind  # "value" | "gradient"
        self.key: TensorKey | None = None
        self.detail: Picture | None = None
        self.overview: Picture | None = None  # the newest picture of the whole slice
        self.is_stale = False  # the pictures are of another slice or of an earlier moment
        self.tiles = Tiles(self)
        self.tiles.wanted.connect(self.wanted)
        self.tiles.arrived.connect(self.arrived)
        self.cover = Cover(self)
        self.cover.wanted.connect(self.wanted)
        self.cover.arrived.connect(self.arrived)
        self._slice = _Slice()
        self._limits: tuple[float, float] | None = None
        self._color_range = (0.0, 255.0)
        self._in_flight: AskRectangle | None = None
        self._moment = 0  # counts changes of what the cells mean
        self._asked_at = 0
        self._probed: tuple[int, int, str] | None = None  # the newest; "" while its answer is on its way

    # -- which tensor and which slice

    def show(self, key: TensorKey | None) -> None:
        """Another tensor, or none: nothing of the old one stays."""
        self.key = key
        self.detail = self.overview = None
        self.is_stale = False
        self._limits = None
        self._in_flight = self._probed = None
        self._show_tiles()

    def _show_tiles(self) -> None:
        index, row_axis, column_axis, _ = self._slice
        subject = AskTiles(key=self.key, index=index, row_axis=row_axis, column_axis=column_axis) if self.key else None
        self.tiles.show(subject)
        self.cover.show(subject)

    def show_slice(
        self, index: tuple[int, ...], row_axis: int, column_axis: int, color_axis: int | None = None
    ) -> None:
        """Which slice to show, now and of tensors shown later; with an axis of colours as a picture."""
        chosen = _Slice(index, row_axis, column_axis, color_axis)
        if chosen != self._slice:
            self._slice = chosen
            self.invalidate()
            self._show_tiles()

    def invalidate(self) -> None:
        """The tensor's values may have changed; the old picture stays, marked as stale, until the new one comes."""
        self.overview = self._probed = None
        self.is_stale = self.detail is not None
        self._moment += 1
        self.tiles.invalidate()
        self.cover.invalidate()

    def set_limits(self, limits: tuple[float, float] | None) -> None:
        """The range of the colours, of the whole tensor."""
        if limits != self._limits:
            self._limits = limits
            self.recolor()

    @property
    def color_range(self) -> tuple[float, float]:
        """Of a channel, from dark to bright."""
        return self._color_range

    @color_range.setter
    def color_range(self, bounds: tuple[float, float]) -> None:
        if bounds != self._color_range:
            self._color_range = bounds
            self.recolor()

    @property
    def limits(self) -> tuple[float, float]:
        """The range that the colours span."""
        if self._limits is not None:
            return self._limits
        cells = self.detail.cells if self.detail else np.zeros((0, 0), dtype=np.float32)
        return color_maps.limits(cells, self.kind)

    # -- asking and answers

    @property
    def is_here(self) -> bool:
        """Whether what was wanted last has come."""
        return self._in_flight is None and self.detail is not None and not self.is_stale

    @property
    def is_outdated(self) -> bool:
        """Whether what is on its way was asked of another plane, or before the numbers changed."""
        return self._in_flight is not None and self._asked_at != self._moment

    def want(
        self, first_row: int, first_column: int, n_rows: int, n_columns: int, step: int, *, numbers: bool = False
    ) -> None:
        """The viewport shows these elements at this step, with their numbers: ask for them unless they are here."""
        if self.key is None or self._in_flight is not None or n_rows <= 0 or n_columns <= 0:
            return
        numbers = numbers and n_rows * n_columns <= _MAX_TEXT_CELLS
        if self._covers(first_row, first_column, n_rows, n_columns, step, numbers):
            return
        # Half a viewport more on each side lets the next strokes of the wheel find their cells at hand.
        has_room = not numbers or 4 * n_rows * n_columns <= _MAX_TEXT_CELLS
        more_rows, more_columns = (n_rows // 2, n_columns // 2) if has_room else (0, 0)
        up, left = min(first_row, more_rows), min(first_column, more_columns)
        self._in_flight = self._request(
            self.key,
            first_row - up,
            first_column - left,
            n_rows + up + more_rows,
            n_columns + left + more_columns,
            step,
        )
        self._asked_at = self._moment
        self.wanted.emit(self._in_flight)

    def text_at(self, row: int, column: int) -> str:
        """The exact text of an element; "" while it is not known."""
        text = self.detail.text_at(row, column) if self.detail is not None and not self.is_stale else ""
        if text or self._probed is None:
            return text
        return self._probed[2] if self._probed[:2] == (row, column) else ""

    def probe(self, row: int, column: int) -> None:
        """Ask for the exact text of one element that no picture shows; the answer comes as `probed`. Once for each."""
        if self.key is not None and (self._probed is None or self._probed[:2] != (row, column)):
            self._probed = row, column, ""
            self.wanted.emit(self._request(self.key, row, column, 1, 1, 1))

    def _request(
        self, key: TensorKey, first_row: int, first_column: int, n_rows: int, n_columns: int, step: int
    ) -> AskRectangle:
        return AskRectangle(
            key=key,
            index=self._slice.position,
            row_axis=self._slice.row_axis,
            column_axis=self._slice.column_axis,
            color_axis=self._slice.color_axis,
            first_row=first_row,
            first_column=first_column,
            n_rows=n_rows,
            n_columns=n_columns,
            step=step,
        )

    def _covers(self, first_row: int, first_column: int, n_rows: int, n_columns: int, step: int, numbers: bool) -> bool:
        if self.detail is None or self.is_stale or self.detail.rectangle.step != step:
            return False
        if numbers and not self.detail.rectangle.texts:
            return False
        return self.detail.place.contains(QRectF(first_column, first_row, n_columns, n_rows)) or (
            self.detail is self.overview
        )

    def take(self, part: Part) -> bool:
        """An answer from the engine; False when it is not for this tensor."""
        if isinstance(part, TilesShown):
            return self.tiles.take(part)
        if isinstance(part, CoveredShown):
            return self.cover.take(part)
        if part.key != self.key:
            return False
        asked = self._in_flight
        if asked is None or (part.step, part.first_row, part.first_column) != _aligned(asked):
            if part.step == 1 and len(part.texts) == 1:
                self._probed = part.first_row, part.first_column, part.texts[0]
                self.probed.emit(*self._probed)
            return True
        self._in_flight = None
        if (asked.index, asked.row_axis, asked.column_axis, asked.color_axis) == self._slice:
            self._keep(part)
        self.arrived.emit()
        return True

    def failed(self, request: Request | None = None) -> None:
        """A request, or None for all that is on its way, will not be answered. Another that has taken its place since,
        of another tensor say, is still waited for."""
        if request is None or request is self._in_flight:
            self._in_flight = None
        if self._probed is not None and not self._probed[2] and (request is None or request.key == self.key):
            self._probed = None
        self.tiles.failed(request)
        self.cover.failed(request)

    def _keep(self, part: TensorRectangle) -> None:
        self.is_stale = self._asked_at != self._moment
        self.detail = self._paint(part)
        if (
            not self.is_stale
            and part.grid.rows * part.step >= part.n_rows
            and part.grid.columns * part.step >= part.n_columns
        ):
            self.overview = self.detail

    def _paint(self, part: TensorRectangle) -> Picture:
        cells = part.grid.array()
        if part.colors:
            rgba = color_maps.mixed(np.stack([one.array() for one in part.colors], axis=-1), *self.color_range)
            return Picture(
                part, cells, color_maps.over(rgba, BOARD), color_maps.to_image(rgba) if rgba.size else QImage()
            )
        low, high = self._limits or color_maps.limits(cells, self.kind)
        colors = color_maps.colorize(cells, self.kind, low, high, is_dark=theme.current().is_dark)
        return Picture(part, cells, colors, color_maps.to_image(colors) if cells.size else QImage())

    def recolor(self) -> None:
        """The same cells in today's colours."""
        whole = self.overview is self.detail
        self.detail = self._paint(self.detail.rectangle) if self.detail else None
        self.overview = self.detail if whole else self._paint(self.overview.rectangle) if self.overview else None


def carried(event: Rectangle | TilesShown | CoveredShown) -> Part:
    """What `take` takes of an answer."""
    return event.rectangle if isinstance(event, Rectangle) else event


def _aligned(asked: AskRectangle) -> tuple[int, int, int]:
    """What the engine makes of a request: it begins at a multiple of the step."""
    return asked.step, asked.first_row // asked.step * asked.step, asked.first_column // asked.step * asked.step
