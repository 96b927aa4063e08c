"""A large plane in blocks: what a cell says is what torch says of its elements, at any step, of any tensor."""

from __future__ import annotations

import gc
import math
import threading
import weakref
from collections.abc import Callable
from itertools import product
from time import monotonic
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.protocol.errors import EngineError
from engine.protocol.keys import VariableKey
from engine.protocol.tiles import TILE_CELLS, AskTiles, TilesShown
from engine.serve import pyramids
from engine.serve.pyramids import PyramidBook
from engine.tensors import pyramid as pyramid_module
from engine.tensors.blocks import NAN, NEGATIVE_INF, POSITIVE_INF, Blocks
from engine.tensors.gate import GATE, Gate, GivesWay
from engine.tensors.prominence import Prominence
from engine.tensors.pyramid import Pyramid
from engine.tensors.reading import real, unobserved
from tests.engine.client import Client
from tests.patience import PATIENCE_S

KEY = VariableKey("x")
STEPS = (1, 2, 8, 16, 32, 128)
VIEWS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "as it is": lambda x: x,
    "transposed": lambda x: x.t(),
    "every third column": lambda x: x[:, ::3],
    "every second row": lambda x: x[::2],
    "one row": lambda x: x.reshape(1, -1),
    "one column": lambda x: x.reshape(-1, 1),
    "a row repeated": lambda x: x[:1].expand(77, -1),
    "a column repeated": lambda x: x[:, :1].expand(-1, 77),
    "one number": lambda x: x[:1, :1].expand(70, 90),
}
DTYPES = (
    torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.bool, torch.uint8, torch.int64, torch.int8,
    torch.complex64, torch.float8_e4m3fn,
)  # fmt: skip


def whole(matrix: torch.Tensor) -> Pyramid:
    found = Pyramid(matrix)
    with unobserved():
        assert found.go_on(matrix, math.inf)
    return found


def plainly(matrix: torch.Tensor, step: int) -> list[tuple[float, ...]]:
    """By torch, a block after the other: smallest, largest, mean, how many are finite."""
    found = []
    for row, column in product(range(0, matrix.shape[0], step), range(0, matrix.shape[1], step)):
        block = real(matrix[row : row + step, column : column + step]).reshape(-1)
        known, finite = block[~block.isnan()], block[block.isfinite()].double()
        low, high = (known.min().item(), known.max().item()) if known.numel() else (math.nan, math.nan)
        odd = block.isnan().any() * NAN + (block == math.inf).any() * POSITIVE_INF
        odd += (block == -math.inf).any() * NEGATIVE_INF
        mean = finite.mean().item() if finite.numel() else math.nan
        found.append((low, high, mean, finite.numel(), int(odd)))
    return found


def assert_same(cells: Blocks, matrix: torch.Tensor, step: int) -> None:
    low, high, mean, n_finite, odd = map(np.array, zip(*plainly(matrix, step), strict=True))
    np.testing.assert_array_equal(cells.low.reshape(-1), low.astype(np.float32))
    np.testing.assert_array_equal(cells.high.reshape(-1), high.astype(np.float32))
    np.testing.assert_array_equal(cells.odd.reshape(-1), odd)
    np.testing.assert_allclose(cells.mean.reshape(-1), mean, rtol=1e-4, atol=1e-5)
    if matrix.stride(0) and matrix.stride(1):  # what stands for many counts once
        np.testing.assert_array_equal(cells.n_finite.reshape(-1), n_finite)


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 140),
    st.integers(1, 140),
    st.sampled_from(DTYPES),
    st.sampled_from(list(VIEWS)),
    st.sampled_from(STEPS),
    st.sampled_from(["", "nan", "inf", "-inf", "nan inf", "nan inf -inf"]),
    st.integers(0, 9),
)
def test_a_cell_is_what_torch_says_of_its_elements(
    n_rows: int, n_columns: int, dtype: torch.dtype, view: str, step: int, odd: str, seed: int
) -> None:
    torch.manual_seed(seed)
    x = 3 * torch.randn(n_rows, n_columns)
    for place, word in enumerate(odd.split()):
        x.view(-1)[:: place + 2 + 20 * seed] = float(word)
    matrix = VIEWS[view](x.bool() if dtype == torch.bool else x.nan_to_num(0, 1, -1).to(dtype) if not (
        dtype.is_floating_point or dtype.is_complex
    ) else x.to(dtype))  # fmt: skip
    found = whole(matrix)
    with unobserved():
        assert_same(found.cells(matrix, step, (0, 0), (10_000, 10_000)), matrix, step)


def test_a_part_of_the_cells_lies_where_it_does_in_the_whole() -> None:
    for view in VIEWS.values():
        matrix = view(torch.randn(150, 210))
        found = whole(matrix)
        for step in STEPS:
            everything = found.cells(matrix, step, (0, 0), (999, 999))
            part = found.cells(matrix, step, (1, 2), (2, 3))
            for cells, all_cells in zip(part, everything, strict=True):
                np.testing.assert_array_equal(cells, all_cells[1:3, 2:5])


