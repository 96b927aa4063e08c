"""The nodes inside of a call that was not observed there: their values are views of what it took and returned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from torch import Tensor
from torch._C import TensorBase
from torch.autograd.graph import Node as GradFn

from engine.autograd.derived import Derived, Value
from engine.autograd.records import KEY, Call, LeafRecord, NodeRecord
from engine.tensors import native

_View = tuple[Callable[..., Tensor], tuple[Any, ...]]


def _reshaped(node: GradFn, to: GradFn) -> _View:
    return TensorBase.reshape, (tuple(to._input_metadata[0].shape),)  # type: ignore[attr-defined]


def _transposed(node: GradFn, to: GradFn) -> _View:
    if native.name_of(node) == "TBackward0":
        return TensorBase.t, ()
    return TensorBase.transpose, (_signed(node._saved_dim0), _signed(node._saved_dim1))  # type: ignore[attr-defined]


def _expanded(node: GradFn, to: GradFn) -> _View:
    return TensorBase.expand, (tuple(to._input_metadata[0].shape),)  # type: ignore[attr-defined]


def _same(node: GradFn, to: GradFn) -> _View:
    return _itself, ()


def _itself(tensor: Tensor) -> Tensor:
    return tensor


def _signed(dim: int) -> int:
    """autograd keeps -1 as 2⁶⁴ - 1."""
    return dim - (1 << 64) if dim >> 63 else dim


# How the value of a node follows from that of its input; of all but an expansion, the other way round, too.
_VIEWS: Mapping[str, Callable[[GradFn, GradFn], _View]] = {
    **dict.fromkeys(("ViewBackward0", "UnsafeViewBackward0", "ReshapeAliasBackward0"), _reshaped),
    **dict.fromkeys(("TBackward0", "TransposeBackward0"), _transposed),
    "CloneBackward0": _same,
    "ExpandBackward0": _expanded,
}


class Inside:
    """Of one call, whose result `top` made, and whose nodes have numbers from `start` to `end`."""

    def __init__(self, call: Call, top: GradFn, record: NodeRecord, start: int, end: int) -> None:
        self._call = call
        self._start, self._end = start, end
        self._nodes = [(top, record, native.name_of(top))]  # each before what lies below it

    def bind(self, leaves: Mapping[int, LeafRecord]) -> NodeRecord:
        """Give each node its record, and a value where that follows. Returns the record of the one that is no view.

        `leaves` are the leaves that the call took, by id.
        """
        for node, record, name in self._nodes:
            for below, _ in node.next_functions:
                if below is not None and self._start <= below._sequence_nr() < self._end and KEY not in below.metadata:
                    self._meet(node, record, name, below)
        for node, record, name in reversed(self._nodes):
            if not record.values and name in _VIEWS:
                source = _input_value(node, leaves)
                if source is not None:
                    record.values[0] = Derived(source, *_VIEWS[name](node, node))
        return next((record for _, record, name in self._nodes if name not in _VIEWS), self._nodes[0][1])

    def _meet(self, node: GradFn, record: NodeRecord, name: str, below: GradFn) -> None:
        found = below.metadata[KEY] = NodeRecord(self._call)
        value = record.values.get(0)
        if value is not None and name in _VIEWS and name != "ExpandBackward0":
            found.values[0] = Derived(value, *_VIEWS[name](node, below))
        self._nodes.append((below, found, native.name_of(below)))


def _input_value(node: GradFn, leaves: Mapping[int, LeafRecord]) -> Value | None:
    below, slot = node.next_functions[0]
    variable = native.leaf_of(below)
    if variable is not None:
        leaf = leaves.get(id(variable))
        return None if leaf is None else leaf.value
    record = None if below is None else below.metadata.get(KEY)
    return None if record is None else record.values.get(slot)
