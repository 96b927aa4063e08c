"""The `.grad`s that a stepped output may write, so that they can come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import torch
from torch import Tensor


class SavedGrads:
    """Puts a copy in the place of each `.grad`, for the engine adds to it in place.

    `leaves` are the tensors that the pass accumulates into; of `namespace`, tensors that retain their gradient.
    """

    def __init__(self, leaves: Iterable[Tensor], namespace: Mapping[str, Any]) -> None:
        self._found: list[tuple[Tensor, Tensor | None]] = []
        for leaf in leaves:
            found = leaf.grad
            self._found.append((leaf, found))
            if found is not None:
                leaf.grad = found.detach().clone()
        for value in dict(namespace).values():
            # The engine replaces a retained gradient, it does not write into it.
            if isinstance(value, Tensor) and value.retains_grad and not value.is_leaf:
                self._found.append((value, value.grad))

    def restore(self) -> None:
        """The same objects as before, with the values that they had."""
        for tensor, found in self._found:
            tensor.grad = found
        self._found = []

    def commit(self) -> None:
        """Keep the new values, in the tensors that were there before, as backward() would have."""
        with torch.no_grad():
            for tensor, found in self._found:
                if found is not None and tensor.is_leaf and tensor.grad is not None:
                    found.copy_(tensor.grad)
                    tensor.grad = found
        self._found = []
