"""What the backward passes of a run have added to the `.grad` of a leaf since it was last empty or zero."""

from __future__ import annotations

import msgspec

from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence


class GradDeposit(msgspec.Struct, frozen=True, array_like=True):
    """What one pass added. Norms, None where they are not known."""

    pass_index: int
    line: int  # that called backward, 0 without one
    norm: float | None = None
    before: float | None = None  # of what was there
    is_updated: bool = False  # the leaf was written since the deposit before


class GradAccount(msgspec.Struct, frozen=True):
    """The answer to AskAccount. Without deposits no pass of this run has reached the leaf. Of an earlier pass: what it
    added, and nothing of what came after it."""

    node: int
    deposits: tuple[GradDeposit, ...] = ()  # the newest of them, in their order
    n_deposits: int = 0
    grad: float | None = None  # the norm of what is there now
    bound: float = 0.0  # the largest magnitude in it and in what arrived last
    is_written_since: bool = False  # somebody wrote into it after the last deposit
    is_forgotten: bool = False  # the leaf was updated between deposits, and its .grad not emptied
    said: Sentence | None = None
    is_earlier: bool = False


class AskAccount(Request, frozen=True, tag="ask_account", kw_only=True):
    """What the passes of this run have added to the `.grad` of a leaf of the graph on screen or, with a name, of what a
    variable holds."""

    graph: int = 0
    node: int = -1
    name: str = ""


class AccountShown(Event, frozen=True, tag="account", kw_only=True):
    account: GradAccount
    age_ms: float = 0.0  # of what was last known, while the program is inside one operation
