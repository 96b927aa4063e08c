"""The nodes inside of a linear layer, which are given their records only when somebody meets them.

Most are never met: to ask for a node that a call made inside costs more than the rest of its record.
"""

from __future__ import annotations

import weakref
from collections.abc import Mapping

import torch.nn.functional as F
from torch._C import TensorBase
from torch.autograd.graph import Node as GradFn

from engine.autograd.derived import Derived
from engine.autograd.inside import input_value, view_of
from engine.autograd.records import KEY, LeafRecord, NodeRecord
from engine.tensors import native

_FEWEST = 4096  # numbers that are kept before those of dead graphs are looked for
FOLDED = frozenset({F.linear})  # one product, of views of what is taken; the result is that product or a view of it


class Folded:
    """Of one thread, which numbers its nodes by itself: by sequence number, the record of the node that returned."""

    def __init__(self) -> None:
        self._tops: dict[int, weakref.ref[NodeRecord]] = {}
        self._limit = _FEWEST

    def __bool__(self) -> bool:
        return bool(self._tops)

    def note(self, top: NodeRecord, start: int, end: int, leaves: Mapping[int, LeafRecord]) -> None:
        """A call made the nodes from number `start` to `end`, took `leaves`, by id, and returned the value of `top`."""
        top.taken = leaves
        reference = weakref.ref(top)
        for number in range(start, end):
            self._tops[number] = reference
        if len(self._tops) > self._limit:
            self._tops = {number: kept for number, kept in self._tops.items() if kept() is not None}
            self._limit = max(_FEWEST, 2 * len(self._tops))

    def unfold(self, node: GradFn) -> NodeRecord | None:
        """The record of a node that has none, where it is inside of such a call."""
        reference = self._tops.get(native.sequence_nr(node))
        top = None if reference is None else reference()
        if top is None:
            return None
        record: NodeRecord = NodeRecord(top.call)
        node.metadata[KEY] = record
        view = view_of(node)
        if view is None:
            self._unfold_product(node, record, top)
        else:
            source = input_value(node, top.taken)  # the node has kept its leaf alive: no other has its id
            if source is not None:
                record.values[0] = Derived(source, *view(node, node))
        return record

    @staticmethod
    def _unfold_product(node: GradFn, record: NodeRecord, top: NodeRecord) -> None:
        record.inputs = tuple(top.taken.values())
        value = top.values.get(0)
        if value is not None:
            shape = tuple(node._input_metadata[0].shape)  # type: ignore[attr-defined]
            record.values[0] = Derived(value, TensorBase.reshape, (shape,))
