"""Records of triangular factors with rows exchanged, of reflections, of least squares and of general eigenvalues."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.rule import Operand, whole


def _solved(triangle: Tensor, right: Tensor, *, upper: bool, one: bool = False) -> Tensor:
    return torch.linalg.solve_triangular(triangle, right, upper=upper, unitriangular=one)


def _of_factors(order: Tensor, lower: Tensor, upper: Tensor, g_lower: Tensor, g_upper: Tensor) -> Tensor:
    """To a square matrix from its factors: `order` times `lower` times `upper`."""
    if lower.shape[-2] != upper.shape[-1]:
        raise NotImplementedError
    inner = (lower.mT @ g_lower).tril(-1) + (g_upper @ upper.mT).triu()
    left = _solved(lower.mT, inner, upper=True, one=True)
    return order @ _solved(upper, left.mT, upper=True).mT


def _parted(v: Any) -> tuple[Tensor, Tensor, Tensor]:
    order, lower, upper = torch.lu_unpack(v.LU, v.pivots)
    return order, lower, upper


def _of_packed(v: Any) -> Tensor:
    return _of_factors(*_parted(v), v.g.tril(-1), v.g.triu())


def _of_two(v: Any) -> Tensor:
    lower, upper = (torch.zeros_like(one) if g is None else g for one, g in zip((v.L, v.U), v.arriving, strict=True))
    return _of_factors(v.P, v.L, v.U, lower, upper)


def _packed_again(v: Any) -> Tensor:
    lower, upper = v.arriving
    found = torch.zeros((), dtype=torch.float64) if lower is None else lower.tril(-1)
    return found if upper is None else found + upper.triu()


def _of_solution(v: Any) -> Tensor:
    return torch.linalg.lu_solve(v.LU, v.pivots, v.g, left=v.left, adjoint=not v.adjoint)


def _of_solver(v: Any) -> Tensor:
    """To both factors in one."""
    order, lower, upper = _parted(v)
    right, x = _of_solution(v), v.result
    if v.left:
        whole_matrix = -x @ right.mT if v.adjoint else -right @ x.mT
    else:
        whole_matrix = -right.mT @ x if v.adjoint else -x.mT @ right
    mixed = order.mT @ whole_matrix
    return (mixed @ upper.mT).tril(-1) + (lower.mT @ mixed).triu()


def _square(v: Any) -> Tensor:
    """The inverse, or what stands for it. Raises NotImplementedError where a gradient came to what is left over."""
    if v.arriving[1] is not None or v.self.shape[-1] > v.self.shape[-2]:
        raise NotImplementedError
    return torch.linalg.pinv(v.self)


def _nearest(v: Any) -> Tensor:
    inverse = _square(v)
    given, back = inverse.mT @ v.g, v.b - v.self @ v.solution
    return -given @ v.solution.mT + back @ (inverse @ given).mT


def _reflected(vectors: Tensor, sizes: Tensor) -> Tensor:
    """The product of all reflections, square."""
    n_rows, n = vectors.shape[-2], sizes.shape[-1]
    found = torch.eye(n_rows, dtype=vectors.dtype, device=vectors.device)
    lower = vectors.tril(-1) + torch.eye(n_rows, vectors.shape[-1], dtype=vectors.dtype, device=vectors.device)
    for k in range(n):
        one = lower[..., :, k : k + 1]
        found = found - (found @ one) * sizes[..., k, None, None] @ one.mT
    return found


def _of_reflections(v: Any) -> Tensor:
    with torch.enable_grad():
        given = [one.detach().requires_grad_() for one in (v.input, v.tau)]
        made = _reflected(*given)[..., : v.input.shape[-1]]
        (found,) = torch.autograd.grad(made, given[v.nth], v.g, create_graph=v.g.requires_grad)
    return found


def _of_turned(v: Any) -> Tensor:
    with torch.enable_grad():
        given = [one.detach().requires_grad_() for one in (v.self, v.input2, v.input3)]
        turn = _reflected(*given[:2])
        turn = turn.mT if v.transpose else turn
        made = turn @ given[2] if v.left else given[2] @ turn
        (found,) = torch.autograd.grad(made, given[v.nth], v.g, create_graph=v.g.requires_grad)
    return found


def _of_eigenvalues(v: Any) -> Tensor:
    g_values, g_vectors = v.arriving
    if g_values is None or g_vectors is not None:
        raise NotImplementedError
    found = torch.linalg.solve(v.eigenvectors.mH, g_values.unsqueeze(-1) * v.eigenvectors.mH)
    return found.real


_FACTORS = (
    "Both triangles are made of the one matrix, so that it gets what comes to each, led back through the other. Rows "
    "are put back in their order first."
)
RULES = (
    whole("LinalgLuFactorEx0", r"@x = P\, L\, U,\; @y = L + U - 1", _FACTORS,
          Operand("x", r"P\, L^{-\top} (\mathrm{tril}(L^{\top} @g) + \mathrm{triu}(@g\, U^{\top}))\, U^{-\top}",
                  _of_packed), y="LU"),
    whole("LinalgLu0", r"@x = @p\, @l\, @u", _FACTORS,
          Operand("x", r"@p\, @l^{-\top} \left(\mathrm{tril}\left(@l^{\top} \frac{\partial L}{\partial @l}\right) + "
                       r"\mathrm{triu}\left(\frac{\partial L}{\partial @u}\, @u^{\top}\right)\right) @u^{-\top}",
                  _of_two), p="P", l="L", u="U"),
    whole("LuUnpack0", r"L, U = \mathrm{parts}(@x)",
          "Both triangles lie in one matrix. Each place of it gets the gradient of the triangle that it is in.",
          Operand("x", r"\mathrm{tril}\left(\frac{\partial L}{\partial L}\right) + "
                       r"\mathrm{triu}\left(\frac{\partial L}{\partial U}\right)", _packed_again)),
    whole("LinalgLuSolve0", r"@y = (P\, L\, U)^{-1} @B",
          "The right-hand side gets what solves the same system, transposed. The factors get minus that, times the "
          "solution, each by way of the other.",
          Operand("A", r"\mathrm{parts}(-A^{-\top} @g\, @y^{\top})", _of_solver),
          Operand("B", r"A^{-\top} @g", _of_solution), A="LU", y="result"),
    whole("LinalgLstsq0", r"@y = \arg\min \lVert @A\, @y - @B \rVert",
          "The right-hand side gets the gradient through the same least squares, transposed. The matrix also gets how "
          "far off the solution is, for another matrix would leave other rests.",
          Operand("A", r"-b\, @y^{\top} + (@B - @A\, @y)\, (@A^{+} b)^{\top},\; b = @A^{+\top} @g", _nearest),
          Operand("B", r"@A^{+\top} @g", lambda v: _square(v).mT @ v.g),
          A="self", B="b", y="solution"),
    whole("LinalgHouseholderProduct0", r"@y = \prod_k (1 - @t_k\, @x_k @x_k^{\top})",
          "A product of reflections, one after the other. Each vector and each size gets the gradient through all of "
          "the others.",
          Operand("x", r"\text{through each factor of the product}", _of_reflections),
          Operand("t", r"\text{through each factor of the product}", _of_reflections),
          x="input", t="tau", y="result"),
    whole("Ormqr0", r"@y = \prod_k (1 - @t_k\, @x_k @x_k^{\top})\, @B",
          "A matrix that is reflected several times. It gets the gradient reflected the other way, and each vector and "
          "size the gradient through all of the others.",
          Operand("x", r"\text{through each factor of the product}", _of_turned),
          Operand("t", r"\text{through each factor of the product}", _of_turned),
          Operand("B", r"Q^{\top} @g", _of_turned),
          x="self", t="input2", B="input3", y="result"),
    whole("LinalgEig0", r"@x = @v\, \mathrm{diag}(@s)\, @v^{-1}",
          "An eigenvalue gets how the matrix stretches along its two vectors, the one from the left and the one from "
          "the right. Where two are equal they have no derivative.",
          Operand("x", r"\mathrm{Re}\left(@v^{-*} \mathrm{diag}\left(\frac{\partial L}{\partial @s}\right) "
                       r"@v^{*}\right)", _of_eigenvalues), s="eigenvalues", v="eigenvectors"),
)  # fmt: skip
