"""What the axes of a tensor are called, where that is known, and by what."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any, NamedTuple

from torch import Tensor

from engine.autograd.graph.calls import function_of, source_of
from engine.autograd.operations import axis_rules
from engine.autograd.operations.given import TakenOperand
from engine.autograd.operations.operation import Operand
from engine.autograd.recorder import Recorder
from engine.autograd.records import KEY, Call, LeafRecord, shape_of, slot_shape
from engine.program.axis_texts import comment_named, sizes_named, unpacked
from engine.program.lookup import resolve_tensor
from engine.program.sources import lines_of, program_tree
from engine.protocol.errors import EngineError
from engine.protocol.keys import NodeGradKey, NodeValueKey, TensorKey, VariableGradKey, VariableKey
from engine.protocol.tensor_values import AxisName
from engine.serve.operation_words import operand_texts
from engine.serve.operations_found import FoundOperation, OperationFinder
from engine.tensors import native
from engine.tensors.unseen import Unseen

_MOST_ASKED = 64  # tensors on the way back to where names were written
_MOST_NEAR = 12  # nodes of one call
_NONE = AxisName("")


class _Made(NamedTuple):
    """A tensor by what made it; `node` where the graph has it."""

    rank: int
    call: Call | None
    found: FoundOperation | None
    node: Any = None


class AxisBook:
    """Reads the program's text, the namespace and what the recorder remembers. At a safepoint."""

    def __init__(self, namespace: Mapping[str, Any], recorder: Recorder) -> None:
        self._namespace, self._recorder = namespace, recorder
        self._finder = OperationFinder(namespace, recorder)
        self._left = 0

    def names(self, key: TensorKey) -> tuple[AxisName, ...]:
        """One for each axis, of what is not known an empty one; () where nothing is known."""
        self._left = _MOST_ASKED
        with Unseen():
            try:
                found = self._of_key(key)
            except EngineError:  # a variable holds no tensor any more
                return ()
        return found if any(one.name for one in found) else ()

    def _of_key(self, key: TensorKey) -> tuple[AxisName, ...]:
        if isinstance(key, VariableKey | VariableGradKey):
            tensor = resolve_tensor(self._namespace, key.name)
            return _joined(self._of_tensor(tensor), self._unpacked(key.name, tensor))
        if not isinstance(key, NodeValueKey | NodeGradKey):
            return ()
        leaf, node = self._recorder.leaf(key.node), self._recorder.grad_fn(key.node)
        if leaf is not None:
            return self._of_tensor(leaf)
        return () if node is None else self._of_node(node, key.slot)

    def _of_tensor(self, tensor: Tensor) -> tuple[AxisName, ...]:
        shape, node = shape_of(tensor), native.grad_fn(tensor)
        if shape is None:
            return ()
        if node is not None:
            return self._of_node(node, native.output_nr(tensor))
        found = self._finder.of_tensor(tensor)
        while found is not None and found.operation.origin is not None:  # what wrote into it left its axes alone
            found = found._replace(operation=found.operation.origin)
        call = self._recorder.seen.written_by(tensor) if found is None else found.operation.call
        return self._of(_Made(len(shape), call, found))

    def _of_node(self, node: Any, slot: int) -> tuple[AxisName, ...]:
        if hasattr(node, "variable"):  # an AccumulateGrad
            return self._of_tensor(node.variable)
        record = node.metadata.get(KEY)
        shape = slot_shape(node._input_metadata[slot])
        if record is None or record.given is None or shape is None:
            return ()
        return self._of(_Made(len(shape), record.call, self._finder.of_record(record, slot), node))

    def _of(self, made: _Made) -> tuple[AxisName, ...]:
        self._left -= 1
        if made.call is None or not made.rank or self._left < 0:
            return ()
        source = source_of(made.call.place) if made.call.direct else None
        written: list[tuple[AxisName, ...]] = []
        if source is not None and source.text:
            lines = lines_of(source.path)
            line = lines[source.end_line - 1] if source.end_line == source.line <= len(lines) else ""
            comment = comment_named(line, source.text, made.rank)
            named = sizes_named(source.text, made.rank)
            written = [_by(comment, f"#{line.partition('#')[2].rstrip()}", source.line)]
            written.append(_by(named, source.text, source.line))
        text = function_of(made.call) if source is None or not source.text else source.text.splitlines()[0]
        return _joined(*written, self._passed_on(made, text, 0 if source is None else source.line))

    def _passed_on(self, made: _Made, text: str, line: int) -> tuple[AxisName, ...]:
        """From the operands, where the operation keeps or moves their axes."""
        if made.found is None or made.call is None:
            return ()
        operation = made.found.operation
        asked: dict[int, tuple[AxisName, ...]] = {}
        places_written = operand_texts(text, len(operation.operands))

        def of(place: int) -> tuple[str, ...]:
            if place not in asked:
                operand = operation.operands[place]
                asked[place] = self._of_operand(operand, made.node) or _of_text(operand, places_written[place], line)
            return tuple(one.name for one in asked[place])

        function = function_of(made.call).rpartition(".")[2]
        names = axis_rules.after(function, operation.arguments, made.rank, len(operation.operands), of)
        before = {one.name: one for axes in asked.values() for one in axes}
        return tuple(before.get(name) or AxisName(name, text, line, True) if name else _NONE for name in names)

    def _of_operand(self, operand: Operand | TakenOperand, node: Any) -> tuple[AxisName, ...]:
        kept = operand.kept if isinstance(operand, TakenOperand) else None
        reference = operand.reference if isinstance(operand, Operand) else None
        if isinstance(kept, LeafRecord):
            reference = kept.reference
        tensor = None if reference is None else reference()
        if tensor is not None:
            return self._of_tensor(tensor)
        if isinstance(operand, Operand) and operand.maker is not None:
            operation, place = operand.maker
            shape = operation.shapes[place]
            found_operation = FoundOperation(operation, None, place)
            return () if shape is None else self._of(_Made(len(shape), operation.call, found_operation))
        if kept is None or node is None:
            return ()
        found = _holder_of(kept, node)
        return () if found is None else self._of_node(*found)

    def _unpacked(self, name: str, tensor: Tensor) -> tuple[AxisName, ...]:
        """By a statement of the program that took the shape of the variable apart, into numbers that still fit."""
        shape = shape_of(tensor)
        maker = self._recorder.seen.written_by(tensor)
        source = source_of(maker.place) if maker is not None else None
        if source is None or not shape:
            return ()
        found = unpacked(program_tree(source.path), name, len(shape))
        if found is None:
            return ()
        names, statement = found
        fits = [self._namespace.get(one) == size if one else True for one, size in zip(names, shape, strict=True)]
        return _by(names, ast.unparse(statement), statement.lineno) if names and all(fits) else ()


