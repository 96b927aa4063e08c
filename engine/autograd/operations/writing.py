"""Functions of torch that write into the tensor that they are called on, so that what it was is looked at before."""

from __future__ import annotations

import torch
from torch import Tensor

SETITEM = Tensor.__setitem__
_IN_PLACE = ("add", "sub", "mul", "truediv", "div", "floordiv", "mod", "pow", "and", "or", "xor", "lshift", "rshift")
_OWNERS = (Tensor, torch, torch.nn.functional)
# They end on "_", and change something else than numbers.
_OF_STATE = frozenset({
    "requires_grad_", "detach_", "share_memory_", "rename_", "resize_", "resize_as_", "resize_as_sparse_", "set_",
    "sparse_resize_", "sparse_resize_and_clear_", "coalesce_", "_coalesced_",
})  # fmt: skip
_BY_FUNCTION = frozenset({"apply_", "map_", "map2_"})  # of Python, for each number
_OF_AXES = frozenset({
    "t_", "transpose_", "swapaxes_", "swapdims_", "squeeze_", "unsqueeze_", "as_strided_",
})  # fmt: skip


def _named(owner: object) -> set[str]:
    return {name for name in dir(owner) if name.endswith("_") and not name.startswith("_")}


def _functions() -> frozenset[object]:
    names = set().union(*map(_named, _OWNERS)) - _OF_STATE - _OF_AXES
    names |= {f"__i{name}__" for name in _IN_PLACE}
    found = [getattr(owner, name, None) for owner in _OWNERS for name in names]
    return frozenset({SETITEM, *(one for one in found if callable(one))})


WRITING = _functions()
STATE = frozenset(getattr(Tensor, name) for name in _OF_STATE if hasattr(Tensor, name))
TURNING = frozenset(getattr(Tensor, name) for name in _OF_AXES)
UNHEARD = frozenset(getattr(Tensor, name) for name in _BY_FUNCTION)  # PyTorch tells nobody that these write
