"""What the nodes of a held pass had saved, as far as it is small: the pass frees it, and the person asks later."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.autograd.saved import saved_by_name
from engine.autograd.snapshot import can_alias
from engine.tensors import native

_is_wrapped = torch._C._functorch.is_functorch_wrapped_tensor
_MOST_BYTES = 16 << 10  # of one tensor: up to here a copy is as cheap as a reference
_MOST_BYTES_TOGETHER = 16 << 20


class SmallSaved:
    """Copies, by node and by PyTorch's own name. Inside `Unseen`."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, str], Any] = {}
        self._n_bytes = 0

    def keep(self, index: int, node: GradFn) -> None:
        """Of a node that is about to run; nothing of one that cannot tell what it saved."""
        try:
            self._keep(index, node)
        except RuntimeError:  # a custom Function's are freed already, or are those of a batch
            pass

    def _keep(self, index: int, node: GradFn) -> None:
        for name, variables in saved_by_name(node):
            is_list = isinstance(variables, tuple | list)
            found = [_small(variable) for variable in (variables if is_list else (variables,))]
            n_bytes = sum(native.nbytes(one) for one in found if one is not None)
            if any(one is not None for one in found) and self._n_bytes + n_bytes <= _MOST_BYTES_TOGETHER:
                self._n_bytes += n_bytes
                self._kept[index, name] = tuple(found) if is_list else found[0]

    def read(self, index: int, name: str) -> Any:
        """A tensor, or a list of them; None where it was not kept."""
        return self._kept.get((index, name))


def _small(variable: Any) -> Tensor | None:
    """None of what is large, freed, not given, inside of torch.func, or packed by hooks."""
    if variable.unpack_hook is not None or variable.data is None:
        return None
    if _is_wrapped(variable.data) or not can_alias(variable.data):
        return None
    bare = native.bare(variable.data)
    kept: Tensor | None = native.clone(bare) if native.nbytes(bare) <= _MOST_BYTES else None
    return kept
