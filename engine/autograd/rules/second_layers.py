"""Further records of a second backward: of norms, losses, pooling and resampling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from engine.autograd.rules.rule import Operand, pointwise, whole

Norm = Callable[[Any, Tensor, Tensor, Tensor | None], tuple[Tensor, ...]]


def _layer_norm(v: Any, q: Tensor, x: Tensor, w: Tensor | None) -> tuple[Tensor, ...]:
    """The first backward, as a function of what arrived there, the input and the weight."""
    dims = list(range(x.dim() - len(v.normalized_shape), x.dim()))
    rows = [dim for dim in range(x.dim()) if dim not in dims]
    little = (v.rstd.detach() ** -2 - v.input.var(dims, correction=0, keepdim=True)).detach()
    centred = x - x.mean(dims, keepdim=True)
    spread = torch.rsqrt(centred.square().mean(dims, keepdim=True) + little)
    return _normalised_back(q, centred * spread, spread, 1.0 if w is None else w, dims, rows)


def _batch_norm(v: Any, q: Tensor, x: Tensor, w: Tensor | None) -> tuple[Tensor, ...]:
    sides, dims = [1, -1, *[1] * (x.dim() - 2)], [dim for dim in range(x.dim()) if dim != 1]
    weight = 1.0 if w is None else w.reshape(sides)
    if not v.train:
        spread = torch.rsqrt(v.running_var + v.eps).reshape(sides)
        whole_x = (x - v.running_mean.reshape(sides)) * spread
        return q * weight * spread, (q * whole_x).sum(dims), q.sum(dims)
    centred = x - x.mean(dims, keepdim=True)
    spread = torch.rsqrt(centred.square().mean(dims, keepdim=True) + v.eps)
    return _normalised_back(q, centred * spread, spread, weight, dims, dims)


def _normalised_back(
    q: Tensor, x: Tensor, spread: Tensor, weight: Tensor | float, dims: list[int], rows: list[int]
) -> tuple[Tensor, ...]:
    given = q * weight
    shared = given.mean(dims, keepdim=True) + x * (given * x).mean(dims, keepdim=True)
    return spread * (given - shared), (q * x).sum(rows), q.sum(rows)


def _again(first: Norm, nth: int) -> Callable[[Any], Tensor]:
    """The gradient of one operand of the first backward, which is derived as it is written."""

    def gradient(v: Any) -> Tensor:
        weight = v.weight
        with torch.enable_grad():
            given = [one.detach().requires_grad_() for one in (v.grad_out, v.input, weight) if one is not None]
            made = first(v, given[0], given[1], given[2] if len(given) > 2 else None)
            pairs = [(out, g) for out, g in zip(made, v.arriving, strict=True) if g is not None]
            found = torch.autograd.grad(
                [out for out, _ in pairs],
                given[nth],
                [g for _, g in pairs],
                create_graph=any(g.requires_grad for _, g in pairs),
                allow_unused=True,
            )
        return torch.zeros_like(given[nth]) if found[0] is None else found[0]

    return gradient


def _mean(v: Any) -> float:
    """What each element counts in a loss."""
    if v.reduction not in (1, 2):
        return 1.0
    return 1.0 / v.self.numel() if v.reduction == 1 else 1.0


def _curved(v: Any) -> Tensor:
    """The second derivative of a smooth L1 loss."""
    return ((v.self - v.target).abs() < v.beta).to(v.g.dtype) / v.beta


def _taken(v: Any) -> Tensor:
    """What stood at the largest of each window."""
    found: Tensor = v.g.flatten(-2).gather(-1, v.indices.flatten(-2)).reshape(v.indices.shape)
    return found


def _sides(v: Any) -> tuple[Tensor, Tensor]:
    first, second = v.self.chunk(2, v.dim)
    return first, torch.sigmoid(second)


def _glu_given(v: Any) -> Tensor:
    (first, open_), (g_first, g_second) = _sides(v), v.g.chunk(2, v.dim)
    return g_first * open_ + g_second * first * open_ * (1 - open_)


def _glu_input(v: Any) -> Tensor:
    (first, open_), (g_first, g_second) = _sides(v), v.g.chunk(2, v.dim)
    slope = open_ * (1 - open_)
    bend = g_first * slope + g_second * first * slope * (1 - 2 * open_)
    return torch.cat([v.grad_output * g_second * slope, v.grad_output * bend], v.dim)


def _resampled(v: Any) -> Tensor:
    size = tuple(v.output_size)
    found: Tensor = torch.ops.aten.upsample_bilinear2d(v.g, size, v.align_corners, v.scales_h, v.scales_w)
    return found


_LINEAR = (
    "The backward of {}, which is linear, so that its own backward is {} again. What came in does not count in it."
)
_NORM = (
    "The backward of a {}, differentiated once more. Mean and spread depend on all elements, so each of them gets how "
    "all gradients of the first backward change with it."
)
RULES = (
    whole("NativeLayerNormBackward0", r"@y = (@q\, @w - \cdots)\, \sigma^{-1}", _NORM.format("layer norm"),
          Operand("q", r"\text{the norm of } @g \text{ along } @x", _again(_layer_norm, 0)),
          Operand("x", r"\text{how } @y \text{ changes with } @x", _again(_layer_norm, 1)),
          Operand("m", "0", lambda v: v.g.new_zeros(v.shape)), Operand("r", "0", lambda v: v.g.new_zeros(v.shape)),
          Operand("w", r"\text{how } @y \text{ changes with } @w", _again(_layer_norm, 2)),
          Operand("b", "0", lambda v: v.g.new_zeros(v.shape)),
          q="grad_out", x="input", w="weight"),
    whole("NativeBatchNormBackward0", r"@y = (@q\, @w - \cdots)\, \sigma^{-1}", _NORM.format("batch norm"),
          Operand("q", r"\text{the norm of } @g \text{ along } @x", _again(_batch_norm, 0)),
          Operand("x", r"\text{how } @y \text{ changes with } @x", _again(_batch_norm, 1)),
          Operand("w", r"\text{how } @y \text{ changes with } @w", _again(_batch_norm, 2)),
          Operand("m", "0", lambda v: v.g.new_zeros(v.shape)), Operand("r", "0", lambda v: v.g.new_zeros(v.shape)),
          q="grad_out", x="input", w="weight"),
    pointwise("HardtanhBackward0", r"@y = @q\; [\text{inside}]",
              "The backward of a hardtanh, differentiated once more. It lets through between the limits, and its slope "
              "changes nowhere, so its operand gets 0.",
              Operand("q", r"@g \cdot [\text{inside}]",
                      lambda v: v.g * ((v.self > v.min_val) & (v.self < v.max_val))),
              Operand("x", r"0 \cdot @g", lambda v: torch.zeros_like(v.g)), x="self"),
    pointwise("LogSigmoidBackward0", r"@y = @q\, \sigma(-@x)",
              "The backward of a log-sigmoid, differentiated once more. To what arrived there goes the same slope "
              "again, and to its operand how that slope changes with it.",
              Operand("q", r"@g \cdot \sigma(-@x)", lambda v: v.g * torch.sigmoid(-v.self)),
              Operand("x", r"-@g \cdot @q\, \sigma(@x)\, \sigma(-@x)",
                      lambda v: -v.g * v.grad_output * torch.sigmoid(v.self) * torch.sigmoid(-v.self)),
              q="grad_output", x="self"),
    whole("MseLossBackward0", r"@y = 2\, @q\, (@x - @t)\, / n",
          "The backward of a squared error, differentiated once more. Its curvature is 2 everywhere, for the target "
          "with the sign turned.",
          Operand("q", r"\textstyle\sum 2\, @g\, (@x - @t) / n", lambda v: 2 * v.g * (v.self - v.target) * _mean(v)),
          Operand("x", r"2\, @g\, @q / n", lambda v: 2 * v.g * v.grad_output * _mean(v)),
          Operand("t", r"-2\, @g\, @q / n", lambda v: -2 * v.g * v.grad_output * _mean(v)),
          q="grad_output", x="self", t="target"),
    whole("SmoothL1LossBackward0", r"@y = @q\, \mathrm{clip}((@x - @t) / \beta)\, / n",
          "The backward of a smooth absolute error, differentiated once more. It is curved only where the error is "
          "small.",
          Operand("q", r"\textstyle\sum @g\, \mathrm{clip}((@x - @t) / \beta) / n",
                  lambda v: v.g * ((v.self - v.target) / v.beta).clamp(-1, 1) * _mean(v)),
          Operand("x", r"@g\, @q\, [|@x - @t| < \beta] / (\beta\, n)",
                  lambda v: v.g * v.grad_output * _curved(v) * _mean(v)),
          Operand("t", r"-@g\, @q\, [|@x - @t| < \beta] / (\beta\, n)",
                  lambda v: -v.g * v.grad_output * _curved(v) * _mean(v)),
          q="grad_output", x="self", t="target"),
    whole("GluBackward0", r"@y = @q \cdot \mathrm{glu}'(@x)",
          "The backward of a gated linear unit, differentiated once more. Both halves of its operand are multiplied "
          "with each other, so each gets the gradient by way of the other.",
          Operand("q", r"\textstyle\sum @g \cdot \mathrm{glu}'(@x)", _glu_given),
          Operand("x", r"@g \cdot @q \cdot \mathrm{glu}''(@x)", _glu_input), q="grad_output", x="self"),
    whole("MaxPool2DWithIndicesBackward0", r"@y = @q \text{ at the largest}",
          _LINEAR.format("a maximum over windows", "what stood at the largest"),
          Operand("q", r"@g \text{ at the largest of each window}", _taken),
          Operand("x", "0", lambda v: v.g.new_zeros(v.shape))),
    whole("AdaptiveAvgPool2DBackward0", r"@y = \mathrm{windows}^{\top}(@q)",
          _LINEAR.format("an average over windows", "the average"),
          Operand("q", r"\mathrm{mean}_{\text{window}}(@g)",
                  lambda v: functional.adaptive_avg_pool2d(v.g, tuple(v.shapes[0][-2:]))),
          Operand("x", "0", lambda v: v.g.new_zeros(v.shape))),
    whole("ReflectionPad2DBackward0", r"@y = \sum_{\text{mirrored}} @q",
          _LINEAR.format("a mirrored border", "the border"),
          Operand("q", r"@g \text{ with its border}", lambda v: functional.pad(v.g, tuple(v.padding), "reflect")),
          Operand("x", "0", lambda v: v.g.new_zeros(v.shape))),
    whole("UpsampleBilinear2DBackward0", r"@y = W^{\top} @q",
          "The backward of a bilinear interpolation sums by the same weights, so that its own backward interpolates "
          "again.",
          Operand("q", r"@g \text{ interpolated}", _resampled)),
    whole("UnfoldBackward0", r"@y = \sum_{\text{windows}} @q",
          "The backward of windows is a sum of what overlaps, so that its own backward takes the windows again.",
          Operand("q", r"@g \text{ in windows}", lambda v: v.g.unfold(v.dim, v.size, v.step))),
)  # fmt: skip
