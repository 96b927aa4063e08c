"""Answers about the call that made a variable's tensor: its operands, and which cells became which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from torch import Tensor

from engine.autograd.graph.calls import source_of
from engine.autograd.operations.book import Operation
from engine.autograd.operations.sources import Again, Cells
from engine.autograd.recorder import Recorder
from engine.autograd.records import dtype_name, shape_of
from engine.program.lookup import resolve_tensor
from engine.protocol.errors import EngineError
from engine.protocol.keys import OperandKey
from engine.protocol.operations import (
    AskOperation,
    AskSources,
    CellsOf,
    OperandSeen,
    OperationSeen,
    OperationShown,
    SourcesShown,
)
from engine.serve.operation_words import operand_texts, sign_of, sum_text
from engine.tensors import native
from engine.tensors.unseen import Unseen


class OperationDesk:
    """Reads the namespace and what the recorder remembers. At a safepoint."""

    def __init__(self, namespace: Mapping[str, Any], recorder: Recorder) -> None:
        self._namespace, self._book = namespace, recorder.operations

    def operation(self, request: AskOperation) -> OperationShown:
        """What made a variable's tensor. Raises EngineError where the variable holds none."""
        tensor = resolve_tensor(self._namespace, request.name)
        found = self._book.of(tensor)
        return OperationShown(request.id, operation=None if found is None else _seen(found, tensor))

    def tensor(self, key: OperandKey) -> Tensor:
        """An operand as the call took it. Raises EngineError where it is gone."""
        found = self._book.by_serial(key.serial)
        value = None if found is None else found.operands[key.position].value()
        if value is None:
            raise _not_kept()
        return value

    def sources(self, request: AskSources) -> SourcesShown:
        """Raises EngineError where the operation cannot be followed."""
        result = resolve_tensor(self._namespace, request.name)
        found = self._book.of(result)
        if found is None or found.serial != request.serial:
            raise EngineError("operation.gone", "The variable holds another tensor by now.")
        values = [operand.value() for operand in found.operands]
        if any(value is None for value in values):
            raise _not_kept()
        with Unseen():
            bare = [native.bare(value) for value in values if value is not None]
            again = Again(found.call.function, found.arguments, bare, native.bare(result))
            if request.position >= 0:
                return SourcesShown(
                    request.id, serial=found.serial, cells=(_told(again.targets(request.position, request.cell)),)
                )
            cells = again.sources(request.cell)
            text = sum_text(
                sign_of(found.call), bare, [one.indices for one in cells], native.bare(result)[request.cell]
            )
        return SourcesShown(request.id, serial=found.serial, cells=tuple(map(_told, cells)), text=text)


def _seen(operation: Operation, result: Tensor) -> OperationSeen:
    source = source_of(operation.call.place)
    text = "" if source is None else source.text
    with Unseen():
        shares = tuple(operand.lies_with(result) for operand in operation.operands)
    names = operand_texts(text, len(operation.operands))
    return OperationSeen(
        operation.serial,
        sign_of(operation.call),
        tuple(_operand(operation, place, name) for place, name in enumerate(names)),
        text,
        source,
        shares,
    )


def _operand(operation: Operation, place: int, name: str) -> OperandSeen:
    value = operation.operands[place].value()
    if value is None:
        return OperandSeen(name, said=_not_kept().sentence)
    with Unseen():
        shape, dtype = shape_of(value), dtype_name(native.dtype(value))
    return OperandSeen(name, shape, dtype, OperandKey(operation.serial, place))


def _not_kept() -> EngineError:
    return EngineError("operation.operand_gone", "The program does not have it any more, and it was too large to keep.")


def _told(cells: Cells) -> CellsOf:
    return CellsOf(cells.indices, cells.n_cells)
