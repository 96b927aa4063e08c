"""Answers about the call that made a tensor: its operands, and which cells became which."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from torch import Tensor

from engine.autograd.graph.calls import source_of
from engine.autograd.graph.node_names import named_tensors
from engine.autograd.operations.given import TakenOperand
from engine.autograd.operations.operation import Operand, Operation
from engine.autograd.operations.sources import Again, Cells
from engine.autograd.operations.writing import SETITEM, TURNING, WRITING
from engine.autograd.recorder import Recorder
from engine.autograd.records import dtype_name, shape_of
from engine.protocol.errors import EngineError
from engine.protocol.keys import NodeValueKey, OperandKey, VariableKey
from engine.protocol.operations import (
    AskOperation,
    AskSources,
    CellsOf,
    OperandSeen,
    OperationSeen,
    OperationShown,
    SourcesShown,
)
from engine.protocol.sentence import Sentence
from engine.serve.operation_sums import DROPOUTS, dropout_text, sum_text
from engine.serve.operation_words import assigned_texts, assignment_of, operand_texts, sign_of
from engine.serve.operations_found import FoundOperation, OperationFinder
from engine.tensors import native
from engine.tensors.reading import cut_off
from engine.tensors.spans import is_whole
from engine.tensors.unseen import Unseen


class OperationDesk:
    """Reads the namespace, the graph on screen and what the recorder remembers. At a safepoint."""

    def __init__(self, namespace: Mapping[str, Any], recorder: Recorder) -> None:
        self._namespace = namespace
        self._finder = OperationFinder(namespace, recorder)

    def operation(self, request: AskOperation) -> OperationShown:
        """What made a tensor. Raises EngineError where a variable holds none."""
        with Unseen():
            found = self._finder.of(request.key)
            seen = None if found is None else self._seen(found)
            why = self._why_none(request.key) if seen is None else None
        returned = None if found is None else found.returned
        return OperationShown(request.id, operation=seen, returned=returned, why=why)

    def _why_none(self, key: VariableKey | NodeValueKey) -> Sentence | None:
        """Where no operation is told of a variable's tensor; None where there may be none."""
        inside = self._finder.inside(key.name) if isinstance(key, VariableKey) else None
        if inside is None:
            return None
        return Sentence.of(
            "operation.transformed",
            "Made inside of torch.func ({transforms}), of tensors that stand for others: no operation is told, and no "
            "cells are followed.",
            transforms=" ▸ ".join(inside.transforms),
        )

    def tensor(self, key: OperandKey) -> Tensor:
        """An operand as the call took it. Raises EngineError where it is gone."""
        found = self._finder.by_serial(key.serial)
        value = None if found is None else found.operands[key.position].value()
        if value is None:
            raise _not_kept()
        return value

    def sources(self, request: AskSources) -> SourcesShown:
        """Raises EngineError where the operation cannot be followed."""
        with Unseen():
            found = self._finder.of(request.key)
            if found is None or found.operation.serial != request.serial:
                raise EngineError("operation.gone", "The variable holds another tensor by now.")
            if found.result is None:
                raise _not_kept()
            if found.is_turned:
                raise EngineError("operation.turned", "It was given other axes since: its cells stand elsewhere now.")
            if found.operation.call.function in TURNING and found.operation.operands[0].is_written:
                raise _written()
            values, result = _values(found.operation, found.result), native.bare(found.result)
            call = found.operation.call
            again = Again(call.function, found.operation.arguments, values, result, found.place)
            if request.position >= 0:
                targets = again.targets(request.position, request.cell)
                return _shown(request, [targets], again.chosen_by(request.position, request.cell))
            cells = again.sources(request.cell)
            is_known = all(not one.is_written for one in found.operation.operands)
            sign = sign_of(call)
            if not is_known or found.written_since:  # the numbers of then and those of now make no sum
                text = ""
            elif sign in DROPOUTS and len(values) == 1:
                text = dropout_text(found.operation.arguments, values[0], result, request.cell)
            else:
                text = sum_text(sign, values, cells, result, request.cell)
            choosing = again.choosing(request.cell)
        return _shown(request, cells, choosing, text)

    def _seen(self, found: FoundOperation) -> OperationSeen:
        operation = found.operation
        source = source_of(operation.call.place)
        text = "" if source is None else source.text
        assignment = assignment_of(source) if source is not None and operation.call.function is SETITEM else None
        text = text if assignment is None else ast.unparse(assignment)
        shares = tuple(found.result is not None and one.lies_with(found.result) for one in operation.operands)
        operands = tuple(
            operand_seen(operation, place, name) for place, name in enumerate(self._names(operation, text, assignment))
        )
        sign, writes = sign_of(operation.call), _writes(operation)
        return OperationSeen(operation.serial, sign, operands, text, source, shares, writes, found.written_since)

    def _names(self, operation: Operation, text: str, assignment: ast.Assign | ast.AugAssign | None) -> tuple[str, ...]:
        """As the call writes them; those of a call inside of a library as variables hold them."""
        n_operands = len(operation.operands)
        written = assigned_texts(assignment, n_operands) if assignment is not None else operand_texts(text, n_operands)
        written = written if operation.call.direct else ()
        if any(written):
            return written
        named = list(named_tensors(self._namespace))
        return tuple(
            next((name for name, tensor in named if operand.is_held_by(tensor)), "") for operand in operation.operands
        )


def _writes(operation: Operation) -> bool:
    """Whether it wrote into its first operand."""
    is_asked = operation.arguments is not None and operation.arguments[1].get("inplace") is True
    return is_asked or operation.call.function in WRITING


def _values(operation: Operation, result: Tensor) -> list[Tensor]:
    """The operands as they were; of what the call wrote into, which has the shape that it had, what it is now."""
    values: list[Tensor] = []
    for operand in operation.operands:
        value = result if operand.is_written else operand.value()
        if value is None:
            raise _why_not_kept(operand)
        values.append(native.bare(value))
    return values


def operand_seen(operation: Operation, place: int, name: str) -> OperandSeen:
    """What a call took at a place, called so. Inside `Unseen`."""
    operand = operation.operands[place]
    value = operand.value()
    if value is None:
        return OperandSeen(name, said=_why_not_kept(operand).sentence)
    shape, dtype = shape_of(value), dtype_name(native.dtype(value))
    return OperandSeen(name, shape, dtype, OperandKey(operation.serial, place))


def _shown(request: AskSources, cells: Sequence[Cells], choosing: Sequence[Cells], text: str = "") -> SourcesShown:
    told, chose = (tuple(CellsOf(one.indices, one.n_cells) for one in every) for every in (cells, choosing))
    return SourcesShown(request.id, serial=request.serial, cells=told, text=text, choosing=chose)


def _not_kept() -> EngineError:
    return EngineError(
        "operation.operand_gone",
        "The program does not have it any more. Kept are small dense tensors, of a loop those of its first rounds.",
    )


def _why_not_kept(operand: Operand | TakenOperand) -> EngineError:
    if operand.is_written:
        return _written()
    tensor = operand.reference() if isinstance(operand, Operand) else None
    if tensor is not None and not is_whole(native.bare(tensor)):
        return cut_off()
    if isinstance(operand, Operand) and operand.is_changed:
        return EngineError("operation.changed", "It was written to after the call took it, and was too large to keep.")
    return _not_kept()


def _written() -> EngineError:
    return EngineError("operation.written", "The call wrote into it; what it was before is not kept.")
