"""The matrices of one answer: each made once, by the node or by its record, or why there is none."""

from __future__ import annotations

import math
from typing import TypeGuard

import torch
from torch import Tensor

from engine.autograd.jacobians.local import by_node, by_record, may_be_called
from engine.autograd.recorder import Recorder
from engine.autograd.rules.catalogue import RULES
from engine.autograd.rules.values import MissingError, NodeValues
from engine.protocol.jacobians import MAX_SIDE
from engine.protocol.sentence import Sentence
from engine.serve.subjects import Subjects
from engine.tensors import native


def is_real(tensor: Tensor | None) -> TypeGuard[Tensor]:
    """Whether it is one of dense real numbers."""
    return tensor is not None and not native.is_complex(tensor) and native.layout(tensor) is torch.strided


NOT_REAL = Sentence("jacobian.not_real", "Jacobians are made of dense tensors of real numbers.")


def as_bytes(tensor: Tensor) -> bytes:
    """Its numbers in float64, row by row."""
    return tensor.detach().double().cpu().contiguous().numpy().tobytes()


class LocalJacobians:
    """Inside `unobserved` and the gate."""

    def __init__(self, recorder: Recorder, subjects: Subjects) -> None:
        self._recorder, self._subjects = recorder, subjects
        self._called: dict[tuple[int, int], list[Tensor | None] | None] = {}  # by node and slot; None: not to be called
        self._made: dict[tuple[int, int, int], Tensor | Sentence] = {}

    def shape(self, node: int, slot: int) -> tuple[int, ...] | None:
        """Of an output, as far as it is known."""
        outputs = self._subjects.index.nodes[node].outputs
        if slot < len(outputs) and outputs[slot].shape is not None:
            return outputs[slot].shape
        senders = self._subjects.index.senders(node, slot)
        return senders[0].shape if senders else None

    def size(self, node: int, slot: int, place: int) -> tuple[int, int] | None:
        """Rows and columns; None where a shape is not known."""
        shape, edge = self.shape(node, slot), self._subjects.index.edge(node, place)
        if shape is None or edge is None or edge.shape is None:
            return None
        return math.prod(shape), math.prod(edge.shape)

    def is_by_record(self, node: int) -> bool:
        """Whether the matrices that were made of a node are not by the node itself."""
        return all(found is None for (one, _), found in self._called.items() if one == node)

    def matrix(self, node: int, slot: int, place: int) -> Tensor | Sentence:
        """∂ output / ∂ operand, float64 on the CPU, or why there is none."""
        key = node, slot, place
        if key not in self._made:
            self._made[key] = self._make(node, slot, place)
        return self._made[key]

    def _make(self, node: int, slot: int, place: int) -> Tensor | Sentence:
        size = self.size(node, slot, place)
        if size is None or self._is_other_than_real(node, slot):
            return NOT_REAL
        if max(size) > MAX_SIDE:
            return too_large(*size)
        called = self._called_at(node, slot)
        found = None if called is None else called[place]
        return self._by_record(node, slot, place) if found is None else found

    def _is_other_than_real(self, node: int, slot: int) -> bool:
        outputs = self._subjects.index.nodes[node].outputs
        dtype = outputs[slot].dtype if slot < len(outputs) else ""
        is_real = not dtype or dtype.startswith(("float", "bfloat"))
        return not is_real or self._subjects.is_beyond_records(node)

    # -- by the node

    def _called_at(self, node: int, slot: int) -> list[Tensor | None] | None:
        key = node, slot
        if key not in self._called:
            self._called[key] = self._call(node, slot)
        return self._called[key]

    def _call(self, node: int, slot: int) -> list[Tensor | None] | None:
        grad_fn = self._recorder.grad_fn(node)
        if grad_fn is None:
            return None
        shapes = [self._wanted(node, slot, place) for place in range(len(grad_fn.next_functions))]
        try:
            return by_node(grad_fn, slot, shapes) if may_be_called(grad_fn) else None
        except (RuntimeError, ValueError, IndexError):  # freed, or what it saved was written into since
            return None

    def _wanted(self, node: int, slot: int, place: int) -> tuple[int, ...] | None:
        size, edge = self.size(node, slot, place), self._subjects.index.edge(node, place)
        return None if size is None or edge is None or max(size) > MAX_SIDE else edge.shape

    # -- by its record

    def _by_record(self, node: int, slot: int, place: int) -> Tensor | Sentence:
        name = self._subjects.name(node)
        record = RULES.get(name)
        if record is None or not record.operands:
            return Sentence.of(
                "jacobian.cannot_be_asked",
                "{kind} has no record, and cannot be called: it is the program's own, or its pass has freed what it "
                "saved. Step the pass and look before the node runs.",
                kind=name,
            )
        subject = self._subjects.subject(node, record)
        shapes = [() if sent is None else sent.shape for sent in subject.operands]
        try:
            values = NodeValues(subject.read, self._like_outputs(node), shapes)
            return by_record(record, place, values, slot)
        except MissingError as missing:
            return Sentence.of(
                "jacobian.not_kept",
                "What {kind} had saved as {name} is not kept: step the pass and look before the node runs.",
                kind=name,
                name=missing.name,
            )
        except (RuntimeError, IndexError, ValueError) as error:
            reason = str(error).partition("\n")[0].rstrip(".")
            return Sentence.of(
                "jacobian.unfit", "What is kept of {kind} does not fit its record: {reason}.", kind=name, reason=reason
            )

    def _like_outputs(self, node: int) -> list[Tensor | None]:
        found: list[Tensor | None] = []
        for output in self._subjects.index.nodes[node].outputs:
            dtype = getattr(torch, output.dtype, None)
            is_real = isinstance(dtype, torch.dtype) and dtype.is_floating_point
            found.append(torch.zeros(output.shape, dtype=dtype) if output.shape is not None and is_real else None)
        return found


def too_large(rows: int, columns: int) -> Sentence:
    """What is said in place of a matrix."""
    return Sentence.of(
        "jacobian.too_large",
        "It would be {rows:,} × {columns:,}, a row for each cell of the result and a column for each of the operand; "
        "up to {most} a side are shown.",
        rows=rows,
        columns=columns,
        most=MAX_SIDE,
    )
