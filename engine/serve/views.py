"""Families of views: what shares a storage with a tensor, where each part lies, and who wrote through one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from torch import Tensor

from engine.autograd.graph.calls import line_of
from engine.autograd.graph.node_names import named_tensors
from engine.autograd.passes.program_names import written_by
from engine.autograd.recorder import Recorder
from engine.autograd.records import NodeRecord
from engine.autograd.snapshot import can_alias, version_of
from engine.program.lookup import resolve_tensor
from engine.protocol import messages as m
from engine.protocol.graph_values import Node
from engine.protocol.sentence import Sentence
from engine.protocol.views import ViewFamily, ViewMember, ViewWrite
from engine.tensors import native
from engine.tensors.reading import unobserved

_MOST_MEMBERS = 12
_MOST_ELEMENTS = 1 << 18  # of a view whose places are worked out one by one
_BINS = 128  # of a storage


class ViewBook:
    """Answers from the live namespace and the graph on screen. Only inside `GATE.reading`."""

    def __init__(self, namespace: Mapping[str, Any], recorder: Recorder) -> None:
        self._namespace = namespace
        self._recorder = recorder

    def views(self, request: m.AskViews) -> m.ViewsShown:
        """Of a variable by its name, else of a node. Raises EngineError where a variable is no tensor."""
        with unobserved():
            tensor = resolve_tensor(self._namespace, request.name) if request.name else self._of_node(request.node)
            family = ViewFamily(request.node, request.name)
            if tensor is not None and can_alias(tensor):
                family = self._family(family, native.bare(tensor))
        return m.ViewsShown(request.id, family=family)

    def _of_node(self, node_id: int) -> Tensor | None:
        """The tensor of a variable that stands for a node, else the value that was recorded of it, if it is no copy."""
        leaf = self._recorder.leaf(node_id)
        if leaf is not None:
            return leaf
        node = self._recorder.grad_fn(node_id)
        named = (tensor for _, tensor in named_tensors(self._namespace) if not native.is_stale(tensor))
        found = next((tensor for tensor in named if node is not None and native.grad_fn(tensor) is node), None)
        if found is not None or self._recorder.is_copy(node_id, 0):
            return found
        return self._recorder.value(node_id, 0)[0]

    def _family(self, family: ViewFamily, tensor: Tensor) -> ViewFamily:
        storage = native.untyped_storage(tensor)
        members = list(self._members(storage._cdata))
        if len(members) < 2:
            return family
        members.sort(key=lambda member: (not member.is_base, -_n(member.shape), member.offset))
        writes = tuple(self._writes(storage._cdata))
        return ViewFamily(
            family.node, family.name, storage.nbytes(), version_of(tensor), tuple(members[:_MOST_MEMBERS]), writes
        )

    def _members(self, storage: int) -> Iterator[ViewMember]:
        """Each tensor that the program has a name for, once."""
        seen: set[int] = set()
        for name, tensor in named_tensors(self._namespace):
            if id(tensor) in seen or not can_alias(tensor):
                continue
            bare = native.bare(tensor)
            if native.untyped_storage(bare)._cdata != storage:
                continue
            seen.add(id(tensor))
            grad_fn = None if native.is_stale(tensor) else native.grad_fn(tensor)
            yield ViewMember(
                name,
                tuple(bare.shape),
                tuple(bare.stride()),
                bare.storage_offset(),
                _spans(bare),
                native.base(tensor) is None,
                self._recorder.node_of(tensor),
                "" if grad_fn is None else _name(grad_fn),
            )

    def _writes(self, storage: int) -> Iterator[ViewWrite]:
        """CopySlices in the graph on screen, which stand for the base since a write through one of its views."""
        graph = self._recorder.current()
        for node in sorted(graph.nodes if graph is not None else (), key=lambda node: node.sequence):
            grad_fn = self._recorder.grad_fn(node.id) if node.name == "CopySlices" else None
            record = None if grad_fn is None else self._recorder.seen.record_of(grad_fn)
            if grad_fn is not None and record is not None and _is_in(record, storage):
                before = grad_fn.next_functions[0][0]
                before_id = -1 if before is None else self._recorder.node_id(before)
                name = "no graph" if before is None else _name(before)
                yield ViewWrite(_said(node, record), before_id, name, node.id, "CopySlices")


def _said(node: Node, record: NodeRecord) -> Sentence:
    if record.call is None or line_of(record.call) is None:
        return Sentence.of("views.written", "A write through a view gave the base a new node.")
    return Sentence.of(
        "views.written_by",
        "{writer} at line {line} wrote through a view: since then {kind} stands for the base, and its views start "
        "from that.",
        writer=written_by(record.call),
        line=line_of(record.call),
        kind=node.name,
    )


def _is_in(record: NodeRecord, storage: int) -> bool:
    values = (value for value in record.values.values() if value.is_kept)
    return any(storage in (value.storage, value.written_storage) for value in values)


def _name(grad_fn: Any) -> str:
    return native.name_of(grad_fn).rpartition("::")[2]


def _n(shape: tuple[int, ...]) -> int:
    return int(np.prod(shape, dtype=np.int64))


def _spans(tensor: Tensor) -> tuple[tuple[float, float], ...]:
    """Where the elements of a tensor lie in its storage, as shares of it; of a very large one from first to last."""
    n_storage = native.untyped_storage(tensor).nbytes() // max(tensor.element_size(), 1)
    if not tensor.numel() or not n_storage:
        return ()
    n_bins = min(n_storage, _BINS)
    first = tensor.storage_offset()
    last = first + sum((size - 1) * stride for size, stride in zip(tensor.shape, tensor.stride(), strict=True))
    taken = np.zeros(n_bins, dtype=bool)
    if tensor.numel() > _MOST_ELEMENTS:
        taken[first * n_bins // n_storage : last * n_bins // n_storage + 1] = True
    else:
        places = np.array([first], dtype=np.int64)
        for size, stride in zip(tensor.shape, tensor.stride(), strict=True):
            places = np.add.outer(places, stride * np.arange(size, dtype=np.int64)).ravel()
        taken[places * n_bins // n_storage] = True
    edges = np.flatnonzero(np.diff(np.concatenate([[False], taken, [False]]).astype(np.int8)))
    return tuple((int(a) / n_bins, int(b) / n_bins) for a, b in zip(edges[::2], edges[1::2], strict=True))
