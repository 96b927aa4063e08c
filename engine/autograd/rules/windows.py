"""Records of windows and places: unfolding, grids, bags of embeddings, pooling and padding in three dims."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from engine.autograd.rules.convolution import linear_back
from engine.autograd.rules.rule import Operand, whole
from engine.autograd.rules.values import MissingError

_WINDOWS = "Windows are laid out as columns, or put back. A pixel gets the sum of the gradients of its windows."
_AVERAGE = "Each window's gradient is parted evenly among its elements. Where windows overlap, the parts are summed."
_BILINEAR, _BICUBIC = torch.ops.aten._upsample_bilinear2d_aa, torch.ops.aten._upsample_bicubic2d_aa
_LARGEST = "Only the largest element of each window decides the output. It alone gets the gradient."
_AREA = (
    "Each output pixel is a weighted mean of an area. A pixel gets the gradients of all of them, by the same weights."
)
_MOST_COMPARED = 1 << 22  # pairs of cells
_PADDED = "A cell at the rim stands at several places of the output. It gets the sum of their gradients."


def _strided(v: Any) -> Tensor:
    """To the cells of the operand, row by row, as a view counts them."""
    return linear_back(v, lambda x: x.as_strided(v.size, v.stride, v.storage_offset or 0))


def _unfolded(v: Any) -> Tensor:
    return linear_back(v, lambda x: functional.unfold(x, v.kernel_size, v.dilation, v.padding, v.stride))


def _folded(v: Any) -> Tensor:
    return functional.unfold(v.g, v.kernel_size, v.dilation, v.padding, v.stride)


def _average(v: Any) -> Tensor:
    sizes = v.kernel_size, v.stride or v.kernel_size, v.padding, v.ceil_mode, v.count_include_pad, v.divisor_override
    return linear_back(v, lambda x: functional.avg_pool3d(x, *sizes))


def _chosen(v: Any, n_dims: int, indices: str) -> Tensor:
    """To the places that each window's largest element had, counted row by row."""
    places = getattr(v, indices).flatten(-n_dims)
    found = v.g.new_zeros((*v.shape[:-n_dims], math.prod(v.shape[-n_dims:])))
    return found.scatter_add(-1, places, v.g.flatten(-n_dims)).reshape(v.shape)


def _places(v: Any) -> Tensor:
    """The saved places, found again by their values where the node has let go of them and each value is there once."""
    try:
        found: Tensor = v.result1
    except MissingError:
        x, y = v.self.flatten(-2), v.result0.flatten(-2)
        if x.shape[-1] * y.numel() > _MOST_COMPARED:
            raise
        is_there = y.unsqueeze(-1) == x.unsqueeze(-2)
        if bool((is_there.sum(-1) != 1).any()):
            raise
        found = is_there.to(torch.uint8).argmax(-1).reshape(v.result0.shape)
    return found


def _of_drawn(v: Any) -> Tensor:
    """Of windows that were drawn at random."""
    found = v.g.new_zeros((*v.shape[:-2], math.prod(v.shape[-2:])))
    return found.scatter_add(-1, _places(v).flatten(-2), v.g.flatten(-2)).reshape(v.shape)


def _smoothed(kernel: Callable[..., Tensor]) -> Callable[[Any], Tensor]:
    def gradient(v: Any) -> Tensor:
        size = list(v.output_size)
        return linear_back(v, lambda x: kernel(x, size, v.align_corners, v.scales_h, v.scales_w))

    return gradient


def _sampled_in_space(v: Any) -> Tensor:
    how = v.interpolation_mode, v.padding_mode, v.align_corners
    found: Tensor = torch.ops.aten.grid_sampler_3d_backward(v.g, v.input, v.grid, *how, [v.nth == 0, v.nth == 1])[v.nth]
    return found


def _sampled(v: Any) -> Tensor:
    """PyTorch's own backward kernel, of one of the two operands."""
    how = v.interpolation_mode, v.padding_mode, v.align_corners
    found: Tensor = torch.ops.aten.grid_sampler_2d_backward(v.g, v.input, v.grid, *how, [v.nth == 0, v.nth == 1])[v.nth]
    return found


def _bags(v: Any) -> Tensor:
    """Of each place that was looked up, its bag."""
    if v.mode not in (0, 1) or v.offsets.numel() == 0:
        raise NotImplementedError
    places = torch.arange(v.indices.numel(), device=v.g.device)
    return torch.searchsorted(v.offsets, places, right=True) - 1


def _bagged(v: Any) -> Tensor:
    """Of sums and means: each row of the table gets what its bags got."""
    bags, counted = _bags(v), (v.indices != v.padding_idx).to(v.g.dtype)
    shares = counted if v.per_sample_weights is None else counted * v.per_sample_weights
    if v.mode == 1:
        shares = shares / torch.bincount(bags, counted, minlength=len(v.g)).clamp(min=1)[bags]
    return v.g.new_zeros(v.shape).index_add(0, v.indices, v.g[bags] * shares.unsqueeze(-1))


def _bag_weights(v: Any) -> Tensor:
    return (v.g[_bags(v)] * v.weight[v.indices]).sum(-1) * (v.indices != v.padding_idx)