def test_sums_beyond_the_dtype_have_a_mean() -> None:
    for dtype in (torch.float32, torch.float64):
        x = torch.full((64, 64), torch.finfo(dtype).max, dtype=dtype)
        assert np.isfinite(whole(x).top().mean).all() and not whole(x).top().odd.any()


def test_what_was_read_before_it_gave_way_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyramid_module, "_PIECE_ELEMENTS", 1 << 10)
    x = torch.randn(300, 300)
    found, seen = Pyramid(x), []

    def stop(gate: Gate) -> None:
        seen.append(found.n_read)
        if len(seen) == 5:
            raise GivesWay

    monkeypatch.setattr(Gate, "give_way", stop)
    with pytest.raises(GivesWay), unobserved():
        found.go_on(x, math.inf)
    assert 0 < found.n_read < found.n_elements and not found.is_whole
    assert found.go_on(x, math.inf)
    with unobserved():
        assert_same(found.cells(x, 16, (0, 0), (99, 99)), x, 16)


@pytest.mark.parametrize(("n_cores", "n_threads"), [(1, 1), (2, 2), (3, 3), (16, 4)])
def test_as_many_threads_read_as_there_are_cores_up_to_four(
    n_cores: int, n_threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    x = torch.randn(300, 300)
    expected, take = whole(x), Pyramid._take
    monkeypatch.setattr(pyramid_module, "_PIECE_ELEMENTS", 1 << 10)
    monkeypatch.setattr(pyramid_module, "_n_cores", lambda: n_cores)
    readers, together = set[int](), threading.Barrier(n_threads)

    def meet(self: Pyramid, *piece: Any) -> None:
        if threading.get_ident() not in readers:
            readers.add(threading.get_ident())
            together.wait(PATIENCE_S)
        take(self, *piece)

    monkeypatch.setattr(Pyramid, "_take", meet)
    assert whole(x).is_same_as(expected)
    assert len(readers) == n_threads and threading.get_ident() in readers


class Room:
    """A program's only tensor, and the book about it."""

    def __init__(self, x: torch.Tensor) -> None:
        self.x: torch.Tensor | None = x
        self.n_runs = 0
        self.book = PyramidBook(self._tensor, lambda: self.n_runs)

    def _tensor(self, key: object) -> torch.Tensor:
        if self.x is None:
            raise EngineError("tensor.gone", "It is gone.")
        return self.x

    def tiles(self, step: int, **asked: object) -> TilesShown:
        """Asked until there are tiles."""
        while True:
            with GATE.reading(1.0):
                shown = self.book.tiles(AskTiles(key=KEY, step=step, tiles=((0, 0),), **asked))  # type: ignore[arg-type]
            if shown.plane.is_whole:
                return shown


def test_a_plane_is_read_once_and_anew_when_it_was_written_to() -> None:
    room = Room(torch.zeros(600, 600))
    first = room.tiles(16)
    assert room.tiles(32).plane.serial == first.plane.serial
    room.x.add_(1)
    second = room.tiles(16)
    assert second.plane.serial > first.plane.serial and (second.tiles[0].grid.array() == 1).all()
    room.x.data.mul_(3)  # the version counter does not tell
    third = room.tiles(16)
    assert third.plane.serial > second.plane.serial and (third.tiles[0].grid.array() == 3).all()


def test_what_a_run_wrote_past_the_version_counter_is_seen_and_where_nothing_was_the_picture_stays() -> None:
    room = Room(torch.rand(600, 600))
    first = room.tiles(16)
    room.n_runs += 1
    assert room.tiles(16).plane.serial == first.plane.serial
    room.x.data[123, 457] = math.nan  # none of the 1,024 elements that are looked at each time
    assert room.tiles(16).plane.serial == first.plane.serial
    room.n_runs += 1
    second = room.tiles(16)
    assert second.plane.serial > first.plane.serial
    assert np.argwhere(np.isnan(second.tiles[0].grid.array())).tolist() == [[123 // 16, 457 // 16]]


def test_of_a_program_that_writes_through_numpy_one_nan_is_seen() -> None:
    ask = AskTiles(key=KEY, step=16, tiles=((0, 0),))

    def seen(engine: Client) -> np.ndarray:
        while not (shown := engine.ask(ask)).plane.is_whole:
            pass
        return shown.tiles[0].grid.array()

    with Client() as engine:
        engine.run("import torch\nx = torch.zeros(3_000, 3_000)")
        assert not seen(engine).any()
        engine.run("x.numpy()[123, 457] = float('nan')")
        assert np.argwhere(np.isnan(seen(engine))).tolist() == [[123 // 16, 457 // 16]]


def test_another_tensor_in_the_same_memory_is_another_one() -> None:
    room = Room(torch.zeros(600, 600))
    first = room.tiles(16)
    room.x = None
    room.x = torch.zeros(600, 600)
    assert room.tiles(16).plane.serial > first.plane.serial


def test_no_tensor_is_kept() -> None:
    room = Room(torch.zeros(600, 600))
    room.tiles(16)
    gone, storage = weakref.ref(room.x), room.x.untyped_storage()._weak_ref()
    room.x = None
    gc.collect()
    assert gone() is None and torch.UntypedStorage._expired(storage)
    torch.UntypedStorage._free_weak_ref(storage)


def test_the_program_may_resize_what_was_looked_at() -> None:
    room = Room(torch.zeros(600, 600))
    room.tiles(16)
    room.x.resize_(700, 700).fill_(2)
    assert (room.tiles(16).tiles[0].grid.array() == 2).all()


def test_pyramids_keep_to_their_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(torch.zeros(5, 600, 600))
    n_bytes = room.tiles(16, index=(0,)).plane.n_bytes
    monkeypatch.setattr(pyramids, "BUDGET_BYTES", 2 * n_bytes)
    serials = [room.tiles(16, index=(place,)).plane for place in (0, 1, 2, 2, 1, 0)]
    assert all(plane.n_bytes <= 2 * n_bytes for plane in serials)
    assert serials[1].serial == serials[4].serial and serials[0].serial != serials[5].serial


def test_nothing_stays_of_a_tensor_that_is_gone() -> None:
    room = Room(torch.zeros(600, 600))
    room.tiles(16)
    room.book.forget_gone()
    assert room.book.n_bytes
    room.x = None
    room.book.forget_gone()
    assert not room.book.n_bytes


def test_where_memory_runs_out_it_is_said_and_read_once_there_is_some(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*size: int) -> Blocks:
        raise MemoryError("Unable to allocate 44.0 MiB for an array")

    room = Room(torch.ones(600, 600))
    with monkeypatch.context() as patched:
        patched.setattr(Blocks, "empty", full)
        with pytest.raises(EngineError, match="cannot be shown: Unable to allocate"):
            room.tiles(16)
    assert (room.tiles(16).tiles[0].grid.array() == 1).all()


@pytest.mark.parametrize("step", [1, 4, 16, 64, 512])
@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 50.0, -50.0])
def test_one_element_that_stands_out_is_in_the_tile_at_any_step(step: int, number: float) -> None:
    x = torch.randn(2_000, 1_500)
    x[1_234, 567] = number
    row, column = 1_234 // step, 567 // step
    ask = AskTiles(key=KEY, step=step, tiles=((row // TILE_CELLS, column // TILE_CELLS),))
    room = Room(x)
    room.tiles(step)
    with GATE.reading(1.0):
        tile = room.book.tiles(ask).tiles[0]
    place = row % TILE_CELLS, column % TILE_CELLS
    if math.isfinite(number):
        places, extremes = tile.standing_out()
        assert places.tolist() == [place[0] * tile.grid.columns + place[1]] and extremes.tolist() == [number]
    else:
        np.testing.assert_equal(tile.grid.array()[place], np.float32(number))
        assert np.isfinite(tile.grid.array()).sum() == tile.grid.array().size - 1


def test_of_many_cells_a_few_tell_what_is_usual_and_none_that_stands_out_is_missed() -> None:
    cells = Blocks.empty(700, 512)  # more than a sample, in rows that its step must not divide
    cells.high[:], cells.low[:] = np.random.default_rng(0).normal(3.0, 0.1, (2, 700, 512))
    cells.high[0, 0], cells.high[699, 511], cells.high[3, 7] = 50.0, np.inf, np.nan
    cells.low[:, 1] = -2.0  # a whole column is nothing that stands out by itself
    prominence = Prominence.of(cells)
    assert 3.5 < prominence.above < 50.0
    places, extremes = prominence.standing_out(Blocks(*(part[:, 2:] for part in cells)))
    assert not places.size and not extremes.size
    places, extremes = prominence.standing_out(cells.part(slice(0, 1), slice(0, 1)))
    assert places.tolist() == [0] and extremes.tolist() == [50.0]


def test_conjugates_and_sparse_tensors_have_tiles_too() -> None:
    x = torch.randn(200, 200, dtype=torch.complex64)
    np.testing.assert_allclose(Room(x.conj()).tiles(1).tiles[0].grid.array(), x.abs().numpy(), rtol=1e-5)
    sparse = torch.eye(200).to_sparse()
    assert (Room(sparse).tiles(1).tiles[0].grid.array() == np.eye(200)).all()


def test_a_turn_ends_in_time() -> None:
    x = torch.randn(100, 100)
    found = Pyramid(x)
    with unobserved():
        found.go_on(x, monotonic())
    assert found.is_whole  # one piece at least is read in every turn


@pytest.mark.parametrize("end_s, is_whole", [(0.0, False), (math.inf, True)])
def test_a_turn_goes_on_where_the_pyramid_will_soon_be_whole(end_s, is_whole) -> None:
    x = torch.zeros(4096, 4096, dtype=torch.float16)
    with unobserved():
        assert Pyramid(x).go_on(x, monotonic(), end_s) is is_whole
