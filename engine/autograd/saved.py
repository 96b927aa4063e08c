"""What a node keeps for its backward, without asking the hooks that a program may have packed it with."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from typing import Any

import torch
from torch.autograd.graph import Node as GradFn

from engine.autograd.snapshots import can_alias
from engine.protocol.facts import SavedStorage
from engine.protocol.notes import Freed, Note, NotRecorded, Packed
from engine.tensors import native
from engine.tensors.unseen import Unseen

_NAMES: weakref.WeakKeyDictionary[type, tuple[str, ...]] = weakref.WeakKeyDictionary()  # by kind of node
_PREFIX = "_raw_saved_"
_is_wrapped = torch._C._functorch.is_functorch_wrapped_tensor
Saved = tuple[tuple[SavedStorage, ...], Note | None]


def saved_storages(node: GradFn) -> Saved:
    """The storages of a node's saved tensors, each once, or why they cannot be told. Inside the gate."""
    with Unseen():
        return storages_saved_by(node)


def storages_saved_by(node: GradFn) -> Saved:
    """As `saved_storages`, inside `Unseen`."""
    try:
        saved = list(_saved_tensors(node))
    except RuntimeError:  # that a custom Function's are freed already
        return (), Freed()
    storages: dict[int, SavedStorage] = {}
    for variable in saved:
        if variable.unpack_hook is not None:
            return (), Packed()
        tensor = variable.data
        if tensor is None:  # freed, or an optional input that was not given
            continue
        if _is_wrapped(tensor) or not can_alias(tensor):
            return (), NotRecorded()
        storage = native.untyped_storage(tensor)
        storages[storage._cdata] = SavedStorage(storage._cdata, storage.nbytes())
    return (tuple(storages.values()), None) if storages or not saved else ((), Freed())


def _saved_tensors(node: GradFn) -> Iterator[Any]:
    for _, found in saved_by_name(node):
        yield from found if isinstance(found, tuple | list) else (found,)


def saved_by_name(node: GradFn) -> Iterator[tuple[str, Any]]:
    """What a node keeps as it keeps it, one or a list of them, by PyTorch's own names. Raises RuntimeError of a custom
    Function that has freed it. Inside `Unseen`."""
    kind = type(node)
    if kind not in _NAMES:
        _NAMES[kind] = tuple(name for name in dir(kind) if name.startswith(_PREFIX))
    for name in _NAMES[kind]:
        yield name.removeprefix(_PREFIX), getattr(node, name)
