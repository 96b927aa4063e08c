"""From which layer to which the gradient falls or grows most, along the ways that it really takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine.autograd.health.layers import Layer, Layers
from engine.autograd.health.subject import Subject

_AT_ONCE = 500  # nodes that are looked at without a pause


class Span(NamedTuple):
    """From `late`, which the gradient passes first, to `early`; `factor` times smaller there, or larger."""

    early: Layer
    late: Layer
    n_layers: int  # from the one to the other, on the longest way
    factor: float


class Spans:
    """`fall` and `rise`, once `find` is through: None where there are no two layers in a row.

    Of several ways to a node the one counts that brings most: for a fall that with the largest flow anywhere on it, for
    a rise that whose smallest flow is the largest.
    """

    def __init__(self, subject: Subject, layers: Layers, flows: Mapping[int, Layer]) -> None:
        self._subject, self._layers, self._flows = subject, layers, flows
        self._highest: dict[int, Layer] = {}  # by node, the layer of it and of what is nearer to the loss
        self._lowest: dict[int, Layer] = {}
        self._depths: dict[int, int] = {}  # by node, how many layers lie between it and the loss, it included
        self.fall: Span | None = None
        self.rise: Span | None = None

    def find(self) -> Iterator[None]:
        """Look at each node, from the loss on, with a pause now and then."""
        for number, node in enumerate(reversed(self._layers.ordered)):
            if not self._layers.is_of_parameters(node.id):
                self._look(node.id)
            if number % _AT_ONCE == 0:
                yield

    def _look(self, node: int) -> None:
        users = [edge.source for edge in self._subject.users.get(node, ())]
        highest = _largest([self._highest[user] for user in users if user in self._highest])
        lowest = _largest([self._lowest[user] for user in users if user in self._lowest])
        layer = self._flows.get(node)
        self._depths[node] = max((self._depths.get(user, 0) for user in users), default=0) + (layer is not None)
        if layer is not None and layer.flow:
            highest = self._extended(highest, layer, falls=True)
            lowest = self._extended(lowest, layer, falls=False)
        if highest is not None and lowest is not None:
            self._highest[node], self._lowest[node] = highest, lowest

    def _extended(self, met: Layer | None, layer: Layer, *, falls: bool) -> Layer:
        """The extreme with one layer more, whose span is compared with the largest so far."""
        if met is None:
            return layer
        high, low = (met.flow, layer.flow) if falls else (layer.flow, met.flow)
        assert high and low
        span = Span(layer, met, self._depths[layer.node.id] - self._depths[met.node.id], high / low)
        known = self.fall if falls else self.rise
        if known is None or span.factor > known.factor:
            self.fall, self.rise = (span, self.rise) if falls else (self.fall, span)
        return met if span.factor >= 1 else layer


def _largest(met: list[Layer]) -> Layer | None:
    """The one with the largest flow."""
    return max(met, key=lambda layer: layer.flow or 0.0, default=None)
