"""What an experiment leaves as it was: random numbers, `.grad`s, what custom Functions keep on their `ctx`."""

from __future__ import annotations

import contextlib
import gc
import random
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.autograd.function import BackwardCFunction
from torch.autograd.graph import Node as GradFn

from engine.tensors import native
from engine.tensors.unseen import Unseen


def is_custom(node: GradFn) -> bool:
    """Whether it is the node of a custom Function, whose backward is Python."""
    return isinstance(node, BackwardCFunction)


def tensors_with_grads(nodes: Sequence[GradFn]) -> list[Tensor]:
    """All tensors whose `.grad` may be written while `nodes` run and no leaf accumulates: torch writes retained
    gradients, and a backward inside of a custom Function those of any leaf."""
    has_custom = any(map(is_custom, nodes))
    objects = gc.get_objects()
    kinds = {kind for kind in set(map(type, objects)) if issubclass(kind, Tensor)}
    with Unseen():
        return [one for one in objects if type(one) in kinds and _takes_grad(one, has_custom)]


@contextlib.contextmanager
def unchanged(nodes: Sequence[GradFn], with_grads: Sequence[Tensor]) -> Iterator[None]:
    """Afterwards random states and the `.grad`s of `with_grads` are what they were before, and each custom Function
    among `nodes` has the attributes that it had. What the program's own code writes elsewhere is written. On the thread
    that runs it."""
    attributes = [(node, dict(vars(node))) for node in nodes if is_custom(node)]
    with _random_state(), _grads(with_grads):
        try:
            yield
        finally:
            for node, found in attributes:
                vars(node).clear()
                vars(node).update(found)


@contextlib.contextmanager
def _random_state() -> Iterator[None]:
    devices = range(torch.cuda.device_count()) if torch.cuda.is_initialized() else ()
    on_cpu, on_devices = torch.get_rng_state(), [torch.cuda.get_rng_state(device) for device in devices]
    of_python, of_numpy = random.getstate(), np.random.get_state()
    try:
        yield
    finally:
        torch.set_rng_state(on_cpu)
        for device, state in zip(devices, on_devices, strict=True):
            torch.cuda.set_rng_state(state, device)
        random.setstate(of_python)
        np.random.set_state(of_numpy)


@contextlib.contextmanager
def _grads(tensors: Sequence[Tensor]) -> Iterator[None]:
    """A retained gradient is written anew; to that of a leaf torch adds in place: it is a copy meanwhile."""
    with Unseen(), torch.no_grad():
        found = [(tensor, native.grad(tensor)) for tensor in tensors]
        for tensor, gradient in found:
            if gradient is not None and native.is_leaf(tensor):
                native.set_grad(tensor, native.clone(gradient))
    try:
        yield
    finally:
        with Unseen():
            for tensor, gradient in found:
                native.set_grad(tensor, gradient)


def _takes_grad(tensor: Tensor, leaves: bool) -> bool:
    if native.is_stale(tensor):
        return False
    if native.is_leaf(tensor):
        return leaves and native.requires_grad(tensor)
    return bool(native.retains_grad(tensor))
