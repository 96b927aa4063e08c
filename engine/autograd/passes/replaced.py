"""Gradients that the person has put in the place of the program's, with which a pass goes on."""

from __future__ import annotations

from torch import Tensor

from engine.protocol.backward_values import Kept
from engine.tensors import native
from engine.tensors.unseen import Unseen

Output = tuple[int, int]  # a node, by its index in the call, and a slot


class Replaced:
    """Of one pass. `entering` is called on its thread, the rest from any while it is held."""

    def __init__(self) -> None:
        self._entering: dict[Output, Tensor] = {}
        self._kept: dict[Output, Kept] = {}

    def __bool__(self) -> bool:
        return bool(self._entering)

    def put(self, output: Output, gradient: Tensor, kept: Kept) -> None:
        """From now on this enters there."""
        self._entering[output], self._kept[output] = gradient, kept

    def take_back(self, output: Output) -> None:
        """The program's own enters there again."""
        del self._entering[output], self._kept[output]

    def get(self, output: Output) -> Tensor | None:
        """What enters there instead, None where the program's own does."""
        return self._entering.get(output)

    def experiment(self, output: Output) -> int:
        """That this comes of, 0 where the program's own enters."""
        kept = self._kept.get(output)
        return 0 if kept is None else kept.experiment

    @property
    def kept(self) -> dict[Output, Kept]:
        """All of them."""
        return self._kept

    def entering(self, node: int, gradients: tuple[Tensor | None, ...]) -> tuple[Tensor | None, ...] | None:
        """What enters a node instead of what arrives, of which a custom Function may write into it; None where nothing
        is replaced."""
        found = [self.get((node, slot)) for slot in range(len(gradients))]
        if not any(one is not None for one in found):
            return None
        with Unseen():
            return tuple(
                old if new is None or old is None else native.clone(new)
                for new, old in zip(found, gradients, strict=True)
            )
