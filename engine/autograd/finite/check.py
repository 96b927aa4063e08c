"""Whether a tensor is finite, as cheaply as that can be known. Nothing of it is seen by autograd, a mode or a profile.

A sum is read first, which only what is not finite, or too large to add up, leaves in doubt; then the extremes are read.
Neither makes a tensor as large, nor asks for a random number. On a device it waits for the operation, once for all
tensors that are asked for together.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch._C import TensorBase
from torch.autograd import forward_ad

from engine.tensors import native, observing
from engine.tensors.observing import below_autograd
from engine.tensors.unseen import is_alone

_sum, _item, _numel, _aminmax = TensorBase.sum, TensorBase.item, TensorBase.numel, TensorBase.aminmax
_isfinite = math.isfinite
_is_autocast = torch._C._is_any_autocast_enabled
_is_grad_enabled, _set_grad_enabled = torch.is_grad_enabled, torch._C._set_grad_enabled
# Added up by the sum in their own range, which a float16 soon leaves.
_ADDED = frozenset({torch.float32, torch.float64, torch.bfloat16})
_COMPLEX = frozenset({torch.complex64, torch.complex128})
_CHECKED = _ADDED | _COMPLEX | {torch.float16}
_keys_of = torch._C._dispatch_keys
_has_numbers: dict[int, bool] = {}  # by the dispatch keys of a tensor


class Extremes(NamedTuple):
    """What a tensor holds that is not finite, and its least and largest number (NaN where it holds one)."""

    has_nan: bool
    has_inf: bool
    low: float
    high: float

    @property
    def is_finite(self) -> bool:
        """Whether it holds neither NaN nor Inf."""
        return not (self.has_nan or self.has_inf)


def can_be_checked(tensor: Tensor) -> bool:
    """Whether it has numbers of its own that may be something else than finite. Inside `quiet`."""
    return native.dtype(tensor) in _CHECKED and has_numbers(tensor)


def has_numbers(tensor: Tensor) -> bool:
    """Whether its elements lie in a memory of its own, one after the other, where none of a program's code is asked."""
    keys = _keys_of(tensor).raw_repr()
    known = _has_numbers.get(keys)
    if known is None:
        known = _has_numbers[keys] = _is_dense(tensor)
    return known


def _is_dense(tensor: Tensor) -> bool:
    return (
        native.layout(tensor) is torch.strided
        and not native.dispatches(tensor)
        and not native.is_meta(tensor)
        and not native.is_nested(tensor)
        and not native.is_batched(tensor)
        and not torch._C._functorch.is_functorch_wrapped_tensor(tensor)
        and not torch._is_functional_tensor(tensor)
    )


def all_finite(tensors: list[Tensor]) -> bool:
    """True also of what cannot be checked. Inside `quiet`."""
    checked = [tensor for tensor in tensors if can_be_checked(tensor)]
    if not checked:
        return True
    with below_autograd():
        if len(checked) > 1 and any(map(waits, checked)):
            checked = _left_in_doubt(checked)
        return all(map(_is_finite, checked))


def is_surely_finite(tensor: Tensor) -> bool:
    """Whether a tensor of torch's own class is finite, where one sum says so and nothing in force would see that. False
    says nothing. Half as dear as `all_finite`, and outside of `quiet`: it is on the path of each operation."""
    if not is_alone() or _is_autocast() or forward_ad._current_level >= 0:
        return False
    if native.dtype(tensor) not in _ADDED or not has_numbers(tensor):
        return False
    was_graded, was_observed = _is_grad_enabled(), observing.is_on()
    observing.turn_off()
    _set_grad_enabled(False)
    try:
        return _isfinite(_item(_sum(tensor)))
    finally:
        _set_grad_enabled(was_graded)
        if was_observed:
            observing.turn_on()


def waits(tensor: Tensor) -> bool:
    """Whether the program waits for a device where a number of the tensor is read."""
    return not native.is_cpu(tensor)


def _left_in_doubt(tensors: list[Tensor]) -> list[Tensor]:
    """All but those on a device of which one number, read once for all of a dtype, says that they are finite."""
    together: dict[tuple[torch.device, torch.dtype], list[Tensor]] = {}
    left = []
    for tensor in tensors:
        dtype = native.dtype(tensor)
        if dtype in _ADDED and waits(tensor):
            together.setdefault((tensor.device, dtype), []).append(tensor)
        else:
            left.append(tensor)
    for group in together.values():
        if not _isfinite(_item(_sum(torch.stack([_sum(tensor) for tensor in group])))):
            left += group
    return left


def extremes(tensor: Tensor) -> Extremes:
    """Finite ones of what cannot be checked. Inside `quiet`."""
    if not can_be_checked(tensor):
        return Extremes(False, False, 0.0, 0.0)
    with below_autograd():
        return _extremes(tensor)


def _is_finite(tensor: Tensor) -> bool:
    dtype = native.dtype(tensor)
    if dtype in _ADDED:
        if _numel(tensor) == 1:
            return _isfinite(_item(tensor))
        return _isfinite(_item(_sum(tensor))) or _extremes(tensor).is_finite
    if dtype in _COMPLEX:
        total: complex = _item(_sum(tensor))
        return (_isfinite(total.real) and _isfinite(total.imag)) or _extremes(tensor).is_finite
    return not _numel(tensor) or _extremes(tensor).is_finite


def _extremes(tensor: Tensor) -> Extremes:
    if not _numel(tensor):
        return Extremes(False, False, 0.0, 0.0)
    numbers: Any = torch.view_as_real(tensor.resolve_conj()) if native.is_complex(tensor) else tensor
    low, high = (_item(one) for one in _aminmax(numbers))
    if math.isnan(low):
        return Extremes(True, bool(_item(torch.isinf(numbers).any())), low, high)
    return Extremes(False, math.isinf(low) or math.isinf(high), low, high)
