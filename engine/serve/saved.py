"""What nodes hold for backward: whose tensors, shared with whom, written since, and all of it together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from engine.autograd.derived import Value
from engine.autograd.graph.calls import line_of
from engine.autograd.graph.node_names import named_tensors
from engine.autograd.kept_for_backward import Kept, kept_by
from engine.autograd.passes.controller import BackwardController
from engine.autograd.passes.forecast import foretell_shown
from engine.autograd.passes.program_names import written_by
from engine.autograd.recorder import Recorder
from engine.autograd.saved import Saved, saved_storages
from engine.autograd.snapshot import can_alias
from engine.protocol import messages as m
from engine.protocol.facts import SavedStorage
from engine.protocol.graph_values import Graph, Node
from engine.protocol.notes import Freed
from engine.protocol.saved import HeldTotal, NodeSaved, SavedTensor
from engine.protocol.sentence import Sentence
from engine.shared.held_bytes import held_bytes
from engine.shared.phrases import origin_words
from engine.tensors import native
from engine.tensors.reading import unobserved

_MOST_POINTS = 512
_MOST_SHARING = 32


class _Held(NamedTuple):
    """What every node of a graph holds."""

    by_node: dict[int, tuple[SavedStorage, ...]]
    by_storage: dict[int, list[int]]


class SavedBook:
    """Answers from the graph on screen and the newest pass. Only inside `GATE.reading`."""

    def __init__(self, namespace: Mapping[str, Any], recorder: Recorder, controller: BackwardController) -> None:
        self._namespace = namespace
        self._recorder = recorder
        self._controller = controller

    def saved(self, request: m.AskSaved) -> m.SavedShown:
        """Of one node; an empty answer for one that is not in the graph on screen."""
        graph, grad_fn = self._recorder.current(), self._recorder.grad_fn(request.node)
        if graph is None or graph.id != request.graph or grad_fn is None:
            is_earlier = self._controller.values.is_earlier(request.node)
            return m.SavedShown(request.id, saved=NodeSaved(request.node, is_earlier=is_earlier))
        with unobserved():
            held = self._held(graph)
            storages, note = self._of_node(request.node)
            tensors = tuple(self._tensor(request.node, kept, held) for kept in kept_by(grad_fn))
            saved = NodeSaved(
                request.node,
                tensors if note != Freed() else (),
                note,
                sum(storage.n_bytes for storage in storages),
                self._released(request.node),
                *self._life(graph, request.node, held),
                self._total(graph, request.node, held),
                *self._forecast(),
            )
        return m.SavedShown(request.id, saved=saved)

    def _of_node(self, node_id: int) -> Saved:
        """What its grad_fn keeps, or kept when the newest pass ran it."""
        grad_fn = self._recorder.grad_fn(node_id)
        if grad_fn is None:
            return (), None
        found = saved_storages(grad_fn)
        kept = self._controller.values.saved(node_id) if found[1] == Freed() else None
        return found if kept is None else (kept[0], found[1])

    def _held(self, graph: Graph) -> _Held:
        by_node, by_storage = {}, dict[int, list[int]]()
        for node in graph.nodes:
            if node.kind == "backward":
                by_node[node.id] = self._of_node(node.id)[0]
                for storage in by_node[node.id]:
                    by_storage.setdefault(storage.id, []).append(node.id)
        return _Held(by_node, by_storage)

    # -- one tensor

    def _tensor(self, node_id: int, kept: Kept, held: _Held) -> SavedTensor:
        sharing = tuple(node for node in held.by_storage.get(kept.storage, ()) if node != node_id)
        return SavedTensor(
            kept.name,
            self._owner(node_id, kept) if kept.storage else "",
            kept.shape,
            kept.dtype,
            kept.n_bytes,
            kept.storage_bytes,
            sharing[:_MOST_SHARING],
            kept.version,
            kept.saved_version,
            self._written(node_id, kept) if kept.version != kept.saved_version else self._unnoticed(node_id, kept),
            kept.is_packed,
        )

    def _owner(self, node_id: int, kept: Kept) -> str:
        """The variable or parameter whose storage it is, best one of its shape; else the result that it is."""
        nodes = {node.id: node for node in self._nodes()}
        if kept.is_result and nodes[node_id].variable:
            return nodes[node_id].variable
        named = [(name, tensor) for name, tensor in named_tensors(self._namespace) if _is_in(tensor, kept.storage)]
        same = [name for name, tensor in named if tuple(native.shape(native.bare(tensor))) == kept.shape]
        if same or named:
            return same[0] if same else f"part of {named[0][0]}"
        made = [node for node in nodes.values() if self._storage_of(node.id) == kept.storage]
        found = min(made, key=lambda node: node.sequence, default=None)  # those after it are views
        return (
            "" if found is None else found.variable or (found.source.text if found.source is not None else found.name)
        )

    def _nodes(self) -> Sequence[Node]:
        graph = self._recorder.current()
        return () if graph is None else graph.nodes

    def _storage_of(self, node_id: int) -> int:
        grad_fn = self._recorder.grad_fn(node_id)
        record = None if grad_fn is None else self._recorder.seen.record_of(grad_fn)
        value = None if record is None else next(iter(record.values.values()), None)
        if value is None or not value.is_kept:
            return 0
        return value.written_storage if value.copied and value.written_storage else value.storage

    def _values(self, node_id: int) -> list[Value]:
        """What was recorded of a node's results, of what its operation took, and of the operands that have nodes."""
        grad_fn = self._recorder.grad_fn(node_id)
        nodes = (
            [] if grad_fn is None else [grad_fn, *(below for below, _ in grad_fn.next_functions if below is not None)]
        )
        records = [record for node in nodes if (record := self._recorder.seen.record_of(node)) is not None]
        values = [value for record in records for value in record.values.values()]
        return values + [leaf.value for record in records for leaf in record.inputs if leaf.value is not None]

    def _unnoticed(self, node_id: int, kept: Kept) -> Sentence | None:
        """A write that its version does not tell of."""
        for value in self._values(node_id):
            value.read()  # which looks whether others have written into it
            if not value.is_unnoticed or value.written_storage != kept.storage or not kept.storage:
                continue
            if value.writer is None:
                return Sentence.of(
                    "saved.written_by_others",
                    "NumPy, or another that shares its memory, changed it since, which its version does not tell: "
                    "backward takes the new numbers.",
                )
            return Sentence.of(
                "saved.written_through_data",
                "{writer} at line {line} changed it through .data, which its version does not tell: backward takes the "
                "new numbers.",
                writer=written_by(value.writer),
                line=line_of(value.writer) or 0,
            )
        return None

    def _written(self, node_id: int, kept: Kept) -> Sentence | None:
        """By whom, as a value in the storage was told before it was copied."""
        for value in self._values(node_id):
            writer = value.writer
            if writer is not None and value.written_storage == kept.storage and line_of(writer) is not None:
                return Sentence.of(
                    "saved.written",
                    "{writer} at line {line} changed it in place.",
                    writer=written_by(writer),
                    line=line_of(writer),
                )
        return Sentence.of("saved.written_unseen", "It was changed in place since.")

    # -- its life

    def _released(self, node_id: int) -> Sentence | None:
        grad_fn = self._recorder.grad_fn(node_id)
        record = None if grad_fn is None else self._recorder.seen.record_of(grad_fn)
        mark = None if record is None else record.ran_in
        if mark is None:
            return None
        if mark.frees:
            return Sentence.of(
                "saved.freed",
                "{origin} (line {line}) freed it once it had run.",
                origin=origin_words(mark.origin),
                line=mark.line,
            )
        return Sentence.of(
            "saved.retained",
            "{origin} (line {line}) retained it: retain_graph.",
            origin=origin_words(mark.origin),
            line=mark.line,
        )

    def _readers(self, node_id: int, held: _Held) -> tuple[int, ...]:
        """Whose backward reads the storage of its result, or of a leaf."""
        leaf = self._recorder.leaf(node_id)
        if leaf is not None and can_alias(leaf):
            storage = native.untyped_storage(leaf)._cdata
        else:
            storage = self._storage_of(node_id)
        return tuple(held.by_storage.get(storage, ())) if storage else ()

    def _life(self, graph: Graph, node_id: int, held: _Held) -> tuple[tuple[int, ...], tuple[int, ...], int]:
        """The readers of its result, and the steps of the pass at which they and the node itself run."""
        order = {node: step for step, node in enumerate(self._controller.values.order(graph), start=1)}
        readers = sorted(self._readers(node_id, held), key=lambda node: order.get(node, 0))
        steps = tuple(order.get(node, 0) for node in readers) if order else ()
        return tuple(readers), steps, order.get(node_id, 0)

    def _total(self, graph: Graph, node_id: int, held: _Held) -> HeldTotal:
        made = sorted((node.sequence, node.id) for node in graph.nodes if node.kind == "backward")
        forward = [node for _, node in made]
        run = [node for node in self._running(graph) if node in held.by_node]
        storages = {node: [(one.id, one.n_bytes) for one in found] for node, found in held.by_node.items()}
        totals = held_bytes(storages, forward, run, is_freed=True)
        made_at = forward.index(node_id) if node_id in held.by_node else -1
        freed_at = len(forward) + run.index(node_id) if node_id in run else -1
        return _thinned(totals, len(forward), made_at, freed_at)

    def _running(self, graph: Graph) -> list[int]:
        """The order of the newest pass over this graph, else the one that is to be expected."""
        return self._controller.values.order(graph) or [
            node for _, node in sorted(((n.sequence, n.id) for n in graph.nodes if n.kind == "backward"), reverse=True)
        ]

    def _forecast(self) -> tuple[Sentence | None, int]:
        found = foretell_shown(self._recorder, self._namespace)
        return (None, -1) if found is None else (found.said, self._recorder.node_id(found.node))


def _is_in(tensor: Any, storage: int) -> bool:
    return can_alias(tensor) and native.untyped_storage(native.bare(tensor))._cdata == storage


def _thinned(totals: list[int], n_forward: int, made_at: int, freed_at: int) -> HeldTotal:
    """At most _MOST_POINTS, each the largest of those that it stands for."""
    step = -(-len(totals) // _MOST_POINTS) or 1
    points = tuple(max(totals[place : place + step]) for place in range(0, len(totals), step))
    places = (made_at // step if made_at >= 0 else -1, freed_at // step if freed_at >= 0 else -1)
    return HeldTotal(points, n_forward // step, *places)
