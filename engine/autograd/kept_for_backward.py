"""What a node keeps for its backward, tensor by tensor, and why its backward could not run now.

Nothing that hooks of the program have packed is unpacked, and no tensor that is read here outlives the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import torch
from torch.autograd.function import BackwardCFunction
from torch.autograd.graph import Node as GradFn

from engine.autograd.records import dtype_name, shape_of
from engine.autograd.saved import saved_by_name
from engine.autograd.snapshot import can_alias, version_of
from engine.tensors import native

FREED = re.compile(r"Trying to backward through the graph a second time")
CHANGED = re.compile(
    r"modified by an inplace operation: \[\S+ (\[.*?\])\](?:, which is output \d+ of ([\w:]+),)? is at version \d+; "
    r"expected version (\d+)"
)
_OWN_RESULT = re.compile(r"(result|output|values|out)\d?|.*_output")
_is_wrapped = torch._C._functorch.is_functorch_wrapped_tensor
_all_saved = torch._C._FunctionBase.saved_tensors.__get__


class Kept(NamedTuple):
    """One tensor that a node keeps. Of one packed by hooks, or inside of torch.func, there is the name alone."""

    name: str  # PyTorch's own, "self", "result", "tensors[1]"
    is_packed: bool = False
    shape: tuple[int, ...] | None = None
    dtype: str = ""
    n_bytes: int = 0  # of its elements
    storage: int = 0  # the address of its storage's implementation, 0 where it has none
    storage_bytes: int = 0
    version: int = -1  # of its version counter now
    saved_version: int = -1  # what backward expects, -1 where that is not known
    is_result: bool = False  # of the node's own operation, by its name


def kept_by(node: GradFn) -> list[Kept]:
    """Of a node that has not let go of it. Inside `Unseen`."""
    try:
        return [_read(node, *part) for part in _parts(node)]
    except RuntimeError:  # a custom Function's are freed already
        return []


def obstacle(node: GradFn) -> str:
    """PyTorch's own message on why the node's backward cannot run, "" where nothing is against it. Inside `Unseen`."""
    try:
        messages = (_refusal(node, name, place, variable) for name, place, variable in _parts(node))
        return next(filter(None, messages), "")
    except RuntimeError as error:
        return str(error) if FREED.search(str(error)) else ""


def _parts(node: GradFn) -> Iterator[tuple[str, int, Any]]:
    """Name, place in a list (-1 outside of one), and what PyTorch keeps there."""
    for name, found in saved_by_name(node):
        if isinstance(found, tuple | list):
            yield from ((name, place, variable) for place, variable in enumerate(found))
        else:
            yield name, -1, found


def _refusal(node: GradFn, name: str, place: int, variable: Any) -> str:
    if variable.unpack_hook is not None or (variable.data is not None and _is_wrapped(variable.data)):
        return ""
    try:
        if isinstance(node, BackwardCFunction):
            _unpack(node, variable)
        elif place <= 0:  # a list is read as a whole
            getattr(node, f"_saved_{name}")
    except RuntimeError as error:
        return str(error) if FREED.search(str(error)) or CHANGED.search(str(error)) else ""
    return ""


def _unpack(node: Any, variable: Any) -> None:
    """Raises RuntimeError where a custom Function's backward could not have it."""
    if hasattr(variable, "unpack"):
        variable.unpack()
    elif all(one.unpack_hook is None for one in node._raw_saved_tensors):  # PyTorch 2.11 unpacks all of them or none
        _all_saved(node)


def _read(node: GradFn, name: str, place: int, variable: Any) -> Kept:
    full = name if place < 0 else f"{name}[{place}]"
    tensor = variable.data
    if variable.unpack_hook is not None:
        return Kept(full, is_packed=True)
    if tensor is None or _is_wrapped(tensor) or not can_alias(tensor):
        return Kept(full)
    bare = native.bare(tensor)
    storage, version = native.untyped_storage(bare), version_of(bare)
    changed = CHANGED.search(_refusal(node, name, place, variable))
    return Kept(
        full,
        shape=shape_of(bare),
        dtype=dtype_name(native.dtype(bare)),
        n_bytes=native.nbytes(bare),
        storage=storage._cdata,
        storage_bytes=storage.nbytes(),
        version=version,
        saved_version=version if changed is None else int(changed[3]),
        is_result=_OWN_RESULT.fullmatch(name) is not None,
    )
