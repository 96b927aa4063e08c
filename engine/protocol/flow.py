"""What comes to a node in a backward pass and what it sends on, in numbers."""

from __future__ import annotations

import msgspec

from engine.protocol.message import Event, Request
from engine.protocol.notes import Note
from engine.protocol.sentence import Sentence


class GradientPart(msgspec.Struct, frozen=True, array_like=True):
    """What one node sent on to where several gradients meet.

    `share`: what it adds along the sum, part · sum / ‖sum‖², so that all shares together are 1. `agreement`: of the
    cells in which neither it nor the sum is zero, how many have the sign of the sum.
    """

    node: int  # that sent it, -1: the call of backward itself
    name: str  # of that node
    line: int  # that made it, 0 without one
    place: int  # which of its operands, -1 of the only one
    norm: float | None = None
    share: float | None = None
    agreement: float | None = None
    note: Note | None = None


class HookChange(msgspec.Struct, frozen=True, array_like=True):
    """What a hook of the program made of the sum: norms before and after, as text."""

    line: int  # that registered it, 0 where that was not seen
    before: str
    after: str


class ArrivedGradient(msgspec.Struct, frozen=True, array_like=True):
    """The gradient with respect to one output of a node. `parts`: in the order of their arrival, where several meet."""

    name: str  # of the output, "h" or "(x @ W)", "" without one
    shape: tuple[int, ...] | None = None
    norm: float | None = None
    n_expected: int = 1
    parts: tuple[GradientPart, ...] = ()
    hook: HookChange | None = None
    note: Note | None = None


class SentGradient(msgspec.Struct, frozen=True, array_like=True):
    """The gradient for one operand. `said`: why it is not known."""

    name: str  # of the operand, "h" or "(x @ W)", else of the node that made it, "LogSoftmax"
    node: int  # that it goes to
    place: int
    shape: tuple[int, ...] | None = None
    norm: float | None = None
    said: Sentence | None = None


class NodeFlow(msgspec.Struct, frozen=True):
    """The answer to AskFlow. Nothing at all before a pass has reached the node."""

    node: int
    arrived: tuple[ArrivedGradient, ...] = ()  # by output
    sent: tuple[SentGradient, ...] = ()  # in the order of the operands


class AskFlow(Request, frozen=True, tag="ask_flow", kw_only=True):
    """What comes to a node of the graph on screen and what it sends on."""

    graph: int
    node: int


class FlowShown(Event, frozen=True, tag="flow", kw_only=True):
    flow: NodeFlow
    age_ms: float = 0.0  # of what was last known, while the program is inside one operation
