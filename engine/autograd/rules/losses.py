"""Records of losses."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.rule import Operand, Part, whole

_NONE, _MEAN = 0, 1  # how PyTorch numbers reductions


def _per_element(v: Any, like: Tensor) -> Tensor:
    """What arrives for each element of the loss."""
    return v.g / like.numel() if v.reduction == _MEAN else v.g


def _mse(v: Any, sign: int) -> Tensor:
    return _per_element(v, v.self) * 2 * sign * (v.self - v.target)


def _smooth(v: Any, sign: int) -> Tensor:
    difference = v.self - v.target
    slope = difference.sgn() if v.beta == 0 else (difference / v.beta).clamp(-1, 1)
    return _per_element(v, v.self) * sign * slope


def _huber(v: Any, sign: int) -> Tensor:
    return _per_element(v, v.self) * sign * (v.self - v.target).clamp(-v.delta, v.delta)


def _nll(v: Any) -> Tensor:
    """Minus one (times the class's weight) at the target of each row, along the dim of classes."""
    classes = 1 if len(v.shape) > 1 else 0
    target = v.target.unsqueeze(classes) if v.target.dim() == len(v.shape) - 1 else v.target
    target = target.unsqueeze(0) if target.dim() < len(v.shape) else target
    is_counted = target != v.ignore_index
    target = torch.where(is_counted, target, 0)
    weight = is_counted.to(v.g.dtype) if v.weight is None else v.weight[target] * is_counted
    arriving = v.g if v.reduction != _NONE else v.g.unsqueeze(classes)
    if v.reduction == _MEAN:
        arriving = arriving / weight.sum()
    return v.g.new_zeros(v.shape).scatter_add(classes, target, (-arriving * weight).expand(target.shape))


def _nll_factors(v: Any, cell: tuple[int, ...]) -> tuple[Part | float, ...]:
    """Of the cell at a row's target; of every other none."""
    classes = 1 if len(v.shape) > 1 else 0
    row, own = cell[:classes] + cell[classes + 1 :], cell[classes]
    target = v.target.reshape(v.shape[:classes] + v.shape[classes + 1 :])
    is_counted = target != v.ignore_index
    if int(target[row]) != own or not is_counted[row] or (v.weight is not None and not v.weight[own]):
        return (Part("g", (torch.zeros(v.g.shape, dtype=torch.bool, device=v.g.device),)),)
    scale = -1.0
    if v.reduction == _MEAN:
        weights = is_counted if v.weight is None else v.weight.double()[target * is_counted] * is_counted
        scale /= float(weights.sum())
    arriving = Part("g", row if v.reduction == _NONE else ())
    return (arriving, scale) if v.weight is None else (arriving, Part("weight", (own,)), scale)


def _cross_entropy(v: Any) -> Tensor:
    slope = (v.self - v.target) / ((1 - v.self) * v.self).clamp(min=1e-12)
    return _per_element(v, v.self) * (slope if v.weight is None else slope * v.weight)


def _cross_entropy_target(v: Any) -> Tensor:
    slope = torch.log(1 - v.self).clamp(min=-100) - torch.log(v.self).clamp(min=-100)
    return _per_element(v, v.self) * (slope if v.weight is None else slope * v.weight)


def _with_logits(v: Any) -> Tensor:
    share = torch.sigmoid(v.self)
    if v.pos_weight is None:
        slope = share - v.target
    else:
        positive = v.pos_weight * v.target
        slope = (positive + 1 - v.target) * share - positive
    return _per_element(v, v.self) * (slope if v.weight is None else slope * v.weight)


def _with_logits_target(v: Any) -> Tensor:
    slope = -v.self
    if v.pos_weight is not None:
        slope = torch.nn.functional.logsigmoid(-v.self) - v.pos_weight * torch.nn.functional.logsigmoid(v.self)
    return _per_element(v, v.self) * (slope if v.weight is None else slope * v.weight)


def _margin(v: Any) -> Tensor:
    return _per_element(v, v.self) * -v.target * torch.sigmoid(-v.target * v.self)


RULES = (
    whole(
        "MseLoss0", r"@y = \frac{1}{N} \sum (@p - @t)^2",
        "The prediction is pulled towards the target, twice as hard at twice the distance. A mean parts the gradient "
        "among all elements.",
        Operand("p", r"@g \cdot \frac{2}{N} (@p - @t)", lambda v: _mse(v, 1)),
        Operand("t", r"-@g \cdot \frac{2}{N} (@p - @t)", lambda v: _mse(v, -1)),
        p="self", t="target",
    ),
    whole(
        "SmoothL1Loss0", r"@y = \frac{1}{N} \sum \mathrm{smooth}(@p - @t)",
        "Near the target the pull grows with the distance, farther away it stays the same. An outlier pulls no harder.",
        Operand("p", r"@g \cdot \frac{1}{N} \cdot \mathrm{clamp}\Big(\frac{@p - @t}{\beta}, -1, 1\Big)",
                lambda v: _smooth(v, 1)),
        Operand("t", r"-@g \cdot \frac{1}{N} \cdot \mathrm{clamp}\Big(\frac{@p - @t}{\beta}, -1, 1\Big)",
                lambda v: _smooth(v, -1)),
        p="self", t="target",
    ),
    whole(
        "HuberLoss0", r"@y = \frac{1}{N} \sum \mathrm{huber}(@p - @t)",
        "Near the target the pull grows with the distance, farther away it stays the same. An outlier pulls no harder.",
        Operand("p", r"@g \cdot \frac{1}{N} \cdot \mathrm{clamp}(@p - @t, -\delta, \delta)", lambda v: _huber(v, 1)),
        Operand("t", r"-@g \cdot \frac{1}{N} \cdot \mathrm{clamp}(@p - @t, -\delta, \delta)", lambda v: _huber(v, -1)),
        p="self", t="target",
    ),
    whole(
        "NllLoss0 NllLoss2D0", r"@y = -\frac{1}{W} \sum_i w_{t_i}\, @x_{i, t_i}",
        "Only the log-probability of each right class is in the loss, so it alone gets a gradient, and that is "
        "negative: more of it means less loss. The other classes hear of it in the log_softmax before.",
        Operand("x", r"-@g \cdot \frac{w_{t_i}}{W} \text{ at the target } t_i,\; 0 \text{ elsewhere}", _nll,
                _nll_factors),
    ),
    whole(
        "BinaryCrossEntropy0", r"@y = -\frac{1}{N} \sum \Big(@t \ln @p + (1 - @t) \ln (1 - @p)\Big)",
        "The probability is pulled towards the target. A prediction that is surely wrong gets a very large gradient.",
        Operand("p", r"@g \cdot \frac{1}{N} \cdot \frac{@p - @t}{@p\, (1 - @p)}", _cross_entropy),
        Operand("t", r"@g \cdot \frac{1}{N} \cdot (\ln(1 - @p) - \ln @p)", _cross_entropy_target),
        p="self", t="target",
    ),
    whole(
        "BinaryCrossEntropyWithLogits0",
        r"@y = -\frac{1}{N} \sum \Big(@t \ln \sigma(@x) + (1 - @t) \ln (1 - \sigma(@x))\Big)",
        "The gradient is the predicted probability minus the target. It is never larger than one, however wrong it is.",
        Operand("x", r"@g \cdot \frac{1}{N} \cdot (\sigma(@x) - @t)", _with_logits),
        Operand("t", r"-@g \cdot \frac{1}{N} \cdot @x", _with_logits_target),
        x="self", t="target",
    ),
    whole(
        "SoftMarginLoss0", r"@y = \frac{1}{N} \sum \ln(1 + e^{-@t\, @x})",
        "The operand is pulled to the side of its target. Once it is far on that side, hardly anything is left.",
        Operand("x", r"-@g \cdot \frac{1}{N} \cdot @t\, \sigma(-@t\, @x)", _margin), x="self", t="target",
    ),
)  # fmt: skip
