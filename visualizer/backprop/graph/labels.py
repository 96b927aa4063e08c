"""Places for the labels of links: beside a vertical segment, above a horizontal one, or as a pill on the line itself.

A label that would meet another link or label moves to its next candidate, and without one it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

Point = tuple[float, float]
Rect = tuple[float, float, float, float]  # left, top, right, bottom

LABEL_HEIGHT = 16
PILL_HEIGHT = 22
BESIDE = 12
_NEAR_TARGET = 21  # from the card that the link enters down to the label's middle
_CLOSE = 10  # the same where a frame ends beneath
_CELL = 200.0
_CARD = -(1 << 40)  # owner of what no label may cover
_SHARED = _CARD - 1  # owner of a line that belongs to several links


class _Taken:
    """Rectangles by cells of a coarse raster."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Rect, int]]] = {}

    def add(self, rect: Rect, owner: int) -> None:
        for cell in _cells(rect):
            self._cells.setdefault(cell, []).append((rect, owner))

    def meets(self, rect: Rect, owner: int) -> bool:
        """Whether something of another owner overlaps `rect`."""
        left, top, right, bottom = rect
        return any(
            other != owner and a < right and c > left and b < bottom and d > top
            for cell in _cells(rect)
            for (a, b, c, d), other in self._cells.get(cell, ())
        )


def _sides(frame: Rect) -> Iterator[Rect]:
    """The lines around it."""
    left, top, right, bottom = frame
    yield from ((left, y - 1, right, y + 1) for y in (top, bottom))
    yield from ((x - 1, top, x + 1, bottom) for x in (left, right))


def _cells(rect: Rect) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = rect
    for column in range(int(left // _CELL), int(right // _CELL) + 1):
        for row in range(int(top // _CELL), int(bottom // _CELL) + 1):
            yield column, row


def place_labels(
    routes: list[list[Point]],
    widths: tuple[float, ...],
    on_line: tuple[bool, ...],
    cards: list[Rect],
    frames: Iterable[Rect] = (),
) -> list[Point | None]:
    """x of the left end and y of the middle of every label, None where there is none. Routes run source to target.
    No label lies on a card, nor, where there is another place, on the border of one of the `frames`."""
    taken, borders = _Taken(), _Taken()
    for card in cards:
        taken.add(card, _CARD)
    for side in (side for frame in frames for side in _sides(frame)):
        borders.add(side, _CARD)
    lines: dict[Rect, int] = {}
    for number, route in enumerate(routes):
        for (x0, y0), (x1, y1) in pairwise(route):
            line = min(x0, x1) - 3, min(y0, y1), max(x0, x1) + 3, max(y0, y1)
            lines[line] = number if lines.get(line, number) == number else _SHARED
    for line, number in lines.items():
        taken.add(line, number)
    found: list[Point | None] = [None] * len(routes)
    for number in sorted(range(len(routes)), key=lambda number: (not on_line[number], len(routes[number]))):
        width = widths[number]
        if not width:
            continue
        height = PILL_HEIGHT if on_line[number] else LABEL_HEIGHT
        candidates = _on_line(routes[number], width) if on_line[number] else _beside(routes[number], width)
        rects = [(x, y - height / 2, x + width, y + height / 2) for x, y in candidates]
        free = [rect for rect in rects if not taken.meets(rect, number)]
        if free:
            left, top, *_ = rect = next((rect for rect in free if not borders.meets(rect, number)), free[0])
            taken.add(rect, -1 - number)
            found[number] = (left, top + height / 2)
    return found


def _on_line(route: list[Point], width: float) -> Iterator[Point]:
    (x, start), (_x, end) = route[-2], route[-1]
    length = abs(start - end)
    direction = 1 if start > end else -1
    y = end + direction * min(max(length / 2, _NEAR_TARGET + 4), 36)
    for shift in (0.5, 0.35, 0.65, 0.2, 0.8):
        yield x - width * shift, y
    yield from ((x - width * shift, end + direction * 21) for shift in (0.5, 0.3, 0.7, 0.1, 0.9))
    yield from _beside(route, width)


def _beside(route: list[Point], width: float) -> Iterator[Point]:
    (x0, y0), (x1, y1) = route[0], route[1]
    if abs(y1 - y0) < 0.5 and abs(x1 - x0) > width + 24:  # leaves its card sideways: above the line
        yield (x0 + 30 if x1 > x0 and x1 - x0 > width + 44 else (x0 + x1 - width) / 2 if x1 > x0
               else max(x0 - 30 - width, (x0 + x1 - width) / 2)), y0 - 11  # fmt: skip
    (x, start), (_x, end) = route[-2], route[-1]
    direction = 1 if start > end else -1
    near = end + direction * min(_NEAR_TARGET, abs(start - end) / 2)
    for at in (near, end + direction * _CLOSE):
        yield x + BESIDE, at
        yield x - BESIDE - width, at
    for (a, y), (b, other) in pairwise(route[1:]):
        if abs(y - other) < 0.5 and abs(a - b) > width + 16:
            yield (a + b - width) / 2, y - 10
    if abs(x1 - x0) < 0.5 and abs(y1 - y0) > LABEL_HEIGHT:
        yield x0 + BESIDE, y0 + (y1 - y0) / 2
