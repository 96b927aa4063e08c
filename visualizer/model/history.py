"""Every step of the newest backward pass, and a cursor in it: the timeline goes back without asking the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.protocol.backward_values import BackwardState, BackwardStep
from engine.protocol.facts import NodeTime
from engine.protocol.graph_values import Graph, Node
from engine.protocol.origin import HookedNode
from engine.shared.backward_model import BackwardView
from engine.shared.coming_order import ComingOrder
from engine.shared.language import tr
from visualizer.model.recording import Recording

NOTHING_ARRIVED = -1.0  # in place of a norm: a gradient may be NaN itself

_SOON = 12  # nodes


class BackwardHistory:
    """The steps of one pass. Position 0 is before the first node; position p holds at `steps[p - 1]`;
    one past the last is the end of a finished pass."""

    def __init__(self) -> None:
        self.graph: Graph | None = None
        self.nodes: Mapping[int, Node] = {}  # of the graph, by id
        self.clear()

    def clear(self) -> None:
        """Forget the pass."""
        self.state: BackwardState | None = None
        self.is_of_earlier_run = False  # a program has begun since, which has made no pass of its own yet
        self.steps: list[BackwardStep] = []
        self._ran: list[int] = []
        self.norms: list[float] = []  # of the steps
        self.position = 0
        self._positions: dict[int, int] = {}  # by node, from 1
        self._not_needed: frozenset[int] = frozenset()
        self._times_ms: dict[int, float] = {}  # by node that has run to its end
        self._coming: ComingOrder | None = None
        self.hooked: dict[int, HookedNode] = {}  # nodes with hooks of the program
        self.recording: Recording | None = None  # the pass as far as it has come

    def set_graph(self, graph: Graph | None) -> None:
        """The graph on screen, over which the next news of a pass are."""
        self.graph = graph
        self.nodes = {} if graph is None else graph.columns.by_id
        self._coming = None

    def take(
        self,
        state: BackwardState,
        steps: tuple[BackwardStep, ...],
        times: tuple[NodeTime, ...] = (),
        hooked: tuple[HookedNode, ...] = (),
    ) -> None:
        """Add news. A cursor that was at the newest position stays at the newest."""
        if self.state is None or self.state.pass_id != state.pass_id:
            self.clear()
            self._not_needed = frozenset(state.not_needed)
        at_newest = self.state is None or self.position >= self.newest
        self.state = state
        self.hooked = {one.node: one for one in hooked}
        for step in steps:
            if step.index == len(self.steps):
                self._add(step)
        self._times_ms.update((time.node, time.dt_ms) for time in times)
        positions, times_ms = self._positions, self._times_ms
        self.recording = Recording(state, self.steps, len(self.steps), positions, times_ms, self._not_needed)
        if at_newest:
            self.position = self.newest

    def _add(self, step: BackwardStep) -> None:
        self.steps.append(step)
        self._ran.append(step.node)
        self.norms.append(NOTHING_ARRIVED if step.norm is None else step.norm)
        self._positions[step.node] = len(self.steps)
        if self._coming is not None:
            self._coming.ran(step.node)

    @property
    def newest(self) -> int:
        """The last position that exists now."""
        if self.state is None:
            return 0
        return len(self.steps) + (self.state.status == "finished")

    @property
    def is_live(self) -> bool:
        """Whether the picture is where the engine really is."""
        return self.position == self.newest

    @property
    def n_nodes(self) -> int:
        """How many nodes the pass runs, as far as is known."""
        return 0 if self.state is None else max(self.state.n_needed, len(self.steps))

    @property
    def current(self) -> BackwardStep | None:
        """The step that is held at the cursor, None before the first and past the last."""
        return self.steps[self.position - 1] if 1 <= self.position <= len(self.steps) else None

    @property
    def is_replay(self) -> bool:
        """Whether the cursor was moved into what is recorded."""
        return self.state is not None and not self.is_live

    @property
    def failed(self) -> Node | None:
        """The node that raised, while the cursor is there; None where none did, or the graph on screen has it not."""
        state = self.state
        has_failed = state is not None and state.status == "failed" and self.is_live
        return self.nodes.get(state.current) if state is not None and has_failed else None

    @property
    def held(self) -> Node | None:
        """The node at the cursor, which the engine is about to run or, in a replay, was; None before the first, past
        the last, and where the graph on screen does not have it."""
        step, state = self.current, self.state
        if step is None or state is None or not (self.is_replay or state.status in ("paused", "running")):
            return None
        return self.nodes.get(step.node)

    def move(self, position: int) -> bool:
        """Move the cursor; True if it moved."""
        position = min(max(position, 0), self.newest)
        moved = position != self.position
        self.position = position
        return moved

    def position_of(self, node: int) -> int | None:
        """Where a node ran, None if it has not yet."""
        return self._positions.get(node)

    def gradient_norm(self, node: int) -> float | None:
        """Of the gradient that had arrived at a node by the cursor; None where none had, or it has no norm."""
        return None if self.recording is None else self.recording.gradient_norm(node, self.position)

    def why_no_gradient(self, node: int) -> str:
        """In two words, where `gradient_norm` is None; "" without a pass."""
        position = self._positions.get(node)
        if self.state is None:
            return ""
        if node in self._not_needed and node not in self.state.captured:
            return tr("not needed")
        return tr("not reached") if position is None or position > self.position else tr("no norm")

    def time_ms(self, node: int) -> float | None:
        """How long a node ran that was done at the cursor; None where it was not, or nothing measured it."""
        return None if self.recording is None else self.recording.time_ms(node, self.position)

    def coming(self) -> ComingOrder | None:
        """The whole pass in its order, as far as it ran and then as predicted; None without a pass over the graph.

        The graph may have been drawn anew since, with other names: a node that was shown keeps its id.
        """
        state, graph = self.state, self.graph
        if state is None or graph is None or not all(root in self.nodes for root in state.roots):
            return None
        if self._coming is None:
            self._coming = ComingOrder(graph, state)
            for step in self.steps:
                self._coming.ran(step.node)
        return self._coming

    def order(self) -> Sequence[int]:
        """The ids of the nodes of the pass: those that ran, then, while it lasts, those to come as predicted."""
        if self.state is None:
            return ()
        coming = self.coming() if self.state.status in ("paused", "running") else None
        return coming if coming is not None else self._ran

    def soon(self) -> Sequence[int]:
        """The ids of the nodes that run next after the cursor: as they ran, or as predicted."""
        return self.order()[self.position : self.position + _SOON]

    def view(self) -> BackwardView | None:
        """The picture at the cursor, None without a pass."""
        return None if self.recording is None else self.recording.view(self.position)
