"""What each place of a sequence attends to: the weights of attention, as a product takes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.softmax_axis import softmax_axis
from engine.autograd.records import Call, LeafRecord
from engine.autograd.unsaid.graph_walks import kind_of, operands
from engine.autograd.unsaid.run import Run
from engine.tensors import native

_PRODUCTS = frozenset({"BmmBackward0", "MmBackward0"})
_SOFTMAX = frozenset({"SoftmaxBackward0", "SafeSoftmaxBackward0"})
_WHOLE = "ScaledDotProductFlashAttentionForCpuBackward0"  # attention as one node, which tells no weights
_SHAPES = frozenset({"ExpandBackward0", "ViewBackward0", "UnsafeViewBackward0", "ReshapeAliasBackward0"})
_MASKS = frozenset({"MulBackward0", "MaskedFillBackward0", "WhereBackward0"})
# Between a softmax and the product: other shapes, masks, and dropout, whose zeros are no mask.
_LEAD_ON = _SHAPES | _MASKS | {"CloneBackward0", "ToCopyBackward0", "NativeDropoutBackward0"}
_MOST_STEPS = 8
_MOST = 1 << 22  # elements that are looked at
_VALUES = 2  # among the operands of attention as one node
_LEAST = 1e-6  # a weight that is none


class Attended(NamedTuple):
    """One attention of a sequence of `n` places to itself or another as long, which `node` is. `values`: the node whose
    rows it adds up. `next_ones`: by place but the last, whether anything there attends to the place behind it."""

    call: Call
    node: int
    values: int
    n: int
    next_ones: Tensor


def attended(run: Run) -> Iterator[Attended]:
    """Each of the newest pass whose weights are known, and square."""
    for index, _, record in run.nodes():
        kind, below = kind_of(run, index), operands(run, index)
        if record.call is None:
            continue
        if kind in _PRODUCTS and len(below) == 2:
            weights, values = _weights(run, below[0]), below[1]
        elif kind == _WHOLE and len(below) > _VALUES:
            weights, values = _mask(run, index, record.call), below[_VALUES]
        else:
            continue
        if weights is not None:
            seen = torch.diagonal(weights, 1, -2, -1) > _LEAST
            n = native.shape(weights)[-1]
            yield Attended(record.call, index, values, n, seen.reshape(-1, n - 1).any(0))


def _weights(run: Run, index: int) -> Tensor | None:
    """Those that a product takes, a row of each for what it adds up: as a mask left them after the softmax."""
    masked: Tensor | None = None
    for _ in range(_MOST_STEPS):
        kind, below = kind_of(run, index), operands(run, index)
        if kind in _SOFTMAX:
            axis, value = softmax_axis(run.current.call.nodes[index]), _matrices(run, index)
            is_known = value is not None and axis is not None and axis[0] == value.dim() - 1
            return None if not is_known else value if masked is None else masked
        if kind not in _LEAD_ON or len(below) != 1:
            return None
        if kind in _MASKS and masked is None:
            masked = _masked(run, index)
        index = below[0]
    return None


def _matrices(run: Run, index: int) -> Tensor | None:
    """What a node made, where that is as high as it is wide."""
    value = _value(run, index)
    if value is None or value.dim() < 2:
        return None
    height, width = native.shape(value)[-2:]
    return value if height == width > 2 else None


def _masked(run: Run, index: int) -> Tensor | None:
    """The weights that a node made, where the same cells of every matrix are 0: dropout takes others of each."""
    value = _matrices(run, index)
    if value is None:
        return None
    zeros = (value == 0).reshape(-1, *native.shape(value)[-2:])
    return value if bool((zeros == zeros[:1]).all()) and bool(zeros.any()) else None


def _mask(run: Run, index: int, call: Call) -> Tensor | None:
    """1 where attention as one node looks at; None where that is not known."""
    node, below = run.current.call.nodes[index], operands(run, index)
    n = _n_places(run, below[0])
    if n < 3 or n != _n_places(run, below[1]):
        return None
    if getattr(node, "_saved_is_causal", None) is True:
        return torch.ones(n, n).tril()
    if _has_no_mask(node):
        return torch.ones(n, n)
    leaves = {id(leaf): leaf for _, _, record in run.nodes() if record.call is call for leaf in record.inputs}
    masks = [leaf for leaf in leaves.values() if not leaf.requires_grad and (leaf.shape or ())[-2:] == (n, n)]
    value = _read(masks[0]) if len(masks) == 1 else None
    return None if value is None else _as_weights(value)


def _has_no_mask(node: GradFn) -> bool:
    """One that was freed raises, and one that never was does not."""
    try:
        return getattr(node, "_saved_attn_mask", node) is None
    except RuntimeError:
        return False


def _as_weights(mask: Tensor) -> Tensor:
    return mask.float() if mask.dtype == torch.bool else mask.float().exp()


def _n_places(run: Run, index: int) -> int:
    value = _value(run, index)
    return 0 if value is None or value.dim() < 2 else native.shape(value)[-2]


def _value(run: Run, index: int) -> Tensor | None:
    """What a node's operation made, where it is kept and not large."""
    record = run.recorder.seen.record_of(run.current.call.nodes[index])
    value = None if record is None else record.values.get(0)
    tensor, note = (None, None) if value is None else value.read()
    return _bare(tensor) if note is None else None


def _read(leaf: LeafRecord) -> Tensor | None:
    value = None if leaf.value is None else leaf.value.read()[0]
    return _bare(value)


def _bare(value: Tensor | None) -> Tensor | None:
    bare = None if value is None else native.bare(value)
    return bare if bare is not None and native.has_own_data(bare) and 0 < native.numel(bare) <= _MOST else None
