"""Shapes and sizes as the sentences show them."""

from __future__ import annotations

import re

import torch

from engine.protocol.tensor_values import short_dtype
from engine.shared.numbers import scaled
from engine.tensors import native
from engine.tensors.reading import dtype_name, shape_of
from engine.tensors.unseen import Unseen

Shape = tuple[int, ...]


def shape(tensor: torch.Tensor) -> Shape:
    """Its shape as a plain tuple."""
    with Unseen():
        return shape_of(native.bare(tensor))


def sizes(text: str) -> Shape:
    """The whole numbers in a text, as torch prints a shape."""
    return tuple(int(size) for size in re.findall(r"-?\d+", text))


def memory_words(n_bytes: float) -> str:
    """ "36.4 TiB"."""
    return scaled(n_bytes, ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB"), step=1024)


def dtype(tensor: torch.Tensor) -> str:
    """ "f32"."""
    return short_dtype(dtype_name(native.dtype(tensor)))
