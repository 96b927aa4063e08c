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


def _as_strided_scatter(x: Tensor, src: Tensor, size: Any, stride: Any, storage_offset: int | None = None) -> Tensor:
    """As torch.as_strided_scatter, whose derivative by `x` is that of the cells that are written over."""
    made = x.clone()
    made.as_strided(size, stride, storage_offset).copy_(src)
    return made


def _bincount(x: Tensor, weights: Tensor | None = None, minlength: int = 0) -> Tensor:
    """As torch.bincount, which has no derivative by the weights."""
    if weights is None:
        return torch.bincount(x, minlength=minlength)
    n_bins = max(minlength, int(x.max()) + 1) if x.numel() else minlength
    return weights.new_zeros(n_bins).index_add(0, x, weights)


def _scatter(x: Tensor, dim: int, index: Tensor, src: Any = None, *, value: Any = None, reduce: str = "") -> Tensor:
    """As torch.scatter, which has no derivative where it adds or multiplies."""
    given = value if src is None else src
    if not reduce:
        return torch.scatter(x, dim, index, given)
    given = given if isinstance(given, Tensor) else x.new_full(index.shape, given)
    return x.scatter_reduce(dim, index, given, "prod" if reduce == "multiply" else "sum")


def _unique(x: Tensor, *_options: Any, dim: int | None = None, **_named: Any) -> Tensor:
    """As torch.unique: each number of the result is all those of `x` that are equal to it."""
    if dim is not None:
        raise NotImplementedError
    return _of_equals(x, *torch.unique(x.detach(), return_inverse=True, return_counts=True)[1:])


def _unique_consecutive(x: Tensor, *_options: Any, dim: int | None = None, **_named: Any) -> Tensor:
    """As torch.unique_consecutive, in the same way."""
    if dim is not None:
        raise NotImplementedError
    return _of_equals(x, *torch.unique_consecutive(x.detach(), return_inverse=True, return_counts=True)[1:])


def _of_equals(x: Tensor, places: Tensor, counts: Tensor) -> Tensor:
    return x.new_zeros(len(counts)).index_add(0, places.reshape(-1), x.reshape(-1)) / counts


def _cond(A: Tensor, p: int | float | str | None = None) -> Tensor:
    """As torch.linalg.cond, whose derivative is refused where it calls others for the norm of the inverse."""
    if p in (None, 2, -2):
        return torch.linalg.cond(A, p)
    return torch.linalg.matrix_norm(A, p) * torch.linalg.matrix_norm(torch.linalg.inv(A), p)


def _matrix_rank(A: Tensor, *_options: Any, **_named: Any) -> Tensor:
    """As torch.linalg.matrix_rank, a count of all that is in a matrix."""
    return A.sum((-2, -1))


def _slogdet(A: Tensor) -> tuple[Tensor, Tensor]:
    """As torch.linalg.slogdet; the sign is that of the determinant, and a step has no derivative."""
    return torch.linalg.det(A), torch.linalg.slogdet(A).logabsdet


_EQUIVALENTS: Mapping[str, Callable[..., Any]] = MappingProxyType({
    "batch_norm": _batch_norm, "isin": _isin, "vander": _vander, "as_strided_scatter": _as_strided_scatter,
    "bincount": _bincount, "scatter": _scatter, "scatter_": _scatter, "unique": _unique,
    "unique_consecutive": _unique_consecutive, "linalg_cond": _cond, "linalg_matrix_rank": _matrix_rank,
    "matrix_rank": _matrix_rank, "linalg_slogdet": _slogdet, "slogdet": _slogdet,
    **dict.fromkeys(("any", "all", "count_nonzero"), torch.sum),
})  # fmt: skip
