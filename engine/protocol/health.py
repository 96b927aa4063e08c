"""How healthy a backward pass is: what is wrong with its gradients and the values that they go through, by rank."""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence
from engine.protocol.source import Source

Kind = Literal["exploding", "dead", "saturated", "vanishing", "cancelling", "no_gradient"]
Severity = Literal["serious", "notable", "aside"]


class Finding(msgspec.Struct, frozen=True, array_like=True):
    """One thing that is wrong. `aside`: true, and as it is meant to be in most programs; counted nowhere."""

    kind: Kind
    severity: Severity
    said: Sentence
    cure: Sentence
    node: int = -1  # that it leads to, of the graph that was asked about
    variable: str = ""  # that it leads to where there is no node
    place: Source | None = None
    shares: tuple[float, ...] = ()  # of zeros, by channel from the largest on; at most 64 of them


class DepthPoint(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A layer: its node, its module or line, and the largest norm of a gradient on the way past it; None of a layer
    that the pass has not come to."""

    node: int
    label: str
    norm: float | None


class PassHealth(msgspec.Struct, frozen=True):
    """Of the pass over a graph on screen. While `n_done` is less than `n_all` it is not all looked at: ask again."""

    graph: int
    findings: tuple[Finding, ...] = ()  # the worst first
    depth: tuple[DepthPoint, ...] = ()  # in the order of the forward pass
    limits: tuple[Sentence, ...] = ()  # what was sampled, not kept or not looked at
    n_done: int = 0
    n_all: int = 0


class AskHealth(Request, frozen=True, tag="ask_health", kw_only=True):
    """Of the pass over a graph on screen. Each answer has what a few milliseconds sufficed for."""

    graph: int


class HealthShown(Event, frozen=True, tag="health", kw_only=True):
    health: PassHealth
