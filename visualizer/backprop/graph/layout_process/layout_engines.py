"""Rows and columns for cards: Graphviz's dot while they are few, igraph's Sugiyama layout past that.

Both give the same thing: every card's row (0 holds the loss) and x, and where each long link crosses the rows between.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

import igraph

from visualizer.backprop.graph.layout_process.problem import Problem
from visualizer.backprop.graph.layout_process.ranking import narrowed, rows, with_ports
from visualizer.backprop.graph.layout_values import (
    DOT_LIMIT,
    FRAME_PAD,
    INPUT_WIDTH,
)

try:
    import pygraphviz
except ImportError as error:  # its wheel brings Graphviz but not libXrender, which a bare machine lacks
    pygraphviz = None
    _WITHOUT_DOT = f"Graphviz could not be loaded ({error}), so igraph lays the graph out."

_POINTS_PER_INCH = 72  # dot's sizes are in inches, its positions in points: one point is our pixel
_AXIS_SHARE = 0.2
_READ_WHOLE = 25  # cards of one frame
_SPINE_WEIGHT = 24  # how much straighter the longest chain is kept than the links to leaves


@dataclass
class Placement:
    """`crossings[i]` holds x of link i at each row strictly between its ends, from the lower row upward."""

    engine: str
    rows: list[int]
    xs: list[float]
    crossings: list[list[float]]
    frame_spans: list[tuple[float, float] | None] = field(default_factory=list)  # left and right, None: not reserved
    note: str = ""  # one sentence where the layout is not the one that there should be


def place(problem: Problem) -> Placement:
    """Choose the engine by the number of cards."""
    ranked = with_ports(problem, narrowed(problem, rows(len(problem.widths), problem.links, problem.frames)))
    if len(problem.widths) > DOT_LIMIT:
        return _place_igraph(problem, ranked)
    if pygraphviz is None:
        return replace(_place_igraph(problem, ranked), note=_WITHOUT_DOT)
    return _place_dot(problem, ranked)


def _place_dot(problem: Problem, ranked: list[int]) -> Placement:
    """Of a graph that is read as a whole the narrower one, where inputs can stand on either side of a leaf."""
    order = _reading_order(problem)
    found = _drawn(problem, ranked, order)
    as_given = list(range(len(problem.links)))
    if order == as_given or len(problem.widths) > _READ_WHOLE:
        return found
    other = _drawn(problem, ranked, as_given)
    return other if _width(problem, other) < _width(problem, found) else found


def _width(problem: Problem, placement: Placement) -> float:
    halves = [width / 2 for width in problem.widths]
    right = max(x + half for x, half in zip(placement.xs, halves, strict=True))
    return right - min(x - half for x, half in zip(placement.xs, halves, strict=True))


def _spine(problem: Problem) -> list[int]:
    """A weight per link: heavy for each card's link onto the longest chain above it, light for the others. A port's
    link is on the chain only where no card leads to the same place: what comes from far away goes around the chain."""
    n_cards = len(problem.widths)
    backwards = tuple((target, source) for source, target in problem.links)
    height = rows(n_cards, backwards, ())
    ports = set(problem.bottoms)
    followed = {target for source, target in problem.links if source not in ports}
    best: dict[int, tuple[int, float, int]] = {}
    for number, (source, target) in enumerate(problem.links):
        if source in ports and target in followed:
            continue
        candidate = (height[target], problem.widths[target], -number)  # an input's card is narrower than a leaf's
        if source not in best or candidate > best[source]:
            best[source] = candidate
    chosen = {-rank[2] for rank in best.values()}
    return [_SPINE_WEIGHT if number in chosen else 1 for number in range(len(problem.links))]


def _reading_order(problem: Problem) -> list[int]:
    """The order of links that `ordering=out` draws from left to right: as given, but an input without a gradient goes
    left of a leaf, so that it does not stand between the leaf's neighbours."""
    sources = {source for source, _target in problem.links}
    has_leaf = {
        source for source, target in problem.links if target not in sources and problem.widths[target] > INPUT_WIDTH
    }

    def key(number: int) -> tuple[bool, int]:
        source, target = problem.links[number]
        goes_first = source in has_leaf and target not in sources and problem.widths[target] <= INPUT_WIDTH
        return not goes_first, number

    return sorted(range(len(problem.links)), key=key)


