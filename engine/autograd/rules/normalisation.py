"""Records of normalisation and dropout."""

from __future__ import annotations

from typing import Any

from torch import Tensor

from engine.autograd.rules.rule import Operand, unary, whole
from engine.autograd.rules.values import MissingError

_MEANING = (
    "Mean and variance are made of the operand itself, so from its gradient the mean is taken away, and the part along "
    "the normalised operand. What only shifts or scales a whole group changes nothing, and gets no gradient."
)
_OPERAND = (
    r"\frac{1}{\sigma} (@u - \overline{@u} - \hat{x} \cdot \overline{@u \odot \hat{x}}), "
    r"\quad @u = @g \odot @w"
)
_WEIGHT = r"\sum @g \odot \hat{x}"
_BIAS = r"\sum @g"
_FORWARD = r"@y = \hat{x} \odot @w + @b, \quad \hat{x} = \frac{@x - \mu}{\sigma}"


def _through(normal: Tensor, scaled: Tensor, dims: list[int], scale: Tensor) -> Tensor:
    """The gradient of what was normalised, from that of the normalised."""
    along = (scaled * normal).mean(dims, keepdim=True)
    return scale * (scaled - scaled.mean(dims, keepdim=True) - normal * along)


def _layer_norm_parts(v: Any) -> tuple[Tensor, Tensor, list[int]]:
    """The normalised operand, one over its deviation, and the dims that were measured. Where the node has let go of
    what it measured, it is found in what it made: no node saves how much was added to the variance."""
    dims = list(range(-len(v.normalized_shape), 0))
    try:
        return (v.input - v.result1) * v.result2, v.result2, dims
    except MissingError:
        normal = v.result if v.bias is None else v.result - v.bias
        normal = normal if v.weight is None else normal / v.weight
        scale = normal.std(dims, keepdim=True) / v.input.std(dims, keepdim=True)
        return (v.input - v.input.mean(dims, keepdim=True)) * scale, scale, dims


def _layer_norm(v: Any) -> Tensor:
    normal, scale, dims = _layer_norm_parts(v)
    return _through(normal, v.g if v.weight is None else v.g * v.weight, dims, scale)


def _of_channels(vector: Tensor, like: Tensor) -> Tensor:
    return vector.view(1, -1, *(1,) * (like.dim() - 2))


def _batch_norm_parts(v: Any) -> tuple[Tensor, Tensor, list[int]]:
    """The normalised operand, one over its deviation, and the dims that were measured."""
    x = v.input
    dims = [dim for dim in range(x.dim()) if dim != 1]
    if v.training:
        mean, scale = _measured(v, dims)
    else:
        mean, scale = v.running_mean, (v.running_var + v.eps).rsqrt()
    scale = _of_channels(scale, x)
    return (x - _of_channels(mean, x)) * scale, scale, dims


def _measured(v: Any, dims: list[int]) -> tuple[Tensor, Tensor]:
    try:
        return v.result1, v.result2
    except MissingError:
        return v.input.mean(dims), (v.input.var(dims, correction=0) + v.eps).rsqrt()


def _batch_norm(v: Any) -> Tensor:
    normal, scale, dims = _batch_norm_parts(v)
    scaled = v.g if v.weight is None else v.g * _of_channels(v.weight, v.g)
    return _through(normal, scaled, dims, scale) if v.training else scaled * scale


def _batch_norm_weight(v: Any) -> Tensor:
    normal, _, dims = _batch_norm_parts(v)
    return (v.g * normal).sum(dims)


def _group_norm_parts(v: Any) -> tuple[Tensor, Tensor]:
    grouped = v.input.reshape(v.N, v.group, -1)
    return (grouped - v.result1.unsqueeze(-1)) * v.result2.unsqueeze(-1), v.result2.unsqueeze(-1)


def _group_norm(v: Any) -> Tensor:
    normal, scale = _group_norm_parts(v)
    scaled = v.g if v.weight is None else v.g * _of_channels(v.weight, v.g)
    return _through(normal, scaled.reshape(normal.shape), [-1], scale).view(v.shape)


def _group_norm_weight(v: Any) -> Tensor:
    normal, _ = _group_norm_parts(v)
    return (v.g * normal.view(v.g.shape)).sum([dim for dim in range(v.g.dim()) if dim != 1])


def _rms_norm(v: Any) -> Tensor:
    dims = list(range(-len(v.normalized_shape), 0))
    normal = v.input * v.result1
    scaled = v.g if v.weight is None else v.g * v.weight
    return v.result1 * (scaled - normal * (scaled * normal).mean(dims, keepdim=True))


def _dropout(v: Any) -> Tensor:
    return v.g * v.result1 * (0.0 if v.p == 1 else 1 / (1 - v.p))


RULES = (
    whole(
        "NativeLayerNorm0", _FORWARD, _MEANING,
        Operand("x", _OPERAND, _layer_norm),
        Operand("w", _WEIGHT, lambda v: v.g * _layer_norm_parts(v)[0]), Operand("b", _BIAS, lambda v: v.g),
        x="input", w="weight", b="bias",
    ),
    whole(
        "NativeBatchNorm0 NativeBatchNormLegit0", _FORWARD,
        _MEANING.replace("a whole group", "a whole channel"),
        Operand("x", _OPERAND, _batch_norm), Operand("w", _WEIGHT, _batch_norm_weight),
        Operand("b", _BIAS, lambda v: v.g.sum([dim for dim in range(v.g.dim()) if dim != 1])),
        x="input", w="weight",
    ),
    whole(
        "NativeGroupNorm0", _FORWARD, _MEANING,
        Operand("x", _OPERAND, _group_norm), Operand("w", _WEIGHT, _group_norm_weight),
        Operand("b", _BIAS, lambda v: v.g.sum([dim for dim in range(v.g.dim()) if dim != 1])),
        x="input", w="weight",
    ),
    whole(
        "FusedRmsNorm0", r"@y = \hat{x} \odot @w, \quad \hat{x} = \frac{@x}{\mathrm{rms}(@x)}",
        "The length is made of the operand itself, so from its gradient the part along the operand is taken away. What "
        "only scales a whole row changes nothing, and gets no gradient.",
        Operand("x", r"\frac{1}{\mathrm{rms}} (@u - \hat{x} \cdot \overline{@u \odot \hat{x}}), "
                     r"\quad @u = @g \odot @w",
                _rms_norm),
        Operand("w", _WEIGHT, lambda v: v.g * v.input * v.result1),
        x="input", w="weight",
    ),
    unary(
        "NativeDropout0", r"@y = \frac{@m \cdot @x}{1 - @p}", r"@g \cdot \frac{@m}{1 - @p}", _dropout,
        "What was dropped gets none. The rest gets the gradient times the factor that made up for the loss.",
        m="result1", p="p",
    ),
)  # fmt: skip
