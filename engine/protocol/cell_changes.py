"""Which nodes changed one cell of a gradient."""

from __future__ import annotations

from engine.protocol.message import Event, Request


class AskCellChanges(Request, frozen=True, tag="ask_cell_changes", kw_only=True):
    """Of the gradient of a node's output, `cell` by its index along each axis."""

    graph: int
    node: int
    slot: int = 0
    cell: tuple[int, ...]


class CellChanges(Event, frozen=True, tag="cell_changes", kw_only=True):
    """The nodes whose parts are not zero there, -1 for the call itself; None where the parts are not kept."""

    senders: tuple[int, ...] | None
