"""Where the person wants backward passes to be held: places, and conditions on the gradient that arrives there."""

from __future__ import annotations

import msgspec

from engine.protocol.message import Request


class AtLine(msgspec.Struct, frozen=True, tag="line"):
    """Where a pass comes to what a line of the program made, by itself or in what it calls: at the first of these
    nodes, for each execution of the line. At the first node of a pass that the line calls, too."""

    line: int


class AtVariable(msgspec.Struct, frozen=True, tag="variable"):
    """At the nodes whose result the program keeps in this variable, and at the AccumulateGrad of a leaf of the name."""

    name: str


class AtOperation(msgspec.Struct, frozen=True, tag="operation"):
    """At the nodes of this name, "TanhBackward0", or made by this operation, "tanh"; with * and ?."""

    pattern: str


class AtModule(msgspec.Struct, frozen=True, tag="module"):
    """Where a pass comes to what a module of these paths made, once for each of its calls, and at parameters of these
    names; "h.3.attn.*", with * and ?."""

    pattern: str


class AtPass(msgspec.Struct, frozen=True, tag="pass"):
    """At the first node of the pass of this number; with a condition, at the first of its nodes that meets it."""

    index: int


class Anywhere(msgspec.Struct, frozen=True, tag="anywhere"):
    """At every node: for a condition. With NotFinite it is the node that makes such a gradient of finite ones."""


class NotFinite(msgspec.Struct, frozen=True, tag="not_finite"):
    """An element of what arrives is NaN or infinite."""


class AllZero(msgspec.Struct, frozen=True, tag="all_zero"):
    """All that arrives is zero."""


class Norm(msgspec.Struct, frozen=True, tag="norm"):
    """The norm of what arrives, all slots together, is above the limit, or below it."""

    limit: float
    above: bool = True


class Ratio(msgspec.Struct, frozen=True, tag="ratio"):
    """The norm of what arrives over that of the node's recorded value is above the limit, or below it."""

    limit: float
    above: bool = True


Place = AtLine | AtVariable | AtOperation | AtModule | AtPass | Anywhere
Condition = NotFinite | AllZero | Norm | Ratio


class Breakpoint(msgspec.Struct, frozen=True):
    """Holds a pass at `place`, where there is a condition only when it is met. The window chooses the id."""

    id: int
    place: Place
    condition: Condition | None = None


class SetBreakpoints(Request, frozen=True, tag="set_breakpoints", kw_only=True):
    """All breakpoints that are switched on, in place of those before: for the pass that is held and all to come."""

    breakpoints: tuple[Breakpoint, ...]
