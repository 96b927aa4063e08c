"""The pyramids of large planes that are looked at: made in turns, kept under a budget for as long as they are true."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from time import monotonic

import torch
from torch.multiprocessing.reductions import StorageWeakRef

from engine.protocol.keys import TensorKey
from engine.protocol.tiles import TILE_CELLS, AskTiles, Plane, Tile, TilesShown
from engine.tensors import native
from engine.tensors.prominence import Prominence, seen
from engine.tensors.pyramid import Pyramid
from engine.tensors.reading import fingerprint, plain, unobserved
from engine.tensors.rectangle import PlaneView, plane_of

BUDGET_BYTES = 1 << 28
_TURN_S = 0.08  # how long one answer may read, and how much longer where it is then whole: another one takes its time
_MOST_TILES = 16  # in an answer


class _Kept:
    """A pyramid, and what it is of: a storage that it does not keep alive, the plane in it, and its moment."""

    def __init__(self, serial: int, elements: torch.Tensor, view: PlaneView, version: int, n_runs: int) -> None:
        self.serial, self.version, self._n_runs = serial, version, n_runs
        self._storage = StorageWeakRef(elements.untyped_storage())
        self._place = _place(elements, view)
        self._sample = fingerprint(view.matrix)
        self.pyramid = Pyramid(view.matrix)
        self.prominence: Prominence | None = None
        self._again: Pyramid | None = None  # of what a program may have written since, unseen by all but a reading

    def is_of(self, elements: torch.Tensor, view: PlaneView) -> bool:
        """Whether it is of this plane, at whatever moment."""
        return self._storage == StorageWeakRef(elements.untyped_storage()) and self._place == _place(elements, view)

    def is_true(self, view: PlaneView, version: int) -> bool:
        """Whether the plane holds what was read. What is written past the version counter shows in a sample."""
        return self.version == version and self._sample == fingerprint(view.matrix)

    @property
    def reading(self) -> Pyramid:
        """What is being read, or was last."""
        return self._again or self.pyramid

    @property
    def n_bytes(self) -> int:
        """What is kept in memory."""
        return self.pyramid.n_bytes + (self._again.n_bytes if self._again else 0)

    def go_on(self, matrix: torch.Tensor, n_runs: int, until_s: float, serials: Iterator[int]) -> None:
        """Read on until then, all of it again after a run: where something else is found its serial is another."""
        if n_runs != self._n_runs:
            self._n_runs, again = n_runs, Pyramid(matrix)
            if self.pyramid.is_whole:
                self._again = again
            else:
                self.pyramid = again
        if not self.reading.go_on(matrix, until_s, until_s + _TURN_S) or self._again is None:
            return
        if not self._again.is_same_as(self.pyramid):
            self.serial, self.pyramid, self.prominence = next(serials), self._again, None
        self._again = None

    @property
    def is_gone(self) -> bool:
        """Whether the storage has been freed."""
        return bool(self._storage.expired())


class PyramidBook:
    """Answers about large planes. Only inside `GATE.reading`. `tensor` raises EngineError where a key has none;
    `n_runs` are the programs that have ended so far, each of which may have written past a version counter."""

    def __init__(self, tensor: Callable[[TensorKey], torch.Tensor], n_runs: Callable[[], int]) -> None:
        self._tensor, self._n_runs = tensor, n_runs
        self._serials = itertools.count(1)
        self._kept: list[_Kept] = []  # the one that was looked at last is last

    def tiles(self, request: AskTiles) -> TilesShown:
        """Those asked for, once the pyramid is whole. Raises EngineError where there is nothing to read."""
        tensor = self._tensor(request.key)
        with unobserved():
            kept, view = self._of(tensor, request)
            step = 1 << max(request.step, 1).bit_length() - 1
            tiles = tuple(_tile(kept, view, step, *at) for at in request.tiles[:_MOST_TILES]) if _whole(kept) else ()
        plane = self._plane(kept, view)
        return TilesShown(
            request.id,
            key=request.key,
            index=view.index,
            row_axis=view.row_axis,
            column_axis=view.column_axis,
            step=step,
            plane=plane,
            tiles=tiles,
        )

    def forget_gone(self) -> None:
        """Let go of what was made of storages that the program has let go of."""
        self._kept = [one for one in self._kept if not one.is_gone]

    def _of(self, tensor: torch.Tensor, request: AskTiles) -> tuple[_Kept, PlaneView]:
        """The pyramid of the plane, read on for a turn."""
        elements = _elements(tensor)
        view, version = plane_of(elements, request), _version(tensor)
        self.forget_gone()
        found = next((one for one in self._kept if one.is_of(elements, view)), None)
        if found is not None:
            self._kept.remove(found)
        if found is None or not found.is_true(view, version):
            found = _Kept(next(self._serials), elements, view, version, self._n_runs())
        self._kept.append(found)
        is_own = elements.untyped_storage().data_ptr() == _data_ptr(tensor)
        until_s = monotonic() + (_TURN_S if is_own else math.inf)
        found.go_on(view.matrix, self._n_runs(), until_s, self._serials)
        while self.n_bytes > BUDGET_BYTES and len(self._kept) > 1:
            self._kept.pop(0)
        return found, view

    @property
    def n_bytes(self) -> int:
        """What is kept in memory."""
        return sum(one.n_bytes for one in self._kept)

    def _plane(self, kept: _Kept, view: PlaneView) -> Plane:
        n_rows, n_columns = view.matrix.shape
        pyramid = kept.reading
        n_read = pyramid.n_read if not pyramid.is_whole else pyramid.n_elements
        version, n_bytes = kept.version, self.n_bytes
        n_read = min(n_read, pyramid.n_elements - (not pyramid.is_whole))
        return Plane(kept.serial, n_rows, n_columns, n_read, pyramid.n_elements, version, n_bytes, BUDGET_BYTES)


def _whole(kept: _Kept) -> bool:
    if not kept.reading.is_whole:
        return False
    if kept.prominence is None:
        kept.prominence = Prominence.of(kept.pyramid.finest_cells())
    return True


def _tile(kept: _Kept, view: PlaneView, step: int, row: int, column: int) -> Tile:
    place = max(row, 0) * TILE_CELLS, max(column, 0) * TILE_CELLS
    cells = kept.pyramid.cells(view.matrix, step, place, (TILE_CELLS, TILE_CELLS))
    assert kept.prominence is not None
    places, extremes = kept.prominence.standing_out(cells)
    return Tile(row, column, seen(cells), places.tobytes(), extremes.tobytes())


def _elements(tensor: torch.Tensor) -> torch.Tensor:
    """As `plain`, without the copy of a conjugate: magnitudes are the same."""
    bare = native.bare(tensor)
    return plain(bare.conj() if bare.is_complex() and bare.is_conj() else tensor)


def _place(elements: torch.Tensor, view: PlaneView) -> tuple[object, ...]:
    where = elements.data_ptr(), elements.dtype, tuple(elements.shape), elements.stride()
    return *where, view.index, view.row_axis, view.column_axis


def _version(tensor: torch.Tensor) -> int:
    return 0 if native.is_inference(tensor) else int(native.version(tensor))


def _data_ptr(tensor: torch.Tensor) -> int:
    bare = native.bare(tensor)
    return int(bare.untyped_storage().data_ptr()) if bare.layout == torch.strided and not bare.is_quantized else 0
