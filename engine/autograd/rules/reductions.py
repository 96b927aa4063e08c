"""Records of reductions: sums, means, products, norms, extremes, and running sums."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.rule import Operand, whole

_CHOSEN = "The gradient goes to the elements that were chosen. All others get none."
_SPREAD = (
    "Only the extreme element decides the output, so it alone gets the gradient. Elements that are equal share it."
)


def reduced_dims(v: Any) -> tuple[int, ...]:
    """The dims that were reduced, as numbers from 0; all of them where none is named."""
    n_dims, dims = len(v.shape), v.dim
    if dims is None or (isinstance(dims, Sequence) and not dims):
        return tuple(range(n_dims))
    dims = dims if isinstance(dims, Sequence) else (dims,)
    return tuple(sorted({dim % max(n_dims, 1) for dim in dims}))


def restored(reduced: Tensor, v: Any) -> Tensor:
    """A reduced tensor with its dims back, of size 1."""
    if v.keepdim or not v.shape:
        return reduced
    for dim in reduced_dims(v):
        reduced = reduced.unsqueeze(dim)
    return reduced


def _spread(v: Any) -> Tensor:
    return restored(v.g, v).expand(v.shape)


def _mean(v: Any) -> Tensor:
    return _spread(v) / math.prod(v.shape[dim] for dim in reduced_dims(v))


def _shared(v: Any) -> Tensor:
    is_extreme = restored(v.result, v) == v.self
    return restored(v.g, v) * is_extreme / is_extreme.sum(reduced_dims(v), keepdim=True)


def _shared_by_all(v: Any) -> Tensor:
    is_extreme = v.self.isnan() if bool(v.result.isnan()) else v.self == v.result
    return v.g * is_extreme / is_extreme.sum()


def _chosen(v: Any, keepdim: bool | None = None) -> Tensor:
    """To the elements at the saved indices along a dim."""
    gradient, indices, dim = v.g, v.indices, v.dim
    if not v.shape:
        return gradient
    if keepdim is None and not v.keepdim:
        gradient, indices = gradient.unsqueeze(dim), indices.unsqueeze(dim)
    return torch.zeros(v.shape, dtype=gradient.dtype, device=gradient.device).scatter_add(dim, indices, gradient)


def _others(x: Tensor, dim: int) -> Tensor:
    """The product of all elements but one, of each: from both sides, so that a zero divides nothing."""
    ones = torch.ones_like(x.narrow(dim, 0, 1))
    before = torch.cat([ones, x.narrow(dim, 0, x.shape[dim] - 1)], dim).cumprod(dim)
    after = torch.cat([ones, x.flip(dim).narrow(dim, 0, x.shape[dim] - 1)], dim).cumprod(dim).flip(dim)
    return before * after


def _variance(v: Any, gradient: Tensor) -> Tensor:
    dims = reduced_dims(v)
    n_freedom = math.prod(v.shape[dim] for dim in dims) - (1 if v.correction is None else v.correction)
    return 2 / n_freedom * restored(gradient, v) * (v.self - v.self.mean(dims, keepdim=True))


def _deviation(v: Any) -> Tensor:
    return _variance(v, torch.where(v.result == 0, 0.0, v.g / (2 * v.result)))


def _variance_and_mean(v: Any) -> Tensor:
    variance, mean = v.arriving
    dims = reduced_dims(v)
    parts = [] if variance is None else [_variance(v, variance)]
    if mean is not None:
        parts.append(restored(mean, v).expand(v.shape) / math.prod(v.shape[dim] for dim in dims))
    return sum(parts[1:], parts[0])


def _norm(v: Any, order: Any) -> Tensor:
    x, gradient, norm = v.self, restored(v.g, v), restored(v.result, v)
    if order == 0:
        return torch.zeros_like(x)
    if order == 1:
        return gradient * x.sgn()
    if math.isinf(order):
        is_extreme = x.abs() == norm
        return gradient * x.sgn() * is_extreme / is_extreme.sum(reduced_dims(v), keepdim=True)
    scaled = x * x.abs() ** (order - 2) if order != 2 else x
    scaled = torch.where(x == 0, 0.0, scaled) if order < 2 else scaled
    return torch.where(norm == 0, 0.0, gradient * scaled / norm ** (order - 1))


def _norm_of_all(v: Any) -> Tensor:
    v.__dict__.update(dim=None, keepdim=False)
    return _norm(v, v.p)


def _cumprod(v: Any) -> Tensor:
    """Each element is in all outputs from its own place on: the product of the others, by place of the output."""
    x, dim = v.self, v.dim
    if not x.shape:
        return v.g
    n = x.shape[dim]
    moved, gradient = x.movedim(dim, -1), v.g.movedim(dim, -1)
    is_in = torch.ones(n, n, dtype=torch.bool, device=x.device).tril()
    rows = torch.where(is_in, moved.unsqueeze(-2), 1.0)  # (…, output, element)
    jacobian = torch.where(is_in, _others(rows, -1), 0.0)
    return (gradient.unsqueeze(-2) @ jacobian).squeeze(-2).movedim(-1, dim)


RULES = (
    whole(
        "Sum0", r"@y = \sum_i @x_i", "Every element of a sum counts once. Each gets the one number that arrives.",
        Operand("x", "@g", lambda v: v.g.expand(v.shape)),
    ),
    whole(
        "Sum1", r"@y = \sum_{\text{dims}} @x",
        "Every element of a sum counts once. Each gets the gradient of the sum that it went into.",
        Operand("x", "@g", _spread),
    ),
    whole(
        "Nansum0", r"@y = \sum_{\text{dims}} @x \text{ without NaN}",
        "Each element gets the gradient of the sum that it went into. A NaN was left out, and gets none.",
        Operand("x", r"@g \cdot [\,@x \text{ is a number}\,]", lambda v: _spread(v) * ~v.self.isnan()), x="self",
    ),
    whole(
        "Mean0", r"@y = \frac{1}{N} \sum_i @x_i",
        "Each of N elements counts one N-th. The number that arrives is parted among them.",
        Operand("x", r"@g \cdot \frac{1}{N}", lambda v: v.g.expand(v.shape) / math.prod(v.shape)),
    ),
    whole(
        "Mean1", r"@y = \frac{1}{N} \sum_{\text{dims}} @x",
        "Each of N elements counts one N-th. The gradient of a mean is parted among what it was taken of.",
        Operand("x", r"@g \cdot \frac{1}{N}", _mean),
    ),
    whole(
        "Prod0", r"@y = \prod_i @x_i",
        "Each factor counts as much as the product of all the others. A zero leaves a gradient only to itself.",
        Operand("x", r"@g \cdot \prod_{k \neq i} @x_k", lambda v: v.g * _others(v.self.flatten(), 0).view(v.shape)),
        x="self",
    ),
    whole(
        "Prod1", r"@y = \prod_{\text{dim}} @x",
        "Each factor counts as much as the product of all the others. A zero leaves a gradient only to itself.",
        Operand("x", r"@g \cdot \prod_{k \neq i} @x_k", lambda v: restored(v.g, v) * _others(v.self, v.dim)), x="self",
    ),
    whole("Amax0", r"@y = \max_{\text{dims}} @x", _SPREAD, Operand("x", r"@g \cdot [\,@x = @y\,] / n", _shared),
          x="self", y="result"),
    whole("Amin0", r"@y = \min_{\text{dims}} @x", _SPREAD, Operand("x", r"@g \cdot [\,@x = @y\,] / n", _shared),
          x="self", y="result"),
    whole("Max1", r"@y = \max_i @x_i", _SPREAD, Operand("x", r"@g \cdot [\,@x = @y\,] / n", _shared_by_all),
          x="self", y="result"),
    whole("Min1", r"@y = \min_i @x_i", _SPREAD, Operand("x", r"@g \cdot [\,@x = @y\,] / n", _shared_by_all),
          x="self", y="result"),
    whole("Median0 Nanmedian0", r"@y = \mathrm{median}_i\, @x_i", _SPREAD,
          Operand("x", r"@g \cdot [\,@x = @y\,] / n", _shared_by_all), x="self", y="result"),
    whole("Max0 Min0 Median1 Nanmedian1 Kthvalue0 Mode0", r"@y = @x \text{ at the chosen place of each row}", _CHOSEN,
          Operand("x", r"@g \text{ at the saved indices}, 0 \text{ elsewhere}", _chosen)),
    whole("Topk0 Sort0 Sort1", r"@y = @x \text{ in the order of the saved indices}", _CHOSEN,
          Operand("x", r"@g \text{ at the saved indices}, 0 \text{ elsewhere}", lambda v: _chosen(v, True))),
    whole("Cummax0 Cummin0", r"@y_i = \text{the extreme of } @x_1 \ldots @x_i", _CHOSEN,
          Operand("x", r"@g \text{ at the saved indices}, 0 \text{ elsewhere}", lambda v: _chosen(v, True))),
    whole(
        "Var0", r"@y = \frac{1}{N - c} \sum_i (@x_i - \overline{@x})^2",
        "An element counts as far as it lies from the mean. At the mean it gets none.",
        Operand("x", r"@g \cdot \frac{2}{N - c} (@x - \overline{@x})", lambda v: _variance(v, v.g)), x="self",
    ),
    whole(
        "Std0", r"@y = \sqrt{\frac{1}{N - c} \sum_i (@x_i - \overline{@x})^2}",
        "An element counts as far as it lies from the mean, measured in deviations. At the mean it gets none.",
        Operand("x", r"@g \cdot \frac{@x - \overline{@x}}{(N - c)\, @y}", _deviation), x="self", y="result",
    ),
    whole(
        "VarMean0", r"@y = \mathrm{var}(@x), \overline{@x}",
        "The variance counts an element as far as it lies from the mean. The mean counts each one N-th.",
        Operand("x", r"\frac{\partial L}{\partial\, \mathrm{var}} \cdot \frac{2}{N - c} (@x - \overline{@x}) "
                     r"+ \frac{\partial L}{\partial\, \overline{@x}} \cdot \frac{1}{N}", _variance_and_mean),
        x="self",
    ),
    whole(
        "LinalgVectorNorm0", r"@y = \|@x\|_p",
        "The gradient points along the vector itself. Of the usual norm each element gets its share of the length.",
        Operand("x", r"@g \cdot \frac{@x\, |@x|^{p-2}}{@y^{p-1}}", lambda v: _norm(v, v.ord)), x="self", y="result",
    ),
    whole(
        "Norm0 Norm2", r"@y = \|@x\|_p",
        "The gradient points along the vector itself. Of the usual norm each element gets its share of the length.",
        Operand("x", r"@g \cdot \frac{@x\, |@x|^{p-2}}{@y^{p-1}}", _norm_of_all), x="self", y="result",
    ),
    whole(
        "Norm1 Norm3", r"@y = \|@x\|_p",
        "The gradient points along the vector itself. Of the usual norm each element gets its share of the length.",
        Operand("x", r"@g \cdot \frac{@x\, |@x|^{p-2}}{@y^{p-1}}", lambda v: _norm(v, 2 if v.p is None else v.p)),
        x="self", y="result",
    ),
    whole(
        "Logsumexp0", r"@y = \ln \sum_k e^{@x_k}",
        "A smooth maximum: each element gets its softmax share of the gradient.",
        Operand("x", r"@g \cdot e^{@x - @y}", lambda v: restored(v.g, v) * torch.exp(v.self - restored(v.result, v))),
        x="self", y="result",
    ),
    whole(
        "Cumsum0", r"@y_i = \sum_{k \leq i} @x_k",
        "An element is in its own sum and in all later ones. It gets the sum of their gradients.",
        Operand("x", r"\sum_{k \geq i} \frac{\partial L}{\partial @y_k}",
                lambda v: v.g.flip(v.dim).cumsum(v.dim).flip(v.dim) if v.shape else v.g),
    ),
    whole(
        "Cumprod0", r"@y_i = \prod_{k \leq i} @x_k",
        "A factor is in its own product and in all later ones. It counts in each as much as the others there.",
        Operand("x", r"\sum_{j \geq i} \frac{\partial L}{\partial @y_j} \prod_{k \leq j, k \neq i} @x_k", _cumprod),
        x="self",
    ),
)  # fmt: skip
