"""What lies between a node of the newest pass and its loss."""

from __future__ import annotations

import re

from engine.autograd.records import slot_shape
from engine.autograd.unsaid.run import Run
from engine.tensors import native

_SUMS = re.compile(r"(Add|Sub|Rsub|Neg|Mean|Sum)Backward\d")
_SCALES = re.compile(r"(Mul|Div)Backward\d")


def way_to_loss(run: Run, index: int) -> set[int]:
    """A node and those that lead to it from the loss."""
    found = {index}
    for one in reversed(run.current.order):  # a node runs after all those that lead to it
        if one not in found and any(edge is not None and edge[0] in found for edge in run.current.call.edges[one]):
            found.add(one)
    return found


def is_summand(run: Run, index: int) -> bool:
    """Whether what a sum takes is added to the loss itself, so that a constant changes no gradient: all that comes
    after it is one number, added, or scaled by one that has no gradient of its own. Elsewhere, as in the square of a
    difference to a target, a constant means something."""
    return all(n_elements(run, one) == 1 and _is_linear(run, one) for one in way_to_loss(run, index))


def n_elements(run: Run, index: int) -> int:
    """Of what a node stands for; -1 where that is not known."""
    shape = slot_shape(run.current.call.nodes[index]._input_metadata[0])  # type: ignore[attr-defined]
    found = 1
    for size in shape or ():
        found *= size
    return found if shape is not None else -1


def _is_linear(run: Run, index: int) -> bool:
    kind = native.name_of(run.current.call.nodes[index])
    if _SCALES.fullmatch(kind):
        return sum(edge is not None for edge in run.current.call.edges[index]) == 1
    return bool(_SUMS.fullmatch(kind))
