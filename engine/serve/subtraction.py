"""The difference of two tensors, which is looked at as any tensor is."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch

from engine.protocol.errors import EngineError
from engine.protocol.keys import DifferenceKey, TensorKey
from engine.protocol.subtraction import AskSubtraction, SubtractionShown
from engine.tensors import native
from engine.tensors.moment import moment_of
from engine.tensors.reading import dtype_name, plain, unobserved
from engine.tensors.subtraction import apart, dtype_of, subtracted

BUDGET_BYTES = 1 << 29  # of the one difference that is kept


class SubtractionDesk:
    """Keeps the newest difference for as long as both tensors are what they were, and none of the two. Only inside
    `GATE.reading`. `tensor` raises EngineError where a key has none."""

    def __init__(self, tensor: Callable[[TensorKey], torch.Tensor]) -> None:
        self._tensor = tensor
        self._kept: tuple[tuple[object, ...], torch.Tensor] | None = None

    def tensor(self, key: DifferenceKey) -> torch.Tensor:
        """The first less the second. Raises EngineError where they have no difference."""
        first, second = self._both(key)
        with unobserved():
            moment = (*moment_of(first, plain(first)), *moment_of(second, plain(second)))
        if self._kept is None or self._kept[0] != moment:
            self._kept = None
            with unobserved():
                self._kept = moment, subtracted(plain(first), plain(second))
        return self._kept[1]

    def subtraction(self, request: AskSubtraction) -> SubtractionShown:
        """How far apart they are. Raises EngineError where they have no difference."""
        first, second = self._both(request.key)
        with unobserved():
            found = apart(plain(first), plain(second))
        dtypes = native.dtype(first), native.dtype(second)
        return SubtractionShown(
            request.id,
            key=request.key,
            n_elements=native.numel(first),
            n_different=found.n_different,
            n_nan=found.n_nan,
            n_nan_in_both=found.n_nan_in_both,
            largest=found.largest,
            place=found.place,
            all_close=found.all_close,
            dtype=dtype_name(dtype_of(*dtypes)),
            dtypes=(dtype_name(dtypes[0]), dtype_name(dtypes[1])),
        )

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
