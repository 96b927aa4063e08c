"""Records of products of matrices and vectors, and what is made of one matrix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.rule import Factors, Operand, Part, Reach, whole

_PRODUCT = (
    "Each matrix gets the gradient times the other one, transposed: a cell's gradient is the sum over all outputs that "
    "it took part in."
)
_LAYER = _PRODUCT + " The bias gets the sum over the rows that it was added to."


def _left(second: str, scale: str = "") -> tuple[Callable[[Any], Tensor], Factors, Reach]:
    """The gradient of the first matrix of a product, and of a cell of it: a row of what arrives, a row of `second`."""

    def factors(v: Any, cell: tuple[int, ...]) -> tuple[Part | float, ...]:
        *batch, i, j = cell
        return Part("g", (*batch, i)), Part(second, (*batch, j)), getattr(v, scale) if scale else 1

    def reach(v: Any, cell: tuple[int, ...]) -> tuple[tuple[Any, ...], Part, float]:
        *batch, i, j = cell
        return (*batch, i), Part(second, (*batch, slice(None), j)), getattr(v, scale) if scale else 1

    return lambda v: v.g @ getattr(v, second).mT * (getattr(v, scale) if scale else 1), factors, reach


def _right(first: str, scale: str = "") -> tuple[Callable[[Any], Tensor], Factors, Reach]:
    """The same of the second matrix: a column of what arrives, a column of `first`."""

    def factors(v: Any, cell: tuple[int, ...]) -> tuple[Part | float, ...]:
        *batch, i, j = cell
        column = Part(first, (*batch, slice(None), i))
        return Part("g", (*batch, slice(None), j)), column, getattr(v, scale) if scale else 1

    def reach(v: Any, cell: tuple[int, ...]) -> tuple[tuple[Any, ...], Part, float]:
        *batch, i, j = cell
        return (*batch, slice(None), j), Part(first, (*batch, i)), getattr(v, scale) if scale else 1

    return lambda v: getattr(v, first).mT @ v.g * (getattr(v, scale) if scale else 1), factors, reach


def _inverse(v: Any) -> Tensor:
    turned = v.inverse.mT
    return -(turned @ v.arriving[0] @ turned)


def _vector_of_outer(other: str, transposed: bool) -> Callable[[Any], Tensor]:
    return lambda v: v.alpha * ((v.g.mT if transposed else v.g) @ getattr(v, other))


RULES = (
    whole(
        "Mm0 Bmm0", r"@y = @A\, @B", _PRODUCT,
        Operand("A", r"@g\, @B^{\top}", *_left("mat2")), Operand("B", r"@A^{\top} @g", *_right("self")),
        A="self", B="mat2",
    ),
    whole(
        "Addmm0", r"@y = @beta\cdot @b + @alpha\cdot @A\, @B", _LAYER,
        Operand("b", r"@beta\cdot \sum_{\text{rows}} @g", lambda v: v.g * v.beta),
        Operand("A", r"@alpha\cdot @g\, @B^{\top}", *_left("mat2", "alpha")),
        Operand("B", r"@alpha\cdot @A^{\top} @g", *_right("mat1", "alpha")),
        A="mat1", B="mat2", alpha="alpha", beta="beta",
    ),
    whole(
        "Baddbmm0", r"@y = @beta\cdot @b + @alpha\cdot @A\, @B", _LAYER,
        Operand("b", r"@beta\cdot @g", lambda v: v.g * v.beta),
        Operand("A", r"@alpha\cdot @g\, @B^{\top}", *_left("batch2", "alpha")),
        Operand("B", r"@alpha\cdot @A^{\top} @g", *_right("batch1", "alpha")),
        A="batch1", B="batch2", alpha="alpha", beta="beta",
    ),
    whole(
        "Addbmm0", r"@y = @beta\cdot @b + @alpha\cdot \sum_n @A_n @B_n",
        "The products of a batch are summed, so each of them gets the same gradient, as a product of its own does.",
        Operand("b", r"@beta\cdot @g", lambda v: v.g * v.beta),
        Operand("A", r"@alpha\cdot @g\, @B_n^{\top}", lambda v: v.alpha * (v.g @ v.batch2.mT)),
        Operand("B", r"@alpha\cdot @A_n^{\top} @g", lambda v: v.alpha * (v.batch1.mT @ v.g)),
        A="batch1", B="batch2", alpha="alpha", beta="beta",
    ),
    whole(
        "Linear0", r"@y = @x\, @W^{\top} + @b", _LAYER,
        Operand("x", r"@g\, @W", lambda v: v.g @ v.weight),
        Operand("W", r"@g^{\top} @x", lambda v: v.g.flatten(0, -2).mT @ v.input.flatten(0, -2)),
        Operand("b", r"\sum @g", lambda v: v.g),
        x="input", W="weight",
    ),
    whole(
        "Mv0", r"@y = @A\, @v",
        "A cell of the matrix gets the gradient of its row times the vector's cell. The vector gets the transposed "
        "matrix times the gradient.",
        Operand("A", r"@g\, @v^{\top}", lambda v: torch.outer(v.g, v.vec),
                lambda v, cell: (Part("g", cell[:1]), Part("vec", cell[1:]))),
        Operand("v", r"@A^{\top} @g", lambda v: v.self.mT @ v.g,
                lambda v, cell: (Part("g", ()), Part("self", (slice(None), cell[0])))),
        A="self", v="vec",
    ),
    whole(
        "Addmv0", r"@y = @beta\cdot @b + @alpha\cdot @A\, @v",
        "A cell of the matrix gets the gradient of its row times the vector's cell. The vector gets the transposed "
        "matrix times the gradient.",
        Operand("b", r"@beta\cdot @g", lambda v: v.g * v.beta),
        Operand("A", r"@alpha\cdot @g\, @v^{\top}", lambda v: v.alpha * torch.outer(v.g, v.vec)),
        Operand("v", r"@alpha\cdot @A^{\top} @g", lambda v: v.alpha * (v.mat.mT @ v.g)),
        A="mat", v="vec", alpha="alpha", beta="beta",
    ),
    whole(
        "Addr0", r"@y = @beta\cdot @b + @alpha\cdot @p\, @q^{\top}",
        "Each vector of an outer product gets the gradient's matrix times the other vector.",
        Operand("b", r"@beta\cdot @g", lambda v: v.g * v.beta),
        Operand("p", r"@alpha\cdot @g\, @q", _vector_of_outer("vec2", False)),
        Operand("q", r"@alpha\cdot @g^{\top} @p", _vector_of_outer("vec1", True)),
        p="vec1", q="vec2", alpha="alpha", beta="beta",
    ),
    whole(
        "Dot0", r"@y = @p \cdot @q",
        "Each vector gets the other one, times the one number that arrives.",
        Operand("p", r"@g\, @q", lambda v: v.g * v.tensor,
                lambda v, cell: (Part("g", ()), Part("tensor", cell))),
        Operand("q", r"@g\, @p", lambda v: v.g * v.self, lambda v, cell: (Part("g", ()), Part("self", cell))),
        p="self", q="tensor",
    ),
    whole(
        "LinalgCross0", r"@y = @p \times @q",
        "Each vector gets the cross product of the other one with the gradient.",
        Operand("p", r"@q \times @g", lambda v: torch.linalg.cross(v.other, v.g, dim=v.dim)),
        Operand("q", r"@g \times @p", lambda v: torch.linalg.cross(v.g, v.self, dim=v.dim)),
        p="self", q="other",
    ),
    whole(
        "LinalgInvEx0", r"@y = @A^{-1}",
        "A larger matrix has a smaller inverse, so the sign turns. The inverse stands on both sides.",
        Operand("A", r"-@y^{\top} @g\, @y^{\top}", _inverse), y="inverse",
    ),
    whole(
        "LinalgDet0", r"@y = \det @A",
        "A cell counts as much as its cofactor: the determinant times the transposed inverse.",
        Operand("A", r"@g \cdot @y \cdot (@A^{-1})^{\top}",
                lambda v: (v.g * v.result)[..., None, None] * torch.linalg.inv(v.A).mT),
        y="result",
    ),
    whole(
        "Triu0", r"@y = \text{the upper triangle of } @x",
        "The gradient passes where the operand was kept. What was set to zero gets none.",
        Operand("x", r"\text{the upper triangle of } @g", lambda v: v.g.triu(v.diagonal)),
    ),
    whole(
        "Tril0", r"@y = \text{the lower triangle of } @x",
        "The gradient passes where the operand was kept. What was set to zero gets none.",
        Operand("x", r"\text{the lower triangle of } @g", lambda v: v.g.tril(v.diagonal)),
    ),
    whole(
        "Trace0", r"@y = \mathrm{tr}(@x)",
        "Each cell of the diagonal gets the number that arrives. All others get none.",
        Operand("x", r"@g \cdot I", lambda v: v.g * torch.eye(*v.shape, dtype=v.g.dtype, device=v.g.device)),
    ),
)  # fmt: skip
