"""One frame's contents laid out: heights of rows and channels, frames of calls, corner points of every link."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from visualizer.backprop.graph.layout_process.crowds import Gathered, crowds
from visualizer.backprop.graph.layout_process.layout_engines import Placement, place
from visualizer.backprop.graph.layout_process.plain_layout import is_too_much, solve_plainly
from visualizer.backprop.graph.layout_process.problem import SIDE_TITLE_GAP, Cut, Flat, Point, Problem, Rect, beside
from visualizer.backprop.graph.layout_process.routing import LANE_GAP, Router, Wire
from visualizer.backprop.graph.layout_process.tightening import tightened
from visualizer.backprop.graph.layout_values import FRAME_HEAD, FRAME_PAD


@dataclass
class _Box:
    """A frame's extent in rows and columns, and how far it reaches past its outermost cards."""

    low: int
    high: int
    left: float
    right: float
    above: float = 0.0
    below: float = 0.0
    has_side_title: bool = False
    fits: bool = True


@lru_cache(maxsize=1024)
def solve(problem: Problem) -> Flat:
    """Place, route and measure. The blocks of a deep network are one problem, which is solved once."""
    found = crowds(problem)
    if found:
        gathered = Gathered(problem, found)
        return gathered.spread(_solved(gathered.problem))
    return _solved(problem)


def _solved(problem: Problem) -> Flat:
    if problem.is_plain or is_too_much(problem):
        return solve_plainly(problem)
    placement = place(problem)
    if problem.spacing.is_tight:
        placement = tightened(problem, placement)
    router = Router(problem, placement)
    boxes = _boxes(problem, placement, router)
    rows = _Rows(problem, router, boxes)
    wires = tuple(tuple(rows.points(wire)) for wire in router.wires)
    centers = tuple((x, rows.middle(row)) for x, row in zip(placement.xs, placement.rows, strict=True))
    frames = tuple(rows.rectangle(box) if box.fits else None for box in boxes)
    return Flat(
        centers,
        wires,
        frames,
        tuple(box.has_side_title for box in boxes),
        _bounds(problem, centers, wires, frames, boxes),
        tuple(_cuts(rows, boxes, wires)),
        placement.engine,
        placement.note,
    )


def _bounds(
    problem: Problem,
    centers: tuple[Point, ...],
    wires: tuple[tuple[Point, ...], ...],
    frames: tuple[Rect | None, ...],
    boxes: list[_Box],
) -> Rect:
    rects = [
        (x - w / 2, y - h / 2, x + w / 2, y + h / 2)
        for w, h, (x, y) in zip(problem.widths, problem.heights, centers, strict=True)
    ]
    rects += [(x, y, x, y) for wire in wires for x, y in wire]
    for shape, frame, box in zip(problem.frames, frames, boxes, strict=True):
        if frame is not None:
            x, y, width, height = frame
            rects.append((x - beside(shape, box.has_side_title), y, x + width, y + height))
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _cuts(rows: _Rows, boxes: list[_Box], wires: tuple[tuple[Point, ...], ...]) -> list[Cut]:
    """Between every two rows that no frame joins. Wires go upward or downward, never back and forth."""
    joined = {row for box in boxes if box.fits for row in range(box.low, box.high)}
    quiet = sorted(rows.quiet_above(row) for row in range(rows.n_rows - 1) if row not in joined)  # from the top
    ys = [y for y, _under in quiet]
    crossing: list[list[float]] = [[] for _ in ys]
    for wire in wires:
        for (x, y0), (_x, y1) in pairwise(wire):
            if y0 != y1:
                for place in range(bisect_left(ys, min(y0, y1)), bisect_right(ys, max(y0, y1))):
                    crossing[place].append(x)
    found = zip(reversed(quiet), reversed(crossing), strict=True)
    return [Cut(y, tuple(sorted(xs)), under) for (y, under), xs in found]


def _boxes(problem: Problem, placement: Placement, router: Router) -> list[_Box]:
    boxes: list[_Box] = []
    for frame, span in zip(problem.frames, placement.frame_spans, strict=True):
        rows = [placement.rows[card] for card in frame.members]
        left = min(router.left(card) for card in frame.members) - FRAME_PAD
        right = max(router.right(card) for card in frame.members) + FRAME_PAD
        box = _Box(min(rows), max(rows), *(span or (left, right)), fits=span is not None)
        box.fits = box.fits or _is_alone(set(frame.members), box, router)
        boxes.append(box)
    for number in reversed(range(len(boxes))):  # inner frames come after the outer ones they enlarge
        box, frame = boxes[number], problem.frames[number]
        inner = [boxes[i] for i, other in enumerate(problem.frames) if other.parent == number and boxes[i].fits]
        box.has_side_title = 0 < frame.side_label < _room_left(box, frame.side_label, router)
        box.below = FRAME_PAD + max((other.below for other in inner if other.low == box.low), default=0.0)
        head = FRAME_PAD if box.has_side_title else FRAME_HEAD
        box.above = head + max((other.above for other in inner if other.high == box.high), default=0.0)
    return boxes


