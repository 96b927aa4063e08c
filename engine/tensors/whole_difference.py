"""Whole numbers less others without wrapping round: a difference of two of 64 bits may need 65."""

from __future__ import annotations

import torch

_TURN = 2.0**64  # what a difference that has wrapped round is off by


class WholeNumbers:
    """A tensor of any whole dtype, or bool, as int64; of uint64 beside its bits where they stand for 2^64 more."""

    def __init__(self, tensor: torch.Tensor, device: torch.device) -> None:
        self.bits = tensor.to(device, torch.int64)
        self.is_above = self.bits < 0 if tensor.dtype == torch.uint64 else torch.zeros_like(self.bits, dtype=torch.bool)

    def is_as(self, other: WholeNumbers) -> torch.Tensor:
        """Where both are the same number."""
        return (self.bits == other.bits) & (self.is_above == other.is_above)

    def double(self) -> torch.Tensor:
        """The nearest numbers of float64."""
        return self.bits.double() + self.is_above * _TURN


def less(one: WholeNumbers, other: WholeNumbers) -> tuple[torch.Tensor, torch.Tensor]:
    """Their difference as int64, and what is to be added to that as float64: 0 but where it has wrapped round."""
    wrapped, is_less = one.bits - other.bits, one.bits < other.bits
    turns = (~is_less & (wrapped < 0)).double() - (is_less & (wrapped >= 0)).double()
    return wrapped, (turns + one.is_above.double() - other.is_above.double()) * _TURN
