"""What arrived at the nodes in a run of the rest of a pass: element by element under a budget, else in numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from engine.autograd.passes.kept_gradient import KeptGradient
from engine.autograd.passes.norms import norm
from engine.autograd.snapshot import can_alias, version_of
from engine.protocol.experiments import View
from engine.protocol.tensor_values import TensorSummary
from engine.tensors import native
from engine.tensors.reading import UnreadableError, unobserved
from engine.tensors.summary import summarize

_LARGEST_BYTES = 4 << 20  # of what arrives with a change: a matrix of a large model has a thumbnail and norms
Output = tuple[int, int]  # a node, by its index in the call, and a slot


class Budget:
    """Bytes that gradients may take which are kept element by element; one storage counts once for who keeps it."""

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self.n_bytes = 0

    def take(self, n_bytes: int) -> bool:
        """Whether there was room."""
        has_room = self.n_bytes + n_bytes <= self.limit_bytes
        self.n_bytes += n_bytes if has_room else 0
        return has_room

    def give_back(self, n_bytes: int) -> None:
        """Who kept them lets go of them."""
        self.n_bytes -= n_bytes


class Arrived:
    """One gradient. `kept` holds its elements, where there was room; else `summary` is what was seen of it."""

    __slots__ = ("_summary", "grad", "kept", "norm")

    def __init__(self, tensor: Tensor, *, has_room: bool, grad: Tensor | None) -> None:
        self.norm = norm(tensor)
        self.grad = None if grad is None else _sum_of(grad, tensor)  # what a leaf's `.grad` becomes, where it has one
        self.kept = KeptGradient(tensor, version_of(tensor)) if has_room else None
        self._summary = None if has_room else summarize(tensor)

    @classmethod
    def seen(cls, norm: float | None, summary: TensorSummary) -> Arrived:
        """One that was elsewhere, and is not kept."""
        made = cls.__new__(cls)
        made.norm, made.kept, made.grad, made._summary = norm, None, None, summary
        return made

    @property
    def tensor(self) -> Tensor | None:
        """None where there was no room, or somebody has written into it since."""
        if self.kept is None:
            return None
        tensor, note = self.kept.read()
        return tensor if note is None else None

    @property
    def summary(self) -> TensorSummary | None:
        """Made once."""
        if self._summary is None and self.tensor is not None:
            self._summary = summarize(self.tensor)
        return self._summary


class Outcome:
    """Of one run, in the order in which nodes got their gradients. `arrive` is called on the thread of the pass, inside
    `Unseen`, the rest inside `GATE.reading` once the run is over."""

    def __init__(self, budget: Budget, grads: Mapping[int, Tensor], largest_bytes: int | None = None) -> None:
        self._budget = budget
        self._grads = grads  # what leaves hold before they get more, by node
        self._largest_bytes = budget.limit_bytes if largest_bytes is None else largest_bytes
        self._arrived: dict[int, dict[int, Arrived]] = {}
        self._storages: set[int] = set()
        self._n_bytes = 0
        self.n_over_budget = 0

    def arrive(self, node: int, gradients: Sequence[Tensor | None]) -> None:
        """All that enters a node."""
        bare = {slot: native.bare(gradient) for slot, gradient in enumerate(gradients) if gradient is not None}
        grad = self._grads.get(node)
        self._arrived[node] = {
            slot: Arrived(gradient, has_room=self._has_room(gradient), grad=grad) for slot, gradient in bare.items()
        }

    def adopt(self, other: Outcome) -> None:
        """What arrived in another run, too."""
        self._arrived.update(other._arrived)

    def at(self, output: Output) -> Arrived | None:
        """None where nothing arrived."""
        return self._arrived.get(output[0], {}).get(output[1])

    def nodes(self) -> list[int]:
        """Those that got a gradient."""
        return list(self._arrived)

    def norm(self, node: int) -> float | None:
        """Over all outputs of a node together."""
        norms = [one.norm for one in self._arrived.get(node, {}).values()]
        known = [one for one in norms if one is not None]
        return math.hypot(*known) if known and len(known) == len(norms) else None

    def slots(self, node: int) -> tuple[int, ...]:
        """The outputs of a node that got one."""
        return tuple(self._arrived.get(node, ()))

    def forget(self) -> None:
        """Let go of all."""
        self._budget.give_back(self._n_bytes)
        self._arrived, self._storages, self._n_bytes = {}, set(), 0

    def _has_room(self, gradient: Tensor) -> bool:
        if can_alias(gradient):
            storage = native.untyped_storage(gradient)
            if storage._cdata in self._storages:
                return True
            n_bytes, key = storage.nbytes(), storage._cdata
        else:
            n_bytes, key = native.nbytes(gradient) if not native.is_sparse(gradient) else 0, 0
        if n_bytes > self._largest_bytes or not self._budget.take(n_bytes):
            self.n_over_budget += 1
            return False
        self._n_bytes += n_bytes
        if key:
            self._storages.add(key)
        return True


class Difference(Outcome):
    """A run with a change, beside one without: what the change does not reach is not kept again."""

    def __init__(self, budget: Budget, grads: Mapping[int, Tensor], baseline: Outcome, reached: frozenset[int]) -> None:
        super().__init__(budget, grads, _LARGEST_BYTES)
        self.baseline = baseline
        self.reached = reached
        self._apart: dict[Output, tuple[float | None, TensorSummary | None]] = {}  # of what is not kept

    def arrive(self, node: int, gradients: Sequence[Tensor | None]) -> None:
        """All that enters a node, after the change at the node that is changed."""
        if node not in self.reached:
            return
        super().arrive(node, gradients)
        for slot, gradient in enumerate(gradients):
            if gradient is not None:
                apart = self._minus((node, slot), native.bare(gradient))
                is_kept = self._arrived[node][slot].kept is not None
                summary = summarize(apart) if apart is not None and not is_kept else None
                self._apart[node, slot] = (None if apart is None else norm(apart), summary)

    def see(self, output: Output, norm: float | None, summary: TensorSummary) -> None:
        """A gradient that was elsewhere, and is too large to be here."""
        self._arrived.setdefault(output[0], {})[output[1]] = Arrived.seen(norm, summary)
        self._apart[output] = (None, None)
        self.n_over_budget += 1

    def read(self, output: Output, view: View) -> Arrived | None:
        """One gradient without the change or with it."""
        if view == "old" or output[0] not in self.reached:
            return self.baseline.at(output)
        return self.at(output)

    def difference(self, output: Output) -> Tensor | None:
        """new − old, where both are kept element by element."""
        if output[0] not in self.reached:
            old = self.baseline.at(output)
            return None if old is None or old.tensor is None else torch.zeros_like(old.tensor)
        new = self.at(output)
        return None if new is None or new.tensor is None else self._minus(output, new.tensor)

    def difference_summary(self, output: Output) -> TensorSummary | None:
        """Of new − old; None where what arrived without the change was over the budget."""
        found = self._apart.get(output)
        if found is not None and found[1] is not None:
            return found[1]
        with unobserved():
            apart = self.difference(output)
        return None if apart is None else summarize(apart)

    def difference_norm(self, node: int) -> float | None:
        """Over all outputs of a node together; 0 where the change does not come to it."""
        if node not in self.reached:
            return 0.0
        norms = [self._apart[node, slot][0] for slot in self.slots(node)]
        known = [one for one in norms if one is not None]
        return math.hypot(*known) if known and len(known) == len(norms) else None

    def new_norm(self, node: int) -> float | None:
        """Over all outputs of a node together."""
        return self.norm(node) if node in self.reached else self.baseline.norm(node)

    def _minus(self, output: Output, new: Tensor) -> Tensor | None:
        old = self.baseline.at(output)
        if old is None or old.tensor is None:
            return None
        try:
            with unobserved():
                return torch.sub(new, old.tensor)
        except (UnreadableError, RuntimeError):
            return None


def _sum_of(grad: Tensor, arriving: Tensor) -> TensorSummary | None:
    """Of both, as torch adds them."""
    try:
        with unobserved():
            return summarize(torch.add(grad, arriving))
    except UnreadableError:
        return None
