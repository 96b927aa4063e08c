"""What the cells of an answer are called, and where a saved element is found among the values of the graph."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from engine.autograd.rules.catalogue import MOVES
from engine.autograd.rules.rule import Rule
from engine.autograd.rules.terms import Saved
from engine.protocol.cells import CellPlace
from engine.protocol.keys import NodeValueKey
from engine.protocol.kind_names import bare
from engine.serve.subjects import Subjects
from engine.tensors import native
from engine.tensors.places import unravelled


class CellNames:
    """Inside `unobserved` and the gate."""

    def __init__(self, subjects: Subjects) -> None:
        self._subjects = subjects

    def plain_kind(self, node: int) -> str:
        """ "Transpose" of TransposeBackward0."""
        return bare(self._subjects.index.nodes[node].name)

    def tensor(self, node: int, slot: int) -> str:
        """The variable, the sub-expression that made it, or the kind of node."""
        return self._subjects.index.written(node, slot) or self.plain_kind(node)

    def gradient(self, node: int, slot: int, cell: Sequence[int]) -> str:
        """ "∂L/∂h[0, 3]"."""
        return f"∂L/∂{self.tensor(node, slot)}{index_text(cell)}"

    def at(self, place: CellPlace) -> str:
        """ "h[0, 3]" of a value, "∂L/∂h[0, 3]" of a gradient."""
        name = self.tensor(place.key.node, place.key.slot)
        return (
            f"{name}{index_text(place.cell)}"
            if isinstance(place.key, NodeValueKey)
            else f"∂L/∂{name}{index_text(place.cell)}"
        )

    # -- saved elements

    def saved_place(self, node: int, record: Rule, saved: Saved) -> CellPlace | None:
        """The value that a saved element is of, followed back through views and casts."""
        output = self._subjects.saved_output(node, record, saved.name)
        if output is None:
            return None
        value = self._subjects.value(*output)
        if value is None or not 0 <= saved.place < value.numel():
            return None
        cell = unravelled(saved.place, tuple(native.shape(value)))
        return self.followed(CellPlace(NodeValueKey(*output), cell))

    def followed(self, place: CellPlace) -> CellPlace:
        """The same number before it was viewed or cast."""
        while True:
            behind = self._behind(place)
            if behind is None:
                return place
            place = behind

    def _behind(self, place: CellPlace) -> CellPlace | None:
        node, slot = place.key.node, place.key.slot
        known = self._subjects.index.nodes.get(node)
        if known is None or known.kind != "backward" or self._subjects.name(node) not in MOVES:
            return None
        edges = self._subjects.index.edges(node)
        if len(edges) != 1:
            return None
        operand = edges[0].target, edges[0].target_slot
        value, before = self._subjects.value(node, slot), self._subjects.value(*operand)
        if value is None or before is None:
            return None
        if self.plain_kind(node) == "ToCopy":
            return CellPlace(NodeValueKey(*operand), place.cell)
        cell = _same_element(value, place.cell, before)
        return None if cell is None else CellPlace(NodeValueKey(*operand), cell)


def _same_element(view: Tensor, cell: Sequence[int], before: Tensor) -> tuple[int, ...] | None:
    """The cell of `before` that lies where a cell of its view does; None where they share no memory."""
    if native.untyped_storage(view).data_ptr() != native.untyped_storage(before).data_ptr():
        return None
    at = view.storage_offset() + sum(i * stride for i, stride in zip(cell, view.stride(), strict=True))
    at -= before.storage_offset()
    found = [0] * before.dim()
    for dim in sorted(range(before.dim()), key=lambda dim: -before.stride(dim)):
        if before.shape[dim] > 1 and before.stride(dim) > 0:
            found[dim], at = divmod(at, before.stride(dim))
    is_inside = all(0 <= index < size for index, size in zip(found, before.shape, strict=True))
    return tuple(found) if is_inside and at == 0 else None


def index_text(cell: Sequence[int]) -> str:
    """ "[0, 3]"; "" of a scalar."""
    return str(list(cell)) if cell else ""
