"""Ways through the graph of the newest pass."""

from __future__ import annotations

import re
from collections.abc import Iterator

from torch import Tensor

from engine.autograd.unsaid.run import Run
from engine.tensors import native

_MOVES = re.compile(
    r"(View|UnsafeView|Reshape\w*|Squeeze|Unsqueeze|T|Transpose|Permute|Expand|ToCopy|Clone|Alias)Backward\d"
)
_SCALES = re.compile(r"(Mul|Div|Neg)Backward\d")


def kind_of(run: Run, index: int) -> str:
    """ "AddBackward0"."""
    return native.name_of(run.current.call.nodes[index])


def operands(run: Run, index: int) -> list[int]:
    """The nodes that one sends gradients to."""
    return [edge[0] for edge in run.current.call.edges[index] if edge is not None]


def users(run: Run, index: int) -> list[int]:
    """The nodes that send a gradient to one."""
    every = enumerate(run.current.call.edges)
    return [one for one, edges in every if any(edge is not None and edge[0] == index for edge in edges)]


def source_behind(run: Run, index: int, *, scaled: bool = False) -> int:
    """The node that made the numbers before they were moved and, with `scaled`, multiplied by constants."""
    while len(operands(run, index)) == 1 and (
        _MOVES.fullmatch(kind_of(run, index)) or (scaled and _SCALES.fullmatch(kind_of(run, index)))
    ):
        index = operands(run, index)[0]
    return index


def nodes_below(run: Run, index: int) -> set[int]:
    """A node and all that it leads to."""
    ahead, seen = [index], {index}
    while ahead:
        below = set(operands(run, ahead.pop())) - seen
        seen |= below
        ahead += below
    return seen


def leaves_below(run: Run, index: int) -> Iterator[Tensor]:
    """Those that what a node stands for was computed from."""
    found = (native.leaf_of(run.current.call.nodes[one]) for one in nodes_below(run, index))
    return (leaf for leaf in found if leaf is not None)
