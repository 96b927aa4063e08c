"""A family of views: all that shares one storage, as the window draws it."""

from __future__ import annotations

import msgspec

from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence


class ViewMember(msgspec.Struct, frozen=True, array_like=True):
    """One tensor in the storage. `spans` are the parts of it that its elements lie in, each from a share to a share."""

    name: str
    shape: tuple[int, ...]
    stride: tuple[int, ...] = ()
    offset: int = 0  # of its first element
    spans: tuple[tuple[float, float], ...] = ()
    is_base: bool = False
    node: int = -1  # of the graph on screen that stands for it now
    node_name: str = ""  # "AsStridedBackward0"; "" of a leaf


class ViewWrite(msgspec.Struct, frozen=True, array_like=True):
    """A write in place through a view of the family: what stood for the base before, and what does since."""

    said: Sentence
    before: int = -1  # nodes of the graph on screen, -1 where nothing was there
    before_name: str = ""
    after: int = -1
    after_name: str = ""


class ViewFamily(msgspec.Struct, frozen=True, array_like=True):
    """Of a node's result or of a variable; without members there is nothing to draw."""

    node: int = -1
    name: str = ""
    storage_bytes: int = 0
    version: int = -1
    members: tuple[ViewMember, ...] = ()
    writes: tuple[ViewWrite, ...] = ()


class AskViews(Request, frozen=True, tag="ask_views", kw_only=True):
    """What shares a storage with the tensor of a node of the graph on screen, or, with a name, of a variable."""

    graph: int = 0
    node: int = -1
    name: str = ""


class ViewsShown(Event, frozen=True, tag="views", kw_only=True):
    family: ViewFamily