def _drawn(problem: Problem, ranked: list[int], order: list[int]) -> Placement:
    axes = _axes(problem)
    graph = pygraphviz.AGraph(string=_dot_text(problem, ranked, axes, order))
    drawn = json.loads(graph.draw(format="json0", prog="dot"))
    graph.close()
    n_frames = len(problem.frames)
    spans: list[tuple[float, float] | None] = [None] * n_frames
    cards: list[tuple[float, float]] = [(0.0, 0.0)] * len(problem.widths)
    for item in drawn.get("objects", ()):
        if item["name"].startswith("cluster_"):
            left, _bottom, right, _top = map(float, item["bb"].split(","))
            spans[int(item["name"][8:])] = (left, right)
        elif "pos" in item:  # the rows of ports are objects, too
            x, y = map(float, item["pos"].split(","))
            cards[int(item["name"])] = (x, y)
    levels = sorted({round(y) for _x, y in cards})
    row_of = {level: row for row, level in enumerate(levels)}
    found = [row_of[round(y)] for _x, y in cards]
    crossings: list[list[float]] = [[] for _ in problem.links]
    for item in drawn.get("edges", ()):
        if "id" not in item:
            continue
        number = int(item["id"])
        source, target = problem.links[number]
        low, high = sorted((found[source], found[target]))
        between = [float(level) for level in levels[low + 1 : high]]
        if between:
            crossings[number] = _cross(_points(item["pos"]), between)
    xs = [float(round(x - axis)) for (x, _y), axis in zip(cards, axes, strict=True)]
    return Placement("dot", found, xs, crossings, spans)


def _axes(problem: Problem) -> list[float]:
    """Where the longest chain meets each item, from the item's middle to the right: what dot shall keep straight. Not
    far from the middle, as dot gives an item as much room on its other side."""
    axes: list[float | None] = [None] * len(problem.widths)
    weights = _spine(problem)
    for number in sorted(range(len(weights)), key=lambda number: -weights[number]):
        source, target = problem.links[number]
        for item, at in ((target, problem.in_at[number]), (source, problem.out_at[number])):
            if axes[item] is None and at is not None and abs(at) <= _AXIS_SHARE * problem.widths[item]:
                axes[item] = at
    return [0.0 if axis is None else axis for axis in axes]


def _dot_text(problem: Problem, ranked: list[int], axes: list[float], order: list[int]) -> str:
    lines = [
        "digraph {rankdir=BT; newrank=true; splines=polyline; ranksep=0.4; ordering=out;"
        f" nodesep={problem.spacing.column / _POINTS_PER_INCH:.4f};"
        ' node [shape=box, fixedsize=true, height=0.5, label=""];'
    ]
    innermost = {card: number for number, frame in enumerate(problem.frames) for card in frame.members}
    own: list[list[int]] = [[] for _ in problem.frames]
    for card, number in innermost.items():
        own[number].append(card)
    inside: list[list[int]] = [[] for _ in problem.frames]
    top: list[int] = []
    for number, frame in enumerate(problem.frames):
        (inside[frame.parent] if frame.parent >= 0 else top).append(number)

    def cluster(number: int) -> None:
        lines.append(f"subgraph cluster_{number} {{margin={FRAME_PAD};")
        for child in inside[number]:
            cluster(child)
        lines.extend(f"{card};" for card in own[number])
        lines.append("}")

    for number in top:
        cluster(number)
    for card, (width, axis) in enumerate(zip(problem.widths, axes, strict=True)):
        lines.append(f"{card} [width={(width + 2 * abs(axis)) / _POINTS_PER_INCH:.4f}];")
    for rank, ports in (("min", problem.bottoms), ("max", problem.tops)):
        if ports:
            lines.append(f"{{rank={rank}; {'; '.join(map(str, ports))}}}")
    linked = {item for link in problem.links for item in link}
    for alone in set(problem.tops) - linked if linked else ():
        first = problem.links[0][0]
        lines.append(f"{first} -> {alone} [style=invis, weight=0, minlen={max(ranked[alone] - ranked[first], 1)}];")
    weights = _spine(problem)
    for number in order:
        (source, target), weight = problem.links[number], weights[number]
        length = ranked[target] - ranked[source]  # all links tight: dot keeps our rows
        if length < 1:
            length, source, target = max(-length, 1), target, source
        lines.append(f"{source} -> {target} [id={number}, weight={weight}, minlen={length}];")
    return "\n".join([*lines, "}"])


