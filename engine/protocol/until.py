"""How far a held backward pass goes on: a tagged union, the `until` of a Step request."""

from __future__ import annotations

import msgspec


class UntilNext(msgspec.Struct, frozen=True, tag="next"):
    """Hold at the very next node."""


class UntilNode(msgspec.Struct, frozen=True, tag="node"):
    """Hold at this node."""

    node: int


class UntilOutOfModule(msgspec.Struct, frozen=True, tag="out_of_module"):
    """Hold at the next node that is not of the module which made the held one."""


class UntilEnd(msgspec.Struct, frozen=True, tag="end"):
    """Hold no more in this pass."""


class UntilPass(msgspec.Struct, frozen=True, tag="pass"):
    """Hold no more before the pass with this number of the program's run begins."""

    index: int


class UntilProgramEnd(msgspec.Struct, frozen=True, tag="program_end"):
    """Hold no more in this run of the program."""


Until = UntilNext | UntilNode | UntilOutOfModule | UntilEnd | UntilPass | UntilProgramEnd
