"""From a request to places: the frames from the inside out, then everything from the outside in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor, inf

from visualizer.backprop.graph.geometry import solve
from visualizer.backprop.graph.labels import place_labels
from visualizer.backprop.graph.layout_values import LayoutReply, LayoutRequest, head_height
from visualizer.backprop.graph.nesting import ROOT, Inside, Item, Lifted, Nest, shape_of
from visualizer.backprop.graph.problem import COMPACT, WIDE, Flat, Point, Problem
from visualizer.backprop.graph.wrapping import choose_cuts, wrap

_SCREEN = (1400.0, 900.0)  # the shape that a whole graph takes
_ROOMY = 0.5  # zoom at which all of a graph fits and nothing has to be wrapped
_SHARES = (1.4, 1.1, 0.9, 0.7, 0.5, 0.35, 0.25)  # of that height, tried for the frames inside of the graph
_PORT_WIDTH = 4.0
_MOST_LABELS = 2500  # links; of more, every card says its own shape


@dataclass
class _Laid:
    """A frame's contents in places, from its upper left corner."""

    width: float
    height: float
    places: dict[Item, Point]  # middles of cards and frames
    wires: dict[Lifted, list[Point]]
    calls: dict[int, tuple[float, float, float, float]]
    side_titles: dict[int, bool]
    ports: dict[Item, float]  # x
    engine: str
    note: str


def lay_out(request: LayoutRequest) -> LayoutReply:
    """Place, route and measure. `dt_ms` is the caller's to add."""
    if not request.widths:
        return LayoutReply(request.ticket)
    nest = Nest(request)
    laid = _lay_out(nest, inf)
    if request.is_compact and len(nest.insides) > 1 and _zoom(laid) < _ROOMY:
        # As high as a screen of this area, or lower: then more of them stand side by side.
        ideal = (laid[ROOT].width * laid[ROOT].height * _SCREEN[1] / _SCREEN[0]) ** 0.5
        laid = max((laid, *(_lay_out(nest, share * ideal) for share in _SHARES)), key=_zoom)
    return _reply(nest, laid)


def _zoom(laid: dict[int, _Laid]) -> float:
    """At which all of it fits on a screen."""
    return min(_SCREEN[0] / laid[ROOT].width, _SCREEN[1] / laid[ROOT].height)


def _lay_out(nest: Nest, highest: float) -> dict[int, _Laid]:
    """Every frame, the innermost first."""
    laid: dict[int, _Laid] = {}
    for frame in sorted(nest.insides, reverse=True):  # outer frames come before inner ones
        laid[frame] = _fill(nest, frame, laid, highest)
    return laid


def _fill(nest: Nest, frame: int, laid: dict[int, _Laid], highest: float) -> _Laid:
    inside = nest.insides[frame]
    items = _items(inside)
    problem = _problem(nest, inside, items, laid)
    flat = solve(problem)
    if nest.request.is_compact:
        flat = _screenful(problem) if frame == ROOT else _lowered(problem, highest)
    return _framed(nest, frame, inside, items, flat)


def _items(inside: Inside) -> dict[Item, int]:
    found: dict[Item, int] = {}
    ports = [item for a, b, _t in inside.lifted for item in (a, b) if item[0] in ("in", "out")]
    cards = [("card", card) for card in inside.cards]
    boxes = [("frame", box) for box in inside.boxes]
    for item in (*cards, *boxes, *ports):
        found.setdefault(item, len(found))
    return found


def _problem(nest: Nest, inside: Inside, items: dict[Item, int], laid: dict[int, _Laid]) -> Problem:
    request = nest.request
    sizes = {"card": lambda n: (request.widths[n], nest.heights[n]), "frame": lambda n: (laid[n].width, laid[n].height)}
    linked = {item for a, b, _t in inside.lifted for item in (a, b)}
    if len(linked) < 2:
        linked.update(items)  # nothing to stand above
    measured = [sizes[kind](number) if kind in sizes else (_PORT_WIDTH, 0.0) for kind, number in items]
    return Problem(
        tuple(width for width, _height in measured),
        tuple(height for _width, height in measured),
        tuple((items[a], items[b]) for a, b, _t in inside.lifted),
        tuple(_port_at(laid, a, ("out", t)) for a, _b, t in inside.lifted),
        tuple(_port_at(laid, b, ("in", t)) for _a, b, t in inside.lifted),
        tuple(shape_of(request.frames[call], items) for call in inside.calls),
        tuple(number for (kind, _n), number in items.items() if kind == "in"),
        tuple(number for item, number in items.items() if item[0] == "out" or item not in linked),
        COMPACT if request.is_compact else WIDE,
        request.is_plain,
    )


def _port_at(laid: dict[int, _Laid], item: Item, port: Item) -> float | None:
    """Where a box has a port, from its middle; a card and a port may be met anywhere, or in their middle."""
    kind, number = item
    if kind == "frame":
        return laid[number].ports[port] - laid[number].width / 2
    return None if kind == "card" else 0.0


@lru_cache(maxsize=1024)
def _lowered(problem: Problem, highest: float) -> Flat:
    """In columns of at most this height, where the rows allow that."""
    flat = solve(problem)
    is_low = flat.bounds[3] - flat.bounds[1] <= highest
    return flat if is_low else wrap(problem, flat, choose_cuts(flat, highest))


