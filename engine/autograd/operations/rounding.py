"""What is left of a derivative of 0 where it was worked out of numbers that cancel each other."""

from __future__ import annotations

from torch import Tensor

_SHARE = 1e-10  # of what a cell is made of: less is rounding, of numbers between 0.5 and 1.5
_DECOMPOSING = frozenset({
    "qr", "svd", "svd_lowrank", "pca_lowrank", "lu", "lstsq", "inverse", "pinverse", "matrix_exp", "cholesky",
    "cholesky_solve", "cholesky_inverse", "orgqr", "ormqr", "triangular_solve", "corrcoef",
    "cosine_similarity", "normalize",
})  # fmt: skip


def is_rounded(name: str) -> bool:
    """Whether the derivatives of the function of that name cancel, as those of an orthogonal matrix do."""
    return name.startswith("linalg_") or name.lstrip("_").removesuffix("_with_info") in _DECOMPOSING


def without_rounding(derivative: Tensor, operand: Tensor, result: Tensor) -> Tensor:
    """`derivative` of `result` by `operand`, one of which is a single number: 0 where it is nothing but rounding."""
    size = derivative.abs() * operand.abs().max()
    return derivative.masked_fill(size <= _SHARE * size.max().maximum(result.abs()), 0)
