"""What waits at nodes of a pass that may come to be held, where it is too large to be kept by itself.

An alias would make the engine add to it out of place. A weak reference does not: while a sum waits, it is one of the
tensors that were handed on, into which the engine adds the others in place.
"""

from __future__ import annotations

from torch import Tensor
from torch.utils.weak import TensorWeakRef

from engine.autograd.snapshot import version_of

Output = tuple[int, int]  # a node, by its index in the call, and a slot


class SumsSoFar:
    """By output, what was handed there, in its order, as weak references. Inside `Unseen`."""

    def __init__(self) -> None:
        self._handed: dict[Output, list[tuple[TensorWeakRef, int]]] = {}

    def hand(self, output: Output, gradient: Tensor) -> None:
        """A node sends this on to where several meet."""
        self._handed.setdefault(output, []).append((TensorWeakRef(gradient), version_of(gradient)))

    def arrive(self, node: int, n_slots: int) -> None:
        """It waits no more."""
        for slot in range(n_slots):
            self._handed.pop((node, slot), None)

    def take(self) -> dict[Output, tuple[int, Tensor]]:
        """How many have come to each output, and their sum, where the engine added in place or nothing yet: only then
        one of them is left, which was written into once for each that was added to it. None is kept any more."""
        found = {}
        for output, handed in self._handed.items():
            sums = [
                tensor
                for place, (reference, version) in enumerate(handed)
                if (tensor := reference()) is not None and version_of(tensor) - version == len(handed) - max(place, 1)
            ]
            if len(sums) == 1:
                found[output] = len(handed), sums[0]
        self._handed.clear()
        return found

    def forget(self) -> None:
        """The pass is over."""
        self._handed.clear()
