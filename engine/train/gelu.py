"""GPT-2's tanh form of GELU, on a CPU with one exponential where PyTorch's takes two hyperbolic tangents."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn import functional as F

_SCALE = 2 * math.sqrt(2 / math.pi)
_CUBE = 0.044715 * _SCALE


def gelu(x: Tensor) -> Tensor:
    """x/2 · (1 + tanh(√(2/π)(x + 0.044715x³))) of a float tensor of any shape: `F.gelu(x, approximate="tanh")` within
    float32's rounding.

    As tanh(u) = 2σ(2u) - 1, this is x · σ(2u). On a CPU PyTorch's tanh makes a sixth of a small model's step; its
    kernels on accelerators, and what a compiler makes of it, are better left alone.
    """
    if x.device.type != "cpu" or torch.compiler.is_compiling():
        return F.gelu(x, approximate="tanh")
    if x.requires_grad and torch.is_grad_enabled():
        return _Gelu.apply(x)  # type: ignore[no-untyped-call, no-any-return]
    return x * _gate(x, x * x)


def _gate(x: Tensor, square: Tensor) -> Tensor:
    """σ(2u)."""
    return (square * _CUBE).add_(_SCALE).mul_(x).sigmoid_()


class _Gelu(torch.autograd.Function):
    """Its derivative is made beside it, and is all that is kept: as many bytes as the input, which it needs no more."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        square = x * x
        gate = _gate(x, square)
        y = x * gate
        # σ(2u) + x · σ(2u)(1 - σ(2u)) · 2u′
        slope = square.mul_(3 * _CUBE).add_(_SCALE)
        derivative = torch.addcmul(y, y, gate, value=-1)
        torch.addcmul(gate, derivative, slope, out=derivative)
        ctx.save_for_backward(derivative)
        return y

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        (derivative,) = ctx.saved_tensors
        return gradient * derivative
