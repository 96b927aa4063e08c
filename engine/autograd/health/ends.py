"""Where a gradient is no number any more, and where nothing is left of it for a parameter."""

from __future__ import annotations

import math
from collections.abc import Iterator

from engine.autograd.health.layers import Layers
from engine.autograd.health.subject import Subject, place
from engine.autograd.zeros import sentence as why_zeros
from engine.protocol.graph_values import Node
from engine.protocol.health import Finding, Severity
from engine.protocol.sentence import Sentence


def not_finite(subject: Subject) -> Finding | None:
    """The first node that such a gradient arrived at, while what its users got was finite."""
    norms = ((node, subject.norm(node.id)) for node in subject.nodes.values() if not node.is_input)
    bad = {node.id for node, norm in norms if norm is not None and not math.isfinite(norm)}
    first = [i for i in bad if all(edge.source not in bad for edge in subject.users.get(i, ()))]
    if not first:
        return None
    node = max((subject.nodes[i] for i in first), key=lambda one: one.sequence)
    said = Sentence.of(
        "health.not_finite",
        "The gradient is NaN or infinite from {place} on, at {n} of {n_all} nodes.",
        place=place(node),
        n=len(bad),
        n_all=subject.graph.n_nodes,
    )
    cure = Sentence.of(
        "health.cure_not_finite",
        "F7 goes to the operation that made the first one, and says why and what is usually done.",
    )
    return Finding("exploding", "serious", said, cure, node.id, place=node.source)


class Zeros:
    """Parameters that got nothing but zeros, because something between them and the loss let nothing through."""

    def __init__(self, subject: Subject, layers: Layers, *, is_first: bool) -> None:
        self._subject, self._layers = subject, layers
        self._is_first = is_first  # whether no pass of the run came before

    def finding(self) -> Finding | None:
        """The nearest to the loss of what let nothing through."""
        leaves = [node.id for node in self._subject.nodes.values() if node.kind == "accumulate"]
        reached = [leaf for leaf in leaves if self._subject.norm(leaf) is not None]
        empty = [leaf for leaf in reached if self._subject.norm(leaf) == 0]
        stops = list(self._stops(empty))
        if not stops:
            return None
        at = max(stops, key=lambda node: node.sequence)
        # Weights that start at zeros, as those of a last layer or an adapter, let it through after the first update.
        is_start = at.category == "matmul" and self._is_first
        severity: Severity = "aside" if is_start else "serious"
        said = Sentence.of(
            "health.stops",
            "The gradient is 0 everywhere behind {place}: {n} of {n_all} parameters get nothing but zeros.",
            place=place(at),
            n=len(empty),
            n_all=len(reached),
        )
        why = why_zeros(at.name, self._subject.call(at.id))
        return Finding("vanishing", severity, said, why, at.id, place=at.source)

    def _stops(self, leaves: list[int]) -> Iterator[Node]:
        """The nodes above these leaves that something arrived at and that sent zeros alone."""
        met, pending = set(leaves), list(leaves)
        while pending:
            below = pending.pop()
            users = [edge.source for edge in self._subject.users.get(below, ())]
            sending = [user for user in users if self._subject.norm(user)]
            if len(sending) == 1 and not self._layers.is_of_parameters(below):
                yield self._subject.nodes[sending[0]]
            for user in users:
                if user not in met and self._subject.norm(user) == 0:
                    met.add(user)
                    pending.append(user)
