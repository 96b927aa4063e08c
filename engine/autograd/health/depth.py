"""How the gradient changes on its way back through the layers: where it vanishes, grows, or is no number any more."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.autograd.health.cures import cure_of_fall, cure_of_rise
from engine.autograd.health.layers import Layer, Layers
from engine.autograd.health.subject import Subject, line, name, place
from engine.autograd.zeros import sentence as why_zeros
from engine.protocol.health import DepthPoint, Finding, Severity
from engine.protocol.sentence import Sentence
from engine.protocol.values import Node
from engine.shared.health_rules import NOTABLE_FACTOR, SERIOUS_FACTOR
from engine.shared.numbers import brief

_MOST_POINTS = 1024


class Span(NamedTuple):
    """From `late`, which the gradient passes first, to `early`; `factor` times smaller there, or larger."""

    early: int
    late: int
    factor: float


class Ends(NamedTuple):
    """Of a span, in words."""

    early: str
    late: str
    low: str
    high: str


def points(layers: Sequence[Layer]) -> tuple[DepthPoint, ...]:
    """For the plot; of very many layers evenly spaced ones."""
    step = max(1, math.ceil(len(layers) / _MOST_POINTS))
    return tuple(
        DepthPoint(layer.node.id, layer.node.module or f"line {line(layer.node)}", layer.flow)
        for layer in layers[::step]
    )


class Depth:
    """Findings of a pass whose layers' flows are known."""

    def __init__(self, subject: Subject, layers: Layers, flows: Sequence[Layer]) -> None:
        self._subject, self._layers, self._flows = subject, layers, flows

    def findings(self) -> Iterator[Finding]:
        """At most one of each kind: the largest."""
        broken = self._not_finite()
        if broken is not None:
            yield broken
            return
        stopped = self._stopped()
        if stopped is not None:
            yield stopped
        known = [(index, layer.flow) for index, layer in enumerate(self._flows) if layer.flow]
        fall, rise = _largest(known, falls=True), _largest(known, falls=False)
        if fall is not None and fall.factor >= NOTABLE_FACTOR:
            yield self._vanishing(fall)
        if rise is not None and rise.factor >= NOTABLE_FACTOR:
            yield self._exploding(rise)

    # -- what is no number, or nothing

    def _not_finite(self) -> Finding | None:
        """The first node that such a gradient arrived at, while what its users got was finite."""
        norms = ((node, self._subject.norm(node.id)) for node in self._subject.nodes.values() if not node.is_input)
        bad = {node.id for node, norm in norms if norm is not None and not math.isfinite(norm)}
        first = [i for i in bad if not bad.intersection(self._subject.users.get(i, ()))]
        if not first:
            return None
        node = max((self._subject.nodes[i] for i in first), key=lambda one: one.sequence)
        said = Sentence.of(
            "health.not_finite",
            "The gradient is NaN or infinite from {place} on, at {n} of {n_all} nodes.",
            place=place(node),
            n=len(bad),
            n_all=self._subject.graph.n_nodes,
        )
        cure = Sentence.of(
            "health.cure_not_finite",
            "F7 goes to the operation that made the first one, and says why and what is usually done.",
        )
        return Finding("exploding", "serious", said, cure, node.id, place=node.source)

    def _stopped(self) -> Finding | None:
        """The node nearest to the loss that something arrived at and that sent zeros alone."""
        n_zero = sum(layer.flow == 0 for layer in self._flows)
        at = self._where_it_stops() if n_zero else None
        if at is None:
            return None
        said = Sentence.of(
            "health.stops",
            "The gradient is 0 everywhere behind {place}: {n} of {n_all} layers get nothing.",
            place=place(at),
            n=n_zero,
            n_all=len(self._flows),
        )
        is_start = at.category == "matmul"  # weights that start at zeros let it through after the first update
        severity: Severity = "notable" if is_start else "serious"
        return Finding(
            "vanishing", severity, said, why_zeros(at.name, self._subject.call(at.id)), at.id, place=at.source
        )

    def _where_it_stops(self) -> Node | None:
        found = None
        for node in self._subject.nodes.values():
            if node.is_input or self._layers.is_of_parameters(node.id) or not self._subject.norm(node.id):
                continue
            below = [edge.target for edge in self._subject.operands.get(node.id, ())]
            inner = [one for one in below if not self._layers.is_of_parameters(one)]
            if inner and all(self._subject.norm(one) == 0 and self._is_alone(one) for one in inner):
                found = node if found is None or node.sequence > found.sequence else found
        return found

    def _is_alone(self, node: int) -> bool:
        """Whether no other gradient that is not 0 came to a node: else they have cancelled there."""
        return sum(self._subject.norm(user) != 0 for user in self._subject.users.get(node, ())) < 2

    # -- falls and rises

    def _vanishing(self, span: Span) -> Finding:
        steep, share = self._steepest(span, falls=True)
        is_in_time = self._is_in_time(span)
        severity: Severity = "aside" if is_in_time else "serious" if span.factor >= SERIOUS_FACTOR else "notable"
        said = (self._falls_in_time if is_in_time else self._falls_at if share > 0.5 else self._falls)(span, steep)
        return Finding("vanishing", severity, said, cure_of_fall(steep, is_in_time), steep.id, place=steep.source)

    def _falls_at(self, span: Span, steep: Node) -> Sentence:
        ends = self._ends(span)
        return Sentence.of(
            "health.falls_at",
            "The gradient falls by {factor} between {late} and {early}, from {high} to {low}: at {kind}, {place}.",
            factor=brief(span.factor, 2),
            kind=steep.name,
            place=place(steep),
            early=ends.early,
            late=ends.late,
            low=ends.low,
            high=ends.high,
        )

    def _falls(self, span: Span, steep: Node) -> Sentence:
        ends = self._ends(span)
        return Sentence.of(
            "health.falls",
            "The gradient falls by {factor} on its way back through {n} layers, from {high} at {late} to {low} at "
            "{early}, most of it at {kind}: steepest at {place}, by {by}.",
            factor=brief(span.factor, 2),
            n=span.late - span.early,
            kind=steep.name,
            place=place(steep),
            by=brief(self._fall(steep), 2),
            early=ends.early,
            late=ends.late,
            low=ends.low,
            high=ends.high,
        )

    def _falls_in_time(self, span: Span, _: Node) -> Sentence:
        ends = self._ends(span)
        return Sentence.of(
            "health.falls_in_time",
            "The gradient falls by {factor}, from {high} to {low}, on its way back through {n} uses of the same "
            "parameters before {late}: what came in early counts for next to nothing.",
            factor=brief(span.factor, 2),
            n=span.late - span.early,
            late=ends.late,
            low=ends.low,
            high=ends.high,
        )

    def _exploding(self, span: Span) -> Finding:
        steep, _ = self._steepest(span, falls=False)
        ends = self._ends(span)
        severity: Severity = "serious" if span.factor >= SERIOUS_FACTOR else "notable"
        said = Sentence.of(
            "health.grows",
            "The gradient grows by {factor} on its way back through {n} layers, from {low} at {late} to {high} at "
            "{early}, most of it at {kind}: steepest at {place}.",
            factor=brief(span.factor, 2),
            n=span.late - span.early,
            kind=steep.name,
            place=place(steep),
            early=ends.early,
            late=ends.late,
            low=ends.low,
            high=ends.high,
        )
        return Finding("exploding", severity, said, cure_of_rise(self._is_in_time(span)), steep.id, place=steep.source)

    def _ends(self, span: Span) -> Ends:
        early, late = (self._flows[index] for index in (span.early, span.late))
        low, high = sorted((early.flow or 0.0, late.flow or 0.0))
        return Ends(self._name(span.early), self._name(span.late), brief(low, 2), brief(high, 2))

    def _name(self, index: int) -> str:
        node = self._flows[index].node
        return name(node) if node.module else f"layer {index + 1} of {len(self._flows)} (line {line(node)})"

    def _is_in_time(self, span: Span) -> bool:
        """Whether the same parameters work at both ends."""
        early, late = (self._flows[index : index + 2] for index in (span.early, max(span.late - 1, 0)))
        return bool(
            frozenset().union(*(one.leaves for one in early)) & frozenset().union(*(one.leaves for one in late))
        )

    def _steepest(self, span: Span, *, falls: bool) -> tuple[Node, float]:
        """Of the kind of nodes that does most of it that which does most, and its share of the logarithm."""
        early, late = self._flows[span.early].node, self._flows[span.late].node
        sign = 1 if falls else -1
        by_kind: dict[str, float] = {}
        falls_of = {}
        for node in self._layers.between(early, late):
            fall = self._fall(node)
            if fall > 0:
                falls_of[node.id] = sign * math.log(fall)
                by_kind[node.name] = by_kind.get(node.name, 0.0) + falls_of[node.id]
        if not by_kind:
            return late, 0.0
        kind = max(by_kind, key=by_kind.__getitem__)
        own = {i: fall for i, fall in falls_of.items() if self._subject.nodes[i].name == kind}
        steepest = max(own, key=own.__getitem__)
        return self._subject.nodes[steepest], own[steepest] / math.log(span.factor)

    def _fall(self, node: Node) -> float:
        """What arrived at a node, divided by what then arrived at its operands; 1 where that is not known."""
        norm = self._subject.norm(node.id)
        below = [edge.target for edge in self._subject.operands.get(node.id, ())]
        norms = [self._subject.norm(one) for one in below if not self._layers.is_of_parameters(one)]
        sent = max((one for one in norms if one is not None), default=0.0)
        return norm / sent if norm and sent else 1.0


def _largest(known: Sequence[tuple[int, float]], *, falls: bool) -> Span | None:
    """The largest fall, or rise, of a flow on the way back from one layer to any earlier one."""
    best: Span | None = None
    start: tuple[int, float] | None = None
    for index, flow in reversed(known):
        if start is None or (flow > start[1] if falls else flow < start[1]):
            start = (index, flow)
        factor = start[1] / flow if falls else flow / start[1]
        if best is None or factor > best.factor:
            best = Span(index, start[0], factor)
    return best
