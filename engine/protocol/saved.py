"""What a node holds for backward, as the window shows it."""

from __future__ import annotations

import msgspec

from engine.protocol.message import Event, Request
from engine.protocol.notes import Note
from engine.protocol.sentence import Sentence


class SavedTensor(msgspec.Struct, frozen=True, array_like=True):
    """One tensor that a node holds. A shape of None: packed by hooks of the program, or not given."""

    name: str  # PyTorch's own, "self", "result"
    owner: str = ""  # whose it is: a variable, a parameter, or what the program wrote
    shape: tuple[int, ...] | None = None
    dtype: str = ""
    n_bytes: int = 0  # of its elements
    storage_bytes: int = 0  # of its whole storage
    sharing: tuple[int, ...] = ()  # other nodes that hold the same storage
    version: int = -1  # of its version counter now
    saved_version: int = -1  # that backward expects
    written: Sentence | None = None  # who changed it in place since
    is_packed: bool = False


class HeldTotal(msgspec.Struct, frozen=True, array_like=True):
    """All nodes of the graph together: bytes after each node of the forward pass, then after each of the backward."""

    n_bytes: tuple[int, ...] = ()
    n_forward: int = 0
    made_at: int = -1  # where this node began to hold, and where it lets go
    freed_at: int = -1


class NodeSaved(msgspec.Struct, frozen=True, array_like=True):
    """Of one node. `note` says why there are no tensors; `readers` are the nodes that hold the storage of its result.

    `forecast`: why the next backward through its graph fails, at the node `forecast_node`.
    """

    node: int
    tensors: tuple[SavedTensor, ...] = ()
    note: Note | None = None
    n_bytes: int = 0  # of all storages that it holds or held
    released: Sentence | None = None
    readers: tuple[int, ...] = ()
    steps: tuple[int, ...] = ()  # of the newest pass at which each of these runs, from 1; empty without one
    own_step: int = 0
    total: HeldTotal = HeldTotal()
    forecast: Sentence | None = None
    forecast_node: int = -1
    is_earlier: bool = False  # of an earlier pass, of which this is not kept


class AskSaved(Request, frozen=True, tag="ask_saved", kw_only=True):
    """What a node of the graph on screen holds for backward."""

    graph: int
    node: int


class SavedShown(Event, frozen=True, tag="saved", kw_only=True):
    saved: NodeSaved
