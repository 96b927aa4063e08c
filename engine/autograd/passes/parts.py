"""What the nodes of one pass send on, as far as that is kept before all of it has arrived."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from torch import Tensor

from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.gradients import STEPPED_CLONE_BYTES
from engine.autograd.passes.norms import norm_of
from engine.autograd.passes.sums_so_far import SumsSoFar
from engine.autograd.records import PLAIN_TENSORS
from engine.autograd.snapshot import can_alias
from engine.tensors import native, observing
from engine.tensors.unseen import Spared, Unseen, is_alone, spare

_MAX_RECORDED_BYTES = 4 << 20  # of a part of a sum, in a pass at full speed


class Parts:
    """Of one pass, on the thread of each node."""

    def __init__(self, current: BackwardPass) -> None:
        self._pass = current
        # By (node, slot): gradients with who sent them for which operand, of a pass that may come to be held.
        self._on_its_way: dict[tuple[int, int], tuple[Tensor, int, int]] = {}
        self._sums = SumsSoFar()  # what of a pass that may come to be held is too large for that
        self._norms: dict[int, float] = {}  # by place, of what the node that has just run handed on

    def seed(self, gradients: Sequence[Tensor | None]) -> None:
        """What the call itself hands to its roots, in their order."""
        plan = self._pass.call.plan
        if (
            self._pass.hold is None
            and not self._pass.may_be_held
            and all(plan.expected[one] == 1 for one in plan.roots)
        ):
            return  # nothing of it is kept
        with Unseen():
            for place, (root, gradient) in enumerate(zip(self._pass.call.roots, gradients, strict=False)):
                if gradient is not None:
                    self.keep(root, gradient, -1, place)

    def in_doubt(self, node: int, handed_on: Sequence[Tensor | None]) -> Sequence[Tensor | None]:
        """What of that which a node, which has run, hands on is not known to be finite. What is large in a held pass is
        not read twice: its norm, which is shown at the next node, says that it is finite."""
        turning = self._pass.turning
        if self._pass.hold is None or turning is None or turning.is_harmless(node):
            return handed_on
        with Spared():
            for place, gradient in enumerate(handed_on):
                if gradient is not None and _is_large(gradient):
                    norm = norm_of((native.bare(gradient),))
                    if norm is not None and isfinite(norm):
                        self._norms[place] = norm
        return [gradient for place, gradient in enumerate(handed_on) if place not in self._norms]

    def note(self, node: int, handed_on: tuple[Tensor | None, ...]) -> None:
        """A node has run."""
        current = self._pass
        for place, (edge, gradient) in enumerate(zip(current.call.edges[node], handed_on, strict=True)):
            if edge is None or gradient is None:
                continue
            if current.is_unannounced[edge[0]]:
                self._hand(edge, gradient)
            elif current.hold is None and current.call.plan.expected[edge[0]] == 1:
                if current.may_be_held:
                    self._note_on_its_way(edge, gradient, node, place)
            else:
                self._add(edge, gradient, node, place)
        self._norms.clear()

    def _hand(self, edge: tuple[int, int], gradient: Tensor) -> None:
        """It is all that arrives there."""
        is_leaf, gradients = self._pass.is_leaf[edge[0]], self._pass.gradients
        if type(gradient) not in PLAIN_TENSORS or observing.is_on():
            with Spared():
                gradients.hand(*edge, gradient, owned_by_leaf=is_leaf)
            return
        try:
            gradients.hand(*edge, gradient, owned_by_leaf=is_leaf)
        except Exception as error:
            spare(error)

    def _add(self, edge: tuple[int, int], gradient: Tensor, node: int, place: int) -> None:
        """Know what `node` sends on for its operand at `place` until it has arrived, and if it meets others, longer."""
        if type(gradient) not in PLAIN_TENSORS or observing.is_on() or not is_alone():
            with Spared():
                self.keep(edge, gradient, node, place)
            return
        try:
            self.keep(edge, gradient, node, place)
        except Exception as error:
            spare(error)

    def keep(self, edge: tuple[int, int], gradient: Tensor, node: int, place: int) -> None:
        """What `node` sends on for its operand at `place`: by itself, or only how large it is."""
        gradients = self._pass.gradients
        if self._is_kept(edge[0], gradient):
            gradients.add_part(*edge, gradient, node, place, norm=self._norms.get(place))
        elif self._pass.hold is None and self._pass.call.plan.expected[edge[0]] > 1:
            gradients.add_norm(*edge, gradient, node, place)
            if self._pass.may_be_held:
                self._sums.hand(edge, gradient)

    def arrive(self, node: int, n_slots: int) -> None:
        """It has."""
        self._sums.arrive(node, n_slots)
        if self._on_its_way:
            for slot in range(n_slots):
                self._on_its_way.pop((node, slot), None)

    def know_what_waits(self) -> None:
        """The pass is about to be held. Inside `Unseen`."""
        for edge, (gradient, node, place) in self._on_its_way.items():
            self._pass.gradients.add_part(*edge, gradient, node, place)
        self._on_its_way.clear()
        for output, (n_parts, so_far) in self._sums.take().items():
            self._pass.gradients.know_sum(*output, n_parts, so_far)

    def forget(self) -> None:
        """The pass is over."""
        self._on_its_way.clear()
        self._sums.forget()

    def _note_on_its_way(self, edge: tuple[int, int], gradient: Tensor, node: int, place: int) -> None:
        """Nothing is added to it. A pass that comes to be held has to know it until it has arrived."""
        if type(gradient) in PLAIN_TENSORS and is_alone() and not native.is_batched(gradient):
            self._on_its_way[edge] = native.ALIAS(Tensor, gradient), node, place
            return
        self._add(edge, gradient, node, place)

    def _is_kept(self, target: int, gradient: Tensor) -> bool:
        """Whether what goes to a node is kept by itself. While it is, the engine adds to it out of place, which a
        pass that is only recorded has no time for where it is large; there it is kept only where several meet."""
        current = self._pass
        if current.hold is not None:
            return current.call.takes_part[target]
        if current.call.plan.expected[target] == 1:
            return current.may_be_held
        return can_alias(gradient) and native.nbytes(gradient) <= _MAX_RECORDED_BYTES


def _is_large(gradient: Tensor) -> bool:
    """Whether a held pass keeps it as it is, in the memory of this machine."""
    is_plain = type(gradient) in PLAIN_TENSORS and can_alias(gradient)
    return is_plain and native.is_cpu(gradient) and native.nbytes(gradient) > STEPPED_CLONE_BYTES
