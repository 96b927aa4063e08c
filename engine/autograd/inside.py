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
    if node.name() == "TBackward0":
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


def bind_inside(
    call: Call, top: GradFn, record: NodeRecord, start: int, end: int, leaves: Mapping[int, LeafRecord]
) -> NodeRecord:
    """Give each node of a call its record, and a value where that follows. Returns the record of the one that is no
    view.

    `top`, which has `record`, made the call's result; the nodes have numbers from `start` to `end`. `leaves` are those
    that the call took, by id.
    """
    nodes = [(top, record, _VIEWS.get(top.name()))]  # each before what lies below it
    for node, own, view in nodes:
        value = None if view is None or view is _expanded else own.values.get(0)
        for below, _ in node.next_functions:
            if below is None or not start <= below._sequence_nr() < end:  # type: ignore[attr-defined]
                continue
            metadata = below.metadata
            if KEY not in metadata:
                found = metadata[KEY] = NodeRecord(call)
                if value is not None and view is not None:
                    found.values[0] = Derived(value, *view(node, below))
                nodes.append((below, found, _VIEWS.get(below.name())))
    product = record
    for node, own, view in reversed(nodes):
        if view is None:
            product = own
        elif not own.values:
            source = input_value(node, leaves)
            if source is not None:
                own.values[0] = Derived(source, *view(node, node))
    return product


def is_fresh(node: GradFn, start: int, end: int) -> bool:
    """Whether it is one of the nodes from number `start` to `end`, and nothing is known of it yet."""
    return start <= node._sequence_nr() < end and KEY not in node.metadata  # type: ignore[attr-defined]


def view_of(node: GradFn) -> Callable[[GradFn, GradFn], _View] | None:
    """How the value of a node follows from that of its input; None where it does not."""
    return _VIEWS.get(native.name_of(node))


def input_value(node: GradFn, leaves: Mapping[int, LeafRecord]) -> Value | None:
    """The value of a node's first input, which is one of `leaves`, by id, or has been recorded."""
    below, slot = node.next_functions[0]
    variable = native.leaf_of(below)
    if variable is not None:  # whose node lives on from pass to pass, and has no value
        leaf = leaves.get(id(variable))
        return None if leaf is None else leaf.value
    record = None if below is None else below.metadata.get(KEY)
    return None if record is None else record.values.get(slot)
