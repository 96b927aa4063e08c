"""How the numbers of a node's result or of a variable are stored, and which dtypes made its own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from engine.autograd.recorder import Recorder
from engine.autograd.records import dtype_name
from engine.program.lookup import resolve_tensor
from engine.protocol.keys import NodeValueKey, VariableKey
from engine.protocol.number_types import AskNumberType, NumberType, NumberTypeShown, OperandType
from engine.protocol.operations import AskOperation
from engine.protocol.sentence import Sentence
from engine.serve.number_origin import NumberOrigin
from engine.serve.operations import OperationDesk
from engine.serve.operations_found import OperationFinder
from engine.serve.promotion import Made, Promotion, promotion_of
from engine.serve.subjects import Subjects
from engine.tensors import native
from engine.tensors.number_bits import stored_numbers
from engine.tensors.places import unravelled
from engine.tensors.reading import unobserved


class NumberTypeBook:
    """Answers from the live namespace and the graph on screen. Only inside `GATE.reading`."""

    def __init__(self, namespace: Mapping[str, Any], recorder: Recorder, subjects: Subjects) -> None:
        self._namespace, self._recorder, self._subjects = namespace, recorder, subjects
        self._finder = OperationFinder(namespace, recorder)
        self._origin, self._desk = NumberOrigin(namespace, recorder), OperationDesk(namespace, recorder)

    def number_type(self, request: AskNumberType) -> NumberTypeShown:
        """Raises EngineError where a variable is no tensor."""
        with unobserved():
            if request.name:
                own = resolve_tensor(self._namespace, request.name)
                tensor, said = native.bare(own), self._origin.of_tensor(own)
            else:
                tensor = self._value(request.node, request.slot)
                said = self._origin.of_node(request.node, tensor)
            promotion = self._promotion(_key(request), tensor, may_be_new=not said)
            told = NumberType() if tensor is None else _told(tensor, request.cell, promotion, said)
        return NumberTypeShown(request.id, told=told)

    def _promotion(self, key: VariableKey | NodeValueKey, tensor: Tensor | None, *, may_be_new: bool) -> Promotion:
        """By which rule the call that made a tensor came to its dtype, or the one that wrote into it."""
        found = None if tensor is None else self._finder.of(key)
        if found is None or tensor is None:
            return Promotion()
        seen = self._desk.operation(AskOperation(key=key)).operation
        operation, dtype, rank = found.operation, native.dtype(tensor), tensor.dim()
        is_out = operation.arguments is not None and operation.arguments[1].get("out") is not None
        if seen is None or not (seen.writes or is_out or (may_be_new and not seen.written_since)):
            return Promotion()
        given = seen.operands[: -1 if is_out else None]
        operands = tuple(
            OperandType(one.name, one.dtype or dtype_name(dtype), rank if one.shape is None else len(one.shape))
            for place, one in enumerate(given)
            if one.shape is not None or (seen.writes and not place)
        )
        if len(operands) < len(given):
            return Promotion()  # something took part of which nothing is known any more
        writes = seen.writes or is_out
        return promotion_of(Made(operation.call, operation.arguments, operands, dtype, rank, found.place, writes))

    def _value(self, node: int, slot: int) -> Tensor | None:
        leaf = self._recorder.leaf(node)
        return native.bare(leaf) if leaf is not None else self._subjects.value(node, slot)


def _key(request: AskNumberType) -> VariableKey | NodeValueKey:
    return VariableKey(request.name) if request.name else NodeValueKey(request.node, request.slot)


def _told(tensor: Tensor, cell: tuple[int, ...] | None, promotion: Promotion, said: tuple[Sentence, ...]) -> NumberType:
    n_elements = tensor.numel()
    is_there = cell is not None and len(cell) == tensor.dim() and all(map(_lies_in, cell, tensor.shape))
    place = cell if is_there and cell is not None else unravelled(0, tensor.shape) if n_elements else ()
    has_number = n_elements > 0 and native.has_own_data(tensor)
    numbers = stored_numbers(tensor[place].reshape(()).cpu(), n_elements) if has_number else ()
    size, device = tensor.dtype.itemsize, str(tensor.device)
    n_bytes = size * _n_places(tensor) if n_elements else 0
    made = promotion.operands, said, promotion.rule
    return NumberType(dtype_name(tensor.dtype), device, n_elements, size, n_bytes, tuple(place), numbers, *made)


def _n_places(tensor: Tensor) -> int:
    """In memory: of a sparse tensor those of the values that it has, of one without data none."""
    if tensor.device.type == "meta":
        return 0
    if tensor.layout != torch.strided:
        return tensor._nnz() if tensor.layout == torch.sparse_coo else tensor.values().numel()
    return math.prod(size for size, stride in zip(tensor.shape, tensor.stride(), strict=True) if stride)


def _lies_in(place: int, size: int) -> bool:
    return 0 <= place < size
