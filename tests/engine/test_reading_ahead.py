"""A large tensor that the program leaves is read before the window asks for it, a piece behind each other request."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
import torch

from engine.protocol.keys import VariableKey
from engine.protocol.program_values import Variable
from engine.protocol.tiles import AskTiles, TilesShown
from engine.serve import pyramids, reading_ahead
from engine.serve.pyramids import PyramidBook
from engine.serve.reading_ahead import ReadingAhead
from engine.tensors import pyramid
from engine.tensors.gate import GATE
from engine.tensors.pyramid import Pyramid
from engine.tensors.summary import summarize
from tests.engine.client import Client
from tests.patience import PATIENCE_S

SIDE = 2_100  # more elements than one picture has
ASK = AskTiles(key=VariableKey("x"), step=16, tiles=((0, 0),))


class Room:
    """A program that has ended with a few tensors, and the queue of its engine."""

    def __init__(self, **tensors: torch.Tensor) -> None:
        self.queue: list[Callable[[], object]] = []
        self.book = PyramidBook(lambda key: tensors[key.name], lambda: 1)  # type: ignore[union-attr]
        self.ahead = ReadingAhead(self.book, self.queue.append)
        self.rows = [
            Variable(name, "Tensor", "", summary=summarize(tensor), rank=rank)
            for rank, (name, tensor) in enumerate(tensors.items())
        ]

    def serve(self) -> int:
        """All that waits, in its order; how many turns that took."""
        for turn in itertools.count():
            if not self.queue:
                return turn
            self.queue.pop(0)()
        raise AssertionError

    def tiles(self) -> TilesShown:
        with GATE.reading(PATIENCE_S):
            return self.book.tiles(ASK)


@pytest.fixture(autouse=True)
def a_piece_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine that is slow, and patient."""
    monkeypatch.setattr(pyramid, "_PIECE_ELEMENTS", 1 << 20)
    monkeypatch.setattr(pyramid, "_n_cores", lambda: 1)
    monkeypatch.setattr(pyramids, "_SHORT_TURN_S", 0.0)
    monkeypatch.setattr(reading_ahead, "_LONGEST_S", PATIENCE_S)


def test_the_newest_large_tensor_is_read_when_the_window_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(y=torch.zeros(SIDE, SIDE), x=torch.rand(SIDE, SIDE))
    room.ahead.begin(room.rows)
    assert room.serve() > 1
    monkeypatch.setattr(Pyramid, "_take", lambda *piece: pytest.fail("read again"))
    shown = room.tiles()
    assert shown.plane.is_whole and len(shown.tiles) == 1


def test_what_is_asked_meanwhile_comes_between_two_turns() -> None:
    room, order = Room(x=torch.rand(SIDE, SIDE)), []
    room.ahead.begin(room.rows)
    turn = room.queue.pop()
    room.queue.append(lambda: order.append(len(room.queue)))
    turn()
    assert len(room.queue) == 2
    room.queue.pop(0)()
    assert order == [1]  # a turn stands behind it


@pytest.mark.parametrize("cause", ["begun", "small", "late", "copied"])
def test_nothing_is_read_for_nobody(cause: str, monkeypatch: pytest.MonkeyPatch) -> None:
    x = torch.rand(8, 8) if cause == "small" else torch.rand(SIDE, SIDE)
    room = Room(x=x.to(torch.float8_e5m2) if cause == "copied" else x)
    if cause == "late":
        monkeypatch.setattr(reading_ahead, "_LONGEST_S", 0.0)
    room.ahead.begin(room.rows)
    if cause == "begun":  # another program
        room.ahead.forget()
    room.serve()
    assert not room.book.n_bytes


def test_an_engine_has_begun_with_the_newest_tensor_before_it_is_asked_anything() -> None:
    """All pyramids together take as much as two, where that of another tensor is asked for."""
    made = f"torch.zeros({SIDE}, {SIDE})"
    with Client() as engine:
        engine.run(f"import torch\nx = {made}\ny = {made}")
        n_bytes = engine.ask(ASK).plane.n_bytes
        engine.run(f"del y\nx = {made}\nw = torch.ones(2, requires_grad=True)\ny = {made} * w.sum()")
        assert n_bytes == 2 * engine.ask(ASK).plane.n_bytes  # a graph stands in the middle
