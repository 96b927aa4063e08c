"""Forward-mode AD: what a dual tensor carries beside its value."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor
from torch.autograd import forward_ad

from engine.autograd.snapshot import can_alias

_unpack_dual = torch._C._VariableFunctions._unpack_dual


def tangents_of(tensors: Iterable[Tensor]) -> list[Tensor]:
    """The tangents of those that have one, which have a graph of their own. Nothing is recorded of the reading."""
    level = forward_ad._current_level
    if level < 0:
        return []
    was_enabled = torch.is_grad_enabled()
    torch._C._set_grad_enabled(False)  # else it would make a node
    try:
        with torch._C.DisableTorchFunction(), torch._C._DisableTorchDispatch():
            found = [_unpack_dual(tensor, level=level).tangent for tensor in tensors if can_alias(tensor)]
    finally:
        torch._C._set_grad_enabled(was_enabled)
    return [tangent for tangent in found if tangent is not None]
