"""How the numbers of a node's result or of a variable are stored, and which dtypes made its own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from engine.autograd.recorder import Recorder
from engine.program.lookup import resolve_tensor
from engine.protocol.keys import VariableKey
from engine.protocol.number_types import AskNumberType, NumberType, NumberTypeShown, OperandType
from engine.protocol.operations import AskOperation, OperandSeen
from engine.protocol.sentence import Sentence
from engine.serve.number_origin import NumberOrigin
from engine.serve.operations import OperationDesk
from engine.serve.operations_found import OperationFinder
from engine.serve.subjects import Subjects
from engine.tensors import native
from engine.tensors.number_bits import stored_numbers
from engine.tensors.places import unravelled
from engine.tensors.reading import unobserved

_ARITHMETIC = frozenset({
    "+", "-", "*", "/", "//", "%", "**", "&", "|", "^",
    "add", "sub", "subtract", "mul", "multiply", "div", "divide", "floor_divide", "remainder", "fmod", "pow",
})  # fmt: skip
_PYTHON = (bool, int, float, complex)


class NumberTypeBook:
    """Answers from the live namespace and the graph on screen. Only inside `GATE.reading`."""

    def __init__(self, namespace: Mapping[str, Any], recorder: Recorder, subjects: Subjects) -> None:
        self._namespace, self._recorder, self._subjects = namespace, recorder, subjects
        self._finder = OperationFinder(namespace, recorder)
        self._origin, self._desk = NumberOrigin(namespace, recorder), OperationDesk(namespace, recorder)

    def number_type(self, request: AskNumberType) -> NumberTypeShown:
        """Raises EngineError where a variable is no tensor."""
        with unobserved():
            operands: tuple[OperandType, ...] = ()
            if request.name:
                own = resolve_tensor(self._namespace, request.name)
                tensor, said = native.bare(own), self._origin.of_tensor(own)
                operands = self._promoted(request.name, own)
            else:
                tensor = self._value(request.node, request.slot)
                operands = self._operands(request.graph, request.node)
                said = self._origin.of_node(request.node, tensor)
            told = NumberType() if tensor is None else _told(tensor, request.cell, operands, said)
        return NumberTypeShown(request.id, told=told)

    def _promoted(self, name: str, tensor: Tensor) -> tuple[OperandType, ...]:
        """The two operands of the arithmetic that made a variable, where its dtype is the one that they promote to."""
        made = self._desk.operation(AskOperation(key=VariableKey(name))).operation
        if made is None or made.sign not in _ARITHMETIC or made.written_since:
            return ()
        if len(made.operands) == 1:
            return self._with_number(made.operands[0], tensor)
        if len(made.operands) != 2:
            return ()
        shapes = [one.shape for one in made.operands]
        kinds = [getattr(torch, one.dtype, None) for one in made.operands]
        if None in shapes or None in kinds:
            return ()
        pair = [torch.empty((1,) * len(shape or ()), dtype=kind) for shape, kind in zip(shapes, kinds, strict=True)]
        if torch.result_type(*pair) != native.dtype(tensor):
            return ()
        return tuple(OperandType(one.name, one.dtype, len(one.shape or ())) for one in made.operands)

    def _with_number(self, operand: OperandSeen, tensor: Tensor) -> tuple[OperandType, ...]:
        """Of a tensor and a number of Python."""
        found = self._finder.of_tensor(tensor)
        arguments = None if found is None else found.operation.arguments
        numbers = [one for one in arguments[0] if type(one) in _PYTHON] if arguments and not arguments[1] else []
        kind = getattr(torch, operand.dtype, None)
        if len(numbers) != 1 or kind is None or operand.shape is None:
            return ()
        if torch.result_type(torch.empty((1,) * len(operand.shape), dtype=kind), numbers[0]) != native.dtype(tensor):
            return ()
        number = OperandType(repr(numbers[0]), f"Python {type(numbers[0]).__name__}", -1)
        return OperandType(operand.name, operand.dtype, len(operand.shape)), number

    def _value(self, node: int, slot: int) -> Tensor | None:
        leaf = self._recorder.leaf(node)
        return native.bare(leaf) if leaf is not None else self._subjects.value(node, slot)

    def _operands(self, graph: int, node: int) -> tuple[OperandType, ...]:
        if self._subjects.index.node(graph, node) is None:
            return ()
        found = []
        for place in range(self._subjects.n_places(node)):
            operand = self._subjects.operand(node, place)
            value = None if operand is None else self._value(*operand)
            if operand is not None and value is not None:
                name = self._subjects.index.output_name(*operand)
                found.append(OperandType(name, _name(value.dtype), value.dim()))
        return tuple(found)


def _told(
    tensor: Tensor, cell: tuple[int, ...] | None, operands: tuple[OperandType, ...], said: tuple[Sentence, ...]
) -> NumberType:
    n_elements = tensor.numel()
    is_there = cell is not None and len(cell) == tensor.dim() and all(map(_lies_in, cell, tensor.shape))
    place = cell if is_there and cell is not None else unravelled(0, tensor.shape) if n_elements else ()
    has_number = n_elements > 0 and native.has_own_data(tensor)
    numbers = stored_numbers(tensor[place].reshape(()).cpu(), n_elements) if has_number else ()
    size, device = tensor.dtype.itemsize, str(tensor.device)
    n_bytes = size * _n_places(tensor) if n_elements else 0
    return NumberType(_name(tensor.dtype), device, n_elements, size, n_bytes, tuple(place), numbers, operands, said)


def _n_places(tensor: Tensor) -> int:
    """In memory: of a sparse tensor those of the values that it has, of one without data none."""
    if tensor.device.type == "meta":
        return 0
    if tensor.layout != torch.strided:
        return tensor._nnz() if tensor.layout == torch.sparse_coo else tensor.values().numel()
    return math.prod(size for size, stride in zip(tensor.shape, tensor.stride(), strict=True) if stride)


def _lies_in(place: int, size: int) -> bool:
    return 0 <= place < size


def _name(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")