def _is_alone(members: set[int], box: _Box, router: Router) -> bool:
    """Whether no other card lies in a box that the engine did not reserve."""
    return not any(
        left < box.right and right > box.left and card not in members
        for row in range(box.low, box.high + 1)
        for left, right, card in router.cards_in(row)
    )


def _room_left(box: _Box, wanted: float, router: Router) -> float:
    """Free width left of a frame's two top rows, at most a little more than wanted; 0 when something stands there."""
    edge = box.left - wanted - 2 * SIDE_TITLE_GAP
    row = box.high
    if any(left < box.left and right > edge for left, right, _card in router.cards_in(row)):
        return 0.0
    if any(edge < x < box.left for x in router.verticals_in(row)):
        return 0.0
    for jog in router.jogs_above(row):
        if jog.span[0] < box.left and jog.span[1] > edge:
            return 0.0
    return wanted + 1


class _Rows:
    """Heights of rows, and wires as corner points."""

    def __init__(self, problem: Problem, router: Router, boxes: list[_Box]) -> None:
        self._router, self._item_heights, self._spacing = router, problem.heights, problem.spacing
        self.n_rows = n_rows = router.n_rows
        self._heights = [0.0] * n_rows
        for item, row in enumerate(router.rows):
            self._heights[row] = max(self._heights[row], problem.heights[item])
        ends = ((router.rows[wire.low], router.rows[wire.high]) for wire in router.wires)
        self._returning = {low for low, high in ends if low == high}
        self._above, self._below = [0.0] * n_rows, [0.0] * n_rows
        for box in boxes:
            if box.fits:
                self._above[box.high] = max(self._above[box.high], box.above)
                self._below[box.low] = max(self._below[box.low], box.below)
        self._tops = [0.0] * n_rows
        y = 0.0
        for row in reversed(range(n_rows)):
            self._tops[row] = y
            if row:
                y += self._heights[row] + self._channel(row - 1) + self._below[row] + self._above[row - 1]

    def _channel(self, row: int) -> float:
        """Between a row and the one above it."""
        lanes = (self._router.n_tracks[row] - 1) * LANE_GAP
        return max(self._spacing.row, lanes + self._spacing.arrow + self._spacing.exit)

    def middle(self, row: int) -> float:
        """y of the middles of a row's items."""
        return self._tops[row] + self._heights[row] / 2

    def quiet_above(self, row: int) -> tuple[float, float]:
        """y between a row and the next above, over all horizontal segments, and under them; the same where one leads
        back to the row."""
        over = self._track_y(row, max(self._router.n_tracks[row] - 1, 0)) - 5
        return over, over if row in self._returning else self._track_y(row, 0) + self._spacing.exit / 2

    def rectangle(self, box: _Box) -> Rect:
        """x, y, width, height of a frame."""
        top = self._tops[box.high] - box.above
        bottom = self._tops[box.low] + self._heights[box.low] + box.below
        return box.left, top, box.right - box.left, bottom - top

    def points(self, wire: Wire) -> list[Point]:
        """From the link's source to its target."""
        router = self._router
        row = router.rows[wire.low]
        if row == router.rows[wire.high]:
            return self._over_the_row(wire, row)
        points = [(wire.x_out, self._edge(wire.low, -1))]
        if wire.side:
            middle = self.middle(row)
            edge = router.right(wire.low) if wire.side > 0 else router.left(wire.low)
            points = [(edge, middle), (wire.x_out, middle)]
        x = wire.x_out
        for jog in router.jogs[wire.number]:
            y, x = self._track_y(jog.row, jog.track), jog.end
            points += [(jog.start, y), (x, y)]
        points.append((x, self._edge(wire.high, 1)))
        return points[::-1] if wire.is_reversed else points

    def _edge(self, item: int, side: int) -> float:
        """y of an item's upper (-1) or lower (1) edge."""
        return self.middle(self._router.rows[item]) + side * self._item_heights[item] / 2

    def _track_y(self, row: int, track: int) -> float:
        return self._tops[row] - self._above[row] - self._spacing.exit - track * LANE_GAP

    def _over_the_row(self, wire: Wire, row: int) -> list[Point]:
        """Two items of one row (only a cycle makes this): up, across, and down."""
        over = self._tops[row] - self._spacing.exit
        start, end = self._router.xs[wire.low], self._router.xs[wire.high]
        return [(start, self._edge(wire.low, -1)), (start, over), (end, over), (end, self._edge(wire.high, -1))]
