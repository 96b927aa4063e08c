"""A tensor as text for the clipboard: nested lists in which every number reads back exactly."""

from __future__ import annotations

import numpy as np
import torch

from engine.protocol.errors import EngineError
from engine.tensors.reading import as_array, plain, unobserved

MAX_TEXT_ELEMENTS = 100_000


def as_text(tensor: torch.Tensor) -> str:
    """Nested lists, one row of the last axis a line. Raises EngineError above MAX_TEXT_ELEMENTS elements."""
    with unobserved():
        elements = plain(tensor)
        if elements.numel() > MAX_TEXT_ELEMENTS:
            raise EngineError(
                "tensor.too_long_for_clipboard",
                "A tensor of {n_elements:,} elements is too long for the clipboard, which takes {most:,}: "
                "copy a slice of it.",
                n_elements=elements.numel(),
                most=MAX_TEXT_ELEMENTS,
            )
        return _nested(_array(elements), indent=0)


def _array(elements: torch.Tensor) -> np.ndarray:
    """numpy's own dtype where there is one, whose shortest text reads back exactly; float32 for smaller floats."""
    small = elements.is_floating_point() and elements.dtype not in (torch.float16, torch.float32, torch.float64)
    if elements.dtype == torch.complex32:
        elements = elements.to(torch.complex64)
    return as_array(elements.float() if small else elements)


def _nested(array: np.ndarray, indent: int) -> str:
    if array.ndim == 0:
        return str(array)
    if array.ndim == 1:
        return "[" + ", ".join(map(str, array)) + "]"
    separator = "," + "\n" * (array.ndim - 1) + " " * (indent + 1)
    return "[" + separator.join(_nested(part, indent + 1) for part in array) + "]"
