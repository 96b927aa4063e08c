"""What the hooks of a pass have to look at that runs over a graph of a shape seen before. Nodes are indices."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from engine.autograd.passes.saved_plan import SavedPlan
from engine.autograd.records import NodeRecord
from engine.autograd.saved import Saved, saves
from engine.shared.ready_queue import Arrivals, PassPlan

_BRIEF_S = 0.005
Edge: TypeAlias = "tuple[int, int]"  # a node and its slot


class HandedOn(NamedTuple):
    """What one node sends on that has to be looked at while it is there, by the operand's place."""

    measured: list[tuple[int, Edge, bool]]  # large, and all that arrives there; whether at a leaf
    parts: list[tuple[int, Edge]]  # meet others


class HookPlan:
    """Made of a pass of that shape, in which so many bytes arrived at each node; above `small_bytes` they are looked at
    while they are there.

    A leaf needs no hook where its `.grad` is empty before: what arrived is there after the pass.
    """

    def __init__(
        self,
        edges: Sequence[Sequence[Edge | None]],
        plan: PassPlan,
        kinds: Sequence[type],
        is_leaf: Sequence[bool],
        order: Sequence[int],
        n_bytes: Sequence[int],
        small_bytes: int,
    ) -> None:
        nodes = range(len(edges))
        large = [size > small_bytes for size in n_bytes]
        self.held_bytes = sum(size for size in n_bytes if size <= small_bytes)
        self.leaves = [node for node in nodes if is_leaf[node]]
        self.hooked = [node for node in nodes if not is_leaf[node]]
        self.saving = [node for node in self.hooked if saves(kinds[node])]  # tensors, that hooks may have packed
        self.order_hooked = [node for node in order if not is_leaf[node]]
        # Those that keep themselves what arrives there, once it is summed.
        self.keeps_sum = {node for node in self.hooked if large[node] and (plan.expected[node] > 1)}
        self.told_before: set[int] = set()  # what arrives there is told by the node that sends it
        self.handed_on: dict[int, HandedOn] = {}
        for node in self.hooked:
            handed = HandedOn([], [])
            for place, edge in enumerate(edges[node]):
                if edge is None:
                    continue
                if plan.expected[edge[0]] > 1:
                    handed.parts.append((place, edge))
                elif large[edge[0]]:
                    handed.measured.append((place, edge, is_leaf[edge[0]]))
                    self.told_before.add(edge[0])
            if handed.measured or handed.parts:
                self.handed_on[node] = handed
        left = [node for node in self.leaves if node not in self.told_before]
        self.small_leaves = [node for node in left if not large[node]]
        self.large_leaves = [node for node in left if large[node]]
        self.looks_before = self.keeps_sum | self.told_before.difference(self.leaves)
        self.lasted_s = math.inf  # the newest such pass, from its first node on
        self.saved: SavedPlan | None = None  # what the nodes save, where it needs no look at each
        self.is_saved_known = False  # whether that was worked out
        self.shares_storage: set[int] | None = None  # with the `.grad` of a leaf: what arrived there, once it is known

    def is_brief(self) -> bool:
        """Whether nothing has to be looked at while it is there, and nobody minds to wait for the end."""
        return self.lasted_s <= _BRIEF_S and not self.looks_before and not self.handed_on

    def note_saved(self, saved: Mapping[int, Saved], records: Sequence[NodeRecord | None]) -> None:
        """What the nodes had saved of a pass, with the records of its nodes."""
        if not self.is_saved_known:
            self.saved, self.is_saved_known = SavedPlan.of(saved, records), True


def with_leaves(plan: PassPlan, is_leaf: Sequence[bool], hooked: Sequence[int], *, is_between: bool) -> list[int]:
    """The order in which nodes have run of which only those that are no leaves were heard, with the leaves.

    `is_between`: the engine has come past the leaves that were ready after the last of them.
    """
    order: list[int] = []
    arrivals = Arrivals(plan)

    def run(node: int) -> None:
        arrivals.fires(node)
        order.append(node)
        arrivals.finished(node)

    def run_leaves() -> None:
        while (head := arrivals.head) >= 0 and is_leaf[head]:
            run(head)

    for node in hooked:
        run_leaves()
        run(node)
    if is_between:
        run_leaves()
    return order
