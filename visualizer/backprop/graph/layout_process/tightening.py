"""Rows moved sideways as wholes, so that none reaches past the widest: a frame is no wider than that row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from visualizer.backprop.graph.layout_process.layout_engines import Placement
from visualizer.backprop.graph.layout_process.problem import Problem


def tightened(problem: Problem, placement: Placement) -> Placement:
    """The same rows in the same order, each as near to where it was as the widest row's extent allows. Rows that a
    call's frame is around stay, as it is reserved where they are."""
    members: dict[int, list[int]] = defaultdict(list)
    for item, row in enumerate(placement.rows):
        members[row].append(item)
    extents = {row: _extent(problem, placement, items) for row, items in members.items()}
    left, right = max(extents.values(), key=lambda extent: extent[1] - extent[0])
    framed = {placement.rows[item] for frame in problem.frames for item in frame.members}
    shifts = {
        row: max(left - low, 0.0) + min(right - high, 0.0) for row, (low, high) in extents.items() if row not in framed
    }
    if not any(shifts.values()):
        return placement
    xs = [x + shifts.get(row, 0.0) for x, row in zip(placement.xs, placement.rows, strict=True)]
    crossings = []
    for (source, target), inner in zip(problem.links, placement.crossings, strict=True):
        first = min(placement.rows[source], placement.rows[target]) + 1
        crossings.append([x + shifts.get(row, 0.0) for row, x in enumerate(inner, first)])
    return replace(placement, xs=xs, crossings=crossings)


def _extent(problem: Problem, placement: Placement, items: list[int]) -> tuple[float, float]:
    return (
        min(placement.xs[item] - problem.widths[item] / 2 for item in items),
        max(placement.xs[item] + problem.widths[item] / 2 for item in items),
    )
