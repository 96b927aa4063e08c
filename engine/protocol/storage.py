"""What a tensor lies in: the first elements of its storage, and who reads which of them in which order."""

from __future__ import annotations

import msgspec

from engine.protocol.keys import NodeValueKey, VariableKey
from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence


class Layout(msgspec.Struct, frozen=True, array_like=True):
    """A tensor or an array in the storage. `stride` and `offset` count elements of its storage."""

    name: str
    shape: tuple[int, ...]
    stride: tuple[int, ...]
    offset: int
    kind: str = "tensor"  # | "array", of NumPy


class AskStorage(Request, frozen=True, tag="ask_storage", kw_only=True):
    """Of the tensor that a variable holds, or of the output of a node on screen. `name`: what it is called. `first`:
    the element of the storage to begin with; -1 for where the tensor begins."""

    key: VariableKey | NodeValueKey
    name: str = ""
    first: int = -1


class StorageShown(Event, frozen=True, tag="storage", kw_only=True):
    """`texts` are elements from `first` on, of `n_elements` with `itemsize` bytes each; none where it has no plain
    storage. `layouts`: the tensor itself, then what shares it. `said`: whether .view() can read it in another shape."""

    n_elements: int = 0
    itemsize: int = 0
    first: int = 0
    texts: tuple[str, ...] = ()
    layouts: tuple[Layout, ...] = ()
    said: tuple[Sentence, ...] = ()
