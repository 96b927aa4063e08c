"""Where a node comes from, where that is out of the ordinary, and the hooks of the program on it."""

from __future__ import annotations

import msgspec

from engine.protocol.layers import GradientLayer
from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence
from engine.protocol.source import Source

# By word of `Node.traits`: what a card has room for, and what its tooltip says.
TRAITS = {
    "recomputed": ("recomputed", "what it saves is recomputed in backward"),
    "reentrant": ("recomputed", "its forward runs again in backward, with a pass of its own"),
    "compiled": ("compiled", "a region of torch.compile: one node, of which no part is held"),
    "packed": ("packed", "what it saves is packed by hooks of the program"),
    "on cpu": ("on the CPU", "what it saves is kept on the CPU"),
    "device copy": ("device copy", "its value was copied from one device to another"),
    "vmap": ("vmap", "inside torch.vmap: one node for the batch"),
    "jvp": ("forward mode", "in forward mode: a value or its tangent"),
    "grad": ("torch.func", "inside torch.func.grad or its like"),
    "functionalize": ("functionalized", "inside torch.func.functionalize"),
}


class Maker(msgspec.Struct, frozen=True, array_like=True):
    """The node that was running when another was born, or was about to run (`is_meeting`)."""

    name: str
    node: int = -1  # in the graph that was asked about; -1 where it is not in there
    text: str = ""  # of the expression that made it
    line: int = 0
    is_meeting: bool = False


class NodeHook(msgspec.Struct, frozen=True, array_like=True):
    """A hook of the program. `change`: what it, or one beside it, did to a norm in this pass, "0.24 → 0.49"."""

    name: str  # of the function, or the call that registered it
    when: str  # "before" | "after" | "grad": once `.grad` is written
    place: Source | None = None  # where it was registered, or defined
    module: str = ""  # the type of the module that it was registered on
    change: str = ""


class NodeOrigin(msgspec.Struct, frozen=True):
    """The answer to AskOrigin. `layer` and `maker` are of a node that a backward pass has made."""

    node: int
    layer: GradientLayer | None = None
    maker: Maker | None = None
    pass_to_open: int = 0  # that made it, where it can be opened again
    said: tuple[Sentence, ...] = ()  # on checkpoint, hooks on what is saved, torch.func
    place: Source | None = None  # of what they speak of
    hooks: tuple[NodeHook, ...] = ()


class HookedNode(msgspec.Struct, frozen=True, array_like=True):
    """Of a pass: a node with hooks of the program, and what they have changed so far, "0.24 → 0.49". `n_inside`: of the
    nodes that other passes ran while it did, which are not held, `kinds_inside` their names."""

    node: int
    names: str
    arriving: str = ""
    leaving: str = ""
    n_inside: int = 0
    kinds_inside: str = ""


class AskOrigin(Request, frozen=True, tag="ask_origin", kw_only=True):
    """Where a node of a graph on screen comes from, and which hooks are on it."""

    graph: int
    node: int


class OriginShown(Event, frozen=True, tag="origin", kw_only=True):
    origin: NodeOrigin
