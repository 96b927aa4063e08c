"""One backward pass, and what its hooks saw of it."""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import msgspec
import torch
from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.autograd.kept_for_backward import FREED, obstacle
from engine.autograd.passes.births import Births
from engine.autograd.passes.breakpoints import Watch
from engine.autograd.passes.call_graph import CallGraph
from engine.autograd.passes.gradients import CLONE_BYTES, STEPPED_CLONE_BYTES, Gradients
from engine.autograd.passes.hooks import HookedNodes
from engine.autograd.passes.inner_passes import InnerPass, sign_of
from engine.autograd.passes.replaced import Replaced
from engine.autograd.passes.saved_plan import SavedPlan
from engine.autograd.passes.small_saved import SmallSaved
from engine.autograd.passes.steps import step_at
from engine.autograd.passes.turning import Turned, Turning
from engine.autograd.recorder import Recorder
from engine.autograd.records import KEY, NodeRecord, PassTrace
from engine.autograd.saved import Saved
from engine.autograd.snapshot import Snapshot
from engine.protocol.backward_values import BackwardStep
from engine.protocol.facts import NodeTime
from engine.protocol.notes import Note, Partial
from engine.protocol.origin import HookedNode
from engine.shared.ready_queue import Arrivals
from engine.tensors import native
from engine.tensors.unseen import Spared, Unseen

_NAN = re.compile(r"Function '(.+)' returned nan values in its \d+\w* output")
_current_task: Callable[[], int] = torch._C._current_graph_task_id
_current_node: Callable[[], Any] = torch._C._current_autograd_node
Hold = Callable[[int], None]


class BackwardAborted(KeyboardInterrupt):
    """The person stopped a backward pass; a program that called it ends as by Ctrl+C."""