RULES = (
    whole(
        "AsStrided0 AsStrided1", r"@y_{i j} = @x[o + i\, s_1 + j\, s_2]",
        "A view by strides of its own. A cell that it shows at several places gets the sum of their gradients.",
        Operand("x", r"\sum_{\text{copies}} @g", _strided),
    ),
    whole("Im2Col0", r"@y = \mathrm{windows}(@x)", _WINDOWS, Operand("x", r"\sum_{\text{windows}} @g", _unfolded)),
    whole("Col2Im0", r"@y = \sum_{\text{windows}} @x", _WINDOWS, Operand("x", r"\mathrm{windows}(@g)", _folded)),
    whole("AvgPool3D0", r"@y = \frac{1}{N} \sum_{\text{window}} @x", _AVERAGE,
          Operand("x", r"\sum_{\text{windows}} @g \cdot \frac{1}{N}", _average)),
    whole("AdaptiveAvgPool3D0", r"@y = \frac{1}{N} \sum_{\text{window}} @x", _AVERAGE,
          Operand("x", r"\sum_{\text{windows}} @g \cdot \frac{1}{N}",
                  lambda v: linear_back(v, lambda x: functional.adaptive_avg_pool3d(x, v.g.shape[-3:])))),
    whole("ReplicationPad3D0", r"@y = \mathrm{pad}(@x)", _PADDED,
          Operand("x", r"\sum_{\text{copies}} @g",
                  lambda v: linear_back(v, lambda x: functional.pad(x, v.padding, mode="replicate")))),
    whole("ReflectionPad3D0", r"@y = \mathrm{pad}(@x)", _PADDED,
          Operand("x", r"\sum_{\text{copies}} @g",
                  lambda v: linear_back(v, lambda x: functional.pad(x, v.padding, mode="reflect")))),
    whole("AdaptiveMaxPool3D0", r"@y = \max_{\text{window}} @x", _LARGEST,
          Operand("x", r"@g \text{ at the largest}", lambda v: _chosen(v, 3, "result1"))),
    whole("FractionalMaxPool2D0", r"@y = \max_{\text{window}} @x", _LARGEST,
          Operand("x", r"@g \text{ at the largest}", _of_drawn), x="self"),
    whole("MaxUnpool2D0", r"@y = @x \text{ at the indices},\; 0 \text{ elsewhere}",
          "Each value is put at the place where a pooling had found it. It gets the gradient of that place.",
          Operand("x", r"@g \text{ at the indices}",
                  lambda v: v.g.flatten(-2).gather(-1, v.indices.flatten(-2)).reshape(v.shape))),
    whole("UpsampleBilinear2DAa0", r"@y = \text{means of areas of } @x", _AREA,
          Operand("x", r"\sum_{\text{outputs}} \text{weight} \cdot @g", _smoothed(_BILINEAR))),
    whole("UpsampleBicubic2DAa0", r"@y = \text{means of areas of } @x", _AREA,
          Operand("x", r"\sum_{\text{outputs}} \text{weight} \cdot @g", _smoothed(_BICUBIC))),
    whole("UpsampleNearestExact3D0", r"@y = @x \text{ with each pixel repeated}",
          "Each pixel stands at several places of the output. It gets the sum of their gradients.",
          Operand("x", r"\sum_{\text{copies}} @g", lambda v: linear_back(
              v, lambda x: functional.interpolate(x, v.g.shape[2:], mode="nearest-exact")))),
    whole(
        "GridSampler3D0", r"@y_p = \sum_{i j k} w_{i j k}(@q_p)\, @x_{i j k}",
        "Each output point is a weighted mean of the points around a place. They get its gradient by the same weights, "
        "and the place gets how the mean would change if it moved.",
        Operand("x", r"\sum_p w_{i j k}(@q_p)\, @g_p", _sampled_in_space),
        Operand("q", r"@g_p \sum_{i j k} \frac{\partial w_{i j k}}{\partial @q_p}\, @x_{i j k}", _sampled_in_space),
        x="input", q="grid",
    ),
    whole(
        "GridSampler2D0", r"@y_p = \sum_{i j} w_{i j}(@q_p)\, @x_{i j}",
        "Each output pixel is a weighted mean of the pixels around a place. They get its gradient by the same weights, "
        "and the place gets how the mean would change if it moved.",
        Operand("x", r"\sum_p w_{i j}(@q_p)\, @g_p", _sampled),
        Operand("q", r"@g_p \sum_{i j} \frac{\partial w_{i j}}{\partial @q_p}\, @x_{i j}", _sampled),
        x="input", q="grid",
    ),
    whole(
        "AffineGridGenerator0", r"@y_{i j} = @x\, (u_j, v_i, 1)^{\top}",
        "One matrix makes all places of the grid. It gets the sum of their gradients, each times the place that it was "
        "made of.",
        Operand("x", r"\sum_{i j} @g_{i j}\, (u_j, v_i, 1)", lambda v: linear_back(
            v, lambda x: torch.affine_grid_generator(x, list(v.size), v.align_corners))),
    ),
    whole(
        "EmbeddingBag0", r"@y_b = \sum_{i \in b} @x_i",
        "A bag's sum or mean sends its gradient to each row that was looked up in it, a mean parted evenly. A row that "
        "no bag looked up gets 0.",
        Operand("x", r"\sum_{b \ni i} @g_b", _bagged),
        Operand("w", r"@g_b \cdot @x_i", _bag_weights),
    ),
)  # fmt: skip
