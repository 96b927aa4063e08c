"""Functions whose results need no look: of finite operands they make finite ones, and of infinite ones no NaN."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

_OF_SHAPE = (
    *("view", "view_as", "reshape", "reshape_as", "t", "transpose", "permute", "select", "expand", "expand_as"),
    *("squeeze", "unsqueeze", "diagonal", "flatten", "unflatten", "chunk", "split", "unbind", "narrow", "movedim"),
    *("swapaxes", "ravel", "contiguous", "clone", "detach", "detach_", "cat", "concat", "stack", "hstack", "vstack"),
    *("repeat", "tile", "flip", "roll", "unfold", "broadcast_to", "broadcast_tensors", "meshgrid"),
)
_CHOOSING = (
    *("__getitem__", "gather", "index_select", "take", "take_along_dim", "embedding", "masked_select", "tril", "triu"),
    *("sort", "argsort", "topk", "max", "min", "amax", "amin", "maximum", "minimum", "argmax", "argmin", "diag"),
)
_BOUNDED = ("abs", "neg", "sign", "relu", "relu_", "sigmoid", "tanh", "floor", "ceil", "round", "trunc", "max_pool2d")
_FILLING = (
    *("zeros", "zeros_like", "new_zeros", "zero_", "ones", "ones_like", "new_ones", "eye", "arange", "linspace"),
    *("rand", "rand_like", "randn", "randn_like", "randint", "randperm", "normal_", "uniform_", "one_hot"),
)
_ANSWERING = (
    *("__repr__", "__format__", "__len__", "__bool__", "__float__", "__int__", "__eq__", "eq", "ne", "lt", "le", "gt"),
    *("ge", "isnan", "isinf", "isfinite", "item", "tolist", "numpy", "requires_grad_", "retain_grad", "register_hook"),
    *("size", "dim", "stride", "numel", "is_contiguous", "data_ptr", "nonzero", "any", "all", "equal", "allclose"),
)
# What they make is whatever lay in memory.
_UNFILLED = (
    *("empty", "empty_like", "empty_strided", "empty_permuted", "new_empty", "new_empty_strided", "new", "resize_"),
    *("resize_as_", "set_"),
)
_READER = type(Tensor.grad.__get__)  # type: ignore[attr-defined]  # of an attribute


def _functions(names: tuple[str, ...]) -> frozenset[Any]:
    found = [getattr(owner, name, None) for name in names for owner in (Tensor, torch, functional)]
    return frozenset(function for function in found if function is not None)


_BACKWARD = {Tensor.backward, torch.autograd.backward, torch.autograd.grad}
UNFILLED = _functions(_UNFILLED)
LOSSES = frozenset({functional.cross_entropy, functional.nll_loss, functional.kl_div})  # infinite ones help nobody
UNLOOKED: frozenset[Any] = UNFILLED | _functions(_ANSWERING) | _BACKWARD
HARMLESS: frozenset[Any] = UNLOOKED | _functions((*_OF_SHAPE, *_CHOOSING, *_BOUNDED, *_FILLING))


def is_reader(function: Any) -> bool:
    """Whether it reads or sets an attribute of a tensor."""
    return type(function) is _READER
