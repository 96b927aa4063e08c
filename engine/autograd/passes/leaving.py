"""What a node sent on to one of its operands, from what arrived there."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from torch import Tensor

from engine.autograd.passes.backward_pass import BackwardPass
from engine.protocol.notes import Changed, NotRecorded
from engine.protocol.sentence import Sentence


class Leaving:
    """Of one pass. Inside the gate."""

    def __init__(self, current: BackwardPass) -> None:
        self.of = current

    @cached_property
    def _n_senders(self) -> Counter[tuple[int, int]]:
        """How many gradients meet at a node's output."""
        call = self.of.call
        runs = zip(call.edges, call.runs, strict=True)
        sent = (edge for edges, is_run in runs if is_run for edge in edges if edge is not None)
        return Counter(sent) + Counter(call.roots)

    def norm(self, node: int, place: int) -> float | None:
        """Of the gradient for the operand at `place`; None where it is not known."""
        edge = None if node < 0 else self.of.call.edges[node][place]
        parts = () if edge is None else self.of.gradients.parts(*edge)
        part = next((part for part in parts if (part.sender, part.place) == (node, place)), None)
        return None if part is None else part.kept.norm()

    def read(self, node: int, place: int) -> tuple[Tensor | None, Sentence | None]:
        """The gradient for the operand at `place`, or why it is not known by itself."""
        current = self.of
        edge = current.call.edges[node][place]
        if edge is None or node not in current.order or current.running == node:
            return None, Sentence.of("rule.not_run", "This node has not run: what leaves it is known after its step.")
        if not current.call.takes_part[edge[0]]:
            return None, Sentence.of("rule.not_wanted", "This pass was not asked for the gradient of this operand.")
        part = next((p for p in current.gradients.parts(*edge) if (p.sender, p.place) == (node, place)), None)
        if self._n_senders[edge] > 1 and (part is None or part.kept.note == NotRecorded("large")):
            return None, was_summed()
        if part is None and edge[0] in current.hooks.changed:
            return None, was_hooked()
        gradient, note = current.gradients.read(*edge) if part is None else part.kept.read()
        if gradient is None or isinstance(note, Changed):
            return None, Sentence.of("rule.gradient_not_kept", "What was sent on here is not kept.")
        return gradient, None


def was_summed() -> Sentence:
    """Why of what a node sent on to a sum at most the norm is known."""
    return Sentence.of(
        "rule.was_summed",
        "What was sent on here was summed with the gradients of other nodes, and is too large to be kept by itself in "
        "a run at full speed. Step through the program (Ctrl+Shift+Enter) to see it.",
    )


def was_hooked() -> Sentence:
    """Why what one node alone sent on is not known: what arrived is something else."""
    return Sentence.of("rule.was_hooked", "A hook of the program changed what was sent on here.")
