"""The backward passes of one run of a program, as a strip of marks shows them."""

from __future__ import annotations

import msgspec


class PassMark(msgspec.Struct, frozen=True, array_like=True):
    """One call of autograd's engine."""

    index: int  # in the run of the program, from 1
    origin: str  # "loss.backward()"
    line: int  # of the call, 0 without one
    root: str  # the names of its roots
    status: str  # "running" | "finished" | "aborted" | "failed"
    loss: float | None = None  # the value of its one root where that is a scalar
    norm: float | None = None  # of all gradients together that arrived at its leaves, or that autograd.grad returned
    is_measured: bool = True  # without it the norm was left out, so that the program keeps its speed
    error: str = ""  # the type of the exception that ended it
    n_kept: int = 0  # gradients of the person's with which it went on in place of the program's
