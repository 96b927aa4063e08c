"""Every step of the newest backward pass, and a cursor in it: the timeline goes back without asking the engine."""

from __future__ import annotations

from engine.protocol.values import BackwardState, BackwardStep, Graph
from engine.shared.coming_order import ComingOrder
from visualizer.model.backward_view import BackwardView


class BackwardHistory:
    """The steps of one pass. Position 0 is before the first node; position p holds at `steps[p - 1]`;
    one past the last is the end of a finished pass."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget the pass."""
        self.state: BackwardState | None = None
        self.steps: list[BackwardStep] = []
        self.position = 0
        self._coming: ComingOrder | None = None

    def take(self, state: BackwardState, steps: tuple[BackwardStep, ...]) -> None:
        """Add news. A cursor that was at the newest position stays at the newest."""
        if self.state is None or self.state.pass_id != state.pass_id:
            self.clear()
        at_newest = self.state is None or self.position >= self.newest
        self.state = state
        for step in steps:
            if step.index == len(self.steps):
                self.steps.append(step)
                if self._coming is not None:
                    self._coming.ran(step.node)
        if at_newest:
            self.position = self.newest

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
    def current(self) -> BackwardStep | None:
        """The step that is held at the cursor, None before the first and past the last."""
        return self.steps[self.position - 1] if 1 <= self.position <= len(self.steps) else None

    def move(self, position: int) -> bool:
        """Move the cursor; True if it moved."""
        position = min(max(position, 0), self.newest)
        moved = position != self.position
        self.position = position
        return moved

    def position_of(self, node: int) -> int | None:
        """Where a node ran, None if it has not yet."""
        return next((step.index + 1 for step in self.steps if step.node == node), None)

    def order(self, graph: Graph) -> list[int]:
        """The ids of the nodes of the whole pass: those that ran, then, while it lasts, those to come as predicted."""
        state = self.state
        if state is None or state.graph != graph.id or state.status not in ("paused", "running"):
            return [step.node for step in self.steps]
        if self._coming is None:
            self._coming = ComingOrder(graph, state)
            for step in self.steps:
                self._coming.ran(step.node)
        return self._coming.nodes

    def view(self) -> BackwardView | None:
        """The picture at the cursor, None without a pass."""
        if self.state is None:
            return None
        done = frozenset(step.node for step in self.steps[: max(self.position - 1, 0)])
        step = self.current
        if step is None:
            following = self.steps[:1] if self.position == 0 else []
            ready = tuple(item.node for item in following)
            return self._make(done, -1, ready, {})
        waiting = {item.node: (item.arrived, item.expected) for item in step.waiting}
        return self._make(done, step.node, step.ready, waiting)

    def _make(
        self, done: frozenset[int], current: int, ready: tuple[int, ...], waiting: dict[int, tuple[int, int]]
    ) -> BackwardView:
        assert self.state is not None
        failed = self.state.status == "failed" and self.is_live
        return BackwardView(
            done=done,
            current=current,
            ready=ready,
            waiting=waiting,
            not_needed=frozenset(self.state.not_needed),
            error_node=self.state.current if failed else -1,
            pass_id=self.state.pass_id,
            error_text=self.state.error.sentence if failed and self.state.error else "",
        )