def _points(text: str) -> list[tuple[float, float]]:
    points = []
    for part in text.split():
        if part[:2] not in ("e,", "s,"):
            x, y = part.split(",")
            points.append((float(x), float(y)))
    return points


def _cross(points: list[tuple[float, float]], levels: list[float]) -> list[float]:
    """x where a path crosses each level, low to high; dot's polylines are Béziers whose control points are corners."""
    if points[0][1] > points[-1][1]:
        points = points[::-1]
    found, place = [], 0
    for level in levels:
        while place < len(points) - 2 and points[place + 1][1] < level:
            place += 1
        (x0, y0), (x1, y1) = points[place], points[place + 1]
        share = 0.0 if y1 <= y0 else min(max((level - y0) / (y1 - y0), 0.0), 1.0)
        found.append(x0 + share * (x1 - x0))
    return found


def _place_igraph(problem: Problem, ranked: list[int]) -> Placement:
    n_cards = len(problem.widths)
    graph = igraph.Graph(n=n_cards, edges=problem.links, directed=True)
    layout = graph.layout_sugiyama(layers=ranked, hgap=1, vgap=1, maxiter=30)
    pitch = max(problem.widths) + problem.spacing.column
    xs = [x * pitch for x, _y in layout.coords[:n_cards]]
    crossings: list[list[float]] = []
    for (source, target), corners in zip(problem.links, layout.edge_routing, strict=True):
        ordered = sorted(corners, key=lambda corner: corner[1])
        n_between = abs(ranked[source] - ranked[target]) - 1
        inner = [corner[0] * pitch for corner in ordered][: max(n_between, 0)]
        crossings.append(inner + [xs[target]] * (max(n_between, 0) - len(inner)))
    shifts = _drift(problem, ranked, xs)
    for (source, target), inner in zip(problem.links, crossings, strict=True):
        low = min(ranked[source], ranked[target]) + 1
        inner[:] = [x - shifts[low + place] for place, x in enumerate(inner)]
    xs = [x - shifts[row] for x, row in zip(xs, ranked, strict=True)]
    return Placement("igraph", ranked, xs, crossings, [None] * len(problem.frames))


def _drift(problem: Problem, ranked: list[int], xs: list[float]) -> list[float]:
    """By row: how far its card of the longest chain lies to the right. A chain of a thousand cards wanders off."""
    height = rows(len(xs), tuple((target, source) for source, target in problem.links), ())
    chain = dict.fromkeys(range(max(ranked) + 1), -1)
    following: dict[int, list[int]] = {}
    for source, target in problem.links:
        following.setdefault(source, []).append(target)
    card = max(range(len(xs)), key=lambda card: (height[card], -ranked[card]))
    while card >= 0:
        chain[ranked[card]] = card
        card = max(following.get(card, ()), key=lambda after: height[after], default=-1)
    shifts, last = [], 0.0
    for row in range(len(chain)):
        last = xs[chain[row]] if chain[row] >= 0 else last
        shifts.append(float(round(last)))
    return shifts
