"""Records of reductions by an index or by segments, of a limited norm, and of two special functions."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.rule import Operand, pointwise, whole


def _counts(v: Any, written: Tensor) -> Tensor:
    """By place of the output, how much was written to it."""
    return torch.zeros_like(v.result).index_add(v.dim, v.index, written)


def _shares(v: Any) -> tuple[Tensor, Tensor]:
    """What the operand gets of each place, and what each element that was written gets."""
    ones = torch.ones_like(v.source)
    own = 1.0 if v.include_self else (_counts(v, ones) == 0).to(v.g.dtype)

    def at(each: Tensor) -> Tensor:
        return each.index_select(v.dim, v.index)

    if v.reduce == "mean":
        each = v.g / (_counts(v, ones) + int(v.include_self)).clamp(min=1)
        return each * own, at(each)
    if v.reduce == "prod":
        return v.g * v.result / v.self * own, at(v.g * v.result) / v.source
    is_own, is_written = (v.self == v.result).to(v.g.dtype) * own, (v.source == at(v.result)).to(v.g.dtype)
    each = v.g / (_counts(v, is_written) + is_own)
    return each * is_own, at(each) * is_written


def _of_segments(v: Any) -> Tensor:
    if v.lengths is None or v.lengths.dim() != 1 or v.axis != 0:
        raise NotImplementedError

    def spread(each: Tensor) -> Tensor:
        return each.repeat_interleave(v.lengths, dim=0)

    if v.reduce == "sum":
        return spread(v.g)
    if v.reduce == "mean":
        return spread(v.g / v.lengths.reshape(-1, *[1] * (v.g.dim() - 1)))
    if v.reduce == "prod":
        return spread(v.g * v.result) / v.data
    is_taken = (v.data == spread(v.result)).to(v.g.dtype)
    number = torch.arange(len(v.lengths), device=v.g.device).repeat_interleave(v.lengths)
    n_taken = torch.zeros_like(v.result).index_add(0, number, is_taken)
    return is_taken * spread(v.g / n_taken)


def _limited(v: Any) -> Tensor:
    with torch.enable_grad():
        x = v.self.detach().requires_grad_()
        dims = [dim for dim in range(x.dim()) if dim != v.dim % x.dim()]
        norms = torch.linalg.vector_norm(x, v.p, dims, keepdim=True)
        made = x * torch.where(norms > v.maxnorm, v.maxnorm / (norms + 1e-7), 1.0)
        (found,) = torch.autograd.grad(made, x, v.g, create_graph=v.g.requires_grad)
    return found


def _density(v: Any) -> Tensor:
    """Of the gamma distribution, at the operand."""
    return torch.exp((v.self - 1) * v.other.log() - v.other - torch.lgamma(v.self))


def _not_known(_v: Any) -> Tensor:
    raise NotImplementedError


_GAMMA = (
    "The share of a gamma distribution that lies below {}. It changes with its end as the density is high there; by "
    "its shape it has no derivative in PyTorch."
)
RULES = (
    whole("IndexReduce0", r"@y = @x \text{ reduced with } @w \text{ at the index}",
          "What meets at a place is averaged, multiplied or compared. A mean parts the gradient evenly, a product "
          "gives each the others, and of extremes the one that was taken gets it.",
          Operand("x", r"\text{its share of } @g", lambda v: _shares(v)[0]),
          Operand("w", r"\text{its share of } @g \text{ at the index}", lambda v: _shares(v)[1]),
          x="self", w="source"),
    whole("SegmentReduce0", r"@y_k = \mathrm{reduce}(@x_{\text{segment } k})",
          "Each segment of rows is made one. A sum passes the gradient to each row of it, a mean parts it evenly, and "
          "of extremes the one that was taken gets it.",
          Operand("x", r"\text{its share of } @g_k", _of_segments), x="data"),
    whole("Renorm0", r"@y = @x \cdot \min(1,\; c / \lVert @x \rVert)",
          "A row whose norm is above the limit is scaled down to it. Its gradient loses what points along the row, for "
          "a longer one would come out the same.",
          Operand("x", r"\frac{c}{\lVert @x \rVert} \left(@g - @x \frac{@x \cdot @g}{\lVert @x \rVert^2}\right)",
                  _limited), x="self"),
    pointwise("SpecialZeta0", r"@y = \zeta(@s, @x)",
              "A sum of powers of all numbers from its operand on. It falls as the next power does; by its exponent it "
              "has no derivative in PyTorch.",
              Operand("s", r"0", _not_known),
              Operand("x", r"-@g \cdot @s\, \zeta(@s + 1, @x)",
                      lambda v: -v.g * v.self * torch.special.zeta(v.self + 1, v.other)), s="self", x="other"),
    pointwise("Igamma0", r"@y = P(@s, @x)", _GAMMA.format("its operand"),
              Operand("s", r"0", _not_known),
              Operand("x", r"@g \cdot @x^{@s - 1} e^{-@x} / \Gamma(@s)", lambda v: v.g * _density(v)),
              s="self", x="other"),
    pointwise("Igammac0", r"@y = 1 - P(@s, @x)", _GAMMA.replace("below", "above").format("its operand"),
              Operand("s", r"0", _not_known),
              Operand("x", r"-@g \cdot @x^{@s - 1} e^{-@x} / \Gamma(@s)", lambda v: -v.g * _density(v)),
              s="self", x="other"),
    whole("SparseAddmm0", r"@y = \beta\, @c + \alpha\, @a\, @b",
          "A product with a matrix of which few elements are stored. The other one gets it times the same, transposed, "
          "and what was added gets its own share.",
          Operand("c", r"\beta\, @g", lambda v: v.beta * v.g), Operand("a", r"\alpha\, @g\, @b^{\top}", _not_known),
          Operand("b", r"\alpha\, @a^{\top} @g", lambda v: v.alpha * (v.mat1.to_dense().mT @ v.g)),
          a="mat1"),
)  # fmt: skip
