"""A long chain goes on in another column, as text does: the loss ends the right one, what came first begins the left.

Every wire that crosses a cut leaves its column at the top, turns down between the columns, and enters the next from
below; those to one target share a lane. The lanes are in such an order that the turns cross as little as can be.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from visualizer.backprop.graph.layout_process.problem import Cut, Flat, Point, Problem, Rect, beside
from visualizer.backprop.graph.layout_process.routing import CLEARANCE, LANE_GAP

_PAD = 12.0  # between a column and the nearest lane
_WIRE_COST = 0.06  # of a column's height: how far a cut may move to spare a wire its turn
_MOST_LANES = 24  # of one card
_REACH = 0.3  # of a column's height: how much of it may stay empty for that


@dataclass
class _Column:
    """Its extent in the unwrapped layout, and where it goes."""

    left: float
    right: float
    top: float
    bottom: float
    dx: float = 0.0

    def shifted(self, point: Point) -> Point:
        return point[0] + self.dx, point[1] - self.top


def choose_cuts(flat: Flat, highest: float) -> tuple[Cut, ...]:
    """Cuts into as few columns of at most `highest` as the rows allow, all about equally high; where few wires cross.
    From the loss upward."""
    heights = [-cut.y for cut in flat.cuts]  # ascending, as bisect wants them
    chosen = _filled(flat, heights, highest)
    low, high = highest / 2, highest
    for _ in range(6):  # as many columns, but lower ones
        middle = (low + high) / 2
        trial = _filled(flat, heights, middle)
        if len(trial) > len(chosen):
            low = middle
        else:
            high, chosen = middle, trial
    return tuple(flat.cuts[place] for place in chosen)


def _filled(flat: Flat, heights: list[float], highest: float) -> list[int]:
    """Every column as full as it can be: the places of its cuts."""
    top, start = flat.bounds[1], flat.bounds[3]
    chosen: list[int] = []
    place = 0
    while start - top > highest and place < len(heights):
        end = bisect_right(heights, highest - start, place)
        first = bisect_left(heights, (1 - _REACH) * highest - start, place, end)
        near = range(min(first, end - 1), end) if end > place else range(place, place + 1)  # one row alone is higher
        best = min(near, key=lambda cut: (-heights[cut] - start) / highest + _WIRE_COST * len(flat.cuts[cut].xs))
        chosen.append(best)
        start, place = -heights[best], best + 1
    return chosen


def wrap(problem: Problem, flat: Flat, cuts: tuple[Cut, ...]) -> Flat:
    """The same layout in `len(cuts) + 1` columns."""
    if not cuts:
        return flat
    wires = tuple(_turned_up(problem, flat, cuts, wire) for wire in flat.wires)
    return _Wrapping(problem, replace(flat, wires=wires), cuts).flat()


def _turned_up(problem: Problem, flat: Flat, cuts: tuple[Cut, ...], wire: tuple[Point, ...]) -> tuple[Point, ...]:
    """A wire that leaves its card sideways and crosses the next cut turns up right beside the card: the rest of its way
    to the side lies between the columns, where it is left out."""
    (x, y), (x_out, y_out), *rest = wire
    cut = next((cut for cut in cuts if cut.y < y), None)  # from the loss upward
    way = CLEARANCE / 2 if x_out > x else -CLEARANCE / 2
    if y != y_out or cut is None or not rest or rest[0][1] > cut.y or cut.under <= cut.y or abs(x_out - x) < CLEARANCE:
        return wire
    between = (cut.y + cut.under) / 2
    sizes = zip(problem.widths, problem.heights, flat.centers, strict=True)
    if any(abs(x + way - cx) < w / 2 and cy + h / 2 > between and cy - h / 2 < y for w, h, (cx, cy) in sizes):
        return wire  # something stands there
    return (x, y), (x + way, y), (x + way, between), (x_out, between), *rest


class _Wrapping:
    def __init__(self, problem: Problem, flat: Flat, cuts: tuple[Cut, ...]) -> None:
        self._problem, self._flat = problem, flat
        self._heights = [-cut.y for cut in cuts]  # ascending, as bisect wants them
        self._unders = [cut.under for cut in cuts]
        self._n_links = Counter(source for source, _target in problem.links)
        self._crossing = self._find_crossing()
        self._columns = [_Column(*extent) for extent in self._extents()]
        self._place()

    def flat(self) -> Flat:
        """All of it in its new places."""
        centers = tuple(self._columns[self._column(y)].shifted((x, y)) for x, y in self._flat.centers)
        wires = tuple(tuple(self._turned(number, wire)) for number, wire in enumerate(self._flat.wires))
        frames = tuple(frame and self._moved(frame) for frame in self._flat.frames)
        n = len(self._columns)
        lanes = [n_lanes * LANE_GAP + 2 * _PAD if n_lanes else 0.0 for n_lanes in map(_n_lanes, self._crossing)]
        bounds = (
            0.0,
            -max(lanes),
            self._columns[0].right + self._columns[0].dx,
            max(
                column.bottom - column.top + (lanes[place - 1] if place else 0.0)
                for place, column in enumerate(self._columns[:n])
            ),
        )
        flat = self._flat
        return Flat(centers, wires, frames, flat.side_titles, bounds, (), flat.engine, flat.note)

    def _column(self, y: float) -> int:
        return bisect_left(self._heights, -y)

    def _is_left_out(self, y: float) -> bool:
        """Whether it is between two columns."""
        column = self._column(y)
        return column < len(self._unders) and y < self._unders[column]

    def _find_crossing(self) -> list[dict[int, int]]:
        """For every cut: the wires that cross it, and their lanes from left to right."""
        found: list[list[tuple[float, int]]] = [[] for _ in self._heights]
        for number, wire in enumerate(self._flat.wires):
            for (x, y0), (_x, y1) in pairwise(wire):
                for cut in self._cuts_between(y0, y1):
                    found[cut].append((x, number))
        return [self._lanes([number for _x, number in sorted(crossing)]) for crossing in found]

    def _lanes(self, wires: list[int]) -> dict[int, int]:
        """The lane of each, in this order. What one card has so many of that their lanes were a wall share one."""
        places: dict[tuple[int, float | None] | int, int] = {}
        lanes = {}
        for number in wires:
            source, target = self._problem.links[number]
            lane = (target, self._problem.in_at[number]) if self._n_links[source] <= _MOST_LANES else source
            lanes[number] = places.setdefault(lane, len(places))
        return lanes

    def _cuts_between(self, y0: float, y1: float) -> range:
        """The cuts that a vertical segment crosses, in its direction."""
        first, last = self._column(y0), self._column(y1)
        return range(first, last) if first <= last else range(first - 1, last - 1, -1)

    def _extents(self) -> list[tuple[float, float, float, float]]:
        rects: list[list[Rect]] = [[] for _ in range(len(self._heights) + 1)]
        sizes = zip(self._problem.widths, self._problem.heights, self._flat.centers, strict=True)
        for width, height, (x, y) in sizes:
            rects[self._column(y)].append((x - width / 2, y - height / 2, x + width / 2, y + height / 2))
        shapes = zip(self._problem.frames, self._flat.frames, self._flat.side_titles, strict=True)
        for shape, frame, has_side_title in shapes:
            if frame is not None:
                x, y, width, height = frame
                left = x - beside(shape, has_side_title)
                rects[self._column(y + height / 2)].append((left, y, x + width, y + height))
        for wire in self._flat.wires:
            for (x0, y0), (x1, y1) in pairwise(wire):
                if y0 == y1 and not self._is_left_out(y0):
                    rects[self._column(y0)].append((min(x0, x1), y0, max(x0, x1), y0))
                elif y0 != y1:
                    low, high = sorted((self._column(y0), self._column(y1)))
                    for column in range(low, high + 1):
                        top, bottom = self._within(column, y0, y1)
                        if top <= bottom:
                            rects[column].append((x0, top, x0, bottom))
        extents = []
        for found in rects:
            lefts, tops, rights, bottoms = zip(*found, strict=True)
            extents.append((min(lefts), max(rights), min(tops), max(bottoms)))
        return extents

    def _within(self, column: int, y0: float, y1: float) -> tuple[float, float]:
        """The part of a vertical segment that lies in a column."""
        top = self._unders[column] if column < len(self._unders) else -1e12
        bottom = -self._heights[column - 1] if column else 1e12
        return max(min(y0, y1), top), min(max(y0, y1), bottom)

    def _place(self) -> None:
        x = 0.0
        for place in reversed(range(len(self._columns))):
            column = self._columns[place]
            column.dx = x - column.left
            x += column.right - column.left
            if place:
                x += 2 * _PAD + max(_n_lanes(self._crossing[place - 1]) - 1, 0) * LANE_GAP

    def _moved(self, frame: Rect) -> Rect:
        x, y, width, height = frame
        return *self._columns[self._column(y + height / 2)].shifted((x, y)), width, height

    def _turned(self, number: int, wire: tuple[Point, ...]) -> list[Point]:
        points = [self._columns[self._column(wire[0][1])].shifted(wire[0])]
        for (x, y0), (x1, y1) in pairwise(wire):
            is_upward = y1 < y0
            for cut in self._cuts_between(y0, y1):
                turn = self._turn(cut, self._crossing[cut][number], _x_at(wire, self._unders[cut]), x)
                points += turn if is_upward else turn[::-1]
            if not self._is_left_out(y1):
                points.append(self._columns[self._column(y1)].shifted((x1, y1)))
        return points

    def _turn(self, cut: int, place: int, x_from: float, x_to: float) -> list[Point]:
        """From the top of the column under a cut to the bottom of the one above it, which stands left of it."""
        right, left = self._columns[cut], self._columns[cut + 1]
        n = _n_lanes(self._crossing[cut])
        over = -_PAD - place * LANE_GAP
        between = right.left + right.dx - _PAD - place * LANE_GAP
        under = left.bottom - left.top + _PAD + (n - 1 - place) * LANE_GAP
        return [(x_from + right.dx, over), (between, over), (between, under), (x_to + left.dx, under)]


def _x_at(wire: tuple[Point, ...], y: float) -> float:
    """Where a wire passes a height."""
    return next(x for (x, y0), (_x, y1) in pairwise(wire) if y0 != y1 and min(y0, y1) <= y <= max(y0, y1))


def _n_lanes(crossing: dict[int, int]) -> int:
    return max(crossing.values(), default=-1) + 1
