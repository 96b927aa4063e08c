"""Records of Fourier transforms and of complex numbers.

A gradient of a complex number is the one that PyTorch defines: what arrives, times the conjugate of the derivative.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from engine.autograd.rules.rule import Operand, pointwise, whole

_BACK = (
    "Each frequency is a sum of all values, each turned by its own angle. Backward turns each gradient back by that "
    "angle and sums: it is the transform in the other direction."
)


def _of_real(v: Any) -> Tensor:
    """The frequencies that a one-sided transform leaves out get none."""
    g, last = v.g, v.dim[-1]
    if v.onesided:
        missing = v.shape[last] - g.shape[last]
        g = functional.pad(g.movedim(last, -1), (0, missing)).movedim(-1, last)
    return torch.ops.aten._fft_c2c(g, list(v.dim), v.normalization, False).real


def _to_real(v: Any) -> Tensor:
    """A frequency that stands for its mirror image, too, counts twice."""
    last = v.dim[-1]
    found = torch.ops.aten._fft_r2c(v.g, list(v.dim), v.normalization, True)
    n_doubled = v.g.shape[last] - found.shape[last]
    counts = torch.ones(found.shape[last], dtype=v.g.dtype, device=v.g.device)
    counts[1 : 1 + n_doubled] = 2
    return (found.movedim(last, -1) * counts).movedim(-1, last)


def _of_angle(v: Any) -> Tensor:
    z = v.self
    if not z.is_complex():
        return torch.zeros_like(v.g)
    return v.g * torch.complex(-z.imag, z.real) / (z.real**2 + z.imag**2)


RULES = (
    whole("FftR2C0", r"@y_k = \sum_j @x_j\, e^{-2 \pi i\, j k / n}", _BACK,
          Operand("x", r"\mathrm{Re} \sum_k @g_k\, e^{2 \pi i\, j k / n}", _of_real)),
    whole("FftC2R0", r"@y_j = \sum_k @x_k\, e^{2 \pi i\, j k / n}", _BACK,
          Operand("x", r"\sum_j @g_j\, e^{-2 \pi i\, j k / n}", _to_real)),
    whole("FftC2C0", r"@y_k = \sum_j @x_j\, e^{\mp 2 \pi i\, j k / n}", _BACK,
          Operand("x", r"\sum_k @g_k\, e^{\pm 2 \pi i\, j k / n}",
                  lambda v: torch.ops.aten._fft_c2c(v.g, list(v.dim), v.normalization, not v.forward))),
    whole("ViewAsReal0", r"@y = (\mathrm{Re}\, @x,\, \mathrm{Im}\, @x)",
          "The two parts of a complex number become two real ones. Their gradients are the parts of its gradient.",
          Operand("x", r"@g_0 + i\, @g_1", lambda v: torch.view_as_complex(v.g.contiguous()))),
    whole("ViewAsComplex0", r"@y = @x_0 + i\, @x_1",
          "Two real numbers become the parts of a complex one. Each gets its part of the gradient.",
          Operand("x", r"(\mathrm{Re}\, @g,\, \mathrm{Im}\, @g)", lambda v: torch.view_as_real(v.g.resolve_conj()))),
    whole("Complex0", r"@y = @p + i\, @q",
          "Two real tensors become the parts of a complex one. Each gets its part of the gradient.",
          Operand("p", r"\mathrm{Re}\, @g", lambda v: v.g.real), Operand("q", r"\mathrm{Im}\, @g", lambda v: v.g.imag),
          p="real", q="imag"),
    whole("Polar0", r"@y = @p\, e^{i @q}",
          "The length gets the part of the gradient that points along the number. The angle gets the part across it, "
          "times the length.",
          Operand("p", r"\mathrm{Re}(\overline{@g}\, e^{i @q})", lambda v: (v.g.conj() * v.result.sgn()).real),
          Operand("q", r"\mathrm{Re}(\overline{@g}\, i\, @y)", lambda v: (v.g.conj() * 1j * v.result).real),
          y="result"),
    pointwise("Conj0", r"@y = \overline{@x}",
              "The imaginary part changes its sign. So does that of the gradient.",
              Operand("x", r"\overline{@g}", lambda v: v.g.conj())),
    whole("Angle0", r"@y = \arg @x",
          "The angle changes where the number moves across its own direction, the more the nearer it is to 0. At 0 it "
          "has no derivative.",
          Operand("x", r"@g \cdot \frac{i\, @x}{|@x|^2}", _of_angle), x="self"),
)  # fmt: skip
