"""A long event crosses the pipe in parts, so that who takes it in can do something else between them."""

from __future__ import annotations

from engine.protocol.backward_values import BackwardStep
from engine.protocol.facts import NodeTime
from engine.protocol.graph_values import Edge, Node
from engine.protocol.message import Event


class Part(Event, frozen=True, tag="part", kw_only=True):
    """What the next event that is no Part has of each, behind that of the parts before; nothing else comes between
    them. `nodes` and `edges` are those of its graph."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    steps: tuple[BackwardStep, ...] = ()
    times: tuple[NodeTime, ...] = ()
