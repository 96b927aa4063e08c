"""The difference of two tensors, which is looked at as any tensor is."""

from __future__ import annotations

import math
from collections.abc import Callable
from time import monotonic

import torch

from engine.protocol.errors import EngineError
from engine.protocol.keys import DifferenceKey, TensorKey
from engine.protocol.subtraction import AskSubtraction, SubtractionShown
from engine.tensors import native
from engine.tensors.moment import moment_of
from engine.tensors.reading import dtype_name, plain, unobserved
from engine.tensors.subtraction import Subtraction, dtype_of

BUDGET_BYTES = 1 << 29  # of the one difference that is kept
_AT_ONCE = 1 << 22  # elements, about a tenth of a second
_TURN_S = 0.08  # how long an answer may read of more


class SubtractionDesk:
    """Keeps the newest difference for as long as both tensors are what they were, and none of the two. Only inside
    `GATE.reading`. `tensor` raises EngineError where a key has none; `n_runs` are the programs that have ended so far,
    each of which may have written past a version counter."""

    def __init__(self, tensor: Callable[[TensorKey], torch.Tensor], n_runs: Callable[[], int]) -> None:
        self._tensor, self._n_runs = tensor, n_runs
        self._kept: tuple[tuple[object, ...], Subtraction] | None = None

    def tensor(self, key: DifferenceKey) -> torch.Tensor:
        """The first less the second. Raises EngineError where they have no difference."""
        found = self._of(*self._both(key), math.inf, keeps=True)
        assert found.difference is not None
        return found.difference

    def subtraction(self, request: AskSubtraction) -> SubtractionShown:
        """How far apart they are, of as much as a turn has read. Raises EngineError where they have no difference."""
        first, second = self._both(request.key)
        n_elements = native.numel(first)
        until_s = math.inf if n_elements <= _AT_ONCE else monotonic() + _TURN_S
        read = self._of(first, second, until_s, keeps=request.keeps)
        found, dtypes = read.found, (native.dtype(first), native.dtype(second))
        return SubtractionShown(
            request.id,
            key=request.key,
            n_elements=n_elements,
            n_read=read.n_read,
            keeps=request.keeps,
            n_different=found.n_different,
            n_nan=found.n_nan,
            n_nan_in_both=found.n_nan_in_both,
            largest=found.largest,
            place=found.place,
            all_close=found.all_close,
            dtype=dtype_name(read.dtype),
            dtypes=(dtype_name(dtypes[0]), dtype_name(dtypes[1])),
        )

    def _of(self, first: torch.Tensor, second: torch.Tensor, until_s: float, *, keeps: bool) -> Subtraction:
        """Of both as they are now, read on until then."""
        with unobserved():
            bare = plain(first), plain(second)
            moment = (self._n_runs(), *moment_of(first, bare[0]), *moment_of(second, bare[1]))
            if self._kept is None or self._kept[0] != moment or (keeps and self._kept[1].difference is None):
                self._kept = None  # before there is room for another
                self._kept = moment, Subtraction(*bare, keeps=keeps)
            self._kept[1].go_on(*bare, until_s)
        return self._kept[1]

    def _both(self, key: DifferenceKey) -> tuple[torch.Tensor, torch.Tensor]:
        first, second = self._tensor(key.first), self._tensor(key.second)
        with unobserved():
            shapes = tuple(native.shape(first)), tuple(native.shape(second))
            if shapes[0] != shapes[1]:
                raise EngineError(
                    "subtraction.shapes",
                    "One is {shape}, the other {other}: only tensors of the same shape have a difference.",
                    shape=shapes[0],
                    other=shapes[1],
                )
            n_bytes = math.prod(shapes[0]) * dtype_of(native.dtype(first), native.dtype(second)).itemsize
        if n_bytes > BUDGET_BYTES:
            raise EngineError(
                "subtraction.too_large",
                "Their difference would take {n_bytes:,} bytes, more than the {budget:,} that it may take.",
                n_bytes=n_bytes,
                budget=BUDGET_BYTES,
            )
        return first, second
