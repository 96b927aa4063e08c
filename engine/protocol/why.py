"""Why a tensor has no gradient, one of zeros, or one that is not finite, as the window shows it."""

from __future__ import annotations

import msgspec

from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence
from engine.protocol.source import Source

_EXPECTED = frozenset(
    {
        *("gradient.no_backward", "gradient.not_come_yet", "gradient.pass_ended_before", "gradient.not_needed"),
        *("gradient.not_kept", "gradient.over_budget"),
        *("grad.not_required", "grad.none_yet", "grad.not_arrived", "grad.returned", "grad.taken_away"),
        *("grad.of_result", "grad.of_computed", "graph.of_whole_numbers"),
    }
)


class GradientWhy(msgspec.Struct, frozen=True, array_like=True):
    """The answer for a node of a graph (`node`) or for a variable (`name`).

    `said`: what is so, then what cut, then the way out. `place`: the line of the program that is the cause. `cause`: a
    node of the graph that is it, -1 where none is. `behind`: a variable whose graph lies behind the cut.
    """

    node: int = -1
    name: str = ""
    has_gradient: bool = False  # one has arrived; `said` is then of its zeros, or of what of it is not finite
    said: tuple[Sentence, ...] = ()
    place: Source | None = None
    cause: int = -1
    behind: str = ""

    @property
    def is_surprising(self) -> bool:
        """Whether it says something that was not to be expected: not that a pass is still to come, or a constant is
        one, or a result keeps no `.grad`."""
        code = self.said[0].code if self.said else ""
        return code.startswith(("zero.", "not_finite.")) if self.has_gradient else bool(code) and code not in _EXPECTED


class AskWhy(Request, frozen=True, tag="ask_why", kw_only=True):
    """Why there is no gradient: at an output of a node of a graph, or, with a name, in a variable's `.grad`."""

    graph: int = 0
    node: int = -1
    slot: int = 0
    name: str = ""


class WhyShown(Event, frozen=True, tag="why", kw_only=True):
    why: GradientWhy
