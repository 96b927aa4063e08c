"""A large plane of a tensor as tiles of cells, at any zoom, from a pyramid that the engine makes of it once."""

from __future__ import annotations

import msgspec
import numpy as np

from engine.protocol.keys import TensorKey
from engine.protocol.message import Event, Request
from engine.protocol.tensor_values import Grid

TILE_CELLS = 256  # along each side of a tile, fewer at the ends of the plane
TILED_ELEMENTS = 1 << 22  # a plane with more of them is shown in tiles


class AskTiles(Request, frozen=True, tag="ask_tiles", kw_only=True):
    """The tiles (row, column) of a plane, counted from its upper left, whose cells stand for `step` × `step` elements,
    a power of two. Each answer reads for some milliseconds; while the pyramid is not whole there are no tiles in it."""

    key: TensorKey
    index: tuple[int, ...] = ()
    row_axis: int = -2  # negative counts from the last
    column_axis: int = -1
    step: int = 1
    tiles: tuple[tuple[int, int], ...] = ()


class Tile(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A cell is the mean of its elements; NaN or Inf where one of them is. `places` are cells, row by row, in which an
    element stands out from all others, `extremes` what it is."""

    row: int  # in tiles
    column: int
    grid: Grid
    places: bytes = b""  # int32
    extremes: bytes = b""  # float32

    def standing_out(self) -> tuple[np.ndarray, np.ndarray]:
        """Places and extremes as arrays."""
        return np.frombuffer(self.places, np.int32), np.frombuffer(self.extremes, np.float32)


class Plane(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a plane that a pyramid is made of. `serial` is another one as soon as it was read anew."""

    serial: int
    n_rows: int
    n_columns: int
    n_read: int  # of its elements
    n_elements: int  # that are read for it; one that stands for many counts once
    version: int = 0  # of the tensor, when it was read
    n_bytes: int = 0  # that all pyramids take
    budget_bytes: int = 0  # that they may take

    @property
    def is_whole(self) -> bool:
        """Whether there are tiles."""
        return self.n_read >= self.n_elements


class TilesShown(Event, frozen=True, tag="tiles", kw_only=True):
    """The answer, with the plane and the step that were asked for."""

    key: TensorKey
    index: tuple[int, ...]
    row_axis: int
    column_axis: int
    step: int
    plane: Plane
    tiles: tuple[Tile, ...] = ()
