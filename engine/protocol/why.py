"""Why a tensor has no gradient, or one of zeros, as the window shows it."""

from __future__ import annotations

import msgspec

from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence
from engine.protocol.source import Source


class GradientWhy(msgspec.Struct, frozen=True, array_like=True):
    """The answer for a node of a graph (`node`) or for a variable (`name`).

    `said`: what is so, then what cut, then the way out. `place`: the line of the program that is the cause. `cause`: a
    node of the graph that is it, -1 where none is. `behind`: a variable whose graph lies behind the cut.
    """

    node: int = -1
    name: str = ""
    has_gradient: bool = False  # one has arrived; `said` is then about its zeros, if it is of zeros
    said: tuple[Sentence, ...] = ()
    place: Source | None = None
    cause: int = -1
    behind: str = ""


class AskWhy(Request, frozen=True, tag="ask_why", kw_only=True):
    """Why there is no gradient: at an output of a node of a graph, or, with a name, in a variable's `.grad`."""

    graph: int = 0
    node: int = -1
    slot: int = 0
    name: str = ""


class WhyShown(Event, frozen=True, tag="why", kw_only=True):
    why: GradientWhy
