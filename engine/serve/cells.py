"""Cells explained: what made an element of a gradient and of a value, from the rules of the nodes around it."""

from __future__ import annotations

import torch
from torch import Tensor

from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.protocol import messages as m
from engine.protocol.cells import CellExplained
from engine.serve.cell_names import CellNames
from engine.serve.grad_cell import GradCell
from engine.serve.gradient_cells import GradientCell
from engine.serve.subjects import Subjects
from engine.serve.value_cells import ValueCell
from engine.tensors import native
from engine.tensors.reading import place_of_largest, unobserved


class CellBook:
    """Answers from the graph on screen and the newest backward pass. Only inside `GATE.reading`."""

    def __init__(self, subjects: Subjects, recorder: Recorder, controller: BackwardController) -> None:
        self._subjects = subjects
        self._names = CellNames(subjects)
        self._grad = GradCell(recorder, controller, self._names)

    def cell(self, request: m.AskCell) -> m.CellShown:
        """Of a node of a graph on screen; of any other nothing is known."""
        if self._subjects.index.node(request.graph, request.node) is None:
            return m.CellShown(request.id, explained=CellExplained(request.node))
        with unobserved():
            return m.CellShown(request.id, explained=self._explained(request.node, request.slot, request.cell))

    def _explained(self, node: int, slot: int, wanted: tuple[int, ...] | None) -> CellExplained:
        value = _dense(self._subjects.value(node, slot))
        gradient = _dense(self._subjects.gradient(node, slot)[0])
        known = gradient if gradient is not None else value
        if known is None:
            return CellExplained(node)
        if wanted is None or not _has(known, wanted):
            wanted = place_of_largest(known.byte() if known.dtype is torch.bool else known)
        cell = wanted
        of_gradient = of_value = None
        if gradient is not None:
            of_gradient = GradientCell(self._subjects, self._names).explained(node, slot, cell)
        if value is not None and _has(value, cell):
            of_value = ValueCell(self._subjects, self._names).explained(node, slot, cell)
        return CellExplained(node, of_gradient, of_value, self._grad.explained(node, cell))


def _dense(tensor: Tensor | None) -> Tensor | None:
    """Only of real numbers that lie side by side, of which there are some."""
    if tensor is None or not native.has_own_data(tensor) or native.is_complex(tensor) or not tensor.numel():
        return None
    return tensor


def _has(tensor: Tensor, cell: tuple[int, ...]) -> bool:
    shape = tuple(tensor.shape)
    return len(cell) == len(shape) and all(0 <= index < size for index, size in zip(cell, shape, strict=True))
