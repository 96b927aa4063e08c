"""Which of the nodes that sent something on to a gradient changed one of its cells."""

from __future__ import annotations

from torch import Tensor

from engine.autograd.passes.pass_values import PassValues
from engine.autograd.recorder import Recorder
from engine.protocol.cell_changes import AskCellChanges, CellChanges
from engine.serve.graph_index import GraphIndex
from engine.tensors import native
from engine.tensors.reading import UnreadableError, plain, unobserved


class ChangeBook:
    """Answers from the graph on screen and its pass. Only inside `GATE.reading`."""

    def __init__(self, recorder: Recorder, values: PassValues) -> None:
        self._index = GraphIndex(recorder)
        self._values = values

    def changes(self, request: AskCellChanges) -> CellChanges:
        """Of one sender alone, all that arrived is its part."""
        node, slot, cell = request.node, request.slot, request.cell
        if self._index.node(request.graph, node) is None:
            return CellChanges(request.id, senders=None)
        with unobserved():
            parts = [(sender, part.kept.read()[0]) for sender, part in self._values.parts(node, slot)]
            if not parts:
                senders = [edge.source for edge in self._index.senders(node, slot)] or [-1]
                parts = [(senders[0], self._values.gradient(node, slot)[0])] if len(senders) == 1 else []
            numbers = [(sender, _at(part, cell)) for sender, part in parts]
        known = [sender for sender, number in numbers if number is not None and number != 0]
        is_known = bool(numbers) and all(number is not None for _, number in numbers)
        return CellChanges(request.id, senders=tuple(dict.fromkeys(known)) if is_known else None)


def _at(part: Tensor | None, cell: tuple[int, ...]) -> complex | None:
    """A number of a tensor; None where it has no such cell, or cannot be read."""
    if part is None or len(cell) != len(native.shape(part)):
        return None
    try:
        number: complex = plain(native.bare(part))[cell].item()
    except (RuntimeError, IndexError, UnreadableError):
        return None
    return number
