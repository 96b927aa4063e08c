"""Batches of a corpus, by a generator of their own."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from engine.runs.config import RunConfig

_ON_DEVICE_BYTES = 2 << 30


class Batches:
    """Random windows of a token array. Its generator is its own: nothing else can shift which batch comes next."""

    def __init__(self, tokens: np.ndarray, run: RunConfig, device: torch.device, seed: int) -> None:
        self._context = run.model.context_length
        self._batch_size = run.batch_size
        self._places = torch.arange(self._context + 1, device=device)  # of a window's tokens behind its start
        self._device = device
        self.generator = torch.Generator().manual_seed(seed)
        self._tokens = tokens
        self._resident: Tensor | None = None
        if device.type != "cpu" and tokens.nbytes < _ON_DEVICE_BYTES:
            self._resident = torch.from_numpy(np.array(tokens, dtype=np.int32)).to(device)

    def next(self, n_sequences: int | None = None) -> tuple[Tensor, Tensor]:
        """Inputs and targets, int64 (B, T) each, on the device; a target is the token that follows. B is the run's
        batch_size unless given: which sequences come does not depend on how many are taken at once."""
        last = len(self._tokens) - self._context
        starts = torch.randint(last, (n_sequences or self._batch_size,), generator=self.generator)
        if self._resident is not None:
            places = starts.to(self._device, non_blocking=True)[:, None] + self._places
            window = self._resident[places].long()
        else:
            rows = self._tokens[starts.numpy()[:, None] + np.arange(self._context + 1)]
            window = torch.from_numpy(rows.astype(np.int64)).to(self._device, non_blocking=True)
        return window[:, :-1], window[:, 1:]
