"""An MLP with GPT-2's tanh form of GELU: on a CPU one exponential where PyTorch's takes two hyperbolic tangents, and
little memory."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable
from torch.nn import functional as F

_SCALE = 2 * math.sqrt(2 / math.pi)
_CUBE = 0.044715 * _SCALE


def mlp(x: Tensor, w_in: Tensor, b_in: Tensor, w_out: Tensor, b_out: Tensor) -> Tensor:
    """gelu(x·w_inᵀ + b_in)·w_outᵀ + b_out of a float tensor (..., d), with weights (k, d) and (d, k), as two linear
    layers around `F.gelu(…, approximate="tanh")` within float32's rounding.

    gelu(x) is x/2 · (1 + tanh(u)) with u = √(2/π)(x + 0.044715x³). As tanh(u) = 2σ(2u) - 1, this is x · σ(2u). On a CPU
    PyTorch's tanh makes a sixth of a small model's step; its kernels on accelerators, and what a compiler makes of it,
    are better left alone.
    """
    if x.device.type != "cpu" or torch.compiler.is_compiling():
        return F.linear(F.gelu(F.linear(x, w_in, b_in), approximate="tanh"), w_out, b_out)
    if torch.is_grad_enabled() and any(t.requires_grad for t in (x, w_in, b_in, w_out, b_out)):
        return _Mlp.apply(x, w_in, b_in, w_out, b_out)  # type: ignore[no-untyped-call, no-any-return]
    a = F.linear(x, w_in, b_in)
    return F.linear(a.mul_(_gate(a)), w_out, b_out)


def _gate(a: Tensor) -> Tensor:
    """σ(2u)."""
    return _even(a, _CUBE).mul_(a).sigmoid_()


def _even(a: Tensor, factor: float, out: Tensor | None = None) -> Tensor:
    """√(8/π) + factor · a²."""
    return torch.addcmul(a.new_tensor(_SCALE), a, a, value=factor, out=out)


class _Mlp(torch.autograd.Function):
    """The derivative of GELU is made beside it, and written where its input stood, which nothing needs any more: a step
    is bound by memory as much as by arithmetic."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, w_in: Tensor, b_in: Tensor, w_out: Tensor, b_out: Tensor) -> Tensor:
        rows = x.reshape(-1, x.shape[-1])
        a = torch.addmm(b_in, rows, w_in.t())
        gate = _gate(a)
        y = a * gate
        # σ(2u) + y · (1 - σ(2u)) · 2u′, where the last is √(8/π) + 3 · _CUBE · a²
        derivative = _even(a, 3 * _CUBE, out=a).mul_(y).lerp_(torch.ones_like(a[0]), gate)
        ctx.save_for_backward(rows, w_in, derivative, y, w_out)
        return torch.addmm(b_out, y, w_out.t()).view(*x.shape[:-1], -1)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        rows, w_in, derivative, y, w_out = ctx.saved_tensors
        g = gradient.reshape(-1, gradient.shape[-1])
        g_in = torch.mm(g, w_out).mul_(derivative)
        g_x = torch.mm(g_in, w_in).view(*gradient.shape[:-1], -1)
        return g_x, torch.mm(g_in.t(), rows), g_in.sum(0), torch.mm(g.t(), y), g.sum(0)
