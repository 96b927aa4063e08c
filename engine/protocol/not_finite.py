"""Where a number first was not finite: in the forward pass or in a backward pass, of what, and why."""

from __future__ import annotations

import msgspec

from engine.protocol.sentence import Sentence
from engine.protocol.values import Source


class Part(msgspec.Struct, frozen=True, array_like=True):
    """A tensor that took part; asked for by its FoundKey while the program is held there."""

    name: str  # as the program writes it, else what it is: "result", "operand 2", "arriving"
    shape: tuple[int, ...]
    dtype: str
    is_made: bool = False  # by the operation: its bad cells are the new ones


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
