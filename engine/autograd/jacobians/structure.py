"""What a Jacobian exactly is: no entry is rounded to make it so."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from engine.protocol.jacobians import Structure
from engine.protocol.sentence import Sentence
from engine.shared.numbers import brief


def structure_of(matrix: Tensor) -> Structure | None:
    """The first that fits of a two-dimensional float64; None of a matrix without one."""
    rows, columns = matrix.shape
    if not rows or not columns or not bool(matrix.isfinite().all()):
        return None
    if not bool(matrix.any()):
        return Structure("zero", Sentence.of("jacobian.zero", "All zero: nothing of what arrives is sent on."))
    if (rows, columns) == (1, 1):
        return Structure("number", Sentence.of("jacobian.number", "One number: the slope."))
    return _of_diagonal(matrix) or _of_places(matrix) or _of_entries(matrix) or _of_blocks(matrix)


def _of_diagonal(matrix: Tensor) -> Structure | None:
    rows, columns = matrix.shape
    if rows != columns or bool((matrix - matrix.diag().diag()).any()):
        return None
    slopes = matrix.diag()
    if bool((slopes == 1).all()):
        said = Sentence.of("jacobian.identity", "The identity: what arrives is sent on as it is.")
        return Structure("identity", said)
    if bool((slopes == slopes[0]).all()):
        text = brief(float(slopes[0]))
        said = Sentence.of("jacobian.multiple", "{factor} times the identity: one factor for all cells.", factor=text)
        return Structure(f"{text} × identity", said)
    said = Sentence.of(
        "jacobian.diagonal",
        "Diagonal: each cell of the result depends on its own cell of the operand alone, so the product is taken cell "
        "by cell.",
    )
    return Structure("diagonal", said)


def _of_places(matrix: Tensor) -> Structure | None:
    """Of ones and zeros: where numbers go."""
    if not bool(((matrix == 0) | (matrix == 1)).all()):
        return None
    in_rows, in_columns = matrix.sum(1), matrix.sum(0)
    is_one_a_row, is_one_a_column = bool((in_rows == 1).all()), bool((in_columns == 1).all())
    if is_one_a_row and is_one_a_column:
        return Structure(
            "permutation", Sentence.of("jacobian.permutation", "A permutation: the numbers only change places.")
        )
    if is_one_a_row and bool((in_columns <= 1).all()):
        said = Sentence.of(
            "jacobian.selection",
            "A selection: each cell of the result is one of the operand's; those that were not taken get 0.",
        )
        return Structure("selection", said)
    if is_one_a_row:
        said = Sentence.of("jacobian.copies", "Copies: what arrives at all copies of a cell is added up.")
        return Structure("copies", said)
    if is_one_a_column:
        said = Sentence.of("jacobian.sums", "Sums: each summand gets what arrives at its sum, as it is.")
        return Structure("sums", said)
    return None


def _of_entries(matrix: Tensor) -> Structure | None:
    if bool((matrix == matrix[0, 0]).all()):
        text = brief(float(matrix[0, 0]))
        return Structure("constant", Sentence.of("jacobian.constant", "Every entry is {value}.", value=text))
    if matrix.shape[0] == 1:
        said = Sentence.of("jacobian.one_row", "One row: the result is one number, and this is its gradient.")
        return Structure("one row", said)
    return None


def _of_blocks(matrix: Tensor) -> Structure | None:
    """The most blocks of one size that lie on the diagonal, with zeros around."""
    rows, columns = matrix.shape
    common = math.gcd(rows, columns)
    for count in (number for number in range(common, 1, -1) if common % number == 0):
        parts = matrix.reshape(count, rows // count, count, columns // count).transpose(1, 2)
        if bool(parts[~torch.eye(count, dtype=torch.bool)].any()):
            continue
        own = parts.diagonal(dim1=0, dim2=1).permute(2, 0, 1)
        if bool((own == own[0]).all()):
            said = Sentence.of(
                "jacobian.equal_blocks",
                "{count} equal blocks of {rows} × {columns} along the diagonal, zeros around.",
                count=count,
                rows=rows // count,
                columns=columns // count,
            )
        else:
            said = Sentence.of(
                "jacobian.blocks",
                "{count} blocks of {rows} × {columns} along the diagonal, zeros around.",
                count=count,
                rows=rows // count,
                columns=columns // count,
            )
        return Structure("block diagonal", said)
    return None
