"""One frame with its contents: a problem, whose solution is wrapped into columns, with a border around."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor

from visualizer.backprop.graph.layout_process.assembly import Laid
from visualizer.backprop.graph.layout_process.columns import lowered, screenful
from visualizer.backprop.graph.layout_process.geometry import solve
from visualizer.backprop.graph.layout_process.nesting import ROOT, Inside, Item, Nest, shape_of
from visualizer.backprop.graph.layout_process.problem import COMPACT, WIDE, Flat, Problem
from visualizer.backprop.graph.layout_process.strips import free_corner, strip, width_of_shape

_PORT_WIDTH = 4.0


def filled(nest: Nest, frame: int, laid: dict[int, Laid], most: tuple[float, float], head: float) -> Laid:
    """A frame, in rows of at most this width and columns of this height. `laid` has the frames in it, `head` is the
    height of its own head."""
    inside = nest.insides[frame]
    items, alone = _items(nest, inside)
    problem = _problem(nest, inside, items, laid)
    widest, highest = most
    flat = solve(problem) if items else None
    if flat is not None:
        if flat.width > widest:
            problem = replace(problem, widest=widest)
        flat = screenful(problem, nest.request.screen) if frame == ROOT else lowered(problem, highest)
    flat = _with_strip(nest, problem, flat, alone)
    return _framed(inside, [*items, *alone], flat, head, 0.0 if frame == ROOT else problem.spacing.border)


def _items(nest: Nest, inside: Inside) -> tuple[dict[Item, int], list[Item]]:
    """The items of a problem, and the cards that no line leads to: parameters that rows lead to."""
    found: dict[Item, int] = {}
    linked = {item: None for a, b, _t in inside.lifted for item in (a, b)}
    linked.update((("card", card), None) for call in inside.calls for card in nest.request.frames[call].members)
    cards: list[Item] = [("card", card) for card in inside.cards]
    boxes: list[Item] = [("frame", box) for box in inside.boxes]
    alone = [card for card in cards if card not in linked]
    ports = [item for item in linked if item[0] in ("in", "out")]
    for item in (*(card for card in cards if card in linked), *boxes, *ports):
        found.setdefault(item, len(found))
    return found, alone


def _with_strip(nest: Nest, problem: Problem, flat: Flat | None, alone: list[Item]) -> Flat:
    """With cards that no line leads to: in a free corner, else above or beside all else."""
    if flat is not None and not alone:
        return flat
    request, spacing = nest.request, problem.spacing
    sizes = [(request.widths[card], nest.heights[card]) for _kind, card in alone]
    bounds = flat.bounds if flat is not None else (0.0, 0.0, 0.0, -spacing.row)
    aspect = request.screen[0] / request.screen[1]
    widest = max(bounds[2] - bounds[0], width_of_shape(sizes, spacing.column, spacing.row, aspect))
    row = strip(sizes, widest, spacing.column, spacing.row)
    corner = free_corner(problem, flat, row) if flat is not None else None
    left, top = corner or (bounds[0], bounds[1] - spacing.row - row.height)
    if flat is not None and corner is None and any(flat.centers[port][0] < left + row.width for port in problem.tops):
        # Lines go up to the border there: beside all else.
        left, top = bounds[0] - spacing.column - row.width, bounds[1]
    centers = tuple((left + x, top + y) for x, y in row.centers)
    right, bottom = max(bounds[2], left + row.width), max(bounds[3], top + row.height)
    bounds = min(bounds[0], left), min(bounds[1], top), right, bottom
    if flat is None:
        return Flat(centers, (), (), (), bounds, (), "dot")
    return replace(flat, centers=(*flat.centers, *centers), bounds=bounds)


def _problem(nest: Nest, inside: Inside, items: dict[Item, int], laid: dict[int, Laid]) -> Problem:
    request = nest.request
    sizes = {"card": lambda n: (request.widths[n], nest.heights[n]), "frame": lambda n: (laid[n].width, laid[n].height)}
    linked = {item for a, b, _t in inside.lifted for item in (a, b)}
    linked = linked or set(items)  # boxes alone: nothing to stand above
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


def _port_at(laid: dict[int, Laid], item: Item, port: Item) -> float | None:
    """Where a box has a port, from its middle; a card and a port may be met anywhere, or in their middle."""
    kind, number = item
    if kind == "frame":
        return laid[number].ports[port] - laid[number].width / 2
    return None if kind == "card" else 0.0


def _framed(inside: Inside, items: list[Item], flat: Flat, head: float, pad: float) -> Laid:
    """With its border around, to which the wires of its ports are led."""
    left, top = map(floor, flat.bounds[:2])  # whole numbers stay whole
    right, bottom = map(ceil, flat.bounds[2:])
    dx, dy = pad - left, head - top
    width, height = right - left + 2 * pad, bottom - top + head + pad
    places = {item: (x + dx, y + dy) for item, (x, y) in zip(items, flat.centers, strict=True)}
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
    return Laid(width, height, places, wires, calls, titles, ports, flat.engine, flat.note)