@lru_cache(maxsize=64)
def _screenful(problem: Problem) -> Flat:
    """In as many columns as make the whole fit best."""
    flat = solve(problem)
    if _fitting(flat) >= _ROOMY:
        return flat
    left, top, right, bottom = flat.bounds
    square = (bottom - top) * _SCREEN[0] / (_SCREEN[1] * max(right - left, 1.0))
    guess = square**0.5  # columns, if all were equal, which take the screen's shape
    heights = [(bottom - top) / n for n in (guess - 1, guess, guess + 1) if n > 1]
    return max((flat, *(wrap(problem, flat, choose_cuts(flat, height)) for height in heights)), key=_fitting)


def _fitting(flat: Flat) -> float:
    left, top, right, bottom = flat.bounds
    return min(_SCREEN[0] / max(right - left, 1.0), _SCREEN[1] / max(bottom - top, 1.0))


def _framed(nest: Nest, frame: int, inside: Inside, items: dict[Item, int], flat: Flat) -> _Laid:
    """With its border around, to which the wires of its ports are led."""
    left, top = map(floor, flat.bounds[:2])  # whole numbers stay whole
    right, bottom = map(ceil, flat.bounds[2:])
    spacing = COMPACT if nest.request.is_compact else WIDE
    pad = 0.0 if frame == ROOT else spacing.border
    head = 0.0 if frame == ROOT else head_height(len(nest.request.frames[frame].members))
    dx, dy = pad - left, head - top
    width, height = right - left + 2 * pad, bottom - top + head + pad
    places = {item: (flat.centers[n][0] + dx, flat.centers[n][1] + dy) for item, n in items.items()}
    ports = {item: place[0] for item, place in places.items() if item[0] in ("in", "out")}
    wires = {}
    for number, (a, b, target) in enumerate(inside.lifted):
        points = [(x + dx, y + dy) for x, y in flat.wires[number]]
        if b[0] == "out":
            points.append((points[-1][0], 0.0))
        if a[0] == "in":
            points.insert(0, (points[0][0], height))
        wires[a, b, target] = points
    shapes = zip(inside.calls, flat.frames, flat.side_titles, strict=True)
    calls, titles = {}, {}
    for call, rect, has_side_title in shapes:
        titles[call] = has_side_title
        if rect is not None:
            calls[call] = (rect[0] + dx, rect[1] + dy, rect[2], rect[3])
    return _Laid(width, height, places, wires, calls, titles, ports, flat.engine, flat.note)


def _reply(nest: Nest, laid: dict[int, _Laid]) -> LayoutReply:
    request = nest.request
    corners: dict[int, Point] = {ROOT: (0.0, 0.0)}
    centers: list[Point] = [(0.0, 0.0)] * len(request.widths)
    frames: list[tuple[float, ...]] = [()] * len(request.frames)
    side_titles = [False] * len(request.frames)
    for frame in sorted(laid):  # the outer ones first
        x0, y0 = corners[frame]
        inner = laid[frame]
        for (kind, number), (x, y) in inner.places.items():
            if kind == "card":
                centers[number] = (x0 + x, y0 + y)
            elif kind == "frame":
                corner = x0 + x - laid[number].width / 2, y0 + y - laid[number].height / 2
                corners[number] = corner
                frames[number] = (*corner, laid[number].width, laid[number].height)
        for call, (x, y, width, height) in inner.calls.items():
            frames[call] = (x0 + x, y0 + y, width, height)
        for call, has_side_title in inner.side_titles.items():
            side_titles[call] = has_side_title
    routes = [_route(nest, laid, corners, *link) for link in request.links]
    rects = [
        (x - w / 2, y - h / 2, x + w / 2, y + h / 2)
        for w, h, (x, y) in zip(request.widths, nest.heights, centers, strict=True)
    ]
    labels = [None] * len(routes) if len(routes) > _MOST_LABELS else place_labels(
        routes, request.labels, request.on_line, rects)  # fmt: skip
    return LayoutReply(
        request.ticket,
        tuple(centers),
        tuple(tuple(value for point in route for value in point) for route in routes),
        tuple(labels),
        tuple(frames),
        tuple(side_titles),
        next((name for name in ("plain", "igraph") if any(part.engine == name for part in laid.values())), "dot"),
        note=next((part.note for part in laid.values() if part.note), ""),
    )


def _route(nest: Nest, laid: dict[int, _Laid], corners: dict[int, Point], source: int, target: int) -> list[Point]:
    """A link's corners, from frame to frame."""
    points: list[Point] = []
    for frame, lifted in nest.way(source, target):
        x0, y0 = corners[frame]
        points += [(x0 + x, y0 + y) for x, y in laid[frame].wires[lifted]]
    return _simplified(points)


def _simplified(points: Iterable[Point]) -> list[Point]:
    """Without points that lie on a straight line between others, and with a corner where pieces do not meet."""
    kept: list[Point] = []
    for x, y in points:
        if kept and abs(kept[-1][0] - x) > 0.01 and abs(kept[-1][1] - y) > 0.01:
            kept.append((x, kept[-1][1]))
        if kept and abs(kept[-1][0] - x) < 0.01 and abs(kept[-1][1] - y) < 0.01:
            continue
        if len(kept) > 1 and _is_straight(kept[-2], kept[-1], (x, y)):
            kept.pop()
        kept.append((x if not kept or abs(kept[-1][0] - x) > 0.01 else kept[-1][0],
                     y if not kept or abs(kept[-1][1] - y) > 0.01 else kept[-1][1]))  # fmt: skip
    return kept


def _is_straight(a: Point, b: Point, c: Point) -> bool:
    same_x = abs(a[0] - b[0]) < 0.01 and abs(b[0] - c[0]) < 0.01
    same_y = abs(a[1] - b[1]) < 0.01 and abs(b[1] - c[1]) < 0.01
    return same_x or same_y
