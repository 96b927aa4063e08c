"""What leads into the recorder: a function mode, and functions of torch in the place of those that no mode sees."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

import torch

from engine.autograd.mode_stack import Ours
from engine.autograd.recorded_calls import BACKWARD, RecordedCalls
from engine.autograd.single import GRAD, READS
from engine.tensors.gate import GATE
from engine.tensors.unseen import Spared

_ASIDE = READS | BACKWARD | {GRAD}
_OfThread = Callable[[], RecordedCalls]  # what records the calling thread


class FunctionMode(Ours):
    """Sees every public call of one thread."""

    def __init__(self, calls: RecordedCalls) -> None:
        super().__init__()
        self._calls = calls

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        calls, frame, kwargs = self._calls, sys._getframe(1), kwargs or {}
        if func in _ASIDE:
            if func in BACKWARD:  # its call of the engine is inside the gate, and lets readers in between its nodes
                return calls.run(func, args, kwargs, frame)
            if func != GRAD or calls.is_known_grad(args[0], frame):
                return func(*args, **kwargs)
        entered = GATE.enter()
        try:
            output = calls.run(func, args, kwargs, frame)
            stop = calls.finite
            stop = None if stop is None or not stop.watch.is_on else calls.looks(func)
            arisen = None if stop is None else stop.watch.look(func, args, kwargs, output)
        finally:
            GATE.leave(entered, None)
        if stop is not None and arisen is not None:
            stop.at_call(arisen, frame)
        return output


def recorded_apply(of_thread: _OfThread, original: Any) -> classmethod[Any, Any, Any]:
    """`autograd.Function.apply`, which is no public torch function. Later versions of torch have it in C."""

    @functools.wraps(getattr(original, "__func__", original))
    def apply(cls: type, *args: Any, **kwargs: Any) -> Any:
        calls = of_thread()
        output = calls.run(original.__get__(None, cls), args, kwargs, sys._getframe(1))
        if calls.is_here():
            with Spared():
                calls.binder.bind_constants(output)
        return output

    return classmethod(apply)


def noted_parameter(of_thread: _OfThread, original: staticmethod[..., Any]) -> staticmethod[..., Any]:
    """`nn.Parameter.__new__`, which makes a new leaf: no mode sees from what."""

    @functools.wraps(original.__func__)
    def new(cls: type, *args: Any, **kwargs: Any) -> Any:
        parameter = original.__func__(cls, *args, **kwargs)
        calls = of_thread()
        if calls.is_here():
            with Spared():
                call = calls.placing.call(torch.nn.Parameter, sys._getframe(1))
                calls.binder.note_parameter(call, (args, kwargs), parameter)
        return parameter

    return staticmethod(new)
