"""GPT-2's GELU, 0.5·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))), which is x·σ(w) with w = 2·√(2/π)·(x + 0.044715·x³).

PyTorch's own kernel spends 2 ns an element of a CPU on its hyperbolic tangent. The logistic function is four times as
fast there, so a training step on a CPU takes this form; everything else takes PyTorch's.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn import functional as F

_LINEAR = 2 * math.sqrt(2 / math.pi)
_CUBIC = 0.044715 * _LINEAR
_PIECE = 1 << 17  # elements; what is worked on stays in a core's cache


def gelu(x: Tensor) -> Tensor:
    """The same shape and dtype; differs from `F.gelu(x, approximate="tanh")` by rounding alone."""
    if x.is_cpu and x.dtype == torch.float32 and x.requires_grad and not torch.compiler.is_compiling():
        return _LogisticGelu.apply(x)
    return F.gelu(x, approximate="tanh")


class _LogisticGelu(torch.autograd.Function):
    """Keeps the derivative instead of x: it is cheapest to take while the values are in the cache."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        x = x.contiguous()
        y, derivative = torch.empty_like(x), torch.empty_like(x)
        share = torch.empty(min(_PIECE, x.numel()))  # σ(w)
        linear = torch.tensor(_LINEAR)
        pieces = (whole.view(-1).split(_PIECE) for whole in (x, y, derivative))
        for x_part, y_part, slope in zip(*pieces, strict=True):
            s = share[: x_part.numel()]
            torch.addcmul(linear, x_part, x_part, value=_CUBIC, out=s).mul_(x_part).sigmoid_()
            torch.mul(x_part, s, out=y_part)
            # σ + x·w′·σ·(1 − σ)
            torch.addcmul(linear, x_part, x_part, value=3 * _CUBIC, out=slope).mul_(x_part)
            torch.ops.aten.sigmoid_backward(slope, s, grad_input=slope).add_(s)
        ctx.save_for_backward(derivative)
        return y

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        (derivative,) = ctx.saved_tensors
        return gradient * derivative
