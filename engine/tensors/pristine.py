"""Torch as it was imported. A program may patch `torch.Tensor` and `torch`; what the engine shows is read without that.

The program's patches stay, as in a notebook, and are in force whenever its own code runs.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from torch.nn import Module

_MISSING = object()
_OF_TORCH = (
    *("Tensor", "Generator", "nn", "linalg", "autograd", "no_grad", "is_grad_enabled", "_neg_view", "add", "cat"),
    *("aminmax", "amax", "amin", "mean", "std", "arange", "empty", "zeros", "unravel_index", "set_grad_enabled"),
)
_OF_MODULES = ("parameters", "named_parameters", "modules", "named_modules")


class Pristine:
    """Takes the patches out while anybody needs torch as it was. From any thread."""

    def __init__(self) -> None:
        self._renew_lock()
        os.register_at_fork(after_in_child=self._renew_lock)
        self._n_users = 0
        self._patches: list[tuple[Any, str, Any]] = []  # taken out, and to be put back
        constants = [name for name, value in vars(torch).items() if isinstance(value, torch.dtype | torch.layout)]
        self._kept = [
            (torch, {name: getattr(torch, name) for name in (*_OF_TORCH, *constants)}),
            (torch.linalg, {"vector_norm": torch.linalg.vector_norm}),
            (Module, {name: getattr(Module, name) for name in _OF_MODULES}),
            (Tensor, {name: value for name, value in vars(Tensor).items() if name not in _OF_EVERY_CLASS}),
        ]

    def _renew_lock(self) -> None:
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def torch(self) -> Iterator[None]:
        """Inside, torch is as it was imported, for every thread: no operation of a program may run meanwhile."""
        self.take()
        try:
            yield
        finally:
            self.give()

    def take(self) -> None:
        """From here on torch is as it was, until as many calls of `give`."""
        with self._lock:
            self._n_users += 1
            if self._n_users == 1:
                self._patches = [*self._replaced(), *self._added()]
                for owner, name, _ in self._patches:
                    _put(owner, name, self._original(owner, name))

    def give(self) -> None:
        """The program's patches are back, once nobody needs torch as it was."""
        with self._lock:
            self._n_users -= 1
            if self._n_users == 0:
                for owner, name, theirs in self._patches:
                    if vars(owner).get(name, _MISSING) is self._original(owner, name):  # else it was patched meanwhile
                        _put(owner, name, theirs)
                self._patches = []

    def _original(self, owner: Any, name: str) -> Any:
        return next(kept for known, kept in self._kept if known is owner).get(name, _MISSING)

    def _replaced(self) -> Iterator[tuple[Any, str, Any]]:
        for owner, kept in self._kept:
            live = vars(owner)
            for name, value in kept.items():
                if live.get(name, _MISSING) is not value:
                    yield owner, name, live.get(name, _MISSING)

    def _added(self) -> Iterator[tuple[Any, str, Any]]:
        """Names of `torch.Tensor` that hide those of the class below it."""
        kept = self._kept[-1][1]
        if len(vars(Tensor)) != len(kept) + len(_OF_EVERY_CLASS):
            for name, theirs in list(vars(Tensor).items()):
                if name not in kept and name not in _OF_EVERY_CLASS and hasattr(torch._C.TensorBase, name):
                    yield Tensor, name, theirs


_OF_EVERY_CLASS = frozenset({"__dict__", "__weakref__", "__doc__", "__module__"} & vars(Tensor).keys())


def _put(owner: Any, name: str, value: Any) -> None:
    if value is _MISSING:
        delattr(owner, name)
    else:
        setattr(owner, name, value)


PRISTINE = Pristine()
