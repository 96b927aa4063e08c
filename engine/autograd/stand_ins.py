"""Stand in for functions of torch that ask whether somebody looks on, or that would stumble over the recorder."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable, Iterator
from typing import Any

import torch
import torch.fx.traceback
from torch import Tensor, overrides

import engine
from engine.autograd.mode_stack import ours_off
from engine.autograd.patches import Patches, all_suspended
from engine.autograd.references import released
from engine.tensors import observing

_has_torch_function = overrides.has_torch_function
_ROOM = f'  File "{os.path.dirname(os.path.abspath(engine.__file__))}{os.sep}'  # how a frame of the engine is written
_RUNS_PROGRAM = f"{_ROOM}program{os.sep}"
_OURS = (_ROOM, f'  File "{overrides.__file__}')


@contextlib.contextmanager
def unwatched() -> Iterator[None]:
    """Nothing of the recorder is in force for this thread inside: torch goes the ways that it goes without one."""
    with all_suspended(), ours_off(), observing.off():
        yield


def _new(cls: type, /, *args: Any, **kwargs: Any) -> Any:
    """What `torch.Tensor(...)` makes for a subclass must not have been an object of Python before."""
    with observing.hidden():
        return torch._C.TensorBase.__new__(cls, *args, **kwargs)


def _has_override(relevant_args: Any) -> bool:
    """Fused attention asks this; a mode of the recorder is none that overrides."""
    with ours_off():
        return _has_torch_function(relevant_args)


_new.__name__ = "__new__"
torch.jit._builtins._register_builtin(_has_override, "aten::has_torch_function")


@functools.cache
def _swapping(original: Callable[..., Any]) -> Callable[..., Any]:
    """`swap_tensors` refuses a tensor that a weak reference points to."""

    @functools.wraps(original)
    def swap(t1: Tensor, t2: Tensor) -> Any:
        with released(t1, t2):
            return original(t1, t2)

    return swap


@functools.cache
def _exporting(original: Callable[..., Any]) -> Callable[..., Any]:
    """What is exported is traced as plain Python runs it."""

    @functools.wraps(original)
    def export(*args: Any, **kwargs: Any) -> Any:
        with unwatched():
            return original(*args, **kwargs)

    return export


@functools.cache
def _formatting(original: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Anomaly mode keeps and prints this for each node: the program's frames, as in plain Python."""

    @functools.wraps(original)
    def format_stack() -> list[str]:
        frames = original()
        first = max((index + 1 for index, frame in enumerate(frames) if frame.startswith(_RUNS_PROGRAM)), default=0)
        return [frame for frame in frames[first:] if not frame.startswith(_OURS)]

    return format_stack


STAND_INS = Patches(
    [
        (Tensor, "__new__", lambda theirs: _new),
        (overrides, "has_torch_function", lambda theirs: _has_override),
        (torch.utils, "swap_tensors", _swapping),
        (torch.export, "export", _exporting),
        (torch.fx.traceback, "format_stack", _formatting),
    ]
)
