"""Shapes and sizes as the sentences show them."""

from __future__ import annotations

import math
import re

import torch

from engine.protocol.values import short_dtype

Shape = tuple[int, ...]


def shape(tensor: torch.Tensor) -> Shape:
    """Its shape as a plain tuple."""
    return tuple(int(size) for size in tensor.shape)


def sizes(text: str) -> Shape:
    """The whole numbers in a text, as torch prints a shape."""
    return tuple(int(size) for size in re.findall(r"-?\d+", text))


def memory_words(n_bytes: float) -> str:
    """ "36.4 TiB"."""
    units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"]
    power = min(len(units) - 1, max(0, math.frexp(n_bytes)[1] - 1) // 10)
    amount = n_bytes / 1024**power
    return f"{amount:,.0f} {units[power]}" if power == 0 or amount >= 100 else f"{amount:.1f} {units[power]}"


def dtype(tensor: torch.Tensor) -> str:
    """ "f32"."""
    return short_dtype(str(tensor.dtype).removeprefix("torch."))
