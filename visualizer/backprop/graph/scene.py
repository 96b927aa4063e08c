"""A laid-out graph as arrays: what the painter draws in batches and the mouse looks up. No Qt painting in here."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from visualizer.backprop.graph.folding import VisibleGraph, side_width
from visualizer.backprop.graph.labels import PILL_HEIGHT
from visualizer.backprop.graph.layout_values import (
    CARD_HEIGHT,
    CARD_WIDTH,
    INPUT_WIDTH,
    ROW_HEIGHT,
    ROWS_PAD,
    SLIM_HEIGHT,
    SLIM_WIDTH,
    LayoutReply,
)
from visualizer.backprop.graph.leaf_rows import MOST_ROWS
from visualizer.backprop.graph.link_words import label_width
from visualizer.backprop.graph.opening import FULL_DETAIL
from visualizer.backprop.graph.row_table import RowTable
from visualizer.backprop.graph.view_rows import is_view

CATEGORIES = ("leaf", "matmul", "elementwise", "activation", "view", "reduction", "loss", "accumulate", "module")
_MARGIN = 12.0  # around the outermost things, for outlines
_WIDE_LABEL = 400.0


class Scene:
    """`rects` float64 (n_cards, 4): x, y, width, height. `segments` float64 (n_segments, 4): x0, y0, x1, y1, and
    `segment_link` int32 (n_segments,) says whose. `chords` (n_links, 4) join each link's ends. `link_of_edge` is -1
    for an edge inside of one card. y grows downward."""

    def __init__(self, shown: VisibleGraph, layout: LayoutReply) -> None:
        self.shown, self.layout = shown, layout
        widths = np.array([card_width(shown, card) for card in range(len(shown.cards))], dtype=np.float64)
        heights = np.array([card_height(shown, card) for card in range(len(shown.cards))], dtype=np.float64)
        centers = np.array(layout.centers, dtype=np.float64).reshape(-1, 2)
        self.rects = np.column_stack([centers[:, 0] - widths / 2, centers[:, 1] - heights / 2, widths, heights])
        self.category = np.array([_category(shown, card) for card in range(len(shown.cards))], dtype=np.int8)
        self.links = np.array([(link.source, link.target) for link in shown.links], dtype=np.int32).reshape(-1, 2)
        self.link_has_gradient = np.array([link.gradient for link in shown.links], dtype=bool)
        self.link_of_edge = np.full(len(shown.ends), -1, dtype=np.int32)
        for number, link in enumerate(shown.links):
            self.link_of_edge[list(link.edges)] = number
        self.node_ids = shown.graph.columns.ids
        self.is_input = shown.graph.columns.is_input
        self._lines()
        self._boxes()
        self.bounds = self._bounds()
        self.index_of = shown.graph.columns.index_of
        self._edges_at: tuple[np.ndarray, np.ndarray] | None = None
        self._modules: dict[int, str] | None = None
        self._neighbours: tuple[dict[int, list[int]], dict[int, list[int]]] | None = None

    def rect(self, card: int) -> QRectF:
        """A card's rectangle."""
        return QRectF(*self.rects[card].tolist())

    def card_at(self, point: QPointF) -> int:
        """The card under a scene point, -1 without one."""
        x, y = point.x() - self.rects[:, 0], point.y() - self.rects[:, 1]
        hit = np.flatnonzero((x >= 0) & (x <= self.rects[:, 2]) & (y >= 0) & (y <= self.rects[:, 3]))
        return int(hit[0]) if hit.size else -1

    def row_at(self, card: int, point: QPointF) -> int:
        """The row of a card under a scene point, -1 for the card itself."""
        rows = self.shown.cards[card].rows
        place = int((point.y() - self.rects[card, 1] - head_of_card(self.shown, card)) // ROW_HEIGHT)
        return place if 0 <= place < min(len(rows), MOST_ROWS) else -1

    def row_rect(self, card: int, row: int) -> QRectF:
        """A row's rectangle; for row -1 the card's."""
        rect = self.rect(card)
        top = rect.top() + head_of_card(self.shown, card) + row * ROW_HEIGHT
        return rect if row < 0 else QRectF(rect.left(), top, rect.width(), ROW_HEIGHT)

    def cards_in(self, area: QRectF) -> np.ndarray:
        """The cards that a scene rectangle meets."""
        x, y, width, height = self.rects.T
        return np.flatnonzero(
            (x < area.right()) & (x + width > area.left()) & (y < area.bottom()) & (y + height > area.top())
        )

    def links_in(self, area: QRectF) -> np.ndarray:
        """The links whose bounding box a scene rectangle meets."""
        left, top, right, bottom = self.link_boxes.T
        return np.flatnonzero(
            (left < area.right()) & (right > area.left()) & (top < area.bottom()) & (bottom > area.top())
        )

    def link_at(self, point: QPointF, reach: float) -> int:
        """The link nearest to a scene point, no further away than `reach`; -1 without one."""
        close = self.links_in(QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach))
        mine = np.flatnonzero(np.isin(self.segment_link, close))
        if not mine.size:
            return -1
        start, way = self.segments[mine, :2], self.segments[mine, 2:] - self.segments[mine, :2]
        to_point = np.array([point.x(), point.y()]) - start
        along = (to_point * way).sum(axis=1) / np.maximum((way * way).sum(axis=1), 1e-9)
        away = np.hypot(*(to_point - np.clip(along, 0.0, 1.0)[:, None] * way).T)
        nearest = int(np.argmin(away))
        return int(self.segment_link[mine[nearest]]) if away[nearest] <= reach else -1

    def next_card(self, card: int, dx: int, dy: int) -> int:
        """The card to go to from `card` with an arrow key: a linked one above or below, else the nearest that way."""
        centers = self.rects[:, :2] + self.rects[:, 2:] / 2
        away = centers - centers[card]
        along = away[:, 0] * dx + away[:, 1] * dy
        across = np.abs(away[:, 0] * dy) + np.abs(away[:, 1] * dx)
        cost = along + (3.0 if dx else 2.0) * across
        if dy:
            upward, downward = self.neighbours
            linked = upward[card] + downward[card]
            cost[linked] -= 1e6
        cost[along < 1.0] = np.inf
        best = int(np.argmin(cost))
        return best if np.isfinite(cost[best]) else card

    def module_around(self, card: int) -> str:
        """The path of the innermost module with a frame around a card, "" without one."""
        if self._modules is None:
            self._modules = {}
            for frame in self.shown.frames:  # outer before inner
                if frame.path:
                    self._modules.update(dict.fromkeys(frame.members, frame.path))
        return self._modules.get(card, "")

    @cached_property
    def rows(self) -> RowTable:
        """The rows of all cards."""
        heads = np.array([head_of_card(self.shown, card) for card in range(len(self.rects))], dtype=np.float64)
        return RowTable(self.shown.cards, self.rects, heads)

    def links_at(self, nodes: list[int]) -> list[int]:
        """The links with an edge that begins or ends at one of these nodes (indices)."""
        if self._edges_at is None:
            ends = self.shown.ends.ravel()
            order = np.argsort(ends, kind="stable")
            self._edges_at = order // 2, np.searchsorted(ends[order], np.arange(len(self.node_ids) + 1))
        edges, starts = self._edges_at
        found = [edges[starts[node] : starts[node + 1]] for node in nodes]
        links = np.unique(self.link_of_edge[np.concatenate(found)]) if found else np.empty(0, dtype=np.int32)
        return links[links >= 0].tolist()

    @property
    def neighbours(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """By card: the cards that its links lead to, and those that lead to it."""
        if self._neighbours is None:
            out: dict[int, list[int]] = defaultdict(list)
            back: dict[int, list[int]] = defaultdict(list)
            for source, target in self.links.tolist():
                out[source].append(target)
                back[target].append(source)
            self._neighbours = out, back
        return self._neighbours

    def _lines(self) -> None:
        routes = self.layout.routes
        n_points = np.array([len(route) // 2 for route in routes], dtype=np.int64)
        flat = np.array([value for route in routes for value in route], dtype=np.float64).reshape(-1, 2)
        ends = np.cumsum(n_points)
        starts = ends - n_points
        is_first = np.ones(len(flat), dtype=bool)
        is_first[ends[ends > 0] - 1] = False
        first = np.flatnonzero(is_first)
        self.segments = np.hstack([flat[first], flat[first + 1]]) if len(flat) else np.zeros((0, 4))
        self.segment_link = np.repeat(np.arange(len(routes), dtype=np.int32), np.maximum(n_points - 1, 0))
        if not len(routes):
            self.chords = self.link_boxes = np.zeros((0, 4))
            return
        self.chords = np.hstack([flat[starts], flat[ends - 1]])
        low, high = np.minimum.reduceat(flat, starts), np.maximum.reduceat(flat, starts)
        self.link_boxes = np.hstack([low - 1, high + 1])

    def _boxes(self) -> None:
        """`frame_boxes` float64 (n_frames, 4): x, y, width, height with the title beside it, of no size without room;
        `frame_depths` int (n_frames,)."""
        empty = (0.0, 0.0, 0.0, 0.0)
        depths: list[int] = []
        boxes: list[tuple[float, ...]] = []
        for number, frame in enumerate(self.shown.frames):
            depths.append(0 if frame.parent < 0 else depths[frame.parent] + 1)
            extent = self.frame_extent(number) if self.layout.frames[number] else None
            boxes.append(extent.getRect() if extent is not None else empty)
        self.frame_boxes = np.array(boxes, dtype=np.float64).reshape(-1, 4)
        self.frame_depths = np.array(depths, dtype=np.int64)

    def frames_in(self, area: QRectF, least: float) -> list[int]:
        """The frames with room that a scene rectangle meets, at least so wide and high; outer before inner."""
        x, y, width, height = self.frame_boxes.T
        seen = (x < area.right()) & (x + width > area.left()) & (y < area.bottom()) & (y + height > area.top())
        return np.flatnonzero(seen & (np.minimum(width, height) > least)).tolist()

    def _bounds(self) -> QRectF:
        if not len(self.rects):
            return QRectF()
        x, y, width, height = self.rects.T
        bounds = QRectF(QPointF(x.min(), y.min()), QPointF((x + width).max(), (y + height).max()))
        if len(self.link_boxes):
            left, top, right, bottom = self.link_boxes.T
            bounds |= QRectF(QPointF(left.min(), top.min()), QPointF(right.max(), bottom.max()))
        for number, frame in enumerate(self.layout.frames):
            if frame:
                bounds |= self.frame_extent(number)
        return self._with_labels(bounds).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)

    def _with_labels(self, bounds: QRectF) -> QRectF:
        """Those beside the outermost lines reach past them; to measure each label of a large graph takes long."""
        left, right = bounds.left(), bounds.right() - _WIDE_LABEL
        for number, place in enumerate(self.layout.labels):
            if place is not None and not left <= place[0] <= right:
                width, _is_pill = label_width(self.shown, self.shown.links[number])
                bounds |= QRectF(place[0], place[1] - PILL_HEIGHT / 2, width, PILL_HEIGHT)
        return bounds

    def frames_meet(self, area: QRectF) -> bool:
        """Whether a frame or its title reaches into a scene rectangle."""
        frames = self.layout.frames
        return any(frames[number] and self.frame_extent(number).intersects(area) for number in range(len(frames)))

    def frame_extent(self, number: int) -> QRectF:
        """A frame with its title beside it."""
        rect = QRectF(*self.layout.frames[number])
        beside = side_width(self.shown.frames[number]) + 14 if self.layout.side_titles[number] else 0
        return rect.adjusted(-beside, 0, 0, 0)


def card_width(shown: VisibleGraph, card: int) -> float:
    """Width of one card: inputs without a gradient are narrower, and so are slim ones."""
    slot = shown.cards[card]
    if is_slim(shown, card):
        return SLIM_WIDTH
    is_input = not slot.fold and shown.graph.nodes[slot.nodes[0]].is_input
    return INPUT_WIDTH if is_input else CARD_WIDTH


def card_height(shown: VisibleGraph, card: int) -> float:
    """Height of one card: views are slim where the graph is large, and every leaf in it has a row."""
    slot = shown.cards[card]
    rows = min(len(slot.rows), MOST_ROWS) * ROW_HEIGHT + (ROWS_PAD if slot.rows else 0)
    return head_of_card(shown, card) + rows


def head_of_card(shown: VisibleGraph, card: int) -> float:
    """Height of a card above its rows."""
    return SLIM_HEIGHT if is_slim(shown, card) else CARD_HEIGHT


def is_slim(shown: VisibleGraph, card: int) -> bool:
    """Whether a card is that of one view in a graph that has many; rows of names and pictures want a wide one."""
    slot = shown.cards[card]
    if slot.fold or slot.rows or len(shown.graph.nodes) <= FULL_DETAIL:
        return False
    return is_view(shown.graph.nodes[slot.nodes[0]])


def _category(shown: VisibleGraph, card: int) -> int:
    slot = shown.cards[card]
    if slot.fold:
        return len(CATEGORIES) - 1
    category = shown.graph.nodes[slot.nodes[0]].category
    return CATEGORIES.index(category) if category in CATEGORIES else CATEGORIES.index("view")
