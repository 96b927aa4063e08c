"""The passes that a graph has been gone through by."""

from __future__ import annotations

from collections.abc import Callable

from torch.autograd.graph import Node as GradFn

from engine.autograd.records import NodeRecord
from engine.tensors import native

_MOST = 20_000  # nodes that are looked at


def passes_behind(root: GradFn, record_of: Callable[[GradFn], NodeRecord | None]) -> set[int]:
    """The numbers of those that ran one of its nodes last, where the root itself has not run in one yet. A leaf's
    AccumulateGrad, which all passes share, tells of none."""
    record = record_of(root)
    if record is not None and record.ran_in is not None:
        return set()
    found, met, waiting = set(), {root}, [root]
    while waiting and len(met) < _MOST:
        for below, _ in waiting.pop().next_functions:
            if below is None or below in met:
                continue
            met.add(below)
            record = record_of(below)
            if record is not None and record.ran_in is not None and native.leaf_of(below) is None:
                found.add(record.ran_in.number)  # what it leads to ran with it, or before
            waiting.append(below)
    return found
