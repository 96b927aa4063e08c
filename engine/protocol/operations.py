"""What made a tensor: its call and operands, and which cells became which."""

from __future__ import annotations

import msgspec

from engine.protocol.keys import NodeValueKey, OperandKey, VariableKey
from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence
from engine.protocol.source import Source


class OperandSeen(msgspec.Struct, frozen=True, array_like=True):
    """A tensor that a call took. Without a key its value is not known any more, and `said` says why. `name`: of the
    variable that holds it now, unchanged, or the text of the argument; "" where neither is known."""

    name: str
    shape: tuple[int, ...] | None = None
    dtype: str = ""
    key: OperandKey | None = None
    said: Sentence | None = None


class Axis(msgspec.Struct, frozen=True, array_like=True):
    """Of an operand."""

    operand: int
    axis: int


class OperationSeen(msgspec.Struct, frozen=True):
    """A call. `sign`: as it is written between or before its operands, "@", "reshape". `shares`: by operand, whether
    the result lies in its storage. `writes`: the call wrote into the first operand, which is seen as it was before;
    `text` is then a statement. `written_since`: the operands are as the call took them, and the result, which is as it
    is now, is not what the call returned. `misfits`: axes whose sizes do not agree. `n_left_out`: further operands."""

    serial: int
    sign: str
    operands: tuple[OperandSeen, ...]
    text: str = ""  # of the expression, as the program has it
    place: Source | None = None
    shares: tuple[bool, ...] = ()
    writes: bool = False
    written_since: bool = False
    misfits: tuple[Axis, ...] = ()  # of a call that failed
    n_left_out: int = 0  # of one that failed


class AskOperation(Request, frozen=True, tag="ask_operation", kw_only=True):
    """What made the tensor that a variable holds, or the output of a node on screen."""

    key: VariableKey | NodeValueKey


class OperationShown(Event, frozen=True, tag="operation", kw_only=True):
    """The answer; None of what no operation on tensors made, or which is not remembered. `returned`: the node whose
    output the call returned, where the one asked about was made on the way to it."""

    operation: OperationSeen | None
    returned: NodeValueKey | None = None
    why: Sentence | None = None  # none is told


class AskSources(Request, frozen=True, tag="ask_sources", kw_only=True):
    """Of a cell of a tensor the cells of the operands that it was made of; of a cell of the operand at `position` the
    cells of the result that it went into."""

    key: VariableKey | NodeValueKey
    serial: int
    cell: tuple[int, ...]
    position: int = -1


class CellsOf(msgspec.Struct, frozen=True, array_like=True):
    """Flat indices of cells, row by row, the first of `n_cells`."""

    indices: tuple[int, ...]
    n_cells: int


class SourcesShown(Event, frozen=True, tag="sources", kw_only=True):
    """`cells`: by operand, or of the result alone. `choosing`: in the same way the cells of masks and indices that
    chose what it is, or what they chose; empty where there are none. `text`: the cell as a sum in numbers,
    "1 · 1 + 2 · 2 = 5", where it is one."""

    serial: int
    cells: tuple[CellsOf, ...]
    text: str = ""
    choosing: tuple[CellsOf, ...] = ()
