"""Frames that are laid out, put into each other: where everything stands on the canvas, and every link's corners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from visualizer.backprop.graph.labels import place_labels
from visualizer.backprop.graph.layout_process.nesting import ROOT, Item, Lifted, Nest
from visualizer.backprop.graph.layout_process.problem import Point
from visualizer.backprop.graph.layout_values import LayoutReply

_MOST_LABELS = 2500  # links; of more, every card says its own shape


@dataclass
class Laid:
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


def assembled(nest: Nest, laid: dict[int, Laid], heads: tuple[float, ...]) -> LayoutReply:
    """Places and routes on the canvas. `heads` are the heights of the frames' heads."""
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
    boxes = [(x, y, x + width, y + height) for x, y, width, height in filter(None, frames)]
    labels = [None] * len(routes) if len(routes) > _MOST_LABELS else place_labels(
        routes, request.labels, request.on_line, rects, boxes)  # fmt: skip
    return LayoutReply(
        request.ticket,
        tuple(centers),
        tuple(tuple(value for point in route for value in point) for route in routes),
        tuple(labels),
        tuple(frames),
        tuple(side_titles),
        heads,
        next((name for name in ("plain", "igraph") if any(part.engine == name for part in laid.values())), "dot"),
        note=next((part.note for part in laid.values() if part.note), ""),
    )


def _route(nest: Nest, laid: dict[int, Laid], corners: dict[int, Point], source: int, target: int) -> list[Point]:
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
