"""Functions that read one triangle of a matrix, and whose derivative is that of the whole of it.

torch shares a derivative out between both triangles, as if the matrix were made of equal halves; but a number that is
changed in the other triangle changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from torch import Tensor


class _Reading(NamedTuple):
    """What a function reads of its argument at `place`, also called `word`: `part(matrix, is_upper)`, which is upper
    where the argument at `which`, also called `chosen`, says so; None for functions that have none."""

    part: Callable[[Tensor, bool], Tensor]
    chosen: str = "upper"
    which: int | None = 1
    place: int = 0
    word: str = "input"


def reading_one(function: Any, name: str) -> Any:
    """The function of that name, asked about nothing that it does not read; itself where it reads all."""
    reading = _READING.get(name)
    if reading is None:
        return function

    def read(*args: Any, **kwargs: Any) -> Any:
        which = reading.which
        chosen = args[which] if which is not None and len(args) > which else kwargs.get(reading.chosen, False)
        if reading.chosen == "hermitian" and not chosen:
            return function(*args, **kwargs)
        is_upper = chosen in ("U", "u") if isinstance(chosen, str) else bool(chosen) and reading.chosen == "upper"
        given = list(args)
        into: Any = given if len(args) > reading.place else kwargs
        at: Any = reading.place if into is given else reading.word
        into[at] = reading.part(into[at], is_upper)
        return function(*given, **kwargs)

    return read


def _hermitian(matrix: Tensor, is_upper: bool) -> Tensor:
    """The other triangle is the mirror of the one that is read."""
    return matrix.triu() + matrix.triu(1).mH if is_upper else matrix.tril() + matrix.tril(-1).mH


def _triangular(matrix: Tensor, is_upper: bool) -> Tensor:
    return matrix.triu() if is_upper else matrix.tril()


def _below(matrix: Tensor, _is_upper: bool) -> Tensor:
    """What reflections are made of: the diagonal and what is above it belong to another matrix."""
    return matrix.tril(-1)


_READING: Mapping[str, _Reading] = MappingProxyType({
    **dict.fromkeys(("linalg_eigh", "linalg_eigvalsh"), _Reading(_hermitian, "UPLO")),
    **dict.fromkeys(("cholesky", "linalg_cholesky", "linalg_cholesky_ex"), _Reading(_hermitian)),
    "linalg_pinv": _Reading(_hermitian, "hermitian", 3),
    "cholesky_inverse": _Reading(_triangular),
    "cholesky_solve": _Reading(_triangular, which=2, place=1, word="input2"),
    **dict.fromkeys(("linalg_householder_product", "orgqr"), _Reading(_below, which=None)),
})  # fmt: skip
