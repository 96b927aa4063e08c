"""How the numbers of a tensor are stored: dtype, device, bytes, the bits of one cell, and what others make of it."""

from __future__ import annotations

import msgspec

from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence


class StoredNumber(msgspec.Struct, frozen=True, array_like=True):
    """A number in a dtype. `bits` begin with the sign of what has one; `n_exponent` of them follow it, 0 for whole
    numbers, all of them in a dtype that has no sign. `how` it differs from the tensor's own: "exact", "rounded",
    "overflow", "saturated" at the largest number that there is, "underflow" or "nan"."""

    dtype: str
    text: str  # as Python writes it
    bits: str
    n_exponent: int
    how: str
    is_subnormal: bool
    relative_error: float
    n_bytes: int  # of the whole tensor in this dtype


class OperandType(msgspec.Struct, frozen=True, array_like=True):
    """One operand of the operation that made the tensor. `rank` is -1 of a number of Python or NumPy, whose `dtype` is
    "Python int" or "NumPy float64"."""

    name: str
    dtype: str
    rank: int


class NumberType(msgspec.Struct, frozen=True, array_like=True):
    """`n_bytes`: of the places that its elements have in memory; of one that is expanded these are fewer than its
    elements, of one without data none. `numbers`: of the cell, in the tensor's own dtype first; none of complex
    numbers. `said`: why it has this dtype and is on this device, where that was seen of a call that made it of no
    other tensor, or of one. Else `rule` says how the operation that made it came to its dtype, of `operands`."""

    dtype: str = ""
    device: str = ""
    n_elements: int = 0
    item_bytes: int = 0
    n_bytes: int = 0
    cell: tuple[int, ...] = ()
    numbers: tuple[StoredNumber, ...] = ()
    operands: tuple[OperandType, ...] = ()
    said: tuple[Sentence, ...] = ()
    rule: Sentence | None = None


class AskNumberType(Request, frozen=True, tag="ask_number_type", kw_only=True):
    """Of a variable by its name, else of an output of a node of a graph; of a cell, else of the first."""

    graph: int = 0
    name: str = ""
    node: int = -1
    slot: int = 0
    cell: tuple[int, ...] | None = None


class NumberTypeShown(Event, frozen=True, tag="number_type", kw_only=True):
    told: NumberType
