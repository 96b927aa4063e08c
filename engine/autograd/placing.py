"""Makes the record of a call: its number, its thread, its module, its place in the program.

What lies above the frame that entered a module stands still until that returns: it is looked at once, by the first call
inside.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from threading import get_ident
from types import FrameType
from typing import Any

import torch

import engine
from engine.autograd.contexts import Context, Packings
from engine.autograd.modules import Frames, ModuleCall, ModuleStack
from engine.autograd.records import Call
from engine.program.places import Place, Turns, place_of, turns

_OURS = f"{os.path.dirname(os.path.abspath(engine.__file__))}{os.sep}"
TOP = "<module>"  # the name of a program's outermost code
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
        self.packings = Packings(self.program_paths)
        self._modules = modules

    def call(self, function: Any, frame: FrameType | None) -> Call:
        """A call of `function`, placed in the nearest frame of the program from `frame` upwards."""
        direct = True  # until a library's own function lies between
        paths, module_call = self.program_paths, self._modules.code
        nearest = frame
        while nearest is not None:
            code = nearest.f_code
            path = code.co_filename
            if path in paths:
                break
            if path not in _WRAPPERS:
                direct = False
                if code is module_call:
                    break
            nearest = nearest.f_back
        module = self._modules.current
        depth = 0 if module is None else module.depth
        frames = self._frames(nearest, module, depth)
        place = None if frames is None else frames[0]
        if not direct and nearest is not None and nearest.f_code is not module_call:
            frames = _library_frames(frame, nearest, depth, frames)
        call = Call(next(self.numbers), function, place, direct, module, self.thread, frames)
        if self.packings.open:
            call.context = Context(self.packings.innermost)
        return call

    def _frames(self, frame: FrameType | None, module: ModuleCall | None, depth: int) -> Frames | None:
        """The frames of the program from `frame` upwards, inside of `module`, which is the `depth`-th."""
        paths, module_call = self.program_paths, self._modules.code
        found: list[ModuleCall | tuple[Place, int, Turns]] = []
        outer: Frames | None = None
        while frame is not None:
            code = frame.f_code
            if code is module_call:
                if module is not None and get_ident() == self.thread:
                    if module.is_above_known:
                        outer = module.above
                        break
                    found.append(module)
                    module = module.parent
                depth -= 1
            elif code.co_filename in paths:
                place = place_of(frame)
                found.append((place, depth, turns(frame, place.counters) if place.counters else ()))
                if code.co_name == TOP:
                    break
            frame = frame.f_back
        while found:
            one = found.pop()
            if isinstance(one, ModuleCall):
                one.above, one.is_above_known = outer, True
            else:
                outer = (*one, outer)
        return outer


def _library_frames(frame: FrameType | None, nearest: FrameType, depth: int, outer: Frames | None) -> Frames | None:
    """Those from `frame` up to the nearest of the program, which are called from `outer`."""
    found: list[Place] = []
    while frame is not None and frame is not nearest:
        if not frame.f_code.co_filename.startswith(_OURS):
            found.append(Place(frame.f_code, frame.f_lasti))
        frame = frame.f_back
    while found:
        outer = found.pop(), depth, (), outer
    return outer
