"""Other numbers in place of an operation's operands, by which it can be asked for its derivative."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

_MOST_INDICES = 3
# Which numbers go where hangs on the numbers: these are asked with their own.
_BY_VALUE = frozenset({
    "max", "min", "amax", "amin", "aminmax", "sort", "topk", "median", "nanmedian", "kthvalue", "mode", "cummax",
    "cummin", "clamp", "clamp_", "clip", "clamp_min", "clamp_max", "relu", "relu_", "relu6", "prelu", "rrelu",
    "maximum", "minimum", "fmax", "fmin", "quantile", "nanquantile", "msort", "hardtanh", "hardtanh_", "hardsigmoid",
    "hardswish", "hardshrink", "softshrink", "threshold", "threshold_", "max_pool1d", "max_pool2d", "max_pool3d",
    "adaptive_max_pool1d", "adaptive_max_pool2d", "adaptive_max_pool3d", "fractional_max_pool2d", "grid_sample",
    "scatter_reduce", "scatter_reduce_", "index_reduce", "index_reduce_", "multi_margin_loss", "multilabel_margin_loss",
    "margin_ranking_loss", "hinge_embedding_loss", "triplet_margin_loss", "cosine_embedding_loss", "nan_to_num",
    "nanmean", "nansum",
})  # fmt: skip
# Sums of many products go through functions there that are flat far from 0.
_SATURATING = frozenset({
    "rnn_tanh", "rnn_relu", "lstm", "gru", "rnn_tanh_cell", "rnn_relu_cell", "lstm_cell", "gru_cell",
    "multi_head_attention_forward",
})  # fmt: skip
_SMALL = 1 / 16
# A mask of numbers is added there, and says something else than one of True and False.
_MASKED = frozenset({"scaled_dot_product_attention", "multi_head_attention_forward"})


class _Way(NamedTuple):
    """How operands are stood in for. `given`: those that stay what they are, as indices and masks do."""

    given: tuple[int, ...]
    is_by_value: bool


def stand_ins(name: str, values: Sequence[Tensor]) -> Iterator[list[Tensor]]:
    """The operands of a call of that name, in the ways to try, one after the other: float64 or complex128 with a
    gradient, but for what may be an index or a mask."""
    scale = _SMALL if name in _SATURATING else 1.0
    for way in _ways(name, values):
        yield [
            value if place in way.given else _stand_in(value, place, scale, is_by_value=way.is_by_value)
            for place, value in enumerate(values)
        ]


def without(made: Sequence[Tensor], places: Sequence[int]) -> list[Tensor]:
    """Those at `places` without a gradient."""
    return [one.detach() if place in places else one for place, one in enumerate(made)]


def _ways(name: str, values: Sequence[Tensor]) -> Iterator[_Way]:
    """Numbers first, then few indices, the last ones first; other numbers first, then their own."""
    masks = tuple(place for place, value in enumerate(values) if value.dtype is torch.bool)
    whole = [place for place, value in enumerate(values) if _is_whole(value)]
    few = range(min(len(whole), _MOST_INDICES) + 1)
    chosen = [places for size in few for places in itertools.combinations(reversed(whole), size)]
    as_masks = [masks] if name in _MASKED or not masks else [(), masks]
    for is_by_value in (True,) if name in _BY_VALUE else (False, True):
        for some, indices in itertools.product(as_masks, chosen):
            yield _Way((*some, *indices), is_by_value)


def _is_whole(value: Tensor) -> bool:
    return not (value.dtype.is_floating_point or value.dtype.is_complex or value.dtype is torch.bool)


def _stand_in(value: Tensor, place: int, scale: float, *, is_by_value: bool) -> Tensor:
    """As large and laid out in the same way. Of numbers in no order, and no two operands of the same: where they are
    equal, or evenly spaced, a derivative may be 0 by chance."""
    kind = torch.complex128 if value.dtype.is_complex else torch.float64
    bare = value.detach().to("cpu", kind)
    if bare.data_ptr() == value.data_ptr():
        bare = bare.clone()
    if not is_by_value:
        drawn = torch.rand(bare.shape, dtype=kind, generator=torch.Generator().manual_seed(place))
        bare = bare.copy_((drawn + 0.5) * scale)
    return bare.requires_grad_()
