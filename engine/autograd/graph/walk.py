"""The nodes of a grad_fn graph, in the order in which the engine would run them."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from torch.autograd.graph import Node as GradFn


class Walk:
    """All nodes behind `roots`, each before the nodes that it hands gradients to.

    Where several are ready the latest sequence number comes first, as in the engine's own queue.
    """

    def __init__(self, roots: Iterable[GradFn]) -> None:
        self.arriving: dict[GradFn, int] = dict.fromkeys(roots, 0)  # edges into each node; keeps the nodes alive, too
        found = list(self.arriving)
        for node in found:
            for below, _ in node.next_functions:
                if below is not None:
                    if below not in self.arriving:
                        self.arriving[below] = 0
                        found.append(below)
                    self.arriving[below] += 1
        self.order = self._sort()

    def _sort(self) -> list[GradFn]:
        waiting = dict(self.arriving)
        order: list[GradFn] = []
        ready: list[tuple[int, int, GradFn]] = []

        def push(node: GradFn) -> None:
            heapq.heappush(ready, (-node._sequence_nr(), len(order) + len(ready), node))  # type: ignore[attr-defined]

        for node, count in self.arriving.items():
            if not count:
                push(node)
        while ready:
            node = heapq.heappop(ready)[2]
            order.append(node)
            for below, _ in node.next_functions:
                if below is not None:
                    waiting[below] -= 1
                    if not waiting[below]:
                        push(below)
        return order
