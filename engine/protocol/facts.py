"""Facts of nodes, by which a graph is sorted, coloured and searched: few numbers of many nodes.

They are in no reference cycle, and the collector of cycles leaves them alone (`gc=False`).
"""

from __future__ import annotations

import msgspec

from engine.protocol.message import Event, Request
from engine.protocol.notes import Note


class SavedStorage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Memory that a node keeps until its backward. Nodes that share it name the same `id`."""

    id: int
    n_bytes: int  # of the whole storage, also where only a view of it was saved


class NodeFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is known of one node without a backward pass; what a pass brings is in its news.

    Minimum, maximum and norm are of all finite elements of all its outputs together, never of a sample, and None where
    there are none; the counts are of all elements. The norm of one output is `torch.linalg.vector_norm(x)`, in float32
    for smaller floats and in float64 for integers and bool; of complex numbers all three are of magnitudes.
    """

    node: int
    n_elements: int = 0  # of the outputs that were read
    minimum: float | None = None
    maximum: float | None = None
    norm: float | None = None
    n_zero: int = 0
    n_nan: int = 0
    n_inf: int = 0
    value_note: Note | None = None  # why nothing was read, or what is to be known of it
    saved: tuple[SavedStorage, ...] = ()  # what its grad_fn saved, each storage once
    saved_note: Note | None = None  # why that cannot be told


class NodeTime(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How long a node ran in a backward pass, on the thread that ran it; a device may still have been at work then."""

    node: int
    dt_ms: float


class AskFacts(Request, frozen=True, tag="ask_facts", kw_only=True):
    """The facts of nodes of the graph on screen, those first that are needed first.

    The answer has as many of them, from the first on, as could be had in a few milliseconds, maybe none; what is
    missing is asked for again.
    """

    graph: int
    nodes: tuple[int, ...]


class Facts(Event, frozen=True, tag="facts", kw_only=True):
    graph: int  # on screen, maybe another one by now than the one that was asked about: then there are no facts
    facts: tuple[NodeFacts, ...] = ()
