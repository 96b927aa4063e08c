"""What the axes of a tensor are called, and which text of the program says so."""

from __future__ import annotations

from collections.abc import Sequence

from engine.protocol.tensor_values import AxisName
from engine.shared.language import mark, tr

# Those of operations whose axes have a meaning; all others are names of the program, which no language changes.
_OF_OPERATIONS = frozenset({
    mark("batch"), mark("token"), mark("embedding"), mark("channel"), mark("length"), mark("height"), mark("width"),
    mark("depth"),
})  # fmt: skip


def name_of(axes: Sequence[AxisName], axis: int) -> str:
    """Of an axis, counted from 0; "" where that is not known."""
    one = axes[axis] if axis < len(axes) else AxisName("")
    return tr(one.name) if one.is_of_operation and one.name in _OF_OPERATIONS else one.name


def labelled(word: str, axes: Sequence[AxisName], axis: int) -> str:
    """ "axis 2", or "axis 2 (token)"."""
    name = name_of(axes, axis)
    return f"{word} ({name})" if name else word


def sources_text(axes: Sequence[AxisName]) -> str:
    """For a tooltip, a line for each name: "T: x.view(B, T, C), line 4"."""
    told = []
    for axis, one in enumerate(axes):
        if one.name:
            place = f", {tr('line {line}', line=one.line)}" if one.line else ""
            told.append(f"{name_of(axes, axis)}: {one.source}{place}")
    return "\n".join(dict.fromkeys(told))
