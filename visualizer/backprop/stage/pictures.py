"""A tensor as a picture: which tensors may be one, which open as one, and which numbers are dark and bright."""

from __future__ import annotations

from engine.protocol.values import TensorSummary
from engine.shared.language import tr
from engine.shared.local_numbers import compact
from visualizer.backprop.stage.planes import Planes

_LEAST_SIDE = 8  # pixels, of what opens as a picture


def may_be_picture(summary: TensorSummary) -> bool:
    """Whether an axis of its may be red, green and blue."""
    has_numbers = summary.minimum is not None and not summary.dtype.startswith(("complex", "bool"))
    return has_numbers and bool(Planes(summary.shape).color_axes)


def first_planes(summary: TensorSummary) -> Planes:
    """How a tensor is seen at first: bytes with one axis of three beside rows and columns are a picture, as it comes
    from a file. Floats may be, and are not guessed to be."""
    planes = Planes(summary.shape)
    if summary.dtype != "uint8" or not may_be_picture(summary):
        return planes
    usual = [axis for axis in planes.color_axes if axis in (len(summary.shape) - 1, len(summary.shape) - 3)]
    colored = planes.colored(usual[0]) if len(usual) == 1 else planes
    return colored if min(colored.sheet_size) >= _LEAST_SIDE else planes


def color_range(summary: TensorSummary) -> tuple[float, float]:
    """The numbers that are darkest and brightest in each channel: 0 and 255 of bytes, 0 and 1 of floats between these,
    else the smallest and the largest of the tensor, as of pictures that were normalised."""
    low, high = summary.minimum or 0.0, summary.maximum or 0.0
    is_float = summary.dtype.startswith(("float", "bfloat"))
    if low >= 0 and high <= (1 if is_float else 255):
        return 0.0, 1.0 if is_float else 255.0
    return low, high


def range_words(summary: TensorSummary) -> str:
    """Which numbers are dark and bright, for a person who looks at the picture."""
    low, high = color_range(summary)
    if (low, high) in ((0.0, 1.0), (0.0, 255.0)):
        return tr("{low} is dark, {high} is bright", low=compact(low), high=compact(high))
    return tr(
        "{low}, the smallest number, is dark; {high}, the largest, is bright", low=compact(low), high=compact(high)
    )