class BackwardPass:
    """Nodes are indices into `call.nodes` until `identify` gives them ids.

    With `hold`, called with each node that is about to run, the pass is stepped: arrivals are counted as they come and
    each contribution to a fan-in is kept. Without, only order and gradients are noted, and `make_steps` works out the
    rest from the order. `node_hooks.hooked` fills it while it runs.
    """

    def __init__(self, call: CallGraph, room: Callable[[], int], hold: Hold | None) -> None:
        self.call = call
        self.order: list[int] = []
        self.broken_trace: PassTrace | None = None  # what its nodes are marked with where it was broken off
        self.running = -1  # inside of which node the engine is known to be
        self.steps: list[BackwardStep] = []
        self.ids: list[int] = []
        self.is_interrupted = False  # the next hook stops the pass, on whichever thread it runs
        self._saved: dict[int, Saved] = {}
        self.saved_plan: SavedPlan | None = None  # where that lies, if it was not read
        self.small_saved = SmallSaved()  # of a pass that is held
        self.dt_ms: list[tuple[int, float]] = []  # of the nodes that have run, in the order of their ends
        self.births: Births | None = None  # of the nodes that it makes
        self.inside: dict[int, list[InnerPass]] = {}  # by node: the passes that began while it ran
        self.written_by_others: frozenset[weakref.ref[Snapshot]] = frozenset()  # before it began
        self.is_single = False  # no other thread of the program runs
        self.is_inner = False  # torch.func runs it, over a graph that it lets go of
        self.hooks = HookedNodes({})  # told of what arrives at nodes with hooks of the program's
        self.gradients = Gradients(room, STEPPED_CLONE_BYTES if hold else CLONE_BYTES)
        self.hold = hold
        self.keeps_what_waits = False  # or knows it, so that where it has nothing nothing has come
        self.creates_graph = False
        self.is_running = True
        self.records: Sequence[NodeRecord | None] = ()  # of all its nodes, once it has run them
        self.replaced = Replaced()
        self.looks_for: Watch | None = None  # breakpoints
        self._begin_holding: Callable[[BackwardPass], Hold] | None = None
        self.hits: tuple[int, ...] = ()  # the breakpoints that hold it at the node that is about to run
        self.was_hit = False  # by a breakpoint, at any of its nodes
        self.turning: Turning | None = None  # looks for the node that makes a gradient NaN or infinite
        self.turned: Turned | None = None  # what the node that has just run made of finite gradients
        self.is_leaf = call.shape.is_leaf
        self.is_unannounced: list[bool] = []  # by node: whether nothing is heard of it before it has run
        self._indices: dict[int, int] = {}
        self.task = -1  # the engine's number of it, once its first node has begun

    @property
    def saved(self) -> dict[int, Saved]:
        """By node, before it ran: afterwards it may be freed."""
        plan, self.saved_plan = self.saved_plan, None
        if plan is not None:
            records = self.records or [node.metadata.get(KEY) for node in self.call.nodes]
            self._saved = {**plan.saved(records), **self._saved}
        return self._saved

    @cached_property
    def arrivals(self) -> Arrivals:
        """At its nodes, as far as it is stepped or its steps were made."""
        return Arrivals(self.call.plan)

    @property
    def is_held(self) -> bool:
        """Whether it is held at its nodes, and not only recorded."""
        return self.hold is not None

    @property
    def may_be_held(self) -> bool:
        """Whether it may come to be, if it is not."""
        return self.looks_for is not None or self.turning is not None

    def watch(self, watch: Watch | None, begin_holding: Callable[[BackwardPass], Hold]) -> None:
        """Look for breakpoints at its nodes. One that was only recorded calls `begin_holding`, which does not refer to
        it, at the first that holds it, and has what that returns for `hold` from then on."""
        self.looks_for, self._begin_holding, self.hits = watch, begin_holding, ()

    def begin_holding(self) -> None:
        """It was recorded up to here, and is held from here on. Inside `Unseen`."""
        assert self._begin_holding is not None
        self.hold = self._begin_holding(self)

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

    def add_step(self, node: int) -> None:
        """A node is about to run."""
        plan, norm = self.call.plan, self.gradients.norm(node)
        self.steps.append(step_at(len(self.steps), node, norm, self.ids, self.arrivals, plan))

    def make_steps(self) -> None:
        """Fill `steps` of a pass that was not held, and bring the arrivals to where it stopped."""
        with Unseen():
            for index, node in enumerate(self.order):
                self.arrivals.fires(node)
                self.add_step(node)
                if index + 1 < len(self.order) or self.running < 0:
                    self.arrivals.finished(node)

    def signs(self) -> tuple[HookedNode, ...]:
        """The nodes that have hooks of the program, or other passes inside."""
        return tuple(msgspec.structs.replace(sign, node=self.ids[sign.node]) for sign in self.hooked())

    def has_hooks(self) -> bool:
        """Whether it has met hooks of the program, or another pass began inside."""
        return bool(self.hooks.on_tensors or self.hooks.on_nodes or self.inside)

    def hooked(self) -> tuple[HookedNode, ...]:
        """As `signs`, with the nodes by index."""
        signs = {sign.node: sign for sign in self.hooks.signs()}
        inside = {node: sign_of(node, passes, signs.get(node)) for node, passes in self.inside.items()}
        return tuple((signs | inside).values())

    def times(self, n_told: int) -> tuple[NodeTime, ...]:
        """How long each node ran, without the first `n_told` of them."""
        return tuple(NodeTime(self.ids[node], round(dt_ms, 4)) for node, dt_ms in self.dt_ms[n_told:])

    def captured_norms(self) -> tuple[float | None, ...]:
        """Of the gradients that autograd.grad took out, in the order of their nodes."""
        with Unseen():
            return tuple(self.gradients.norm(node) for node, is_taken in enumerate(self.call.captured) if is_taken)

    def total_norm(self) -> Tensor | None:
        """Of the gradients that its leaves got and that autograd.grad took out, all together, as a scalar. Inside
        `Unseen`."""
        return self.gradients.total_norm(self._ends())

    def n_elements(self) -> int:
        """How many these gradients have. Inside `Unseen`."""
        return self.gradients.n_elements(self._ends())

    def _ends(self) -> list[int]:
        shape = self.call.shape
        if not shape.plan.n_captured:
            return shape.leaves
        return [node for node, is_leaf in enumerate(shape.is_leaf) if is_leaf or shape.captured[node]]

    def nodes_run(self) -> Iterator[GradFn]:
        """The nodes that have run, in their order."""
        nodes = self.call.nodes
        return (nodes[index] for index in self.order)

    def nodes_freed(self) -> list[GradFn]:
        """Of a pass that was broken off: the nodes that have run to their end, and the last one where it has let go of
        what it had saved, as anomaly mode has it before it looks at what that made."""
        nodes = list(self.nodes_run())
        with Unseen():
            return nodes if nodes and FREED.search(obstacle(nodes[-1])) else nodes[:-1]

    def waiting(self) -> set[int]:
        """The nodes at which a gradient, maybe an undefined one, has arrived, and that have not begun to run."""
        return {node for node in range(len(self.call.nodes)) if self.arrivals.arrived(node)} - set(self.order)

    def has_reached(self, leaf: Tensor) -> bool:
        """Whether the node of a leaf has run."""
        return self.call.index_of_leaf(leaf) in self.order

    def failed(self, error: BaseException) -> None:
        """The engine has raised. Of a node that is not announced that is heard first; and anomaly mode looks for NaN in
        what a node made when its hooks have run already."""
        if self.running >= 0 or not self.order or not isinstance(error, Exception):
            return
        found = _NAN.match(str(error)) if type(error) is RuntimeError else None
        if found is not None and native.name_of(self.call.nodes[self.order[-1]]) == found[1]:
            self.running = self.order[-1]
            return
        following = self._following()
        if following >= 0 and self.is_unannounced[following]:
            self.order.append(following)
            self.running = following

    def _following(self) -> int:
        """The node that the engine runs next, -1 when none is ready."""
        if self.is_held:
            return self.arrivals.head
        arrivals = Arrivals(self.call.plan)
        for node in self.order:
            arrivals.fires(node)
            arrivals.finished(node)
        return arrivals.head

    def failed_node(self) -> int:
        """The node that an error came from: the running one, else the next, whose tensor hook raised."""
        return self.running if self.running >= 0 else self.arrivals.head

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
        arrived, expected = self.arrivals.arrived(node), self.call.plan.expected[node]
        if tensor is not None and node in self.arrivals.waiting:
            note = Partial(arrived, expected)
        return tensor, note

    def is_mine(self, node: int) -> bool:
        """In a hook: a leaf's AccumulateGrad also runs in other passes: inside a checkpoint's backward, on another
        thread."""
        task = _current_task()
        if not self.order and any(node == root for root, _ in self.call.roots):
            self.task = task
        return task == self.task

    def node_here(self) -> int:
        """The node of this pass that the calling thread is inside of, or whose tensors' hooks it runs, which come
        before ours; -1 where it is in none, or in a pass that another began."""
        is_ours = _current_task() == self.task or not self.order
        if not is_ours or self.running >= 0:
            return self.running if is_ours else -1
        node = _current_node()
        return -1 if node is None else self.call.index(node)
