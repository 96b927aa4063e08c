"""The keys and values of a sequence, kept so that its next token costs one token and not all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import torch
from torch import Tensor

from engine.runs.config import GPTConfig

Join: TypeAlias = Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]


class KeyValues:
    """Of one sequence, as long as a model's context. `n` tokens are known; 0 forgets them."""

    def __init__(self, config: GPTConfig, like: Tensor) -> None:
        width = config.emb_dim // config.n_heads
        shape = (config.n_layers, 2, 1, config.n_heads, config.context_length, width)
        self._kept = torch.empty(shape, dtype=like.dtype, device=like.device)  # (layers, k and v, 1, nh, context, hs)
        self.n = 0

    def join(self, layer: int, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
        """Those of new tokens, (1, nh, T, hs) each, behind the known ones: (1, nh, n + T, hs) each."""
        end = self.n + k.shape[2]
        for kept, new in zip(self._kept[layer], (k, v), strict=True):
            kept[:, :, self.n : end] = new
        keys, values = self._kept[layer, :, :, :, :end]
        return keys, values
