"""The graph from afar: every card a rectangle in its colour, every link a line, in a few batched calls."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from visualizer.backprop.graph.camera import Camera
from visualizer.backprop.graph.color_by import Coloring, scale_colors
from visualizer.backprop.graph.edges import ORDER, edge_color, edge_pen
from visualizer.backprop.graph.layout_values import CARD_HEIGHT
from visualizer.backprop.graph.scene import CATEGORIES, Scene
from visualizer.backprop.graph.states import ARRIVING, CURRENT, DONE, FAILED, NO_GRADIENT, States
from visualizer.look import theme
from visualizer.look.batches import Batch

_SHORTEST_LINE = 2.0  # pixels; a shorter link is hidden between its cards
_CORNERS_HEIGHT = 8.0  # pixels of a card below which a short link is one straight line
_SHORT_LINK = 24.0  # pixels
_DASHES_SCALE = 0.1


class FarArtist:
    """Keeps the cards in the order of their colours, and the lines that are long enough for the newest scale."""

    def __init__(self) -> None:
        self._palette: list[QColor] = []
        self._rects, self._lines = Batch(QRectF), Batch(QLineF)
        self._shown: tuple[Scene, States, Coloring | None, int] | None = None
        self._sorted = np.empty((0, 4))
        self._shades = np.empty(0, dtype=np.int64)
        self._scale = 0.0
        self._chosen: list[tuple[int, np.ndarray]] = []

    def paint(
        self,
        painter: QPainter,
        camera: Camera,
        scene: Scene,
        states: States,
        coloring: Coloring | None,
        area: QRectF,
    ) -> None:
        """Links, then cards. `area` is the part of the scene in view."""
        if self._shown != (scene, states, coloring, states.version):
            self._arrange(scene, states, coloring)
        if self._scale != camera.scale:
            self._choose_lines(scene, states, camera.scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        sees_all = area.contains(scene.bounds)
        for state, lines in self._chosen:
            painter.setPen(_far_pen(state, camera.scale))
            self._draw_lines(painter, camera, lines if sees_all else lines[_line_meets(lines, area)])
        self._draw_cards(painter, camera, None if sees_all else _rect_meets(self._sorted, area))

    def _arrange(self, scene: Scene, states: States, coloring: Coloring | None) -> None:
        shades, self._palette = shade_of(scene, states, coloring), far_palette(coloring)
        order = np.argsort(shades, kind="stable")
        self._sorted, self._shades = scene.rects[order], shades[order]
        self._shown, self._scale = (scene, states, coloring, states.version), 0.0

    def _choose_lines(self, scene: Scene, states: States, scale: float) -> None:
        """The routes' own segments, but straight chords for links whose corners nobody could see."""
        lines, owner = scene.segments, scene.segment_link
        if scale * CARD_HEIGHT < _CORNERS_HEIGHT:
            is_short = _length(scene.chords) * scale < _SHORT_LINK
            corners = ~is_short[owner]
            lines = np.vstack([scene.chords[is_short], lines[corners]])
            owner = np.concatenate([np.flatnonzero(is_short), owner[corners]])
        is_seen = _length(lines) * scale >= _SHORTEST_LINE
        kinds = states.links[owner]
        chosen = [(state, lines[is_seen & (kinds == state)]) for state in ORDER]
        self._chosen = [(state, found) for state, found in chosen if len(found)]
        self._scale = scale

    def _draw_lines(self, painter: QPainter, camera: Camera, lines: np.ndarray) -> None:
        drawn = self._lines.room(len(lines))
        np.multiply(lines, camera.scale, out=drawn)
        drawn += np.array([camera.x, camera.y, camera.x, camera.y])
        self._lines.draw_rows(painter, 0, len(lines))

    def _draw_cards(self, painter: QPainter, camera: Camera, mask: np.ndarray | None) -> None:
        rects, shades = self._sorted, self._shades
        if mask is not None:
            rects, shades = rects[mask], shades[mask]
        drawn = self._rects.room(len(rects))
        np.multiply(rects, camera.scale, out=drawn)
        drawn[:, 0] += camera.x
        drawn[:, 1] += camera.y
        np.maximum(drawn[:, 2:], 1.0, out=drawn[:, 2:])
        limits = np.searchsorted(shades, np.arange(len(self._palette) + 1)).tolist()
        painter.setPen(Qt.PenStyle.NoPen)
        for color, start, stop in zip(self._palette, limits, limits[1:], strict=False):
            if stop > start:
                painter.setBrush(color)
                self._rects.draw_rows(painter, start, stop)


