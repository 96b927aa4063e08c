"""How far a held backward pass goes on: a tagged union, the `until` of a Step request."""

from __future__ import annotations

import msgspec


class UntilNext(msgspec.Struct, frozen=True, tag="next"):
    """Hold at the very next node, or at the `n_nodes`-th."""

    n_nodes: int = 1


class UntilPaused(msgspec.Struct, frozen=True, tag="paused"):
    """Hold at the very next node, of the pass that runs or, where none does that can be held, of the next one."""


class UntilNode(msgspec.Struct, frozen=True, tag="node"):
    """Hold at this node."""

    node: int


class UntilAny(msgspec.Struct, frozen=True, tag="any"):
    """Hold at the next of these nodes."""

    nodes: frozenset[int]


class UntilOutside(msgspec.Struct, frozen=True, tag="outside"):
    """Hold at the next node that is none of these."""

    nodes: frozenset[int]


class UntilOutOfModule(msgspec.Struct, frozen=True, tag="out_of_module"):
    """Hold at the next node that is not of the module which made the held one."""


class UntilEnd(msgspec.Struct, frozen=True, tag="end"):
    """Hold no more in this pass."""


class UntilPass(msgspec.Struct, frozen=True, tag="pass"):
    """Hold no more before the pass with this number of the program's run begins."""

    index: int


class UntilProgramEnd(msgspec.Struct, frozen=True, tag="program_end"):
    """Hold no more in this run of the program."""


class UntilNotFinite(msgspec.Struct, frozen=True, tag="not_finite"):
    """Hold no more in this run of the program but where a number turns NaN or infinite, forward or backward."""


Until = (
    UntilNext
    | UntilPaused
    | UntilNode
    | UntilAny
    | UntilOutside
    | UntilOutOfModule
    | UntilEnd
    | UntilPass
    | UntilProgramEnd
    | UntilNotFinite
)


def wanted_nodes(until: Until) -> frozenset[int]:
    """The nodes at one of which a pass is to be held; none where any may do."""
    if isinstance(until, UntilNode):
        return frozenset({until.node})
    return until.nodes if isinstance(until, UntilAny) else frozenset()
