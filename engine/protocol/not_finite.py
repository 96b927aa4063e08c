"""Where a number first was not finite: in the forward pass or in a backward pass, of what, and why."""

from __future__ import annotations

import msgspec

from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence
from engine.protocol.source import Source


class Part(msgspec.Struct, frozen=True, array_like=True):
    """A tensor that took part; asked for by its FoundKey while the program is held there."""

    name: str  # as the program writes it, else what it is: "result", "operand 2", "arriving"
    shape: tuple[int, ...]
    dtype: str
    is_made: bool = False  # by the operation: its bad cells are the new ones
    said: Sentence | None = None  # what it is, where the program has no name for it


class BadCell(msgspec.Struct, frozen=True, array_like=True):
    """An element that is not finite. `texts` has that of each part at this place, "" where it has no such place."""

    index: tuple[int, ...]  # in the part that was made
    texts: tuple[str, ...]
    places: tuple[tuple[int, ...] | None, ...] = ()  # its index in each part


class Found(msgspec.Struct, frozen=True):
    """One operation whose result is not finite although its operands were, or one node of a backward pass."""

    direction: str  # "forward" | "backward"
    kind: str  # "NaN" | "Inf"
    operation: str  # "torch.log", "LogBackward0"
    brief: str  # "log of 0"
    said: Sentence  # what happened, and why
    cure: Sentence | None = None
    source: Source | None = None  # in the program
    parts: tuple[Part, ...] = ()
    cells: tuple[BadCell, ...] = ()  # the first of them
    n_bad: int = 0
    n_elements: int = 0
    serial: int = 0  # of its FoundKeys
    node: int = -1  # of the graph on screen
    pass_index: int = 0  # of the backward pass in which it was found


class AskFirstNotFinite(Request, frozen=True, tag="ask_first_not_finite", kw_only=True):
    """Where in a graph that was kept a value, else a gradient, first is not finite; answered by FirstNotFinite."""

    graph: int


class FirstNotFinite(Event, frozen=True, tag="first_not_finite", kw_only=True):
    """`node` is -1 where what led there is not kept, or nothing is there. `found`: the same with its cause."""

    graph: int
    node: int
    direction: str = "forward"  # "forward" | "backward"
    found: Found | None = None


class Held(Event, frozen=True, tag="held", kw_only=True):
    """The program is held where a number turned NaN or infinite, until a Step; None: it goes on, or was stopped."""

    found: Found | None


class PauseOnNan(Request, frozen=True, tag="pause_on_nan", kw_only=True):
    """Whether the program that runs is held, from here on, where a number turns NaN or infinite."""

    is_on: bool
