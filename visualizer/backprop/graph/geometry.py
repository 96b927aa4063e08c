"""Heights of rows and channels, frames, corner points of every link: the last phase of layout."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.backprop.graph.labels import Rect, place_labels
from visualizer.backprop.graph.layout_engines import Placement, place
from visualizer.backprop.graph.layout_values import (
    CARD_HEIGHT,
    FRAME_HEAD,
    FRAME_PAD,
    ROW_GAP,
    LayoutReply,
    LayoutRequest,
)
from visualizer.backprop.graph.routing import LANE_GAP, Router, Wire

_ARROW_ZONE = 24  # under a row: arrow heads, and a label beside one
_EXIT_ZONE = 18  # above a row, before the first horizontal segment
_SIDE_TITLE_GAP = 10


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


def lay_out(request: LayoutRequest) -> LayoutReply:
    """Place, route and measure. `dt_ms` and `engine` are the caller's to add."""
    if not request.widths:
        return LayoutReply(request.ticket)
    placement = place(request)
    router = Router(request, placement)
    boxes = _boxes(request, placement, router)
    tops = _row_tops(router, boxes)
    centers = [(x, tops[row] + CARD_HEIGHT / 2) for x, row in zip(placement.xs, placement.rows, strict=True)]
    channels = _Channels(router, boxes, tops)
    routes = [channels.points(wire) for wire in router.wires]
    labels = place_labels(routes, request.labels, request.on_line, _card_rects(request, centers))
    frames = [_rectangle(box, tops) if box.fits else () for box in boxes]
    return LayoutReply(
        request.ticket,
        tuple(centers),
        tuple(tuple(value for point in route for value in point) for route in routes),
        tuple(labels),
        tuple(frames),
        tuple(box.has_side_title for box in boxes),
        placement.engine,
        note=placement.note,
    )


def _card_rects(request: LayoutRequest, centers: list[tuple[float, float]]) -> list[Rect]:
    half = CARD_HEIGHT / 2
    return [(x - w / 2, y - half, x + w / 2, y + half) for w, (x, y) in zip(request.widths, centers, strict=True)]


def _boxes(request: LayoutRequest, placement: Placement, router: Router) -> list[_Box]:
    boxes: list[_Box] = []
    for frame, span in zip(request.frames, placement.frame_spans, strict=True):
        rows = [placement.rows[card] for card in frame.members]
        left = min(router.left(card) for card in frame.members) - FRAME_PAD
        right = max(router.right(card) for card in frame.members) + FRAME_PAD
        box = _Box(min(rows), max(rows), *(span or (left, right)), fits=span is not None)
        box.fits = box.fits or _is_alone(set(frame.members), box, router)
        boxes.append(box)
    for number in reversed(range(len(boxes))):  # inner frames come after the outer ones they enlarge
        box, frame = boxes[number], request.frames[number]
        inner = [boxes[i] for i, other in enumerate(request.frames) if other.parent == number and boxes[i].fits]
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
    edge = box.left - wanted - 2 * _SIDE_TITLE_GAP
    row = box.high
    if any(left < box.left and right > edge for left, right, _card in router.cards_in(row)):
        return 0.0
    if any(edge < x < box.left for x in router.verticals_in(row)):
        return 0.0
    for jog in router.jogs_above(row):
        if jog.span[0] < box.left and jog.span[1] > edge:
            return 0.0
    return wanted + 1


def _row_tops(router: Router, boxes: list[_Box]) -> list[float]:
    """y of every row's upper edge; the top row starts at 0."""
    above = [0.0] * router.n_rows
    below = [0.0] * router.n_rows
    for box in boxes:
        if box.fits:
            above[box.high] = max(above[box.high], box.above)
            below[box.low] = max(below[box.low], box.below)
    tops = [0.0] * router.n_rows
    y = 0.0
    for row in reversed(range(router.n_rows)):
        tops[row] = y
        if row:
            tracks = (router.n_tracks[row - 1] - 1) * LANE_GAP + _ARROW_ZONE + _EXIT_ZONE
            y += CARD_HEIGHT + max(ROW_GAP, tracks) + below[row] + above[row - 1]
    return tops


def _rectangle(box: _Box, tops: list[float]) -> tuple[float, float, float, float]:
    top = tops[box.high] - box.above
    return box.left, top, box.right - box.left, tops[box.low] + CARD_HEIGHT + box.below - top


class _Channels:
    """Turns wires into corner points."""

    def __init__(self, router: Router, boxes: list[_Box], tops: list[float]) -> None:
        self._router, self._tops = router, tops
        self._above = [0.0] * router.n_rows
        for box in boxes:
            if box.fits:
                self._above[box.high] = max(self._above[box.high], box.above)

    def points(self, wire: Wire) -> list[tuple[float, float]]:
        """From the link's source to its target."""
        router, tops = self._router, self._tops
        row = router.rows[wire.low]
        if row == router.rows[wire.high]:
            return self._over_the_row(wire, row)
        points = [(wire.x_out, tops[row])]
        if wire.side:
            middle = tops[row] + CARD_HEIGHT / 2
            edge = router.right(wire.low) if wire.side > 0 else router.left(wire.low)
            points = [(edge, middle), (wire.x_out, middle)]
        x = wire.x_out
        for jog in router.jogs[wire.number]:
            y, x = self._track_y(jog.row, jog.track), jog.end
            points += [(jog.start, y), (x, y)]
        points.append((x, tops[router.rows[wire.high]] + CARD_HEIGHT))
        return points[::-1] if wire.is_reversed else points

    def _track_y(self, row: int, track: int) -> float:
        return self._tops[row] - self._above[row] - _EXIT_ZONE - track * LANE_GAP

    def _over_the_row(self, wire: Wire, row: int) -> list[tuple[float, float]]:
        """Two cards of one row (only a cycle makes this): up, across, and down."""
        top = self._tops[row]
        start, end = self._router.xs[wire.low], self._router.xs[wire.high]
        return [(start, top), (start, top - _EXIT_ZONE), (end, top - _EXIT_ZONE), (end, top)]
