"""The `.grad`s that a stepped output may write, so that they can come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import torch
from torch import Tensor

from engine.tensors import native


class SavedGrads:
    """Puts a copy in the place of each `.grad`, for the engine adds to it in place.

    `leaves` are the tensors that the pass accumulates into; of `namespace`, tensors that retain their gradient.
    """

    def __init__(self, leaves: Iterable[Tensor], namespace: Mapping[str, Any]) -> None:
        self._found: list[tuple[Tensor, Tensor | None]] = []
        with torch._C.DisableTorchFunction(), torch.no_grad():
            for leaf in leaves:
                found = native.grad(leaf)
                self._found.append((leaf, found))
                if found is not None:
                    native.set_grad(leaf, native.clone(found))
            for value in dict(namespace).values():
                # The engine replaces a retained gradient, it does not write into it.
                if issubclass(type(value), Tensor) and _is_retained(value):
                    self._found.append((value, native.grad(value)))

    def restore(self) -> None:
        """The same objects as before, with the values that they had."""
        with torch._C.DisableTorchFunction():
            for tensor, found in self._found:
                native.set_grad(tensor, found)
        self._found = []

    def commit(self) -> None:
        """Keep the new values, in the tensors that were there before, as backward() would have."""
        with torch._C.DisableTorchFunction(), torch.no_grad():
            for tensor, found in self._found:
                new = native.grad(tensor)
                if found is not None and native.is_leaf(tensor) and new is not None:
                    native.copy_(found, new)
                    native.set_grad(tensor, found)
        self._found = []


def _is_retained(tensor: Tensor) -> bool:
    return not native.is_stale(tensor) and bool(native.retains_grad(tensor)) and not native.is_leaf(tensor)
