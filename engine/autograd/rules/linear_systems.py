"""Records of solving and factoring matrices, and of products of several at once."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.rule import Operand, whole


def _columns(v: Any, tensor: Tensor) -> Tensor:
    """A right-hand side that is one column, as a matrix."""
    return tensor.unsqueeze(-1) if v.A.dim() > v.result.dim() else tensor


def _solved_for(v: Any) -> Tensor:
    found = torch.linalg.solve(v.A.mT, _columns(v, v.g), left=v.left)
    return found.reshape(v.g.shape)


def _of_matrix(v: Any) -> Tensor:
    x, back = _columns(v, v.result), torch.linalg.solve(v.A.mT, _columns(v, v.g), left=v.left)
    return -back @ x.mT if v.left else -x.mT @ back


def _factored(v: Any) -> Tensor:
    factor, g = (v.L.mT, v.g.mT) if v.upper else (v.L, v.g)
    inner = (factor.mT @ g).tril()
    inner = inner - 0.5 * torch.diag_embed(inner.diagonal(dim1=-2, dim2=-1))
    right = torch.linalg.solve_triangular(factor, inner, upper=False, left=False)
    found = torch.linalg.solve_triangular(factor.mT, right, upper=True)
    return 0.5 * (found + found.mT)


def _of_determinant(v: Any) -> Tensor:
    g: Tensor = v.arriving[1]
    return g[..., None, None] * torch.linalg.inv(v.A).mT


def _groups(v: Any) -> list[tuple[int, int, int]]:
    """Number, first row and the row after the last of each group."""
    ends = v.offs.tolist()
    return [(nth, start, end) for nth, (start, end) in enumerate(zip([0, *ends], ends, strict=False))]


def _of_rows(v: Any) -> Tensor:
    if v.self.dim() != 2 or v.mat2.dim() != 3:
        raise NotImplementedError
    found = v.g.new_zeros(v.shape)
    for nth, start, end in _groups(v):
        found[start:end] = v.g[start:end] @ v.mat2[nth].mT
    return found


def _of_matrices(v: Any) -> Tensor:
    if v.self.dim() != 2 or v.mat2.dim() != 3:
        raise NotImplementedError
    return torch.stack([v.self[start:end].mT @ v.g[start:end] for _, start, end in _groups(v)])


RULES = (
    whole(
        "Vdot0", r"@y = \sum_i @a_i\, @b_i",
        "The number that arrives is spread over both vectors. Each gets it times the other one.",
        Operand("a", r"@g\, @b", lambda v: v.g * v.other), Operand("b", r"@g\, @a", lambda v: v.g * v.self),
        a="self", b="other",
    ),
    whole(
        "LinalgSolveEx0", r"@y = @A^{-1} @B",
        "The right-hand side gets what solves the same system, transposed. The matrix gets minus that, times the "
        "solution transposed: where it pulls the solution along, it has to give.",
        Operand("A", r"-@A^{-\top} @g\, @y^{\top}", _of_matrix), Operand("B", r"@A^{-\top} @g", _solved_for),
        A="A", y="result",
    ),
    whole(
        "LinalgCholeskyEx0", r"@x = @y\, @y^{\top}",
        "The matrix gets the gradient led back through both of its triangular factors. Only its symmetric part counts, "
        "so both halves get the same.",
        Operand("x", r"\mathrm{sym}(@y^{-\top}\, \Phi(@y^{\top} @g)\, @y^{-1})", _factored),
        y="L",
    ),
    whole(
        "LinalgSlogdet0", r"@y = \ln |\det @x|",
        "The logarithm of a determinant grows as fast as the inverse of the matrix is large. A nearly singular matrix "
        "gets a gradient without bounds.",
        Operand("x", r"@g\, @x^{-\top}", _of_determinant), x="A",
    ),
    whole(
        "GroupedMm0", r"@y_{[\mathrm{rows}\; k]} = @a_{[\mathrm{rows}\; k]}\, @b_k",
        "Each group of rows has a matrix of its own, as each expert of a mixture its own tokens. A matrix gets a "
        "gradient from the rows of its group alone; an expert without tokens gets 0.",
        Operand("a", r"@g_{[\mathrm{rows}\; k]}\, @b_k^{\top}", _of_rows),
        Operand("b", r"@a_{[\mathrm{rows}\; k]}^{\top}\, @g_{[\mathrm{rows}\; k]}", _of_matrices),
        a="self", b="mat2",
    ),
)  # fmt: skip
