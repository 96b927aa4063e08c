"""What stands in the place of functions of torch that limit gradients, unscale them, or put a module into another mode,
while a program is watched."""

from __future__ import annotations

import functools
import math
import sys
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils import clip_grad

from engine.autograd.patches import Wanted
from engine.autograd.recorded_calls import RecordedCalls
from engine.autograd.records import tensors_in
from engine.program.module_tree import modules_in
from engine.shared.static_reads import own_attributes
from engine.tensors import native
from engine.tensors.unseen import Spared

_OfThread = Callable[[], RecordedCalls]
# As `clip_grad_norm_` and `clip_grad_value_` call them, by whichever name a program has these.
_BY_NORM, _BY_VALUE = "_clip_grads_with_norm_", "_group_tensors_by_device_and_dtype"


def watched_training(of_thread: _OfThread) -> list[Wanted]:
    """`of_thread` is as in `recorded_apply`."""
    clips = {_BY_NORM: _by_norm, _BY_VALUE: _by_value}
    known = {name: make for name, make in clips.items() if name in vars(clip_grad)}
    return [
        *((clip_grad, name, functools.partial(make, of_thread)) for name, make in known.items()),
        (torch.amp.GradScaler, "unscale_", functools.partial(_unscaling, of_thread)),
        (nn.Module, "train", functools.partial(_setting_mode, of_thread)),
    ]


def _by_norm(of_thread: _OfThread, theirs: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(theirs)
    def clip(parameters: Any, max_norm: float, total_norm: Tensor, *args: Any, **kwargs: Any) -> Any:
        calls = of_thread()
        if calls.is_here():
            with Spared():
                had = not (native.is_cpu(total_norm) and float(native.bare(total_norm)) == 0)
                call = calls.placing.call(clip_grad.clip_grad_norm_, sys._getframe(1))
                taken = tensors_in((parameters,))
                calls.events.clipped(call, taken, had=had, is_limit=math.isfinite(max_norm))
        return theirs(parameters, max_norm, total_norm, *args, **kwargs)

    return clip


def _by_value(of_thread: _OfThread, theirs: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(theirs)
    def group(tensors: Any, *args: Any, **kwargs: Any) -> Any:
        calls, frame = of_thread(), sys._getframe(1)
        if frame.f_code.co_name == "clip_grad_value_" and calls.is_here():
            with Spared():
                call = calls.placing.call(clip_grad.clip_grad_value_, frame)
                calls.events.clipped(call, None, had=bool(tensors_in((tensors,))))
        return theirs(tensors, *args, **kwargs)

    return group


def _unscaling(of_thread: _OfThread, theirs: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(theirs)
    def unscale_(self: Any, optimizer: Any) -> Any:
        calls = of_thread()
        if calls.is_here() and own_attributes(self).get("_enabled") is True:
            calls.events.unscaled.append(next(calls.placing.numbers))
        return theirs(self, optimizer)

    return unscale_


def _setting_mode(of_thread: _OfThread, theirs: Callable[..., Any]) -> Callable[..., Any]:
    """A module sets those in it, too: the outermost alone is noted."""

    @functools.wraps(theirs)
    def train(self: nn.Module, mode: bool = True) -> Any:
        calls, frame = of_thread(), sys._getframe(1)
        if frame.f_code is not theirs.__code__ and calls.is_here():
            with Spared():
                was_training = own_attributes(self).get("training") is True
                if mode:
                    calls.events.evaluating.pop(self, None)
                elif was_training:
                    calls.events.evaluated.update(modules for _, modules in modules_in(self))
                    calls.events.evaluating[self] = calls.placing.call(nn.Module.train, frame)
        return theirs(self, mode)

    return train
