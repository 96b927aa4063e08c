"""Functions of torch that run several operations, or one behind a function of Python, where none has to be observed:
all values inside are views of what is taken and returned.

A test holds what is recorded of them against what is observed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor
from torch._C import TensorBase

from engine.autograd.records import PLAIN_TENSORS
from engine.autograd.single import SINGLE, WRITERS, given, is_plain, is_plain_write
from engine.autograd.snapshot import can_alias

_LISTS = (list, tuple)
_Takes = Callable[[tuple[Any, ...], Mapping[str, Any]], bool]  # whether that holds with these arguments


_BOUNDS = frozenset({int, type(None)})


def _always(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    return True


def _of_one_dtype(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """No cast is asked for, which is a node of its own."""
    return not any(type(value) is torch.dtype for value in (*args, *kwargs.values()))


def _in_place(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    return any(value is True for value in (*args, *kwargs.values()))


def _of_two(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """No third tensor is a weight, which is a product of its own."""
    return sum(type(value) in PLAIN_TENSORS for value in given(args, kwargs)) == 2


def _is_one_view(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """An index that is a number or a slice, of which no part is a tensor."""
    index = args[1]
    kind = type(index)
    return kind is int or (kind is slice and _BOUNDS.issuperset(map(type, (index.start, index.stop, index.step))))


def _has_no_norm(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """`embedding(input, weight, padding_idx, max_norm, …)` does not write into the weight."""
    return kwargs.get("max_norm") is None and (len(args) < 4 or args[3] is None)


def _begins_with_list(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    return bool(args) and type(args[0]) in (list, tuple)


def _is_new(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """`dropout(input, p, training, inplace)` does not write into what it is given."""
    return not kwargs.get("inplace") and not any(args[3:])


def _is_one_product(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """Otherwise `linear` adds its bias in place, or copies what it takes."""
    if kwargs:
        return False
    n_dims, has_bias = TensorBase.dim(args[0]), len(args) > 2 and args[2] is not None
    if n_dims < 3:
        return n_dims == 2 or not has_bias
    return (n_dims == 3 or not has_bias) and bool(TensorBase.is_contiguous(args[0]))


def _methods(*names: str) -> tuple[Any, ...]:
    found = (getattr(owner, name, None) for name in names for owner in (Tensor, torch))
    return tuple(function for function in found if function is not None)


def _of_dense(args: Iterable[Any]) -> bool:
    """Of nested and sparse tensors, and others without one plain storage, nothing follows from their views."""
    return all(map(can_alias, [value for value in args if type(value) in PLAIN_TENSORS]))


# With arguments that are plain.
COMPOSED: dict[Any, _Takes] = {
    F.linear: _is_one_product,
    **dict.fromkeys((F.layer_norm, torch.layer_norm, F.gelu), _always),
    F.mse_loss: _of_two,
    **dict.fromkeys(_methods("matmul", "__matmul__", "__rmatmul__", "reshape", "flatten", "contiguous"), _always),
    **dict.fromkeys(_methods("split", "chunk"), _always),
    **dict.fromkeys((Tensor.T.__get__, Tensor.mT.__get__), _always),  # type: ignore[attr-defined]
    **dict.fromkeys((F.softmax, F.log_softmax, *_methods("softmax", "log_softmax")), _of_one_dtype),
    **dict.fromkeys((F.relu, F.silu), lambda args, kwargs: not _in_place(args, kwargs)),
    **dict.fromkeys(_methods("__pow__", "__rpow__", "__rsub__"), _always),
    Tensor.__getitem__: _is_one_view,
    F.embedding: _has_no_norm,
    **dict.fromkeys((torch.cat, torch.concat, torch.stack), _begins_with_list),
    F.dropout: _is_new,
    torch.dropout: _always,
}


def _takes(holds: _Takes) -> _Takes:
    if holds is _begins_with_list:
        return _takes_list

    def takes(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
        if not is_plain(args, kwargs):
            return False
        for value in given(args, kwargs) if kwargs or (args and type(args[0]) in _LISTS) else args:  # as `_of_dense`
            if type(value) in PLAIN_TENSORS and not can_alias(value):
                return False
        return holds(args, kwargs)

    return takes


def _takes_list(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    return _begins_with_list(args, kwargs) and is_plain(given(args, {}), kwargs) and _of_dense(given(args, kwargs))


# All calls that need not be observed inside.
UNOBSERVED: dict[Any, _Takes] = {
    **dict.fromkeys(SINGLE, is_plain),
    **dict.fromkeys(WRITERS, is_plain_write),
    **{function: _takes(holds) for function, holds in COMPOSED.items()},
}
