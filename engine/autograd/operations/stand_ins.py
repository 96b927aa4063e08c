"""Other numbers in place of an operation's operands, by which it can be asked for its derivative."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor

from engine.autograd.operations.arguments import Arguments

_MOST_INDICES = 3
# Which numbers go where hangs on the numbers: these are asked with their own. Names without what marks a variant.
_BY_VALUE = frozenset({
    "max", "min", "amax", "amin", "aminmax", "sort", "topk", "median", "nanmedian", "kthvalue", "mode", "cummax",
    "cummin", "clamp", "clip", "clamp_min", "clamp_max", "relu", "relu6", "prelu", "rrelu", "maximum", "minimum",
    "fmax", "fmin", "quantile", "nanquantile", "msort", "hardtanh", "hardsigmoid", "hardswish", "hardshrink",
    "softshrink", "threshold", "max_pool1d", "max_pool2d", "max_pool3d", "adaptive_max_pool1d", "adaptive_max_pool2d",
    "adaptive_max_pool3d", "fractional_max_pool2d", "fractional_max_pool3d", "grid_sample", "scatter_reduce",
    "index_reduce", "multi_margin_loss", "multilabel_margin_loss", "margin_ranking_loss", "hinge_embedding_loss",
    "triplet_margin_loss", "cosine_embedding_loss", "nan_to_num", "nanmean", "nansum", "renorm",
    "lu", "linalg_lu", "linalg_lu_factor", "linalg_lu_factor_ex", "lu_with_info", "unique", "unique_consecutive",
})  # fmt: skip
_CHOOSING = ("max", "min", math.inf, -math.inf)  # an argument that has a call choose: a mode, the order of a norm
_OF_MATRICES = frozenset({"linalg_norm", "linalg_matrix_norm"})
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


def is_by_value(name: str, arguments: Arguments, n_axes: int) -> bool:
    """Whether the call's own numbers tell which of them go where. `n_axes`: of its first operand."""
    plain = name.strip("_").removesuffix("_with_indices")
    if plain in _BY_VALUE or (plain in _OF_MATRICES and _chooses_a_column(arguments, plain, n_axes)):
        return True
    return any(one in _CHOOSING for one in (*arguments[0], *arguments[1].values()) if _is_word(one))


def _chooses_a_column(arguments: Arguments, name: str, n_axes: int) -> bool:
    """Whether a norm is that of the column whose sum is the largest or smallest: of a matrix, and not of a vector."""
    args, kwargs = arguments
    order = args[1] if len(args) > 1 else kwargs.get("ord")
    dim = args[2] if len(args) > 2 else kwargs.get("dim")
    is_vector = name == "linalg_norm" and (n_axes == 1 if dim is None else isinstance(dim, int) or len(dim) == 1)
    return type(order) in (int, float) and order in (1, -1) and not is_vector


def _is_word(argument: Any) -> bool:
    return type(argument) in (str, float)


def stand_ins(name: str, values: Sequence[Tensor], *, is_by_value: bool) -> Iterator[list[Tensor]]:
    """The operands of a call of that name, in the ways to try, one after the other: float64 or complex128 with a
    gradient, but for what may be an index or a mask. `is_by_value`: none of other numbers."""
    scale = _SMALL if name in _SATURATING else 1.0
    for way in _ways(name, values, is_by_value):
        yield [
            value if place in way.given else _stand_in(value, place, scale, is_by_value=way.is_by_value)
            for place, value in enumerate(values)
        ]


def without(made: Sequence[Tensor], places: Sequence[int]) -> list[Tensor]:
    """Those at `places` without a gradient."""
    return [one.detach() if place in places else one for place, one in enumerate(made)]


def _ways(name: str, values: Sequence[Tensor], only_own: bool) -> Iterator[_Way]:
    """Numbers first, then few indices, the last ones first; other numbers first, then their own."""
    masks = tuple(place for place, value in enumerate(values) if value.dtype is torch.bool)
    whole = [place for place, value in enumerate(values) if _is_whole(value)]
    few = range(min(len(whole), _MOST_INDICES) + 1)
    chosen = [places for size in few for places in itertools.combinations(reversed(whole), size)]
    as_masks = [masks] if name in _MASKED or not masks else [(), masks]
    for is_by_value in (True,) if only_own else (False, True):
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
