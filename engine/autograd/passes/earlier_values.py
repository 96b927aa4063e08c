"""The values of a node in the passes before: those of its structure that are still kept whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from torch import Tensor

from engine.autograd.passes.kept_pass import KeptPass


class EarlierValues:
    """`passes`: from the newest on. `index` gives the place of a node, by its id, in what they have in common."""

    def __init__(self, passes: Sequence[KeptPass], index: Callable[[int], int]) -> None:
        self._passes = [kept for kept in passes if kept.whole is not None]
        self._index = index

    def __len__(self) -> int:
        return len(self._passes)

    def values(self, node_id: int, most: int) -> Iterator[Tensor]:
        """The first output of a node, from the newest pass on, at most so many."""
        index = self._index(node_id)
        for kept in self._passes[:most] if index >= 0 else ():
            record = None if kept.whole is None else kept.whole.records[index]
            value = None if record is None else record.values.get(0)
            tensor, note = (None, None) if value is None else value.read()
            if tensor is not None and note is None:
                yield tensor
