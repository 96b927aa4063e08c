"""What a node keeps for its backward, without asking the hooks that a program may have packed it with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import BackwardCFunction
from torch.autograd.graph import Node as GradFn

from engine.autograd.records import PLAIN_TENSORS
from engine.autograd.snapshot import can_alias
from engine.protocol.facts import SavedStorage
from engine.protocol.notes import Freed, Note, NotRecorded, Packed
from engine.tensors import native
from engine.tensors.unseen import Unseen

_NAMES: dict[type, tuple[str, ...]] = {}  # by kind of node, of which there are a few hundred
_HOOKS_OF: dict[type, Callable[[GradFn], tuple[Any, ...]]] = {}  # what has packed what a node saved, by its kind
_PREFIX = "_raw_saved_"
_is_wrapped = torch._C._functorch.is_functorch_wrapped_tensor
Saved = tuple[tuple[SavedStorage, ...], Note | None]
_NOTHING: Saved = ((), None)


def saved_storages(node: GradFn) -> Saved:
    """The storages of a node's saved tensors, each once, or why they cannot be told. Inside the gate, where no function
    mode is in force."""
    names = _names_of(type(node))
    if not names:
        return _NOTHING
    storages: dict[int, SavedStorage] = {}
    n_saved = 0
    try:
        for name in names:
            found = getattr(node, name)
            for variable in found if isinstance(found, tuple | list) else (found,):
                n_saved += 1
                if variable.unpack_hook is not None:
                    return (), Packed()
                tensor = variable.data
                if tensor is None:  # freed, or an optional input that was not given
                    continue
                storage = _storage_of(tensor)
                if storage is None:
                    return (), NotRecorded()
                key = storage._cdata
                storages[key] = SavedStorage(key, storage.nbytes())
    except RuntimeError:  # that a custom Function's are freed already
        return (), Freed()
    return (tuple(storages.values()), None) if storages or not n_saved else ((), Freed())


def is_packed(node: GradFn) -> bool:
    """Whether hooks of the program have packed what one of torch's own nodes saved, which has not let go of it."""
    for name in _names_of(type(node)):
        found = getattr(node, name)
        if isinstance(found, tuple | list):
            if any(variable.unpack_hook is not None for variable in found):
                return True
        elif found.unpack_hook is not None:
            return True
    return False


def are_any_packed(nodes: Iterable[GradFn]) -> bool:
    """As `is_packed`, of nodes that save tensors: of each of a pass of a loop."""
    for node in nodes:
        kind = type(node)
        hooks_of = _HOOKS_OF.get(kind)
        if hooks_of is None:
            names = [f"{name}.unpack_hook" for name in _names_of(kind)]
            hooks_of = _HOOKS_OF[kind] = attrgetter(*names, names[0])  # of two at least: a tuple
        try:
            hooks = hooks_of(node)
        except AttributeError:  # it saves a list of tensors
            hooks = (is_packed(node) or None,)
        for hook in hooks:
            if hook is not None:
                return True
    return False


def _storage_of(tensor: Tensor) -> Any:
    """None of a tensor without one plain storage."""
    if type(tensor) in PLAIN_TENSORS:
        return None if _is_wrapped(tensor) or not can_alias(tensor) else native.untyped_storage(tensor)
    with Unseen():
        return None if _is_wrapped(tensor) or not can_alias(tensor) else native.untyped_storage(tensor)


def saved_by_name(node: GradFn) -> Iterator[tuple[str, Any]]:
    """What a node keeps as it keeps it, one or a list of them, by PyTorch's own names. Raises RuntimeError of a custom
    Function that has freed it. Inside `Unseen`."""
    for name in _names_of(type(node)):
        yield name.removeprefix(_PREFIX), getattr(node, name)


def saves(kind: type) -> bool:
    """Whether a kind of node may save tensors."""
    return bool(_names_of(kind))


def _names_of(kind: type) -> tuple[str, ...]:
    names = _NAMES.get(kind)
    if names is None:
        if issubclass(kind, BackwardCFunction):  # of custom Functions, which come and go
            kind = BackwardCFunction
        names = _NAMES[kind] = tuple(name for name in dir(kind) if name.startswith(_PREFIX))
    return names
