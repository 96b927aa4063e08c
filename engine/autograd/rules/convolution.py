"""Records of convolution, pooling and resampling."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from engine.autograd.rules.rule import Operand, whole
from engine.autograd.rules.values import MissingError

_MAX_POOL = "Each window handed on its largest element only, which gets the gradient. All others get none."
_AVERAGE = "Each window's gradient is parted evenly among its elements. Where windows overlap, the parts are summed."
_RESAMPLED = "Each output pixel is a weighted mean of the pixels near it. They get its gradient by the same weights."


def _convolution(v: Any, wanted: int) -> Tensor:
    """PyTorch's own backward kernel, of one of the three operands."""
    mask = [place == wanted for place in range(3)]
    weight = v.weight
    n_out = weight.shape[1] * v.groups if v.transposed else weight.shape[0]
    found = torch.ops.aten.convolution_backward(
        v.g, v.input, weight, [n_out], v.stride, v.padding, v.dilation, v.transposed, v.output_padding, v.groups, mask
    )
    gradient: Tensor = found[wanted]
    return gradient


def _bias(v: Any) -> Tensor:
    return v.g.sum([dim for dim in range(v.g.dim()) if dim != v.g.dim() - len(v.stride) - 1])


def _max_pool(n_dims: int, places_of: Callable[[Any], Tensor]) -> Callable[[Any], Tensor]:
    """To the saved places, which count the elements of one channel's plane."""

    def gradient(v: Any) -> Tensor:
        channels = v.shape[:-n_dims]
        places = places_of(v).reshape(*channels, -1)
        plane = v.g.new_zeros(*channels, math.prod(v.shape[-n_dims:]))
        return plane.scatter_add(-1, places, v.g.reshape(*channels, -1)).view(v.shape)

    return gradient


def _kept(v: Any) -> Tensor:
    places: Tensor = v.result1
    return places


def _largest(v: Any) -> Tensor:
    """The saved places, found again where the node has let go of them."""
    try:
        return _kept(v)
    except MissingError:
        sizes = v.kernel_size, v.stride or v.kernel_size, v.padding, v.dilation, v.ceil_mode
        places: Tensor = functional.max_pool2d(v.self, *sizes, return_indices=True)[1]
        return places


def linear_back(v: Any, forward: Callable[[Tensor], Tensor]) -> Tensor:
    """The transpose of a linear function of the operand: the gradient of its product with what arrives."""
    with torch.enable_grad():
        x = torch.zeros(v.shape, dtype=v.g.dtype, device=v.g.device, requires_grad=True)
        (found,) = torch.autograd.grad(forward(x), x, v.g, create_graph=v.g.requires_grad)
    return found


def _average(v: Any) -> Tensor:
    def forward(x: Tensor) -> Tensor:
        stride = v.stride or v.kernel_size
        return functional.avg_pool2d(
            x, v.kernel_size, stride, v.padding, v.ceil_mode, v.count_include_pad, v.divisor_override
        )

    return linear_back(v, forward)


