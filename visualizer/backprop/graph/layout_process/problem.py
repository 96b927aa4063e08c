"""One frame's contents as a problem of its own: items in rows, and what of them is fixed from outside."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from visualizer.backprop.graph.layout_values import COLUMN_GAP, FRAME_PAD, ROW_GAP, FrameShape

Point = tuple[float, float]
Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class Spacing:
    """Room between cards, pixels at 100 %."""

    column: float  # between two cards of a row
    row: float  # at least, between two rows
    arrow: float  # under a row: arrow heads, and a label beside one
    exit: float  # above a row, before the first horizontal segment
    border: float  # between a frame and what is in it
    is_tight: bool = False  # a long wire keeps near to its ends, not where the layout engine saw most room


SIDE_TITLE_GAP = 10  # around a title that stands left of its frame
WIDE = Spacing(COLUMN_GAP, ROW_GAP, 24, 18, FRAME_PAD)
COMPACT = Spacing(20, 24, 16, 8, 8, is_tight=True)


@dataclass(frozen=True)
class Problem:
    """Items (cards, boxes laid out before, ports) by size, and links between them, source nearer to the loss.

    `out_at[i]` is where link i leaves its source, from the source's middle to the right; None: the router chooses.
    `in_at[i]` says the same of its target. `bottoms` and `tops` stand in the
    lowest and highest row: ports, and cards that nothing leads to. What is wider than `widest` of a row goes on above.
    """

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    links: tuple[tuple[int, int], ...]
    out_at: tuple[float | None, ...]
    in_at: tuple[float | None, ...]
    frames: tuple[FrameShape, ...] = ()
    bottoms: tuple[int, ...] = ()
    tops: tuple[int, ...] = ()
    spacing: Spacing = WIDE
    is_plain: bool = False  # no time for an engine and a router
    widest: float = inf


@dataclass(frozen=True)
class Cut:
    """A height between two rows, `y`, where only vertical segments pass, at `xs`: a column may end here. At `under`,
    below it, too; where a column ends, what is horizontal between the two is left out."""

    y: float
    xs: tuple[float, ...]
    under: float


@dataclass(frozen=True)
class Flat:
    """A solved problem. Wires run from source to target; a frame without room has no rectangle (x, y, width, height).
    `bounds` is left, top, right, bottom of all of it; y grows downward; cuts from the loss upward."""

    centers: tuple[Point, ...]
    wires: tuple[tuple[Point, ...], ...]
    frames: tuple[Rect | None, ...]
    side_titles: tuple[bool, ...]
    bounds: Rect
    cuts: tuple[Cut, ...]
    engine: str
    note: str = ""

    @property
    def width(self) -> float:
        """Of all of it."""
        return self.bounds[2] - self.bounds[0]

    @property
    def height(self) -> float:
        """Of all of it."""
        return self.bounds[3] - self.bounds[1]


def beside(shape: FrameShape, has_side_title: bool) -> float:
    """How much room a frame takes left of itself."""
    return shape.side_label + SIDE_TITLE_GAP + 4 if has_side_title else 0.0
