"""What was seen of the program while it ran: which call made a tensor, took it, or cut it off."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from torch import Tensor
from torch.autograd.graph import Node as GradFn
from torch.optim import Optimizer

from engine.autograd.graph.why_no_graph import reason
from engine.autograd.operations.beginnings import Made
from engine.autograd.recorded_calls import RecordedCalls
from engine.autograd.records import Call, NodeRecord, RegisteredHook
from engine.autograd.references import Reference
from engine.autograd.training_events import TrainingEvents
from engine.protocol.sentence import Sentence
from engine.tensors import native
from engine.tensors.unseen import Unseen


class Seen:
    """Questions to what was recorded, of any tensor or node, whether it is on screen or not.

    As with `Recorder`, the thread that is watched asks, or another one inside `GATE.reading`.
    """

    def __init__(self, calls: RecordedCalls) -> None:
        self._calls = calls

    def mark(self, nodes: Iterable[GradFn], origin: str, line: int, *, frees: bool) -> list[NodeRecord]:
        """A backward pass, called as `origin`, has gone through these nodes, and maybe freed what they had saved.
        Returns their records."""
        return self._calls.records.mark(nodes, origin, line, frees=frees)

    def record_of(self, node: GradFn) -> NodeRecord | None:
        """What was seen of a node."""
        return self._calls.records.record_of(node)

    def why_no_graph(self, output: Tensor, name: str) -> Sentence:
        """Why there is no graph behind `output`, called `name`."""
        calls = self._calls
        with Unseen():
            return reason(output, name, calls.records.leaves.made(output), calls.departures)

    def maker(self, tensor: Tensor) -> Call | None:
        """The call that made a tensor, or let a leaf begin, where it was seen."""
        records = self._calls.records
        with Unseen():
            node = native.grad_fn(tensor)
        record = None if node is None else records.record_of(node)
        return records.leaves.made(tensor) if record is None else record.call

    def written_by(self, tensor: Tensor) -> Call | None:
        """As `maker`, also of a leaf that torch.randn or its like made with requires_grad=True."""
        began = self._calls.operations.beginnings.of(tensor)
        return self.maker(tensor) or (began.call if isinstance(began, Made) else None)

    def was_used(self, leaf: Tensor) -> bool:
        """Whether an operation that was seen has taken a leaf."""
        leaves = self._calls.records.leaves
        return leaves.was_taken(leaf) or leaves.severed_by(leaf) is not None

    def severed_by(self, leaf: Tensor) -> Call | None:
        """The last call that took a leaf and passes it no gradient."""
        return self._calls.records.leaves.severed_by(leaf)

    @property
    def empty_steps(self) -> Mapping[Optimizer, Call]:
        """The newest step of each optimizer of torch's own that found no gradient at all in it."""
        return self._calls.empty_steps

    @property
    def events(self) -> TrainingEvents:
        """What the run did to train."""
        return self._calls.events

    def hooks_of(self, nodes: Sequence[GradFn]) -> dict[int, tuple[RegisteredHook, ...]]:
        """The hooks that are on a tensor of these nodes, by the index of the node."""
        return self._calls.records.hooks_of(nodes)

    def numbers_taken(self) -> Call | None:
        """The last call that took numbers out of a graph."""
        return self._calls.departures.numbers_before(None)

    def numbers_newest_first(self) -> list[Call]:
        """The calls that took numbers out of a graph, each with what it took them from as what it `severed`."""
        return self._calls.departures.numbers_newest_first()

    def unkept(self) -> list[tuple[Reference, Call]]:
        """The calls that read the `.grad` of what is no leaf, each with the tensor."""
        return self._calls.departures.unkept()

    def ungiven(self) -> list[tuple[Reference, Call]]:
        """The calls that read the `.grad` of a leaf that had none, each with the leaf."""
        return self._calls.departures.ungiven()

    def frozen_by(self, tensor: Tensor) -> Call | None:
        """The last call that let this tensor require no gradient."""
        return self._calls.departures.frozen_by(tensor)

    def is_severed(self, output: Tensor) -> bool:
        """Whether `output` has no graph although something that it was computed from requires a gradient."""
        call = self._calls.records.leaves.made(output)
        with Unseen():
            return call is not None and call.cause is not None and not native.requires_grad(output)

    @property
    def transforms(self) -> set[str]:
        """Those of torch.func that something of this run ran in: "vmap", "grad", "jvp"."""
        return self._calls.transforms

    def is_transformed(self, nodes: Iterable[GradFn]) -> bool:
        """Whether any of these nodes was made inside of torch.func."""
        for node in nodes:
            record = self.record_of(node)
            context = None if record is None or record.call is None else record.call.context
            if context is not None and context.transforms:
                return True
        return False

    @property
    def public_call(self) -> Call | None:
        """The call of backward() or grad() that runs on the watched thread, or one inside of torch.func."""
        return self._calls.below.public

    def call(self, function: Any) -> Call:
        """A call of `function` that is being made on the watched thread."""
        return self._calls.placing.call(function, sys._getframe(1))
