"""Functions of torch of which all is known that there is to be seen, so that nothing has to be observed inside.

A test holds them against the dispatcher.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor
from torch.autograd import forward_ad

from engine.autograd.records import PLAIN_TENSORS

_POINTWISE = (
    *("abs", "add", "addcdiv", "addcmul", "atan", "ceil", "clamp_max", "clamp_min", "cos", "cosh", "div", "erf", "exp"),
    *("exp2", "expm1", "floor", "lerp", "log", "log10", "log1p", "log2", "maximum", "minimum", "mul", "neg", "pow"),
    *("reciprocal", "relu", "round", "rsqrt", "rsub", "sigmoid", "sign", "sin", "sinh", "sqrt", "sub", "tan", "tanh"),
)
_OF_SHAPE = ("diagonal", "expand", "permute", "select", "squeeze", "t", "transpose", "unsqueeze", "view")
_REDUCTIONS = ("amax", "amin", "cumprod", "cumsum", "logsumexp", "mean", "prod", "sum")
_PRODUCTS = ("addbmm", "addmm", "addmv", "addr", "baddbmm", "bmm", "dot", "mm", "mv")
_OTHERS = ("clone", "embedding", "gather", "index_select", "masked_fill", "tril", "triu")
NAMES = (*_POINTWISE, *_OF_SHAPE, *_REDUCTIONS, *_PRODUCTS, *_OTHERS)
WRITER_NAMES = ("add_", "addcdiv_", "addcmul_", "copy_", "div_", "fill_", "lerp_", "mul_", "sub_", "zero_")
# No tensor comes of them, and nothing is written.
_ATTRIBUTES = ("device", "dtype", "is_cuda", "is_meta", "is_sparse", "itemsize", "layout", "nbytes", "ndim", "shape")
_READ_METHODS = ("dim", "element_size", "is_complex", "is_floating_point", "numel", "size", "storage_offset", "stride")

_NO_TENSOR = frozenset({int, float, bool, str, type(None), slice, torch.Size, torch.dtype})
_SEQUENCES = frozenset({tuple, list})
_PLAIN = _NO_TENSOR | PLAIN_TENSORS
_is_grad_enabled = torch.is_grad_enabled
_is_autocast = torch._C._is_any_autocast_enabled
_saving_hooks = torch._C._autograd._top_saved_tensors_default_hooks
_n_dispatch_modes = torch._C._len_torch_dispatch_stack


def _functions(names: tuple[str, ...]) -> frozenset[Any]:
    found = [getattr(owner, name, None) for name in names for owner in (Tensor, torch)]
    return frozenset(function for function in found if function is not None)


SINGLE = _functions(NAMES)  # they run one operation, and make one node
WRITERS = _functions(WRITER_NAMES)  # they write into what they are called with, and make no node without grad mode
GRAD = Tensor.grad.__get__  # type: ignore[attr-defined]
READS = frozenset(getattr(Tensor, name).__get__ for name in _ATTRIBUTES) | _functions(_READ_METHODS)


def is_plain(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """Whether a call with these arguments is the operation alone: no mode, class of tensors, cast or hook takes part.

    A hook is one that packs what is saved.
    """
    return (
        (_PLAIN.issuperset(map(type, args)) or all(map(_is_plain, args)))
        and (not kwargs or (_PLAIN.issuperset(map(type, kwargs.values())) and kwargs.get("out") is None))
        and not _is_autocast()
        and not _n_dispatch_modes()
        and _saving_hooks(False) is None
        and forward_ad._current_level < 0
    )


def given(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[Any, ...]:
    """All arguments of such a call, and what is in the list that it begins with, as one of `cat` does."""
    if args and type(args[0]) in _SEQUENCES:
        args = (*args[0], *args[1:])
    return (*args, *kwargs.values()) if kwargs else args


def is_plain_write(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """As `is_plain`, of one of the WRITERS, which makes no node now."""
    return bool(args) and not _is_grad_enabled() and is_plain(args, kwargs)


def _is_plain(argument: Any) -> bool:
    """Also of a shape, a list of sizes, and what else holds numbers alone."""
    kind = type(argument)
    return kind in _PLAIN or (kind in _SEQUENCES and _NO_TENSOR.issuperset(map(type, argument)))
