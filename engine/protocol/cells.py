"""The arithmetic that made one cell of a tensor: its terms, each leading on to the cells that it is made of."""

from __future__ import annotations

import msgspec

from engine.protocol.keys import NodeGradKey, NodeValueKey
from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence


class CellPlace(msgspec.Struct, frozen=True, array_like=True):
    """One element of what a node has."""

    key: NodeValueKey | NodeGradKey
    cell: tuple[int, ...]


class CellFactor(msgspec.Struct, frozen=True, array_like=True):
    """A number of a term. `name` is written in the program's names, "W[3, 2]", or in words; `place` leads to where it
    comes from."""

    text: str
    name: Sentence | str = ""
    place: CellPlace | None = None


class CellTerm(msgspec.Struct, frozen=True, array_like=True):
    """Factors and their product. `node` is the one that the term came through, -1 where none did."""

    factors: tuple[CellFactor, ...]
    product: str
    node: int = -1


class CellSum(msgspec.Struct, frozen=True):
    """How a cell came about. `number` is PyTorch's own, `total` the sum of the terms in float64.

    `difference` is not "" where the two differ by more than the dtype rounds. `n_more` terms, the smallest, are not
    among `terms`: together they are `rest`. `skipped`: views, expands and casts that the terms were followed through.
    `lit`: the cells that took part, the largest first and not more than a thousand.
    """

    place: CellPlace
    name: str
    number: str
    terms: tuple[CellTerm, ...] = ()
    n_more: int = 0
    rest: str = ""
    total: str = ""
    difference: str = ""
    skipped: tuple[str, ...] = ()
    said: tuple[Sentence, ...] = ()
    lit: tuple[CellPlace, ...] = ()


class CellExplained(msgspec.Struct, frozen=True):
    """The answer to AskCell about both tensors of an output, as far as they are there, and about a leaf's `.grad`."""

    node: int
    gradient: CellSum | None = None
    value: CellSum | None = None
    grad: CellSum | None = None


class AskCell(Request, frozen=True, tag="ask_cell", kw_only=True):
    """What made a cell of the gradient and of the value of a node's output; without a cell, that which is largest."""

    graph: int
    node: int
    slot: int = 0
    cell: tuple[int, ...] | None = None


class CellShown(Event, frozen=True, tag="cell", kw_only=True):
    explained: CellExplained
    age_ms: float = 0.0  # of what was last known, while the program is inside one operation
