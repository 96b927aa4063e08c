"""What lies between a node of the newest pass and its loss."""

from __future__ import annotations

import re
from collections.abc import Callable, Set

from engine.autograd.records import slot_shape
from engine.autograd.unsaid.run import Run
from engine.tensors import native

_SUMS = re.compile(r"(Add|Sub|Rsub|Neg|Mean|Sum)Backward\d")
_SCALES = re.compile(r"(Mul|Div)Backward\d")


def reached_through(run: Run, is_passed: Callable[[int], bool]) -> Set[int]:
    """The nodes which are such, and to which every way from the loss leads through such nodes. Of all nodes at once, so
    that long loops are gone through once."""
    found, beyond = set(), set[int]()
    for index in run.current.order:  # a node runs after all those that lead to it
        if index not in beyond and is_passed(index):
            found.add(index)
        else:
            beyond.update(edge[0] for edge in run.current.call.edges[index] if edge is not None)
    return found


def summands(run: Run) -> Set[int]:
    """The sums that are added to the loss itself, so that a constant in them changes no gradient: all that comes after
    is one number, added, or scaled by one that has no gradient of its own. Elsewhere, as in the square of a difference
    to a target, a constant means something."""
    return reached_through(run, lambda index: _is_linear(run, index) and n_elements(run, index) == 1)


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