def shade_of(
    scene: Scene, states: States, coloring: Coloring | None, cards: Sequence[int] | slice = slice(None)
) -> np.ndarray:
    """The colours of these cards in `far_palette`, int16 (n_cards,): their category, bright or dimmed, or their number;
    or their state."""
    category, now = scene.category[cards], states.cards[cards]
    if coloring is not None:
        shades, n_colors = coloring.shades[cards].copy(), len(scale_colors(theme.current().is_dark))
    else:
        shades, n_colors = category.astype(np.int16), 2 * len(CATEGORIES)
    if states.view is not None:
        if coloring is None:
            shades[(now != DONE) & (category != len(CATEGORIES) - 1)] += len(CATEGORIES)
        shades[(now == CURRENT) | _in_row(scene, states.view.current)[cards]] = n_colors
        shades[(now == FAILED) | _in_row(scene, states.view.error_node)[cards]] = n_colors + 1
    return shades


def _in_row(scene: Scene, node: int) -> np.ndarray:
    """bool (n_cards,): the cards with a row of this node, which nobody could see from afar."""
    index = scene.index_of.get(node)
    found = np.zeros(len(scene.rects), dtype=bool)
    if index is not None and scene.shown.is_row[index]:
        found[scene.rows.cards_of([index])] = True
    return found


def far_palette(coloring: Coloring | None) -> list[QColor]:
    """The colours that `shade_of` counts in."""
    look = theme.current()
    states = look.color("flow.line"), look.color("error.text")
    if coloring is not None:
        return [*scale_colors(look.is_dark), *states]
    bright = [look.color("text.muted" if name == "module" else f"cat.{name}") for name in CATEGORIES]
    dim = [mix(color, look.color("bg.canvas"), 0.45) for color in bright]
    return [*bright, *dim, *states]


def mix(color: QColor, other: QColor, share: float) -> QColor:
    """`share` of `color`, the rest of `other`."""
    return QColor.fromRgbF(
        color.redF() * share + other.redF() * (1 - share),
        color.greenF() * share + other.greenF() * (1 - share),
        color.blueF() * share + other.blueF() * (1 - share),
    )


def _far_pen(state: int, scale: float) -> QPen:
    pen = edge_pen(state) if state == NO_GRADIENT and scale > _DASHES_SCALE else QPen(edge_color(state))
    pen.setWidthF(2.0 if state == ARRIVING else 0.0)
    pen.setCosmetic(True)
    return pen


def _length(lines: np.ndarray) -> np.ndarray:
    return np.abs(lines[:, 2] - lines[:, 0]) + np.abs(lines[:, 3] - lines[:, 1])


def _line_meets(lines: np.ndarray, area: QRectF) -> np.ndarray:
    x0, y0, x1, y1 = lines.T
    return (
        (np.minimum(x0, x1) <= area.right())
        & (np.maximum(x0, x1) >= area.left())
        & (np.minimum(y0, y1) <= area.bottom())
        & (np.maximum(y0, y1) >= area.top())
    )


def _rect_meets(rects: np.ndarray, area: QRectF) -> np.ndarray:
    x, y, width, height = rects.T
    return (x < area.right()) & (x + width > area.left()) & (y < area.bottom()) & (y + height > area.top())
