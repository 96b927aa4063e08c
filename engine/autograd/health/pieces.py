"""A large tensor read piece by piece, with a pause after each; of a very large one evenly spaced samples."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor

_PIECE = 1 << 20  # elements, which take about a millisecond
_MOST = 1 << 23  # elements of one tensor that are looked at


class Samples(NamedTuple):
    """A tensor by samples, along its first axis, and each how many of them are looked at."""

    tensor: Tensor  # (n_samples, …)
    step: int

    def pieces(self) -> Iterator[Tensor]:
        """Some samples at a time."""
        per_sample = max(1, math.prod(self.tensor.shape[1:]))
        n_at_once = max(1, _PIECE // per_sample) * self.step
        for start in range(0, self.tensor.shape[0], n_at_once):
            yield self.tensor[start : start + n_at_once : self.step]

    @property
    def is_sampled(self) -> bool:
        """Whether some are left out."""
        return self.step > 1


def samples_of(tensor: Tensor, *, channels_last: bool) -> Samples:
    """`channels_last`: the last axis has the channels, and each place is a sample; else axis 1 has them."""
    if channels_last and tensor.dim() > 1:
        tensor = tensor.reshape(-1, tensor.shape[-1])
    elif tensor.dim() < 2:
        tensor = tensor.reshape(1, -1)
    return Samples(tensor, max(1, math.ceil(tensor.numel() / _MOST)))


def count(flags: Tensor) -> int:
    """How many are true."""
    return int(torch.count_nonzero(flags))
