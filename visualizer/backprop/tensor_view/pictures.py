"""A tensor as a picture: which tensors may be one, which open as one, and which numbers are dark and bright."""

from __future__ import annotations

from engine.protocol.tensor_values import TensorSummary
from engine.shared.language import tr
from engine.shared.local_numbers import compact
from visualizer.backprop.tensor_view.planes import WITH_OPACITY, Planes

_LEAST_SIDE = 8  # pixels, of what opens as a picture
_USUAL = ((0.0, 1.0), (0.0, 255.0))  # dark and bright


def color_axes(summary: TensorSummary) -> tuple[int, ...]:
    """The axes that may be red, green and blue; of four places, with opacity, of numbers as files of pictures have
    them."""
    if summary.minimum is None or summary.dtype.startswith(("complex", "bool")):
        return ()
    planes, is_usual = Planes(summary.shape), color_range(summary) in _USUAL
    return tuple(axis for axis in planes.color_axes if is_usual or planes.shape[axis] != WITH_OPACITY)


def may_be_picture(summary: TensorSummary) -> bool:
    """Whether an axis of its may be colours."""
    return bool(color_axes(summary))


def first_planes(summary: TensorSummary) -> Planes:
    """How a tensor is seen at first: bytes with one axis of three beside rows and columns are a picture, as it comes
    from a file. Floats may be, and are not guessed to be."""
    planes = Planes(summary.shape)
    if summary.dtype != "uint8" or not may_be_picture(summary):
        return planes
    last = len(summary.shape) - 1
    usual = [axis for axis in (last, last - 2) if axis in planes.color_axes]
    usual = [axis for axis in usual if axis == last or planes.shape[axis] != WITH_OPACITY]
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


def range_words(summary: TensorSummary, n_channels: int = 3) -> str:
    """Which numbers are dark and bright, for a person who looks at the picture."""
    low, high = color_range(summary)
    if n_channels == WITH_OPACITY:
        return tr(
            "RGBA: {low} is dark, {high} is bright; in the fourth channel {low} is clear, {high} opaque",
            low=compact(low),
            high=compact(high),
        )
    if (low, high) in _USUAL:
        return tr("{low} is dark, {high} is bright", low=compact(low), high=compact(high))
    return tr(
        "{low}, the smallest number, is dark; {high}, the largest, is bright", low=compact(low), high=compact(high)
    )
