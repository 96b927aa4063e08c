"""Functions that read and write the same cells as others of torch, and have a derivative by all that they read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor

from engine.autograd.operations.triangles import reading_one
from engine.autograd.operations.writing import SETITEM


def with_derivative(function: Any, name: str, result: Tensor) -> Any:
    """The function of that name, which made `result`, or one in its place that can be asked for a derivative."""
    if name == "one_hot":
        return lambda tensor, *_args, **_kwargs: tensor[..., None].expand(result.shape)  # a row is made of one number
    return _set if function is SETITEM else _EQUIVALENTS.get(name) or reading_one(function, name)


def _set(tensor: Tensor, index: Any, value: Any) -> Tensor:
    tensor[index] = value
    return tensor


def _batch_norm(
    x: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """As torch.nn.functional.batch_norm, of which torch has no derivative by the running statistics."""
    if training or running_mean is None or running_var is None:
        return torch.nn.functional.batch_norm(x, None, None, weight, bias, True, momentum, eps)
    shape = (1, -1, *(1,) * (x.dim() - 2))
    made = (x - running_mean.view(shape)) / (running_var.view(shape) + eps).sqrt()
    made = made if weight is None else made * weight.view(shape)
    return made if bias is None else made + bias.view(shape)


def _isin(elements: Any, test_elements: Any, **_options: bool) -> Tensor:
    """Each cell is looked for among all of `test_elements`."""
    return torch.as_tensor(elements) + torch.as_tensor(test_elements).sum()


def _vander(x: Tensor, N: int | None = None, increasing: bool = False) -> Tensor:
    """As torch.vander, whose derivative has been written over by the time that it is asked for."""
    powers = torch.linalg.vander(x, N=len(x) if N is None else N)
    return powers if increasing else powers.flip(-1)


_EQUIVALENTS: Mapping[str, Callable[..., Any]] = MappingProxyType({
    "batch_norm": _batch_norm, "isin": _isin, "vander": _vander,
    **dict.fromkeys(("any", "all", "count_nonzero"), torch.sum),
})  # fmt: skip
