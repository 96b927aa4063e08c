"""A prediction against the gradient that PyTorch sent on, cell by cell."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from engine.autograd.predictions.entered import Entered

_RELATIVE = {torch.float64: 1e-9, torch.float32: 1e-4, torch.float16: 2e-2, torch.bfloat16: 5e-2}
_OF_LARGEST = 1e-3  # of a cell that is much smaller than the largest, as a share of that


class Target(NamedTuple):
    """PyTorch's gradient in float64, the dtype that it was computed in, and one prediction of it."""

    actual: Tensor
    dtype: torch.dtype
    prediction: Entered

    def fits(self, numbers: Tensor, expected: Tensor | None = None) -> bool:
        """Whether numbers are what is expected, PyTorch's gradient where nothing else is, in all cells that were
        predicted."""
        against = self.actual if expected is None else expected
        if numbers.numel() != 1 and tuple(numbers.shape) != tuple(against.shape):
            return False
        return bool(self._right(self._predicted(numbers), self._predicted(against)).all())

    def right(self) -> Tensor:
        """Bool, for each cell that was predicted."""
        return self._right(self._predicted(self.prediction.numbers), self._predicted(self.actual))

    def errors(self) -> Tensor:
        """Of each cell that was predicted."""
        return (self._predicted(self.prediction.numbers) - self._predicted(self.actual)).abs()

    def _predicted(self, numbers: Tensor) -> Tensor:
        cell = self.prediction.cell
        if numbers.numel() == 1 and numbers.dim() != self.actual.dim():
            numbers = numbers.reshape(()).expand(self.actual.shape)
        return numbers if cell is None or numbers.shape != self.actual.shape else numbers[cell].reshape(1)

    def _right(self, numbers: Tensor, expected: Tensor) -> Tensor:
        tolerance = _RELATIVE.get(self.dtype, 5e-2)
        largest = float(expected.abs().nan_to_num(0, 0, 0).max()) if expected.numel() else 0.0
        allowed = tolerance * (expected.abs() + _OF_LARGEST * largest) + 1.0001 * self.prediction.rounding
        same = (numbers - expected).abs() <= allowed
        return same | (numbers == expected) | (numbers.isnan() & expected.isnan())
