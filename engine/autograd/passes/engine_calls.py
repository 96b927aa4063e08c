"""torch.autograd's one way into its engine, led past an observer."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from os import getpid
from threading import get_ident
from typing import Any

import torch
from torch import Tensor
from torch.autograd.graph import GradientEdge

from engine.autograd.passes.call_graph import CallGraph
from engine.autograd.passes.call_shape import CallShape
from engine.autograd.records import PLAIN_TENSORS, shape_of
from engine.protocol.errors import EngineError
from engine.tensors import native
from engine.tensors.unseen import Unseen, is_alone

_ARGUMENTS = ("gradients", "retain_graph", "create_graph", "inputs", "allow_unreachable", "accumulate_grad")
_dispatch_mode = torch._C._get_dispatch_mode
_TRACING = (torch._C._TorchDispatchModeKey.FAKE, torch._C._TorchDispatchModeKey.PROXY)


@dataclass(eq=False)
class EngineCall:
    """What backward(), autograd.grad() or torch.func.grad() hands to the engine."""

    original: Callable[..., Any]
    roots: Sequence[Tensor | GradientEdge]
    positional: tuple[Any, ...]
    named: Mapping[str, Any]

    def run(self) -> Any:
        """Call the engine; the gradients of the inputs, where it has any."""
        return self.original(self.roots, *self.positional, **self.named)

    @property
    def accumulates(self) -> bool:
        """backward(), which writes `.grad`, in contrast to grad(), which returns the gradients."""
        return bool(self._given.get("accumulate_grad", False))

    @property
    def root_gradients(self) -> Sequence[Tensor | None]:
        """What it hands to each root."""
        return tuple(self._given.get("gradients", ()))

    @property
    def keeps_graph(self) -> bool:
        """Whether a later pass may go through the same nodes."""
        return bool(self._given.get("retain_graph", False))

    @property
    def creates_graph(self) -> bool:
        """Whether the pass makes a graph of its gradients."""
        return bool(self._given.get("create_graph", False))

    @property
    def inputs(self) -> Sequence[Tensor | GradientEdge]:
        """What it is asked for the gradients of; empty where of all leaves."""
        return tuple(self._given.get("inputs", ()))

    def graph(self, known: Iterable[CallShape] = ()) -> CallGraph:
        """The nodes that it reaches; maybe of one of the shapes that are known."""
        return CallGraph(self.roots, self.inputs, accumulate=self.accumulates, known=known)

    @property
    def can_start(self) -> bool:
        """Whether every root has a graph; the engine's own error says so otherwise."""
        if PLAIN_TENSORS.issuperset(map(type, self.roots)) and is_alone():
            return False not in map(native.requires_grad, self.roots)
        with Unseen():
            return all(not issubclass(type(root), Tensor) or native.requires_grad(root) for root in self.roots)

    @cached_property
    def _given(self) -> dict[str, Any]:
        return dict(zip(_ARGUMENTS, self.positional, strict=False)) | dict(self.named)


def replace_engine_call(ours: Callable[..., Any], of_graph: Callable[..., Any]) -> None:
    """Call these instead, from the two modules that call the engine."""
    torch.autograd._engine_run_backward = ours
    torch.autograd.graph._engine_run_backward = of_graph


@contextlib.contextmanager
def intercepted(
    observe: Callable[[EngineCall], Any], note_inside: Callable[[EngineCall], None] = lambda call: None
) -> Iterator[None]:
    """Inside, this thread's calls of the engine go to `observe`, except those made while one is observed, of which
    `note_inside` is told before they run.

    Other threads, forked children, nested calls (a reentrant checkpoint's) and traces have no one to step them.
    """
    original = torch.autograd._engine_run_backward
    original_of_graph = torch.autograd.graph._engine_run_backward
    here = (getpid(), get_ident())
    is_open = True

    def run_backward(roots: Any, *args: Any, **kwargs: Any) -> Any:
        nonlocal is_open
        call = EngineCall(original, roots, args, kwargs)
        is_here = (getpid(), get_ident()) == here
        if not is_open or not is_here or not call.can_start or _is_traced():
            if is_installed and not is_open and is_here:
                note_inside(call)
            return call.run()
        is_open = False
        try:
            return observe(call)
        finally:
            is_open = is_installed

    is_installed = True
    replace_engine_call(run_backward, run_backward)
    try:
        yield
    finally:
        is_installed = is_open = False  # a program may have kept the wrapper
        replace_engine_call(original, original_of_graph)


def _is_traced() -> bool:
    """Whether the calls are those of make_fx or of a FakeTensorMode, whose tensors have no numbers to show."""
    fake, proxy = _TRACING
    return _dispatch_mode(fake) is not None or _dispatch_mode(proxy) is not None


def check_root(output: Tensor, gradient: Tensor | None, label: str) -> None:
    """Raises EngineError where backward from `output`, named `label`, cannot start with `gradient`."""
    shape, given = shape_of(output), None if gradient is None else shape_of(gradient)
    if gradient is None and shape is None:
        raise EngineError(
            "root.ragged_needs_gradient",
            "{name} has a ragged shape: backward from it needs a gradient of that shape.",
            name=label,
        )
    if gradient is None and math.prod(shape or ()) != 1:
        raise EngineError(
            "root.needs_gradient",
            "{name} has shape {shape}: backward from it needs a gradient of that shape.",
            name=label,
            shape=shape,
        )
    if gradient is not None and given != shape:
        raise _does_not_fit(label, shape, given)


def _does_not_fit(name: str, shape: tuple[int, ...] | None, given: tuple[int, ...] | None) -> EngineError:
    """The gradient of a root has to have its shape; None is a ragged one."""
    if given is None:
        return EngineError(
            "root.gradient_is_ragged",
            "The gradient has a ragged shape, but {name} has shape {shape}.",
            name=name,
            shape=shape,
        )
    if shape is None:
        return EngineError(
            "root.is_ragged",
            "The gradient has shape {given}, but {name} has a ragged shape.",
            given=given,
            name=name,
        )
    return EngineError(
        "root.gradient_shape",
        "The gradient has shape {given}, but {name} has shape {shape}.",
        given=given,
        name=name,
        shape=shape,
    )
