"""Records of matrices that are taken apart, and of functions of whole matrices."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.rule import Operand, whole


def _differences(values: Tensor) -> Tensor:
    """1 / (values_j − values_i); 0 on the diagonal."""
    found = values.unsqueeze(-2) - values.unsqueeze(-1)
    found.diagonal(dim1=-2, dim2=-1).fill_(torch.inf)
    return 1 / found


def _singular(v: Any) -> Tensor:
    """Of the thin factors, which those of a square matrix are."""
    if v.full_matrices and v.shape[-1] != v.shape[-2]:
        raise NotImplementedError
    gu, gs, gvh = v.arriving
    u, s, right = v.U, v.S, v.Vh.mT
    inner = torch.diag_embed(torch.zeros_like(s) if gs is None else gs)
    shares, found = _differences(s**2), torch.zeros((), dtype=s.dtype, device=s.device)
    if gu is not None:
        turn = u.mT @ gu
        inner = inner + shares * (turn - turn.mT) * s.unsqueeze(-2)
        found = found + (gu - u @ turn) / s.unsqueeze(-2) @ right.mT
    if gvh is not None:
        turn = right.mT @ gvh.mT
        inner = inner + s.unsqueeze(-1) * shares * (turn - turn.mT)
        found = found + u @ ((gvh.mT - right @ turn) / s.unsqueeze(-2)).mT
    return found + u @ inner @ right.mT


def _of_values(v: Any) -> Tensor:
    values, vectors = v.eigenvalues, v.eigenvectors
    g_values, g_vectors = v.arriving
    inner = torch.diag_embed(torch.zeros_like(values) if g_values is None else g_values)
    if g_vectors is not None:
        turned = _differences(values) * (vectors.mT @ g_vectors)
        inner = inner + 0.5 * (turned + turned.mT)
    return vectors @ inner @ vectors.mT


def _of_triangle(v: Any) -> Tensor:
    if v.mode != "reduced" or v.Q.shape[-2] < v.Q.shape[-1]:
        raise NotImplementedError
    gq, gr = v.arriving
    inner = torch.zeros_like(v.R) if gr is None else v.R @ gr.triu().mT
    inner = inner if gq is None else inner - gq.mT @ v.Q
    both = inner.tril() + inner.tril(-1).mT
    found = v.Q @ both if gq is None else gq + v.Q @ both
    return torch.linalg.solve_triangular(v.R.mT, found, upper=False, left=False)


def _other_side(v: Any) -> Tensor:
    return torch.linalg.solve_triangular(
        v.self.mT, v.g, upper=not v.upper, left=v.left, unitriangular=v.unitriangular
    )  # fmt: skip


def _triangular(v: Any) -> Tensor:
    back = _other_side(v)
    found = -back @ v.result.mT if v.left else -v.result.mT @ back
    offset = int(bool(v.unitriangular))
    return found.triu(offset) if v.upper else found.tril(-offset)


def _by_factor(v: Any) -> Tensor:
    """Of a right-hand side."""
    return torch.cholesky_solve(v.g, v.input2, upper=v.upper)


def _factor_of(v: Any) -> Tensor:
    half = _by_factor(v) @ v.result.mT
    both = half + half.mT
    return -v.input2 @ both if v.upper else -both @ v.input2


def _factor_of_inverse(v: Any) -> Tensor:
    both = v.result @ (v.g + v.g.mT) @ v.result
    return -v.self @ both if v.upper else -both @ v.self


def _exponential(v: Any) -> Tensor:
    """The corner of the exponential of a matrix of four."""
    a, n = v.self.mT, v.self.shape[-1]
    four = torch.cat([torch.cat([a, v.g], -1), torch.cat([torch.zeros_like(a), a], -1)], -2)
    return torch.linalg.matrix_exp(four)[..., :n, n:]


def _pseudoinverse(v: Any) -> Tensor:
    a, p, g = v.self, v.result, v.g.mT
    ones = [torch.eye(n, dtype=a.dtype, device=a.device) for n in a.shape[-2:]]
    found = -p.mT @ v.g @ p.mT + (ones[0] - a @ p) @ g @ p @ p.mT
    return found + p.mT @ p @ g @ (ones[1] - p @ a)


RULES = (
    whole(
        "LinalgSvd0", r"@x = @u\, \mathrm{diag}(@s)\, @v^{\top}",
        "A singular value gets how the matrix stretches along its two vectors. The vectors turn into each other, the "
        "faster the nearer their values are: where two are equal they have no derivative.",
        Operand("x", r"@u\, \mathrm{diag}\left(\frac{\partial L}{\partial @s}\right) @v^{\top} + \cdots", _singular),
        u="U", s="S", v="Vh",
    ),
    whole(
        "LinalgEigh0", r"@x = @v\, \mathrm{diag}(@s)\, @v^{\top}",
        "An eigenvalue gets how the matrix stretches along its vector. The vectors turn into each other, the faster "
        "the nearer their values are: where two are equal they have no derivative.",
        Operand("x", r"@v \left(\mathrm{diag}\left(\frac{\partial L}{\partial @s}\right) + \frac{@v^{\top} "
                     r"\frac{\partial L}{\partial @v}}{@s_j - @s_i}\right) @v^{\top}", _of_values),
        s="eigenvalues", v="eigenvectors",
    ),
    whole(
        "LinalgQr0", r"@x = @q\, @r",
        "Columns that are made orthogonal one after the other. The gradient goes back through the triangle that says "
        "how much of the earlier columns was taken off.",
        Operand("x", r"\left(\frac{\partial L}{\partial @q} + @q \cdots\right) @r^{-\top}", _of_triangle),
        q="Q", r="R",
    ),
    whole(
        "LinalgSolveTriangular0", r"@y = @A^{-1} @B",
        "The right-hand side gets what solves the same triangle, transposed. The triangle gets minus that, times the "
        "solution transposed, and nothing where it is 0 by its form.",
        Operand("A", r"-@A^{-\top} @g\, @y^{\top}", _triangular), Operand("B", r"@A^{-\top} @g", _other_side),
        A="self", y="result",
    ),
    whole(
        "CholeskySolve0", r"@y = (@A\, @A^{\top})^{-1} @B",
        "The right-hand side gets what solves the same system. The factor gets minus that, times the solution, and "
        "both ways round, as it stands on both sides.",
        Operand("B", r"(@A\, @A^{\top})^{-1} @g", _by_factor),
        Operand("A", r"-(b\, @y^{\top} + @y\, b^{\top})\, @A,\; b = (@A\, @A^{\top})^{-1} @g", _factor_of),
        B="self", A="input2", y="result",
    ),
    whole(
        "CholeskyInverse0", r"@y = (@A\, @A^{\top})^{-1}",
        "A larger factor has a smaller inverse, so the sign turns. The inverse stands on both sides.",
        Operand("A", r"-@y\, (@g + @g^{\top})\, @y\, @A", _factor_of_inverse), A="self", y="result",
    ),
    whole(
        "LinalgMatrixExp0", r"@y = e^{@x}",
        "The exponential of a matrix mixes all of its powers. The gradient goes through each of them, from both sides.",
        Operand("x", r"\int_0^1 e^{s @x^{\top}} @g\, e^{(1 - s) @x^{\top}}\, ds", _exponential), x="self",
    ),
    whole(
        "LinalgPinv0", r"@y = @x^{+}",
        "As of an inverse, with a turned sign and itself on both sides. Where the matrix is not square, directions "
        "that it does not reach count, too.",
        Operand("x", r"-@y^{\top} @g\, @y^{\top} + \cdots", _pseudoinverse), x="self", y="result",
    ),
)  # fmt: skip
