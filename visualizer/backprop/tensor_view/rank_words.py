"""What a shape is called: its rank, and for each axis a letter, a size and a word."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from engine.protocol.tensor_values import AxisName
from engine.shared.language import mark, tr, trn
from visualizer.backprop.tensor_view.axis_words import labelled
from visualizer.backprop.tensor_view.planes import WITH_OPACITY, Planes

_LETTERS = "ijklmnopqrstuvwxyzabcdefgh"
_RANKS = (mark("rank 0: a scalar"), mark("rank 1: a vector"), mark("rank 2: a matrix"))


def letter(axis: int) -> str:
    """Of an axis, counted from 0, as an index of it is written: "i", "j", "k"."""
    return _LETTERS[axis] if axis < len(_LETTERS) else f"i{axis}"


def rank_name(rank: int) -> str:
    """ "rank 2: a matrix"."""
    return tr(_RANKS[rank]) if rank < len(_RANKS) else tr("rank {rank}: a tensor with {rank} axes", rank=rank)


def roles(planes: Planes) -> tuple[str, ...]:
    """What each axis counts, as it is seen."""
    rank = len(planes.shape)
    if rank < 2:
        return ("elements",) * rank
    sheets = ("sheets",) if len(planes.sheet_axes) == 1 else ("rows of sheets", "sheets a row")
    is_clear = planes.colors is not None and planes.shape[planes.colors] == WITH_OPACITY
    colors = "colours and opacity" if is_clear else "colours"
    known = {planes.row_axis: "rows", planes.column_axis: "columns", planes.colors: colors}
    known |= dict(zip(planes.sheet_axes, sheets, strict=False))
    return tuple(known.get(axis, "blocks") for axis in range(rank))


def axis_words(planes: Planes, axes: Sequence[AxisName] = (), word: Callable[[int], str] = letter) -> tuple[str, ...]:
    """For each axis "i: 2 sheets", or "i (batch): 2 sheets"; `word` is what an axis without a name is called."""
    pairs = zip(planes.shape, roles(planes), strict=True)
    return tuple(
        f"{labelled(word(axis), axes, axis)}: {_counted(role, size)}" for axis, (size, role) in enumerate(pairs)
    )


def index_words(name: str, index: tuple[int, ...]) -> str:
    """ "tensor3d[0, 1, 1]"; the name alone of a scalar."""
    if not index:
        return name
    whole = name if re.fullmatch(r"[\w.\[\]]+", name) else f"({name})"
    return f"{whole}[{', '.join(map(str, index))}]"


def n_elements(shape: tuple[int, ...]) -> int:
    """Of a tensor of this shape; 1 of a scalar."""
    return math.prod(shape)


def _counted(role: str, size: int) -> str:
    match role:
        case "elements":
            return trn("{n} element", "{n} elements", size)
        case "sheets":
            return trn("{n} sheet", "{n} sheets", size)
        case "blocks":
            return trn("{n} block", "{n} blocks", size)
        case "rows of sheets":
            return trn("{n} row of sheets", "{n} rows of sheets", size)
        case "sheets a row":
            return trn("{n} sheet a row", "{n} sheets a row", size)
        case "rows":
            return trn("{n} row", "{n} rows", size)
        case "colours and opacity":
            return tr("3 colours and opacity")
        case "colours":
            return trn("{n} colour", "{n} colours", size)
    return trn("{n} column", "{n} columns", size)
