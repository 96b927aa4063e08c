"""Makes the record of a call: its number, its thread, its module, its place in the program."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from types import FrameType
from typing import Any

import torch

import engine
from engine.autograd.modules import ModuleStack
from engine.autograd.records import Call, Place
from engine.program.loop_counters import Turns, turns

_OURS = f"{os.path.dirname(os.path.abspath(engine.__file__))}{os.sep}"
_TOP = "<module>"  # the name of a program's outermost code
# Python files between a call in a program and the function mode that are part of the one public call.
_WRAPPERS = frozenset(
    module.__file__
    for module in (
        *(torch.functional, torch.nn.functional, torch.overrides),
        *(torch._tensor, torch._ops, torch._jit_internal),
    )
)


class Placing:
    """For one thread. `first` is that of the program's first thread."""

    def __init__(self, modules: ModuleStack, first: Placing | None = None) -> None:
        self.program_paths: set[str] = set() if first is None else first.program_paths  # files that are the program's
        self.numbers: Iterator[int] = itertools.count() if first is None else first.numbers
        self.thread = 0  # that makes calls
        self._modules = modules

    def call(self, function: Any, frame: FrameType | None) -> Call:
        """A call of `function`, placed in the nearest frame of the program from `frame` upwards."""
        direct = True  # until a library's own function lies between
        paths, module_call, n_modules = self.program_paths, self._modules.code, 0
        nearest = frame
        while nearest is not None:
            code = nearest.f_code
            path = code.co_filename
            if path in paths:
                break
            if path not in _WRAPPERS:
                direct = False
                n_modules += code is module_call
            nearest = nearest.f_back
        if nearest is None:
            return Call(next(self.numbers), function, None, direct, self._modules.current, self.thread)
        stack: tuple[Any, ...] = ()
        if not direct or code.co_name != _TOP:
            stack, counts = self._stack(nearest if direct or n_modules else frame, nearest, n_modules)
        else:
            counts = (own,) if (own := turns(nearest)) else ()
        place = Place(code, nearest.f_lasti)
        return Call(next(self.numbers), function, place, direct, self._modules.current, self.thread, stack, counts)

    def _stack(
        self, start: FrameType | None, nearest: FrameType, n_modules: int
    ) -> tuple[tuple[Any, ...], tuple[Turns, ...]]:
        """What `Call.stack` and `Call.turns` hold, from the frame `start` up to the program's top."""
        found: list[Any] = []
        counts: list[Turns] = []
        while start is not None and start is not nearest:
            if not start.f_code.co_filename.startswith(_OURS):
                found += (start.f_code, start.f_lasti, 0)
                counts.append(())
            start = start.f_back
        n_least = 1 if counts else 2  # the loop that makes the call itself shows its passes by jumping back
        paths, module_call = self.program_paths, self._modules.code
        while start is not None:
            code = start.f_code
            if code is module_call:
                n_modules += 1
            elif code.co_filename in paths:
                found += (code, start.f_lasti, n_modules)
                counts.append(turns(start, n_least))
                n_least = 1
                if code.co_name == _TOP:
                    break
            start = start.f_back
        return tuple(found), tuple(counts) if any(counts) else ()
