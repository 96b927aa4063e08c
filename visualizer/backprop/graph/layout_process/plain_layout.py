"""A layout in one pass, for a frame with too many items for an engine: rows and their order as they come.

Wires go straight up, across, and up again, and may pass behind cards.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from engine.shared.language import mark
from visualizer.backprop.graph.layout_process.problem import Cut, Flat, Point, Problem
from visualizer.backprop.graph.layout_process.ranking import rows, with_ports

_MOST_ITEMS = 3000
_MOST_LINKS = 150  # of one item
NOTE = mark("The graph is drawn plainly, with lines that may pass behind cards: a layout with routes would take long.")
_WIDEST = 24  # items side by side; a row of more goes on above itself


def is_too_much(problem: Problem) -> bool:
    """Whether an engine and a router would take more than seconds."""
    if len(problem.widths) > _MOST_ITEMS:
        return True
    return max(Counter(item for link in problem.links for item in link).values(), default=0) > _MOST_LINKS


def solve_plainly(problem: Problem) -> Flat:
    """Places and wires of one frame, in time that grows with its size only. Frames of calls have no room."""
    row_of = _folded_rows(with_ports(problem, rows(len(problem.widths), problem.links, ())))
    members: dict[int, list[int]] = defaultdict(list)
    for item, row in enumerate(row_of):
        members[row].append(item)
    heights = {row: max(problem.heights[item] for item in found) for row, found in members.items()}
    gap = problem.spacing.row
    middles, y = {}, 0.0
    for row in sorted(members, reverse=True):  # y grows downward, rows upward
        middles[row] = y + heights[row] / 2
        y += heights[row] + gap
    centers: list[Point] = [(0.0, 0.0)] * len(row_of)
    for row, found in members.items():
        x = 0.0
        for item in found:
            centers[item] = (x + problem.widths[item] / 2, middles[row])
            x += problem.widths[item] + problem.spacing.column
    wires = tuple(_wire(problem, centers, number) for number in range(len(problem.links)))
    right = max(x + problem.widths[item] / 2 for item, (x, _y) in enumerate(centers))
    between = [middles[row] - heights[row] / 2 - gap / 4 for row in sorted(members)[:-1]]
    cuts = tuple(Cut(y, (), y) for y in between)
    frames = (None,) * len(problem.frames)
    bounds = (min(0.0, *(x for wire in wires for x, _y in wire)) if wires else 0.0, 0.0, right, y - gap)
    return Flat(tuple(centers), wires, frames, (False,) * len(frames), bounds, cuts, "plain", NOTE)


def _folded_rows(row_of: list[int]) -> list[int]:
    """Rows of at most so many items: what is too wide goes on in rows above, and everything beyond moves up."""
    size: dict[int, int] = defaultdict(int)
    for row in row_of:
        size[row] += 1
    first, total = {}, 0
    for row in sorted(size):
        first[row] = total
        total += -(-size[row] // _WIDEST)
    seen: dict[int, int] = defaultdict(int)
    found = []
    for row in row_of:
        found.append(first[row] + seen[row] // _WIDEST)
        seen[row] += 1
    return found


def _wire(problem: Problem, centers: list[Point], number: int) -> tuple[Point, ...]:
    source, target = problem.links[number]
    (x0, y0), (x1, y1) = centers[source], centers[target]
    x0 += problem.out_at[number] or 0.0
    x1 += problem.in_at[number] or 0.0
    way = -1 if y1 < y0 else 1
    start, end = y0 + way * problem.heights[source] / 2, y1 - way * problem.heights[target] / 2
    across = end - way * problem.spacing.arrow / 2
    return ((x0, start), (x0, across), (x1, across), (x1, end)) if x0 != x1 else ((x0, start), (x1, end))
