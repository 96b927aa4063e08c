"""How the gradient changes on its way back through the layers: where it vanishes, grows, or is no number any more."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.autograd.health.cures import cure_of_fall, cure_of_rise
from engine.autograd.health.layers import Layer, Layers
from engine.autograd.health.spans import Span, Spans
from engine.autograd.health.subject import Subject, line, name, place
from engine.protocol.graph_values import Node
from engine.protocol.health import DepthPoint, Finding, Severity
from engine.protocol.sentence import Sentence
from engine.shared.health_rules import NOTABLE_FACTOR, SERIOUS_FACTOR
from engine.shared.numbers import brief
from engine.shared.phrases import line_words

_MOST_POINTS = 1024


class Ends(NamedTuple):
    """Of a span, in words."""

    early: str | Sentence
    late: str | Sentence
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
        self._places = {layer.node.id: index for index, layer in enumerate(flows)}

    def findings(self) -> Iterator[Finding | None]:
        """The largest fall and the largest rise, where they are worth a word; None where a pause may be made."""
        spans = Spans(self._subject, self._layers, {layer.node.id: layer for layer in self._flows})
        yield from spans.find()
        if spans.fall is not None and spans.fall.factor >= NOTABLE_FACTOR:
            yield self._vanishing(spans.fall)
        if spans.rise is not None and spans.rise.factor >= NOTABLE_FACTOR:
            yield self._exploding(spans.rise)

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
            n=span.n_layers,
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
            n=span.n_layers,
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
            n=span.n_layers,
            kind=steep.name,
            place=place(steep),
            early=ends.early,
            late=ends.late,
            low=ends.low,
            high=ends.high,
        )
        return Finding("exploding", severity, said, cure_of_rise(self._is_in_time(span)), steep.id, place=steep.source)

    # -- a span in words

    def _ends(self, span: Span) -> Ends:
        low, high = sorted((span.early.flow or 0.0, span.late.flow or 0.0))
        early, late = (self._name(layer) for layer in (span.early, span.late))
        return Ends(early, late, brief(low, 2), brief(high, 2))

    def _name(self, layer: Layer) -> str | Sentence:
        node, place = layer.node, self._places[layer.node.id]
        is_alone = node.module and sum(one.node.module == node.module for one in self._flows) == 1
        if is_alone:
            return name(node)
        return Sentence.phrase(
            "words.layer", "layer {place} of {n} ({where})", place=place + 1, n=len(self._flows), where=_where(node)
        )

    def _is_in_time(self, span: Span) -> bool:
        """Whether the same parameters work at both ends."""
        early, late = (self._places[layer.node.id] for layer in (span.early, span.late))
        used = frozenset().union(*(layer.leaves for layer in self._flows[early : early + 2]))
        return any(layer.leaves & used for layer in self._flows[max(late - 1, early + 2) : late + 1])

    def _steepest(self, span: Span, *, falls: bool) -> tuple[Node, float]:
        """Of the kind of nodes that does most of it that which does most, and its share of the logarithm."""
        early, late = span.early.node, span.late.node
        by_kind: dict[str, float] = {}
        steps: dict[int, float] = {}
        for node in self._layers.ordered:
            if early.sequence < node.sequence <= late.sequence and not self._layers.is_of_parameters(node.id):
                steps[node.id] = math.log(self._fall(node)) * (1 if falls else -1)
                by_kind[node.name] = by_kind.get(node.name, 0.0) + steps[node.id]
        kind = max(by_kind, key=by_kind.__getitem__)
        steepest = max((i for i in steps if self._subject.nodes[i].name == kind), key=steps.__getitem__)
        return self._subject.nodes[steepest], steps[steepest] / math.log(span.factor)

    def _fall(self, node: Node) -> float:
        """What arrived at a node, divided by what then arrived at its operands; 1 where that is not known."""
        norm = self._subject.norm(node.id)
        below = [edge.target for edge in self._subject.operands.get(node.id, ())]
        norms = [self._subject.norm(one) for one in below if not self._layers.is_of_parameters(one)]
        sent = max((one for one in norms if one is not None), default=0.0)
        return norm / sent if norm and sent and math.isfinite(norm / sent) else 1.0


def _where(node: Node) -> Sentence:
    at = line_words(line(node))
    return Sentence.phrase("words.module_line", "{module}, {line}", module=node.module, line=at) if node.module else at