def _of_text(operand: Operand | TakenOperand, text: str, line: int) -> tuple[AxisName, ...]:
    """Of what a call was made on and no variable holds, "x.view(B, T, C)" of "x.view(B, T, C).transpose(1, 2)"."""
    value = operand.value()
    shape = None if value is None else shape_of(value)
    return _by(sizes_named(text, len(shape)), text, line) if text and shape else ()


def _by(names: tuple[str, ...], source: str, line: int) -> tuple[AxisName, ...]:
    return tuple(AxisName(name, source, line) if name else _NONE for name in names)


def _joined(*told: tuple[AxisName, ...]) -> tuple[AxisName, ...]:
    """The first that is known of each axis."""
    rank = max(map(len, told), default=0)
    fitting = [one for one in told if len(one) == rank]
    return tuple(next((one for one in axis if one.name), _NONE) for axis in zip(*fitting, strict=True))


def _holder_of(kept: Any, node: Any) -> tuple[Any, int] | None:
    """The node near to one whose record has a value, and the output that it is."""
    waiting, seen = [node], {node}
    for _ in range(_MOST_NEAR):
        if not waiting:
            return None
        for below, _slot in waiting.pop(0).next_functions:
            record = None if below is None else below.metadata.get(KEY)
            slots = [] if record is None else [slot for slot, value in record.values.items() if value is kept]
            if slots:
                return below, slots[0]
            if below is not None and below not in seen:
                seen.add(below)
                waiting.append(below)
    return None
