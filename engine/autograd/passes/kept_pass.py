"""An earlier pass of a run: its order and norms, and its values and gradients while there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from torch import Tensor

from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.grad_accounts import Deposit
from engine.autograd.passes.gradients import Gradients
from engine.autograd.passes.kept_gradient import Part
from engine.autograd.passes.kept_hooks import KeptHooks
from engine.autograd.passes.leaving import was_hooked, was_summed
from engine.autograd.passes.patterns import Pattern
from engine.autograd.passes.saved_constants import SavedConstants
from engine.autograd.passes.steps import step_at
from engine.autograd.recorder import Recorder
from engine.autograd.records import NodeRecord
from engine.protocol.backward_values import BackwardState, BackwardStep
from engine.protocol.facts import NodeTime
from engine.protocol.graph_values import Graph
from engine.protocol.layers import GradientLayer
from engine.protocol.notes import Note, NotRecorded
from engine.protocol.origin import HookedNode
from engine.protocol.passes import PassMark
from engine.protocol.sentence import Sentence
from engine.shared.ready_queue import Arrivals
from engine.tensors.unseen import Unseen


class Opened(NamedTuple):
    """An earlier pass, as a window shows it."""

    graph: Graph
    state: BackwardState
    steps: tuple[BackwardStep, ...]
    times: tuple[NodeTime, ...]
    hooked: tuple[HookedNode, ...]


class Whole(NamedTuple):
    """What is let go of first."""

    records: Sequence[NodeRecord | None]
    gradients: Gradients
    constants: SavedConstants
    deposits: Mapping[int, Deposit]  # by node
    n_bytes: int


class KeptPass:
    """One pass: its order and norms, and its values and gradients while there is room. No grad_fn."""

    def __init__(
        self,
        mark: PassMark,
        current: BackwardPass,
        pattern: Pattern,
        whole: Whole | None,
        layers: tuple[GradientLayer, ...],
    ) -> None:
        self.mark = mark
        self.pattern = pattern
        self.whole = whole
        self._layers = layers
        self.order = current.order
        self._dt_ms = current.dt_ms
        self._kept = current.replaced.kept
        self.hooks = KeptHooks(current) if current.has_hooks() else None
        # Of the nodes in their order, once the gradients are gone. Those of a pass that was never whole are those told.
        self._norms = [step.norm for step in current.steps] or [None] * len(current.order)
        self._faded: dict[int, float | None] = {}  # the same by node, once somebody asked
        self.ids: list[int] = []  # of its nodes, once it was opened
        self._indices: dict[int, int] = {}  # by id

    def fade(self) -> None:
        """Let go of values and gradients."""
        if self.whole is not None:
            self._norms = self._measured()
            self.whole = None

    def open(self, pass_id: int, recorder: Recorder) -> Opened:
        """Draw it, with ids that no other graph has."""
        mark = self.mark
        records = None if self.whole is None else self.whole.records
        shown, ids = self.pattern.drawn(recorder.new_graph_id(), recorder.new_id, records, self._layers)
        recorder.show_past(shown)
        self.ids = ids
        self._indices = {node_id: index for index, node_id in enumerate(ids)}
        plan = self.pattern.plan
        state = BackwardState(
            pass_id=pass_id,
            graph=shown.graph.id,
            status=mark.status,
            origin=mark.origin,
            line=mark.line,
            n_needed=plan.n_runs,
            n_done=len(self.order),
            roots=tuple(ids[root] for root in plan.roots),
            pass_index=mark.index,
            kept=tuple(msgspec.structs.replace(kept, node=ids[node]) for (node, _), kept in self._kept.items()),
        )
        times = tuple(NodeTime(ids[node], round(dt_ms, 4)) for node, dt_ms in self._dt_ms)
        return Opened(shown.graph, state, self._steps(ids), times, () if self.hooks is None else self.hooks.signs(ids))

    def gradient(self, node_id: int, slot: int) -> tuple[Tensor | None, Note | None]:
        """What arrived at a node of the graph that `open` drew."""
        if self.whole is None:
            return None, NotRecorded("budget")
        return self.whole.gradients.read(self._indices[node_id], slot)

    def norm(self, node: int) -> float | None:
        """Of what arrived at a node, by its index."""
        if self.whole is not None:
            return self.whole.gradients.norm(node)
        if not self._faded:
            self._faded = dict(zip(self.order, self._norms, strict=True))
        return self._faded.get(node)

    def index(self, node_id: int) -> int:
        """The node of the graph that `open` drew with this id, -1 where it has none."""
        return self._indices.get(node_id, -1)

    def norm_of(self, node_id: int) -> float | None:
        """As `norm`, of a node of the graph that `open` drew."""
        index = self.index(node_id)
        return None if index < 0 else self.norm(index)

    def parts(self, node_id: int, slot: int) -> list[tuple[int, Part]]:
        """What several nodes sent on to an output, each with the id of its sender, -1 for the call itself."""
        parts = () if self.whole is None else self.whole.gradients.parts(self._indices[node_id], slot)
        return [(-1 if part.sender < 0 else self.ids[part.sender], part) for part in parts]

    def leaving(self, node_id: int, place: int) -> tuple[Tensor | None, Sentence | None]:
        """What a node sent on to its operand at `place`; of one that was alone to send it, what arrived."""
        node = self._indices[node_id]
        edge = self.pattern.edge(node, place)
        if self.whole is None or edge is None:
            return None, Sentence.of("pass.values_gone", "Of this pass only its order and norms are kept.")
        gradients = self.whole.gradients
        parts = gradients.parts(*edge)
        part = next((part for part in parts if (part.sender, part.place) == (node, place)), None)
        if self.pattern.plan.expected[edge[0]] > 1 and (part is None or part.kept.tensor is None):
            return None, was_summed()
        if part is None and self.hooks is not None and edge[0] in self.hooks.changed:
            return None, was_hooked()
        return (gradients.read(*edge) if part is None else part.kept.read())[0], None

    def norm_of_part(self, node_id: int, place: int) -> float | None:
        """Of what a node sent on to its operand at `place`, where others sent something there, too."""
        node = self._indices[node_id]
        edge = self.pattern.edge(node, place)
        parts = () if self.whole is None or edge is None else self.whole.gradients.parts(*edge)
        part = next((part for part in parts if (part.sender, part.place) == (node, place)), None)
        return None if part is None else part.kept.norm()

    def n_sent(self, node_id: int) -> int:
        """How many gradients a node sent on, at most; none before it has run."""
        node = self._indices[node_id]
        return self.pattern.n_operands(node) if node in self.order else 0

    def saved_constant(self, node_id: int, name: str) -> Any:
        """What a node had saved by PyTorch's own name. Raises KeyError where that is a tensor, or gone."""
        if self.whole is None:
            raise KeyError(name)
        return self.whole.constants.read(self.ids.index(node_id), name)

    def deposit(self, node_id: int) -> Deposit | None:
        """What it added to the `.grad` of a leaf; None of any other node, and where that is gone."""
        return None if self.whole is None else self.whole.deposits.get(self.ids.index(node_id))

    def has(self, node_id: int) -> bool:
        """Whether the graph that `open` drew has this node."""
        return node_id in self._indices

    def _measured(self) -> list[float | None]:
        if self.whole is None:
            return self._norms
        with Unseen():
            return self.whole.gradients.norms(self.order)

    def _steps(self, ids: Sequence[int]) -> tuple[BackwardStep, ...]:
        plan, steps = self.pattern.plan, []
        arrivals = Arrivals(plan)
        for index, (node, norm) in enumerate(zip(self.order, self._measured(), strict=True)):
            arrivals.fires(node)
            steps.append(step_at(index, node, norm, ids, arrivals, plan))
            arrivals.finished(node)
        return tuple(steps)
