"""Records of distances and lengths, of running and joint reductions, and of losses over sequences."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.reductions import reduced_dims, restored
from engine.autograd.rules.rule import Operand, pointwise, whole
from engine.autograd.rules.values import MissingError

_DISTANCE = (
    "Each point is pulled along the line to the other, one of each pair to either side. Where two are equal a distance "
    "has no derivative, and they get 0."
)


def _slopes(difference: Tensor, distance: Tensor, p: float) -> Tensor:
    """Of a p-norm by the components of a difference; 0 where that is 0."""
    if p == 1:
        return difference.sgn()
    if math.isinf(p):
        return difference.sgn() * (difference.abs() == distance)
    return torch.where(distance == 0, 0.0, difference.sgn() * (difference.abs() / distance) ** (p - 1))


def _of_first(v: Any) -> Tensor:
    if v.p == 0:
        raise NotImplementedError
    difference = v.x1.unsqueeze(-2) - v.x2.unsqueeze(-3)
    return (v.g.unsqueeze(-1) * _slopes(difference, v.result.unsqueeze(-1), v.p)).sum(-2)


def _of_second(v: Any) -> Tensor:
    if v.p == 0:
        raise NotImplementedError
    difference = v.x2.unsqueeze(-3) - v.x1.unsqueeze(-2)
    return (v.g.unsqueeze(-1) * _slopes(difference, v.result.unsqueeze(-1), v.p)).sum(-3)


def _of_pairs(v: Any) -> Tensor:
    if v.p == 0:
        raise NotImplementedError
    first, second = torch.triu_indices(len(v.self), len(v.self), 1, device=v.g.device)
    difference = v.self[first] - v.self[second]
    each = v.g.unsqueeze(-1) * _slopes(difference, v.result.unsqueeze(-1), v.p)
    return torch.zeros_like(v.self).index_add(0, first, each).index_add(0, second, -each)


def _distance(v: Any) -> Tensor:
    if v.p == 0:
        raise NotImplementedError
    return v.g * _slopes(v.self - v.other, v.result, v.p)


def _other_dims(v: Any) -> list[int]:
    return [dim for dim in range(v.v.dim()) if dim != v.dim % v.v.dim()]


def _lengths(v: Any) -> Tensor:
    """Of the directions, measured again where the node has let go of them."""
    try:
        found: Tensor = v.result1
    except MissingError:
        found = torch.linalg.vector_norm(v.v, dim=_other_dims(v), keepdim=True)
    return found


def _along(v: Any) -> Tensor:
    """How far what arrives points along each direction."""
    return (v.arriving[0] * v.v).sum(_other_dims(v), keepdim=True) / _lengths(v)


def _direction(v: Any) -> Tensor:
    scale: Tensor = v._read("g").detach().to(v.v.dtype)
    return scale / _lengths(v) * (v.arriving[0] - _along(v) * v.v / _lengths(v))


def _logarithms(v: Any) -> Tensor:
    """From the end on: each element is in its own sum and in all later ones."""
    if not v.shape:
        return v.g
    dim = v.dim
    return torch.exp(v.self) * (v.g * torch.exp(-v.result)).flip(dim).cumsum(dim).flip(dim)


def _extremes(v: Any) -> Tensor:
    found = torch.zeros_like(v.self)
    every = None if v.dim is None else [v.dim]
    dims = tuple(range(v.self.dim())) if every is None else tuple(every)
    for arriving, extreme in zip(v.arriving, (v.min, v.max), strict=True):
        if arriving is None:
            continue
        is_whole = v.keepdim or not v.self.dim() or every is None
        back, value = (one if is_whole else one.unsqueeze(v.dim) for one in (arriving, extreme))
        is_it = v.self == value
        found = found + back * is_it / is_it.sum(dims, keepdim=True)
    return found


def _deviation_and_mean(v: Any) -> Tensor:
    deviation, mean = v.arriving
    dims = reduced_dims(v)
    n = math.prod(v.shape[dim] for dim in dims)
    found = torch.zeros_like(v.self)
    if deviation is not None:
        n_freedom = n - (1 if v.correction is None else v.correction)
        centred = v.self - v.self.mean(dims, keepdim=True)
        found = found + restored(deviation / v.result0, v) * centred / n_freedom
    return found if mean is None else found + restored(mean, v) / n


def _alignments(v: Any) -> Tensor:
    """PyTorch's own backward kernel, of the scores that it kept, or computes again, times what arrives for each
    sequence."""
    with torch.no_grad():
        given = v.log_probs, v.targets, list(v.input_lengths), list(v.target_lengths)
        try:
            losses, scores = v.result0, v.result1
        except MissingError:
            losses, scores = torch.ops.aten._ctc_loss(*given, v.blank, v.zero_infinity)
        each = torch.ops.aten._ctc_loss_backward(
            torch.ones_like(v.g), *given, losses, scores, v.blank, v.zero_infinity
        )  # fmt: skip
    return each * v.g.reshape(-1, 1)


def _margins(v: Any) -> Tensor:
    scores = v.self if v.self.dim() == 2 else v.self.unsqueeze(0)
    target = v.target.reshape(-1, 1)
    missing = v.margin - scores.gather(1, target) + scores
    slope = v.p * missing.clamp(min=0) ** (v.p - 1) * (missing > 0) / scores.shape[1]
    slope = slope if v.weight is None else slope * v.weight[target]
    slope = slope.scatter(1, target, 0.0)
    slope = slope.scatter(1, target, -slope.sum(1, keepdim=True))
    arriving = v.g.reshape(-1, 1) / (len(scores) if v.reduction == 1 else 1)
    return (arriving * slope).reshape(v.shape)


def _slope_drawn(v: Any) -> Tensor:
    if not v.training:
        raise NotImplementedError
    found: Tensor = v.noise
    return found


RULES = (
    whole("Cdist0", r"@y_{i j} = \|@p_i - @q_j\|", _DISTANCE,
          Operand("p", r"\sum_j @g_{i j} \frac{@p_i - @q_j}{@y_{i j}}", _of_first),
          Operand("q", r"\sum_i @g_{i j} \frac{@q_j - @p_i}{@y_{i j}}", _of_second), p="x1", q="x2", y="result"),
    whole("Pdist0", r"@y_{i j} = \|@x_i - @x_j\|", _DISTANCE,
          Operand("x", r"\sum_j @g_{i j} \frac{@x_i - @x_j}{@y_{i j}}", _of_pairs), x="self", y="result"),
    whole("Dist0", r"@y = \|@p - @q\|", _DISTANCE,
          Operand("p", r"@g \cdot \frac{@p - @q}{@y}", _distance),
          Operand("q", r"@g \cdot \frac{@q - @p}{@y}", lambda v: -_distance(v)), p="self", q="other", y="result"),
    whole("WeightNormInterface0", r"@y = @w \frac{@v}{\|@v\|}",
          "Length and direction of a weight are learnt apart. The length gets the part of the gradient along the "
          "direction, and the direction the rest, so that its own length changes nothing.",
          Operand("v", r"\frac{@w}{\|@v\|} \left(@g - \frac{@g \cdot @v}{\|@v\|^2}\, @v\right)", _direction),
          Operand("w", r"\frac{@g \cdot @v}{\|@v\|}", _along), v="v", w="g"),
    whole("Logcumsumexp0", r"@y_i = \ln \sum_{k \leq i} e^{@x_k}",
          "An element is in its own sum and in all later ones. Of each it gets its share, as of a softmax.",
          Operand("x", r"\sum_{j \geq i} @g_j\, e^{@x_i - @y_j}", _logarithms), x="self", y="result"),
    whole("Aminmax0", r"@y = (\min @x,\, \max @x)",
          "Only the two extreme elements decide the output, so they alone get the gradients. Elements that are equal "
          "share them.",
          Operand("x", r"@g \text{ at the smallest and at the largest}", _extremes), x="self"),
    whole("StdMean0", r"@y = \mathrm{std}(@x), \overline{@x}",
          "The spread counts an element as far as it lies from the mean. The mean counts each one N-th.",
          Operand("x", r"\frac{\partial L}{\partial\, \mathrm{std}} \cdot \frac{@x - \overline{@x}}{(N - c)\, "
                       r"\mathrm{std}} + \frac{\partial L}{\partial\, \overline{@x}} \cdot \frac{1}{N}",
                  _deviation_and_mean), x="self"),
    whole("CtcLoss0", r"@y = -\ln \sum_{\text{paths}} \prod_t e^{@x_{t, \text{path}_t}}",
          "Every way to spell the target counts, by its probability. Where a symbol is on more of them than the scores "
          "say, its gradient is negative, so that it grows.",
          Operand("x", r"@g \cdot (e^{@x} - \text{the share of the paths through it})", _alignments), x="log_probs"),
    whole("MultiMarginLoss0", r"@y = \frac{1}{C} \sum_{j \neq t} \max(0,\, m - @x_t + @x_j)^p",
          "Each class that comes too near the right one is pushed down, and the right one up as often. All others get "
          "0.",
          Operand("x", r"\pm\frac{@g}{C} [\,m - @x_t + @x_j > 0\,]", _margins), x="self"),
    pointwise("RreluWithNoise0", r"@y = @x \cdot r",
              "A ReLU whose slope below zero was drawn at random. The gradient is multiplied by the slope that was "
              "drawn.",
              Operand("x", r"@g \cdot @r", lambda v: v.g * _slope_drawn(v)), r="noise"),
)  # fmt: skip
