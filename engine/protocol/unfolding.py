"""Which rows of the variables table are unfolded into what they hold."""

from __future__ import annotations

from engine.protocol.message import Request


class UnfoldVariables(Request, frozen=True, tag="unfold_variables", kw_only=True):
    """From now on these, by name; those of functions and parts of others among them. The answer is the whole table."""

    names: tuple[str, ...]
