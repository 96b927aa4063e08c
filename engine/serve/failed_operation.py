"""The call on tensors that ended a run with an exception, as the window shows it."""

from __future__ import annotations

import ast
from types import TracebackType

from torch import Tensor
from torch._C import _functorch as functorch

from engine.autograd.graph.calls import source_of
from engine.autograd.operations.misfit import Misfit, misfits
from engine.autograd.operations.writing import SETITEM
from engine.autograd.placing import WRAPPERS
from engine.autograd.recorded_calls import BACKWARD
from engine.autograd.recorder import Recorder
from engine.autograd.records import shape_of, tensors_in
from engine.program.places import Place
from engine.program.sentences.failing_call import FailingCall, find
from engine.protocol.operations import Axis, OperationSeen
from engine.protocol.source import Source
from engine.serve.operation_words import assigned_texts, assignment_of, operand_texts, sign_of
from engine.serve.operations import operand_seen
from engine.tensors import native
from engine.tensors.unseen import Unseen, spare

_MOST_TOLD = 3  # operands, as many as have room beside each other
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
        tensors = tensors_in((call.args, call.kwargs))
        if call.callee is None or call.callee in BACKWARD or call.frame is None or call.is_in_pass or not tensors:
            return None
        if any(map(_is_of_vmap, tensors)):
            return None
        shapes = [shape for tensor in tensors if (shape := shape_of(tensor)) is not None]
        given, place = (call.args, call.kwargs), Place(call.frame.f_code, call.offset)
        wrong = misfits(call.name, shapes, given) if len(shapes) == len(tensors) else ()
        told, is_direct = _told(len(tensors), wrong), WRAPPERS.issuperset(call.between)
        operation = self._recorder.note_failed(call.callee, given, place, told, direct=is_direct)
        source = source_of(place)
        text, names = _words(call, source, tensors, is_direct=is_direct)
        return OperationSeen(
            operation.serial,
            _ASKED.get(call.name) or sign_of(operation.call),
            tuple(operand_seen(operation, place, names[place]) for place in told),
            text,
            source,
            shares=(False,) * len(told),
            misfits=tuple(Axis(told.index(place), axis) for place, axis in wrong if place in told),
            n_left_out=len(tensors) - len(told),
        )


def _is_of_vmap(tensor: Tensor) -> bool:
    """Whether it stands for a batch, which nothing may be asked of once its vmap has ended."""
    while native.is_wrapped(tensor):
        if native.is_batched(tensor):
            return True
        tensor = functorch.get_unwrapped(tensor)
    return False


def _told(n_operands: int, wrong: tuple[Misfit, ...]) -> list[int]:
    """Which operands are shown: those that do not fit before the others."""
    places = dict.fromkeys((*(place for place, _ in wrong), *range(n_operands)))
    return sorted(list(places)[:_MOST_TOLD])


def _words(
    call: FailingCall, source: Source | None, tensors: list[Tensor], *, is_direct: bool
) -> tuple[str, list[str]]:
    """The call as the program has it, and what it calls each tensor, else as its variables, or the module that made the
    call, have them."""
    text = "" if source is None else source.text
    written: tuple[str, ...] = ()
    if call.callee is SETITEM and source is not None and (assignment := assignment_of(source)) is not None:
        text, written = ast.unparse(assignment), assigned_texts(assignment, len(tensors))
    elif is_direct and call.name not in _ASKED:
        written = operand_texts(text, len(tensors))
    known: dict[int, str] = {}
    if call.module is not None:
        known = {id(one): name for name, one in call.module._parameters.items()}
        known.setdefault(id(tensors[0]), _INPUT)
    names = written or ("",) * len(tensors)
    return text, [
        name or call.variable_of(tensor) or known.get(id(tensor), "")
        for name, tensor in zip(names, tensors, strict=True)
    ]
