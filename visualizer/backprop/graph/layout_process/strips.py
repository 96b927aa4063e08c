"""Items without any line between them in rows, like words in a paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from visualizer.backprop.graph.layout_process.problem import Flat, Point, Problem, Rect


@dataclass(frozen=True)
class Strip:
    """Middles of the items from the upper left corner of them all."""

    centers: tuple[Point, ...]
    width: float
    height: float


def strip(sizes: list[tuple[float, float]], widest: float, column_gap: float, row_gap: float) -> Strip:
    """Rows of at most this width, of one item at least."""
    centers: list[Point] = []
    x = y = width = height = 0.0
    for item_width, item_height in sizes:
        if x and x + item_width > widest:
            x, y, height = 0.0, y + height + row_gap, 0.0
        centers.append((x + item_width / 2, y + item_height / 2))
        width, height = max(width, x + item_width), max(height, item_height)
        x += item_width + column_gap
    return Strip(tuple(centers), width, y + height)


def width_of_shape(sizes: list[tuple[float, float]], column_gap: float, row_gap: float, aspect: float) -> float:
    """Of rows that are together about `aspect` times as wide as high."""
    area = sum((width + column_gap) * (height + row_gap) for width, height in sizes)
    return (area * aspect) ** 0.5


def free_corner(problem: Problem, flat: Flat, row: Strip) -> Point | None:
    """The upper left corner of a place for a strip in a corner of what is laid out, None where all have something."""
    left, top, right, bottom = flat.bounds
    gap = problem.spacing.row
    for y in (top, bottom - row.height):
        for x in (left, right - row.width):
            room = x - gap, y - gap, x + row.width + gap, y + row.height + gap
            if not any(_meet(room, taken) for taken in _taken(problem, flat)):
                return x, y
    return None


def _taken(problem: Problem, flat: Flat) -> Iterator[Rect]:
    """Left, top, right and bottom of items, of calls' frames and of the pieces of lines."""
    for width, height, (x, y) in zip(problem.widths, problem.heights, flat.centers, strict=True):
        yield x - width / 2, y - height / 2, x + width / 2, y + height / 2
    for x, y, width, height in filter(None, flat.frames):
        yield x, y, x + width, y + height
    for ports, border in ((problem.bottoms, flat.bounds[3]), (problem.tops, flat.bounds[1])):
        for x, y in (flat.centers[port] for port in ports):  # whose lines go on to the border
            yield x, min(y, border), x, max(y, border)
    for wire in flat.wires:
        for (x0, y0), (x1, y1) in pairwise(wire):
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _meet(a: Rect, b: Rect) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
