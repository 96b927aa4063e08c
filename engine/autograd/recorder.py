"""The forward pass as the rest of the engine sees it: watch it, show the graph behind an output, read a value."""

from __future__ import annotations

import itertools
import weakref
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.autograd.capture import Capture
from engine.autograd.finite.stop import FiniteStop
from engine.autograd.graph.builder import GraphBuilder
from engine.autograd.graph.node_names import user_names
from engine.autograd.operations.operation import Operation
from engine.autograd.records import KEY, Call, LeafRecord, NodeRecord, tensors_in
from engine.autograd.references import Reference, refer
from engine.autograd.seen import Seen
from engine.autograd.shown import Shown
from engine.autograd.snapshot import Snapshot
from engine.autograd.snapshots import SnapshotStore
from engine.program.locals import Locals
from engine.program.places import Place
from engine.protocol.budgets import FIRST_RECORDED_BYTES
from engine.protocol.graph_values import Graph
from engine.protocol.notes import Note, NotRecorded
from engine.shared.output_names import joined
from engine.tensors import native
from engine.tensors.unseen import Unseen


class Recorder:
    """Records what a thread's operations make. One per workspace.

    Values live as long as the graph that they belong to. The thread that is watched calls `watching` and `graph`;
    another reads inside `GATE.reading`, and may set the budget.
    """

    def __init__(self, *, budget_bytes: int = FIRST_RECORDED_BYTES) -> None:
        self._store = SnapshotStore(budget_bytes)
        self._capture = Capture(self._store)
        self._calls = calls = self._capture.calls
        self.locals = Locals(self.program_paths)
        self.finite = FiniteStop(self.program_paths, calls.placing.call, calls.records.leaves.made, self.locals)
        calls.finite = self.finite
        self.seen = Seen(calls)
        self.operations = calls.operations
        self._ids = itertools.count()
        self._graph_ids = itertools.count(1)
        self._shown: Shown | None = None
        self._past: Shown | None = None  # of an earlier pass, beside it

    @property
    def program_paths(self) -> set[str]:
        """The files whose frames count as the program; add to it."""
        return self._calls.placing.program_paths

    @property
    def budget_bytes(self) -> int:
        """How many `recorded_bytes` there may be; over it the oldest values are dropped."""
        return self._store.budget_bytes

    @budget_bytes.setter
    def budget_bytes(self, n_bytes: int) -> None:
        self._store.budget_bytes = n_bytes

    @property
    def recorded_bytes(self) -> int:
        """Bytes of tensor storage that nothing but recorded values keeps alive."""
        return self._store.recorded_bytes

    def written_by_others(self) -> frozenset[weakref.ref[Snapshot]]:
        """As `SnapshotStore.written_by_others`."""
        return self._store.written_by_others()

    def watching(self) -> AbstractContextManager[None]:
        """Operations of this thread are recorded inside; values, random state and warnings stay what they were."""
        return self._capture.watching()

    def graph(self, output: Tensor, label: str, namespace: Mapping[str, Any]) -> Graph:
        """The graph behind `output`, named `label`, which becomes the one that ids refer to.

        A node that was shown before keeps its id. `namespace` names variables.
        """
        with self._capture.paused():
            root = native.grad_fn(output)
            if root is not None:
                return self._graph((root,), label, namespace)
            graph = Graph(reason=self.seen.why_no_graph(output, label), **self._common(label, namespace))
            self._shown = Shown(graph, named=_named(namespace))
            return graph

    def graph_of_several(self, outputs: Mapping[str, Tensor], namespace: Mapping[str, Any]) -> Graph:
        """As `graph`, behind outputs by name; those without a graph add nothing to it."""
        with self._capture.paused():
            roots = [native.node_of(output) for output in outputs.values() if native.requires_grad(output)]
            return self._graph(tuple(dict.fromkeys(roots)), joined(outputs), namespace)

    def graph_behind(self, roots: Iterable[GradFn], label: str, namespace: Mapping[str, Any]) -> Graph:
        """As `graph`, of all nodes that one of `roots` leads to."""
        with self._capture.paused():
            return self._graph(tuple(roots), label, namespace)

    def new_graph_id(self) -> int:
        """Of a graph that was not shown before."""
        return next(self._graph_ids)

    def _common(self, label: str, namespace: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "id": self.new_graph_id(),
            "output": label,
            "recorded_bytes": self._store.enforce(),
            "budget_bytes": self.budget_bytes,
            "outputs": _outputs(namespace),
        }

    def shown_behind(self, roots: Sequence[GradFn]) -> Shown | None:
        """The graph on screen, if it is the one behind these roots."""
        shown = self._shown
        return shown if shown is not None and set(shown.roots) == set(roots) else None

    def picture(self, roots: Iterable[GradFn], label: str, namespace: Mapping[str, Any]) -> Shown:
        """As `graph_behind`, but of a graph that is not shown."""
        with self._capture.paused():
            return self._picture(tuple(roots), label, namespace)

    def _graph(self, roots: tuple[GradFn, ...], label: str, namespace: Mapping[str, Any]) -> Graph:
        self._shown = self._picture(roots, label, namespace)
        return self._shown.graph

    def _picture(self, roots: tuple[GradFn, ...], label: str, namespace: Mapping[str, Any]) -> Shown:
        common = self._common(label, namespace)
        builder = GraphBuilder(self.record_for, self.new_id, namespace)
        builder.build(roots)
        repetitions, iterations = builder.repeated()
        graph = Graph(
            nodes=tuple(builder.nodes),
            edges=tuple(builder.edges),
            modules=builder.modules_called(),
            n_not_recorded=builder.n_not_recorded,
            repetitions=repetitions,
            layers=builder.layers(),
            iterations=iterations,
            **common,
        )
        return Shown(graph, grad_fns=builder.grad_fns, leaves=builder.leaves, roots=roots, named=_named(namespace))

    def show_past(self, past: Shown | None) -> None:
        """Beside the graph on screen, answer for the ids of this one, of an earlier pass, in place of one before."""
        self._past = past

    def is_shown(self, output: Tensor, namespace: Mapping[str, Any]) -> bool:
        """Whether the graph on screen begins at `output`, maybe with others, and names the variables of `namespace` as
        they are."""
        shown = self._shown
        if shown is None or not shown.roots:
            return False
        named = dict(_tensors(namespace))
        is_same = named.keys() == shown.named.keys() and all(shown.named[name]() is named[name] for name in named)
        with Unseen():
            return is_same and native.grad_fn(output) in shown.roots

    def is_inside(self, output: Tensor) -> bool:
        """Whether the graph on screen leads to `output` from roots further on."""
        shown = self._shown
        with Unseen():
            node = native.grad_fn(output)
        return shown is not None and node is not None and node not in shown.roots and self.holds((node,))

    def is_newer(self, output: Tensor) -> bool:
        """Whether the graph on screen begins at a root that was made after `output`."""
        with Unseen():
            node = native.grad_fn(output)
            made = -1 if node is None else native.sequence_nr(node)
            roots = () if self._shown is None else self._shown.roots
            return any(native.sequence_nr(root) > made for root in roots if native.leaf_of(root) is None)

    def shown_again(self, namespace: Mapping[str, Any]) -> Graph:
        """The graph on screen, of which there is one, drawn anew with the names of `namespace`."""
        shown = self._shown
        assert shown is not None
        return self.graph_behind(shown.roots, shown.graph.output, namespace)

    def holds(self, nodes: Iterable[GradFn]) -> bool:
        """Whether all of `nodes` are in the graph on screen."""
        shown = self._shown
        return shown is not None and all(shown.grad_fns.get(self.record_for(node).node_id) is node for node in nodes)

    def paused(self) -> AbstractContextManager[None]:
        """Nothing that is read of a tensor inside is recorded."""
        return self._capture.paused()

    def current(self) -> Graph | None:
        """The graph that ids refer to."""
        return None if self._shown is None else self._shown.graph

    def grad_fn(self, node_id: int) -> GradFn | None:
        """The node with this id; None for an input and for an id that is not shown."""
        return None if self._shown is None else self._shown.grad_fns.get(node_id)

    def node_id(self, grad_fn: GradFn) -> int:
        """The id of a node."""
        return self.record_for(grad_fn).node_id

    def shown_record(self, node_id: int) -> NodeRecord | None:
        """What was seen of a node that is shown, in an earlier pass, too."""
        shown = self._of(node_id)
        return None if shown is None else shown.record(node_id)

    def is_single(self) -> bool:
        """Whether the watched thread is the only one of the program."""
        return self._capture.is_single()

    def node_of(self, tensor: Tensor) -> int:
        """The shown node that made `tensor`, its AccumulateGrad, or its input node; -1 where it is not in the graph."""
        shown = self._shown
        if shown is None:
            return -1
        with Unseen():
            node = native.grad_fn(tensor)
        if node is not None:
            record = node.metadata.get(KEY)
            return record.node_id if record is not None and record.node_id in shown.grad_fns else -1
        for node_id in (*shown.grad_fns, *shown.leaves):
            if self.leaf(node_id) is tensor:
                return node_id
        return -1

    def leaf(self, node_id: int) -> Tensor | None:
        """The variable of an AccumulateGrad, or the tensor of an input node while the program still has it."""
        shown = self._of(node_id)
        return None if shown is None else shown.leaf(node_id)

    def leaf_record(self, node_id: int) -> LeafRecord | None:
        """What was seen of a tensor that the graph begins at: of an input node or an AccumulateGrad."""
        shown = self._of(node_id)
        return None if shown is None else shown.leaves.get(node_id)

    def value(self, node_id: int, slot: int) -> tuple[Tensor | None, Note | None]:
        """The value of an output when its operation ran, and what is to be known of it."""
        shown = self._of(node_id)
        return (None, NotRecorded()) if shown is None else shown.value(node_id, slot)

    def is_copy(self, node_id: int, slot: int) -> bool:
        """Whether `value` is a copy, because the tensor was written to since."""
        shown = self._of(node_id)
        return shown is not None and shown.is_copy(node_id, slot)

    def roots(self) -> tuple[GradFn, ...]:
        """Where the graph on screen begins."""
        return () if self._shown is None else self._shown.roots

    def graph_of_id(self, graph_id: int) -> Graph | None:
        """The graph on screen, or the earlier one beside it, if this is its id."""
        shown = (self._shown, self._past)
        return next((one.graph for one in shown if one is not None and one.graph.id == graph_id), None)

    def _of(self, node_id: int) -> Shown | None:
        """The graph that a node is shown in."""
        return self._past if self._past is not None and self._past.is_past(node_id) else self._shown

    def clear(self) -> None:
        """Let go of the graph on screen and of every value that no living graph holds."""
        self._shown = self._past = None
        self._calls.records.forget_unbound()
        self.operations.forget_dead()

    def note_failed(
        self,
        function: Any,
        given: tuple[tuple[Any, ...], dict[str, Any]],
        place: Place,
        kept: Container[int],
        *,
        direct: bool,
    ) -> Operation:
        """A call of `function` has ended the run of the program with an exception: the book of operations has it as
        `failed`, with those of its tensors that stand at the places `kept`."""
        calls = self._calls
        call = Call(next(calls.placing.numbers), function, place, direct, None, calls.thread)
        return self.operations.fail(call, given, tensors_in(given), kept)

    def new_id(self) -> int:
        """Of a node or a graph's input that had none."""
        return next(self._ids)

    def record_for(self, node: GradFn) -> NodeRecord:
        """The record of a node, which has an id from now on."""
        record = self._calls.records.record(node)
        if record.node_id < 0:
            record.node_id = self.new_id()
        return record


def _named(namespace: Mapping[str, Any]) -> dict[str, Reference]:
    return {name: refer(tensor) for name, tensor in _tensors(namespace)}


def _outputs(namespace: Mapping[str, Any]) -> tuple[str, ...]:
    """The variables that have a graph, the newest first."""
    nodes = [(native.grad_fn(tensor), name) for name, tensor in _tensors(namespace)]
    numbered = [(native.sequence_nr(node), name) for node, name in nodes if node is not None]
    return tuple(name for _, name in sorted(numbered, reverse=True))


def _tensors(namespace: Mapping[str, Any]) -> Iterator[tuple[str, Tensor]]:
    return ((name, value) for name, value in user_names(namespace) if issubclass(type(value), Tensor))
