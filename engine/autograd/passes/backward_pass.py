"""One backward pass: hooks on every node that it runs, and what they saw."""

from __future__ import annotations

import contextlib
import functools
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter
from typing import Any

import torch
from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.autograd.passes.births import Births
from engine.autograd.passes.breakpoints import Watch
from engine.autograd.passes.call_graph import CallGraph
from engine.autograd.passes.call_site import CallSite
from engine.autograd.passes.crossing import Crossing
from engine.autograd.passes.gradients import CLONE_BYTES, STEPPED_CLONE_BYTES, Gradients
from engine.autograd.passes.hooks import HookedNodes
from engine.autograd.passes.registering import light_handles
from engine.autograd.passes.replaced import Replaced
from engine.autograd.passes.small_saved import SmallSaved
from engine.autograd.passes.turning import Turned, Turning
from engine.autograd.recorder import Recorder
from engine.autograd.records import PLAIN_TENSORS
from engine.autograd.saved import Saved, saved_storages
from engine.autograd.snapshots import can_alias
from engine.protocol.facts import NodeTime
from engine.protocol.notes import Note, Partial
from engine.protocol.origin import HookedNode
from engine.protocol.values import BackwardStep, Waiting
from engine.shared.ready_queue import Arrivals, PassPlan
from engine.tensors import native, observing
from engine.tensors.unseen import Spared, Unseen, is_alone, spare

_NAN = re.compile(r"Function '(.+)' returned nan values in its \d+\w* output")
_MAX_RECORDED_BYTES = 4 << 20  # of a part of a sum, in a pass at full speed
READY_SHOWN = 256  # of a longer queue, so that the news of a pass stay linear in its nodes
_PLAIN = PLAIN_TENSORS | {type(None)}
_is_grad_enabled = torch.is_grad_enabled
_current_task: Callable[[], int] = torch._C._current_graph_task_id


class BackwardAborted(KeyboardInterrupt):
    """The person stopped a backward pass; a program that called it ends as by Ctrl+C."""


