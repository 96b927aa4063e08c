"""Puts inside the gate what no recording sees: the engine's calls, other threads of a program, and storages."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import torch

from engine.autograd.capture import is_recorded
from engine.autograd.mode_stack import Ours
from engine.autograd.passes.engine_calls import replace_engine_call
from engine.autograd.recorded_calls import BACKWARD
from engine.autograd.stand_ins import STAND_INS
from engine.tensors.gate import GATE

# Methods of a storage that move its bytes; a storage is no tensor, so that no mode sees its methods.
_MOVING = ("resize_", "share_memory_", "_share_filename_cpu_", "_share_fd_cpu_", "_set_from_file", "_set_cdata")


def gate_torch() -> None:
    """From now on, until the process ends: a thread that a program left behind goes on after it. Once, and not on a
    thread that reads."""
    gated = _gated(torch.autograd._engine_run_backward)
    replace_engine_call(gated, gated)
    for name in _MOVING:
        setattr(torch.UntypedStorage, name, _gated(getattr(torch.UntypedStorage, name)))
    threading.Thread._bootstrap_inner = _watched_thread(  # type: ignore[attr-defined]
        threading.Thread._bootstrap_inner  # type: ignore[attr-defined]
    )


def _gated(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def call(*args: Any, **kwargs: Any) -> Any:
        entered = GATE.enter()
        try:
            return original(*args, **kwargs)
        finally:
            GATE.leave(entered, None)

    return call


def _watched_thread(original: Callable[[threading.Thread], None]) -> Callable[[threading.Thread], None]:
    @functools.wraps(original)
    def run_thread(thread: threading.Thread) -> None:
        with STAND_INS.applied(), nullcontext() if is_recorded() else _EachOperation():
            original(thread)

    return run_thread


class _EachOperation(Ours):
    """Each public call of the thread is inside; a call of backward() lets that of the engine go inside."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if func in BACKWARD:
            return func(*args, **(kwargs or {}))
        entered = GATE.enter()
        try:
            return func(*args, **(kwargs or {}))
        finally:
            GATE.leave(entered, None)
