"""Torch as it was imported. A program may patch `torch.Tensor` and `torch`; what the engine shows is read without that.

The program's patches stay, as in a notebook, and are in force whenever its own code runs.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from torch.nn import Module

from engine.shared.pristine import Pristine

_OF_TORCH = (
    *("Tensor", "Generator", "nn", "linalg", "autograd", "no_grad", "is_grad_enabled", "_neg_view", "add", "cat"),
    *("aminmax", "amax", "amin", "mean", "std", "arange", "empty", "zeros", "set_grad_enabled"),
)
_OF_MODULES = ("parameters", "named_parameters", "modules", "named_modules")
_OF_EVERY_CLASS = frozenset({"__dict__", "__weakref__", "__doc__", "__module__"} & vars(Tensor).keys())
_constants = [name for name, value in vars(torch).items() if isinstance(value, torch.dtype | torch.layout)]
_of_tensor = {name: value for name, value in vars(Tensor).items() if name not in _OF_EVERY_CLASS}


def _hiding() -> Iterator[tuple[Any, str, Any]]:
    """Attributes that `torch.Tensor` did not have, and the class below it has."""
    if len(vars(Tensor)) != len(_of_tensor) + len(_OF_EVERY_CLASS) + ("__new__" in vars(Tensor)):  # the recorder's
        for name, theirs in list(vars(Tensor).items()):
            if name not in (*_of_tensor, *_OF_EVERY_CLASS, "__new__") and hasattr(torch._C.TensorBase, name):
                yield Tensor, name, theirs


TORCH = Pristine(
    [
        (torch, {name: getattr(torch, name) for name in (*_OF_TORCH, *_constants)}),
        (torch.linalg, {"vector_norm": torch.linalg.vector_norm}),
        (Module, {name: getattr(Module, name) for name in _OF_MODULES}),
        (Tensor, _of_tensor),
    ],
    _hiding,
)


@contextlib.contextmanager
def pristine_torch() -> Iterator[None]:
    """Inside, torch is as it was imported, for every thread: no operation of a program may run meanwhile."""
    TORCH.take()
    try:
        yield
    finally:
        TORCH.give()
