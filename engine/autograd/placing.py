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
_CALL_IMPL = torch.nn.Module._call_impl.__code__
TOP = "<module>"  # the name of a program's outermost code
# Python files between a call in a program and the function mode that are part of the one public call.
WRAPPERS = frozenset(
    module.__file__
    for module in (
        *(torch.functional, torch.nn.functional, torch.overrides),
        *(torch._tensor, torch._ops, torch._jit_internal),
    )
)
_UNKNOWN: Any = object()
_is_autocast = torch._C._is_any_autocast_enabled


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
        current = self._modules.current
        if frame is not None and current is not None and get_ident() == self.thread:
            above = self._above_of_torch(frame, current)
            if above is not _UNKNOWN:
                place, thread = None if above is None else above[0], self.thread
                if not self.packings.open and not _is_autocast():
                    return Call(next(self.numbers), function, place, False, current, thread, above)
                return self._made(function, place, False, above)
        direct = True  # until a library's own function lies between
        paths, module_call = self.program_paths, self._modules.code
        nearest = frame
        while nearest is not None:
            code = nearest.f_code
            path = code.co_filename
            if path in paths:
                break
            if path not in WRAPPERS:
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
        return self._made(function, place, direct, frames)

    def _made(self, function: Any, place: Place | None, direct: bool, frames: Frames | None) -> Call:
        call = Call(next(self.numbers), function, place, direct, self._modules.current, self.thread, frames)
        if self.packings.open or _is_autocast():
            call.context = Context(self.packings.innermost, is_autocast=_is_autocast())
        return call

    def _above_of_torch(self, frame: FrameType, module: ModuleCall) -> Frames | None:
        """The frames of the program that `module` was called from, which is inside its own forward, in `frame`: there
        are none in between. `_UNKNOWN` where that is not so, or they are not known yet."""
        back = frame.f_back  # as `_entered`, of most calls that there are
        if back is None or back.f_code is not _CALL_IMPL or frame.f_code.co_filename in self.program_paths:
            return _UNKNOWN
        back = back.f_back
        entered = None if back is None else back.f_back
        if entered is None or entered.f_code is not self._modules.code:
            return _UNKNOWN
        if module.is_above_known:
            return module.above
        parent, caller = module.parent, entered.f_back
        if parent is None or not parent.is_above_known or caller is None or self._entered(caller) is None:
            return _UNKNOWN
        module.above, module.is_above_known = parent.above, True
        return module.above

    def _entered(self, frame: FrameType) -> FrameType | None:
        """The frame that entered a module whose forward runs in `frame`, if that is a library's."""
        back = frame.f_back
        if back is None or back.f_code is not _CALL_IMPL or frame.f_code.co_filename in self.program_paths:
            return None
        entered = back.f_back and back.f_back.f_back
        return entered if entered is not None and entered.f_code is self._modules.code else None

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