class BackwardPass:
    """Nodes are indices into `call.nodes` until `identify` gives them ids.

    With `hold`, called with each node that is about to run, the pass is stepped: arrivals are counted from the
    post-hooks as they come and each contribution to a fan-in is kept. Without, only order and gradients are noted,
    and `make_steps` works out the rest from the order.
    """

    def __init__(self, call: CallGraph, room: Callable[[], int], hold: Callable[[int], None] | None) -> None:
        self.call = call
        self.order: list[int] = []
        self.running = -1  # inside of which node the engine is
        self.steps: list[BackwardStep] = []
        self.ids: list[int] = []
        self.is_interrupted = False  # the next hook stops the pass, on whichever thread it runs
        self.saved: dict[int, Saved] = {}  # by node, just before it ran: afterwards it may be freed
        self.small_saved = SmallSaved()  # of a pass that is held
        self._start_s = [0.0] * len(call.nodes)
        self.dt_ms: list[tuple[int, float]] = []  # of the nodes that have run, in the order of their ends
        self.births: Births | None = None  # of the nodes that it makes
        self.inside: dict[int, list[CallSite]] = {}  # by node: the passes that began while it ran
        self.is_inner = False  # torch.func runs it, over a graph that it lets go of
        self.hooks = HookedNodes({})  # told of what arrives at nodes with hooks of the program's
        self.gradients = Gradients(room, STEPPED_CLONE_BYTES if hold else CLONE_BYTES)
        self._hold = hold
        self.keeps_what_waits = hold is not None  # by itself, at each node
        self.creates_graph = False
        self.is_running = True
        self.replaced = Replaced()
        self._watch: Watch | None = None
        self._begin_holding: Callable[[BackwardPass], Callable[[int], None]] | None = None
        self.hits: tuple[int, ...] = ()  # the breakpoints that hold it at the node that is about to run
        self.was_hit = False  # by a breakpoint, at any of its nodes
        self.turning: Turning | None = None  # looks for the node that makes a gradient NaN or infinite
        self.turned: Turned | None = None  # what the node that has just run made of finite gradients
        self._arrivals = Arrivals(call.plan)
        self.is_leaf = [native.leaf_of(node) is not None for node in call.nodes]
        self._is_torch = [native.is_of_torch(node) for node in call.nodes]
        self._hooks_after: list[Any] = [None] * len(call.nodes)  # of each node, those of the program with ours
        self._was_observed = observing.is_on()
        # By (node, slot): gradients with who sent them for which operand, of a pass that may come to be held.
        self._on_its_way: dict[tuple[int, int], tuple[Tensor, int, int]] = {}
        self._indices: dict[int, int] = {}
        self._task = -1
        self._crossing = Crossing(call.nodes)
        self._turn = threading.Lock()  # each device has a thread of its own: one node at a time is held

    @property
    def is_held(self) -> bool:
        """Whether it is held at its nodes, and not only recorded."""
        return self._hold is not None

    def watch(self, watch: Watch | None, begin_holding: Callable[[BackwardPass], Callable[[int], None]]) -> None:
        """Look for breakpoints at its nodes. One that was only recorded calls `begin_holding`, which does not refer to
        it, at the first that holds it, and has what that returns for `hold` from then on."""
        self._watch, self._begin_holding, self.hits = watch, begin_holding, ()

    @contextlib.contextmanager
    def hooked(self) -> Iterator[None]:
        """Every node that this call runs has hooks inside, and none after: one left over would hold the next pass."""
        handles: list[Any] = []
        try:
            with light_handles():
                self._register(handles)
            with self._crossing.crossed():
                yield
        finally:
            self.is_running = False
            self._on_its_way.clear()
            for handle in handles:
                handle.remove()

    def _register(self, handles: list[Any]) -> None:
        for index, node in enumerate(self.call.nodes):
            if self.call.runs[index]:
                before, after = functools.partial(self._before, index), functools.partial(self._after, index)
                ours = native.register_hooks(node, before, after)
                handles += ours
                after_it = self._hooks_after[index] = ours[1].hooks_dict_ref()
                if len(after_it) + len(ours[0].hooks_dict_ref()) > 2:
                    with Spared():
                        handles += self.hooks.meet(index, node, *ours)

    def seed(self, gradients: Sequence[Tensor | None]) -> None:
        """What the call itself hands to its roots, in their order."""
        with Unseen():
            for place, (root, gradient) in enumerate(zip(self.call.roots, gradients, strict=False)):
                if gradient is not None and self._is_kept(root[0], gradient):
                    self.gradients.add_part(*root, gradient, -1, place)

    def identify(self, recorder: Recorder) -> None:
        """Take the ids of the nodes in the graph that is shown."""
        self.ids = [recorder.node_id(node) for node in self.call.nodes]
        self._indices = {node_id: index for index, node_id in enumerate(self.ids)}

    @property
    def indices(self) -> dict[int, int]:
        """The nodes by their ids."""
        return self._indices

    def index(self, node_id: int) -> int:
        """The node with this id, -1 when the pass has none."""
        return self._indices.get(node_id, -1)

    def make_steps(self) -> None:
        """Fill `steps` of a pass that was not held, and bring the arrivals to where it stopped."""
        with Unseen():
            for index, node in enumerate(self.order):
                self._arrivals.fires(node)
                self._add_step(node)
                if index + 1 < len(self.order) or self.running < 0:
                    self._arrivals.finished(node)

    def signs(self) -> tuple[HookedNode, ...]:
        """The nodes that have hooks of the program, or other passes inside."""
        hooked = self.hooks.signs(self.ids)
        known = {one.node for one in hooked}
        return (*hooked, *(HookedNode(one, "") for node in self.inside if (one := self.ids[node]) not in known))

    def times(self, n_told: int) -> tuple[NodeTime, ...]:
        """How long each node ran, without the first `n_told` of them."""
        return tuple(NodeTime(self.ids[node], round(dt_ms, 4)) for node, dt_ms in self.dt_ms[n_told:])

    def captured_norms(self) -> tuple[float | None, ...]:
        """Of the gradients that autograd.grad took out, in the order of their nodes."""
        with Unseen():
            return tuple(self.gradients.norm(node) for node, is_taken in enumerate(self.call.captured) if is_taken)

    def total_norm(self) -> Tensor | None:
        """Of the gradients that its leaves got and that autograd.grad took out, all together, as a scalar."""
        with Unseen():
            return self.gradients.total_norm(self._ends())

    def n_elements(self) -> int:
        """How many these gradients have."""
        with Unseen():
            return self.gradients.n_elements(self._ends())

    def _ends(self) -> list[int]:
        return [node for node, is_leaf in enumerate(self.is_leaf) if is_leaf or self.call.captured[node]]

    def nodes_run(self) -> Iterator[GradFn]:
        """The nodes that have run, in their order."""
        nodes = self.call.nodes
        return (nodes[index] for index in self.order)

    def waiting(self) -> set[int]:
        """The nodes at which a gradient, maybe an undefined one, has arrived, and that have not begun to run."""
        return {node for node in range(len(self.call.nodes)) if self._arrivals.arrived(node)} - set(self.order)

    def has_reached(self, leaf: Tensor) -> bool:
        """Whether the node of a leaf has run."""
        return self.call.index_of_leaf(leaf) in self.order

    def failed(self, error: BaseException) -> None:
        """The engine has raised. Anomaly mode looks for NaN in what a node made when its hooks have run already."""
        found = _NAN.match(str(error)) if type(error) is RuntimeError and self.running < 0 and self.order else None
        if found is not None and native.name_of(self.call.nodes[self.order[-1]]) == found[1]:
            self.running = self.order[-1]

    def failed_node(self) -> int:
        """The node that an error came from: the running one, else the next, whose tensor hook raised."""
        return self.running if self.running >= 0 else self._arrivals.head

    def take_captured(self, results: Sequence[Tensor | None]) -> None:
        """Keep what autograd.grad returned."""
        if self.births is not None and self.call.captured_inputs:
            with Spared():
                self.births.captured(results)
        if not self.call.plan.n_captured:
            return
        with Spared():
            for target, gradient in zip(self.call.captured_inputs, results, strict=True):
                if target is not None and gradient is not None and self.call.captured[target[0]]:
                    self.gradients.capture(*target, gradient)

    def gradient(self, node: int, slot: int) -> tuple[Tensor | None, Note | None]:
        """The gradient with respect to a node's output, and what is to be known of it."""
        tensor, note = self.gradients.read(node, slot)
        arrived, expected = self._arrivals.arrived(node), self.call.plan.expected[node]
        if tensor is not None and node in self._arrivals.waiting:
            note = Partial(arrived, expected)
        return tensor, note

    def _before(self, node: int, gradients: tuple[Tensor | None, ...]) -> tuple[Tensor | None, ...] | None:
        if not self._is_mine(node):
            return None
        if self._hold is None:
            if self.is_interrupted:
                raise BackwardAborted
            self._crossing.arrive()
            self._note(node, gradients)
            if self._watch is not None:
                self._stop_at_breakpoint(node)
            self._crossing.depart(node)
            self._start_s[node] = perf_counter()
            return self._entering(node, gradients)
        with self._turn:
            self._crossing.arrive()
            self._note(node, gradients)
            with Spared():
                self.small_saved.keep(node, self.call.nodes[node])
                self._arrivals.fires(node)
                self._add_step(node)
            with self._crossing.outside():
                self._hold(node)
            entering = self._entering(node, gradients)
            self._crossing.depart(node)
            self._start_s[node] = perf_counter()
            return entering

    def _entering(self, node: int, gradients: tuple[Tensor | None, ...]) -> tuple[Tensor | None, ...] | None:
        """What enters a node in place of what arrives, where the person wants that."""
        entering = self.replaced.entering(node, gradients) if self.replaced else None
        if entering is not None:
            with Spared():
                self.gradients.arrive(node, entering, owned_by_leaf=self.is_leaf[node])
        return entering

    def _note(self, node: int, gradients: tuple[Tensor | None, ...]) -> None:
        self.order.append(node)
        self.running = node
        if not is_alone() or not _PLAIN.issuperset(map(type, gradients)):
            with Spared():
                self._keep(node, gradients)
            return
        observing.turn_off()  # the engine lets it be as it was once the node has run
        try:
            self._keep(node, gradients)
        except Exception as error:
            spare(error)
        finally:
            if self._was_observed and self._is_observed(node):
                observing.turn_on()

    def _is_observed(self, node: int) -> bool:
        """Whether what a node does may make nodes, be the program's own code, or write into one of its tensors."""
        return (
            not self._is_torch[node]
            or _is_grad_enabled()
            or self.saved[node][1] is not None
            or len(self._hooks_after[node]) > 1
        )

    def _keep(self, node: int, gradients: tuple[Tensor | None, ...]) -> None:
        if self._watch is not None:
            self.hits = self._watch.hits(node, gradients)
            self.was_hit = self.was_hit or bool(self.hits)
        if self._on_its_way:
            for slot in range(len(gradients)):
                self._on_its_way.pop((node, slot), None)
        self.gradients.arrive(node, gradients, owned_by_leaf=self.is_leaf[node])
        self.saved[node] = saved_storages(self.call.nodes[node])
        if node in self.hooks:
            self.hooks.arrive(node, gradients)
        if self.births is not None:
            self.births.arrived(node, gradients)

    def _stop_at_breakpoint(self, node: int) -> None:
        """The pass that was recorded up to here is held from here on."""
        if not self.hits:
            return
        with self._turn:
            with Spared():
                assert self._begin_holding is not None
                self._know_what_waits()
                self._hold = self._begin_holding(self)
            if self._hold is not None:
                with self._crossing.outside():
                    self._hold(node)

    def _after(self, node: int, handed_on: tuple[Tensor | None, ...], gradients: tuple[Tensor | None, ...]) -> None:
        if _current_task() != self._task:
            return
        self.dt_ms.append((node, 1000 * (perf_counter() - self._start_s[node])))
        self._crossing.come_back(node)
        if self.turning is not None and self.turning.is_bad(node, handed_on):
            self._stop_where_it_turned(node, handed_on, gradients)
        self.running = -1
        self._note_parts(node, handed_on)
        if self.births is not None:
            with Spared():
                self.births.left(node, handed_on)
        if self.hooks:
            self._hand_over(node, handed_on)
        if node in self.hooks.on_nodes:
            with Spared():
                self.hooks.leave(node, handed_on)
        self._crossing.go_on()

    def _stop_where_it_turned(
        self, node: int, handed_on: tuple[Tensor | None, ...], gradients: tuple[Tensor | None, ...]
    ) -> None:
        """The node has run, and is held once more."""
        with self._turn:
            with Spared():
                assert self.turning is not None and self._begin_holding is not None
                self.turned = self.turning.at(node, handed_on, gradients)
                if self.turned is not None and self._hold is None:
                    self._know_what_waits()
                    self._hold = self._begin_holding(self)
            if self.turned is None or self._hold is None:
                return
            self.hits, self.was_hit = self.turned.ids, True
            try:
                with self._crossing.outside():
                    self._hold(node)
            finally:
                self.hits, self.turned = (), None

    def _hand_over(self, node: int, handed_on: tuple[Tensor | None, ...]) -> None:
        with Unseen():
            for edge, gradient in zip(self.call.edges[node], handed_on, strict=True):
                if edge is not None and gradient is not None and edge[0] in self.hooks:
                    self.hooks.hand_over(*edge, gradient)

    def _note_parts(self, node: int, handed_on: tuple[Tensor | None, ...]) -> None:
        for place, (edge, gradient) in enumerate(zip(self.call.edges[node], handed_on, strict=True)):
            if edge is not None and gradient is not None:
                if self._hold is None and self.call.plan.expected[edge[0]] == 1:
                    if self._may_be_held:
                        self._note_on_its_way(edge, gradient, node, place)
                elif self._is_kept(edge[0], gradient):
                    self._add_part(edge, gradient, node, place)
        if self._hold is not None:
            with Spared():
                self._arrivals.finished(node)

    def _add_part(self, edge: tuple[int, int], gradient: Tensor, node: int, place: int) -> None:
        if type(gradient) not in PLAIN_TENSORS or observing.is_on() or not is_alone():
            with Spared():
                self.gradients.add_part(*edge, gradient, node, place)
            return
        try:
            self.gradients.add_part(*edge, gradient, node, place)
        except Exception as error:
            spare(error)

    def _note_on_its_way(self, edge: tuple[int, int], gradient: Tensor, node: int, place: int) -> None:
        """Nothing is added to it. A pass that comes to be held has to know it until it has arrived."""
        if type(gradient) in PLAIN_TENSORS and is_alone() and not native.is_batched(gradient):
            self._on_its_way[edge] = native.ALIAS(Tensor, gradient), node, place
            return
        self._add_part(edge, gradient, node, place)

    def _know_what_waits(self) -> None:
        """It is about to be held."""
        for edge, (gradient, node, place) in self._on_its_way.items():
            self.gradients.add_part(*edge, gradient, node, place)
        self._on_its_way.clear()

    @property
    def _may_be_held(self) -> bool:
        return self._watch is not None or self.turning is not None

    def _is_kept(self, target: int, gradient: Tensor) -> bool:
        """Whether what goes to a node is kept by itself. While it is, the engine adds to it out of place, which a
        pass that is only recorded has no time for where it is large; there it is kept only where several meet."""
        if self._hold is not None:
            return self.call.takes_part[target]
        if self.call.plan.expected[target] == 1:
            return self._may_be_held
        return can_alias(gradient) and native.nbytes(gradient) <= _MAX_RECORDED_BYTES

    def _is_mine(self, node: int) -> bool:
        """A leaf's AccumulateGrad also runs in other passes: inside a checkpoint's backward, on another thread."""
        task = _current_task()
        if not self.order and any(node == root for root, _ in self.call.roots):
            self._task = task
        return task == self._task

    def is_at_node(self) -> bool:
        """Whether the calling thread is inside of a node that this pass runs."""
        return self.running >= 0 and _current_task() == self._task

    def _add_step(self, node: int) -> None:
        plan, norm = self.call.plan, self.gradients.norm(node)
        self.steps.append(step_at(len(self.steps), node, norm, self.ids, self._arrivals, plan))


def step_at(
    index: int, node: int, norm: float | None, ids: Sequence[int], arrivals: Arrivals, plan: PassPlan
) -> BackwardStep:
    """The step of a node that is about to run, with the queue and the nodes that wait as `arrivals` has them."""
    return BackwardStep(
        index,
        ids[node],
        norm,
        tuple(ids[ready] for ready in arrivals.ready(READY_SHOWN)),
        tuple(Waiting(ids[waiting], count, plan.expected[waiting]) for waiting, count in arrivals.waiting.items()),
    )
