"""The call on tensors that ended a run with an exception, as the window shows it."""

from __future__ import annotations

import ast
from types import TracebackType
from typing import Any

from torch import Tensor
from torch._C import _functorch as functorch

from engine.autograd.graph.calls import source_of
from engine.autograd.operations.misfit import misfits
from engine.autograd.operations.operation import Operation
from engine.autograd.operations.writing import SETITEM
from engine.autograd.placing import WRAPPERS
from engine.autograd.recorded_calls import BACKWARD
from engine.autograd.recorder import Recorder
from engine.autograd.records import tensors_in
from engine.program.places import Place
from engine.program.sentences.failing_call import FailingCall, find
from engine.protocol.operations import Axis, OperandSeen, OperationSeen
from engine.serve.operation_words import assigned_texts, assignment_of, operand_texts, sign_of
from engine.serve.operations import operand_seen
from engine.tensors import native
from engine.tensors.unseen import Unseen, spare

_INPUT = "input"  # as torch's own modules call the first argument of their forward
_ASKED = {"bool": "bool", "float": "float", "int": "int", "index": "int", "complex": "complex", "len": "len"}


class FailedOperation:
    """Of the newest run. On the main thread, between two runs. It keeps what is small of the operands, and of others
    what the program itself still has."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self.seen: OperationSeen | None = None

    def forget(self) -> None:
        """Another run begins."""
        self.seen = self._recorder.operations.failed = None

    def note(self, trace: TracebackType | None) -> None:
        """A run has ended with an exception that has this traceback."""
        try:
            with Unseen():
                self.seen = self._seen(find(trace, self._recorder.program_paths))
        except Exception as error:  # the sentence about it is told all the same
            spare(error)

    def _seen(self, call: FailingCall) -> OperationSeen | None:
        if call.callee is None or call.callee in BACKWARD or call.frame is None or call.is_in_pass:
            return None
        given, is_direct = (call.args, call.kwargs), WRAPPERS.issuperset(call.between)
        tensors = tensors_in(given)
        if any(map(_is_of_vmap, tensors)):
            return None
        self._recorder.note_failed(call.callee, given, Place(call.frame.f_code, call.offset), direct=is_direct)
        operation = self._recorder.operations.failed
        if operation is None:
            return None
        source = source_of(operation.call.place)
        text = "" if source is None else source.text
        asked = _ASKED.get(call.name, "")
        written: tuple[str, ...] = ()
        if call.callee is SETITEM and source is not None and (assignment := assignment_of(source)) is not None:
            text, written = ast.unparse(assignment), assigned_texts(assignment, len(tensors))
        elif is_direct and not asked:
            written = operand_texts(text, len(tensors))
        names = _names(call, written or ("",) * len(tensors), tensors)
        operands = tuple(operand_seen(operation, place, name) for place, name in enumerate(names))
        sign = asked or sign_of(operation.call)
        return OperationSeen(
            operation.serial, sign, operands, text, source, (False,) * len(operands),
            misfits=_misfits(call.name, operands, operation),
        )  # fmt: skip


def _is_of_vmap(tensor: Tensor) -> bool:
    """Whether it stands for a batch, which nothing may be asked of once its vmap has ended."""
    while native.is_wrapped(tensor):
        if native.is_batched(tensor):
            return True
        tensor = functorch.get_unwrapped(tensor)
    return False


def _misfits(name: str, operands: tuple[OperandSeen, ...], operation: Operation) -> tuple[Axis, ...]:
    shapes = [one.shape for one in operands if one.shape is not None]
    if len(shapes) < len(operands):
        return ()
    return tuple(Axis(place, axis) for place, axis in misfits(name, shapes, operation.arguments))


def _names(call: FailingCall, written: tuple[str, ...], tensors: list[Any]) -> list[str]:
    """As the program writes them, else as its variables, or the module that made the call, have them."""
    known: dict[int, str] = {}
    if call.module is not None:
        known = {id(one): name for name, one in call.module._parameters.items()}
        known.setdefault(id(tensors[0]), _INPUT)
    return [
        name or call.variable_of(tensor) or known.get(id(tensor), "")
        for name, tensor in zip(written, tensors, strict=True)
    ]