def _windows(size: int, n: int) -> list[tuple[int, int]]:
    """Start and end of each of `n` windows over `size` elements."""
    return [(i * size // n, -(-(i + 1) * size // n)) for i in range(n)]


def _shares(size: int, n: int, like: Tensor) -> Tensor:
    """(n, size): how much of each element is in each window's mean."""
    shares = like.new_zeros(n, size)
    for row, (start, end) in enumerate(_windows(size, n)):
        shares[row, start:end] = 1 / (end - start)
    return shares


def _adaptive_average(v: Any) -> Tensor:
    rows, columns = (_shares(v.shape[dim], v.g.shape[dim], v.g) for dim in (-2, -1))
    return rows.mT @ v.g @ columns


def _nearest(sizes: Sequence[int], v: Any, mode: str = "nearest") -> Tensor:
    places = torch.arange(math.prod(v.shape), device=v.g.device, dtype=torch.float64).view(v.shape)
    taken = functional.interpolate(places, size=tuple(sizes), mode=mode).long()
    flat = v.g.new_zeros(math.prod(v.shape)).index_add(0, taken.flatten(), v.g.flatten())
    return flat.view(v.shape)


def _resampled(mode: str) -> Callable[[Any], Tensor]:
    def gradient(v: Any) -> Tensor:
        size = tuple(v.g.shape[2:])
        return linear_back(v, lambda x: functional.interpolate(x, size, mode=mode, align_corners=v.align_corners))

    return gradient


RULES = (
    whole(
        "Convolution0 Convolution1 ConvolutionOverrideable0", r"@y = @x * @w + @b",
        "A pixel gets the gradients of all outputs whose window it lay in, by the kernel's weights. A weight gets the "
        "sum over all places that it was laid on, and the bias the sum over all outputs of its channel.",
        Operand("x", r"@g * \mathrm{flip}(@w)", lambda v: _convolution(v, 0)),
        Operand("w", r"@x * @g", lambda v: _convolution(v, 1)),
        Operand("b", r"\sum_{n, \text{pixels}} @g", _bias),
        x="input", w="weight",
    ),
    whole("MaxPool2DWithIndices0", r"@y = \max_{\text{window}} @x", _MAX_POOL,
          Operand("x", r"@g \text{ at the largest of each window},\; 0 \text{ elsewhere}", _max_pool(2, _largest)),
          x="self"),
    whole("MaxPool3DWithIndices0", r"@y = \max_{\text{window}} @x", _MAX_POOL,
          Operand("x", r"@g \text{ at the largest of each window},\; 0 \text{ elsewhere}", _max_pool(3, _kept))),
    whole("AdaptiveMaxPool2D0", r"@y = \max_{\text{window}} @x", _MAX_POOL,
          Operand("x", r"@g \text{ at the largest of each window},\; 0 \text{ elsewhere}", _max_pool(2, _kept))),
    whole("AvgPool2D0", r"@y = \frac{1}{N} \sum_{\text{window}} @x", _AVERAGE,
          Operand("x", r"\sum_{\text{windows}} @g \cdot \frac{1}{N}", _average)),
    whole("AdaptiveAvgPool2D0", r"@y = \frac{1}{N} \sum_{\text{window}} @x", _AVERAGE,
          Operand("x", r"\sum_{\text{windows}} @g \cdot \frac{1}{N}", _adaptive_average)),
    whole(
        "UpsampleNearest1D0 UpsampleNearest2D0 UpsampleNearest3D0", r"@y = @x \text{ with each pixel repeated}",
        "Each pixel stands at several places of the output. It gets the sum of their gradients.",
        Operand("x", r"\sum_{\text{copies}} @g", lambda v: _nearest(v.g.shape[2:], v)),
    ),
    whole(
        "UpsampleNearestExact1D0 UpsampleNearestExact2D0", r"@y = @x \text{ with each pixel repeated}",
        "Each pixel stands at several places of the output. It gets the sum of their gradients.",
        Operand("x", r"\sum_{\text{copies}} @g", lambda v: _nearest(v.g.shape[2:], v, "nearest-exact")),
    ),
    whole("UpsampleTrilinear3D0", r"@y = \text{means of the nearest points of } @x", _RESAMPLED,
          Operand("x", r"\sum_{\text{outputs}} \text{weight} \cdot @g", _resampled("trilinear"))),
    whole("UpsampleBilinear2D0", r"@y = \text{means of the nearest pixels of } @x", _RESAMPLED,
          Operand("x", r"\sum_{\text{outputs}} \text{weight} \cdot @g", _resampled("bilinear"))),
    whole("UpsampleLinear1D0", r"@y = \text{means of the nearest points of } @x", _RESAMPLED,
          Operand("x", r"\sum_{\text{outputs}} \text{weight} \cdot @g", _resampled("linear"))),
    whole("UpsampleBicubic2D0", r"@y = \text{means of the nearest pixels of } @x", _RESAMPLED,
          Operand("x", r"\sum_{\text{outputs}} \text{weight} \cdot @g", _resampled("bicubic"))),
)  # fmt: skip
