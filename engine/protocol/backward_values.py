"""What the engine tells of a backward pass, and of what is done to its gradients."""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.protocol.program_values import Notice, ProgramError


class Waiting(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A node that has some, but not all, of its gradients."""

    node: int
    arrived: int
    expected: int


class BackwardStep(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One node about to run: the picture while the engine is held in its prehook."""

    index: int  # 0 for the first node of the pass
    node: int
    norm: float | None  # of the arriving gradients together
    ready: tuple[int, ...] = ()  # the predicted queue behind it, head first
    waiting: tuple[Waiting, ...] = ()


EditKind = Literal["replace", "scale", "clip_norm", "clip_value", "zero", "negate", "perturb"]


class Edit(msgspec.Struct, frozen=True, array_like=True):
    """What is done to the gradient that enters a node on trial.

    `amount`: what it is multiplied by ("scale"), the largest norm or magnitude that it keeps ("clip_norm",
    "clip_value"), or what is added to its `cell` ("perturb"). `expression`: of the program's names, with `grad` for the
    gradient itself, what stands in its place ("replace").
    """

    kind: EditKind
    amount: float = 0.0
    cell: tuple[int, ...] = ()
    expression: str = ""


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """A gradient that the person put in place of the program's, with which the pass went on."""

    node: int
    slot: int
    edit: Edit
    experiment: int = 0


class BackwardState(msgspec.Struct, frozen=True):
    """Where a backward pass stands."""

    pass_id: int
    graph: int
    status: str  # "paused" | "running" | "finished" | "aborted" | "failed"
    origin: str  # "loss.backward()", or "stepping loss"
    line: int = 0  # of the call, 0 without one
    n_needed: int = 0  # nodes that this call will run
    n_done: int = 0
    current: int = -1  # the held node, -1 when none is
    not_needed: tuple[int, ...] = ()
    roots: tuple[int, ...] = ()  # the nodes that it starts at, with repeats
    captured: tuple[int, ...] = ()  # the nodes that autograd.grad takes a gradient out at; they do not run
    captured_norms: tuple[float | None, ...] = ()  # of what it took out there, once the pass has finished
    hits: tuple[int, ...] = ()  # the breakpoints that hold it here
    pass_index: int = 0  # in the program's run, from 1; 0 of an owned one
    owned: bool = False  # started by the window, so that its .grads are restored unless kept
    kept: tuple[Kept, ...] = ()  # gradients that the person put in place of the program's
    error: ProgramError | None = None
    forecast: Notice | None = (
        None  # of a pass that is held from its first node on: why it will fail, and which operation
    )
    forecast_node: int = -1  # is the reason
