"""Draws the way of a gradient over a dimmed picture: what comes from the loss in solid lines, what goes on dashed."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from visualizer.backprop.graph.camera import Camera
from visualizer.backprop.graph.color_by import Coloring
from visualizer.backprop.graph.distant_painter import far_palette, mix, shade_of
from visualizer.backprop.graph.edges import arrow, rounded, route_points
from visualizer.backprop.graph.layout_values import CARD_HEIGHT, ROW_HEIGHT
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.states import States
from visualizer.backprop.graph.way import AFTER, BEFORE, HERE, NEAR_EDGES, OFF, Way
from visualizer.look import theme
from visualizer.look.batches import Batch

VEIL = 0.5  # how much of the canvas's colour lies over what is not on the way
_TOKENS = {BEFORE: "flow.line", AFTER: "flow.trail"}
_WIDTHS = (3.0, 2.0, 1.25)  # by reach
_SHARES = (1.0, 0.85, 0.65)  # of their colour, the rest is the ground's
_OUTLINES = (1.5, 1.0, 1.0)  # pixels around a card from afar
_FAR_WIDTHS = (2.0, 1.5, 1.0)
_DASHES = (3.2, 2.0)  # in widths of the line
_HEAD_LENGTH, _HEAD_HALF = 11.0, 5.5
_LEAST_OUTLINED = 6.0  # pixels of a card's or a row's height that an outline leaves to be seen
_MOST_DASHED = 3000  # lines: dashes of more take longer than a frame
_SHORTEST_LINE = 2.0  # pixels
_ROW_INSET = np.array([2.0, 1.0, -4.0, -2.0])  # x, y, width, height


def way_pen(side: int, reach: int) -> QPen:
    """The line of a link on the way."""
    look = theme.current()
    pen = QPen(mix(look.color(_TOKENS[side]), look.color("bg.canvas"), _SHARES[reach]), _WIDTHS[reach])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if side == AFTER:
        pen.setDashPattern(_DASHES)
    return pen


class WayArtist:
    """Keeps what it has worked out for the newest way, so that panning only draws."""

    def __init__(self) -> None:
        self._rects, self._lines = Batch(QRectF), Batch(QLineF)
        self._far: tuple[tuple, list[tuple[QPen, np.ndarray]]] | None = None

    def dim(self, painter: QPainter, size: QSizeF) -> None:
        """All that has been drawn so far recedes."""
        veil = QColor(theme.current().color("bg.canvas"))
        veil.setAlphaF(VEIL)
        painter.fillRect(QRectF(QPointF(0, 0), size), veil)

    # -- up close, in the scene's pixels

    def draw_links(self, painter: QPainter, scene: Scene, way: Way, links: np.ndarray) -> list[int]:
        """Those of the links that are on the way, and which they are."""
        lit = links[way.links[links] != OFF]
        for side, reach, mine in _groups(way.links, way.link_reach, lit):
            lines, heads = QPainterPath(), QPainterPath()
            for number in mine.tolist():
                points = route_points(scene, number)
                points[-1], head = arrow(points, _HEAD_LENGTH, _HEAD_HALF)
                heads.addPolygon(head)
                heads.closeSubpath()
                lines.addPath(rounded(points))
            pen = way_pen(side, reach)
            painter.strokePath(lines, pen)
            painter.fillPath(heads, pen.color())
        return lit.tolist()

    def draw_rows(self, painter: QPainter, scene: Scene, way: Way, scale: float) -> None:
        """Leaves in cards that are not on the way themselves."""
        is_tiny = ROW_HEIGHT * scale < _LEAST_OUTLINED
        pen = QPen(theme.current().color(_TOKENS[AFTER]), 2.0)
        pen.setCosmetic(True)
        painter.setPen(Qt.PenStyle.NoPen if is_tiny else pen)
        painter.setBrush(pen.color() if is_tiny else Qt.BrushStyle.NoBrush)
        self._rects.draw(painter, scene.rows.rects[way.rows] + _ROW_INSET)

    # -- from afar, in the widget's pixels

    def draw_far(
        self,
        painter: QPainter,
        camera: Camera,
        scene: Scene,
        states: States,
        coloring: Coloring | None,
        way: Way,
    ) -> None:
        """Its lines, then its cards in their colours, outlined on the side they are on."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for pen, lines in self._far_lines(scene, way, camera.scale):
            painter.setPen(pen)
            drawn = self._lines.room(len(lines))
            np.multiply(lines, camera.scale, out=drawn)
            drawn += np.array([camera.x, camera.y, camera.x, camera.y])
            self._lines.draw_rows(painter, 0, len(lines))
        lit = np.flatnonzero(way.cards != OFF)
        shades, palette = shade_of(scene, states, coloring)[lit], far_palette(coloring)
        painter.setPen(Qt.PenStyle.NoPen)
        for shade in np.unique(shades).tolist():
            painter.setBrush(palette[shade])
            self._draw_cards(painter, camera, scene, lit[shades == shade], 0.0)
        self._mark_cards(painter, camera, scene, way, lit)

    def _mark_cards(self, painter: QPainter, camera: Camera, scene: Scene, way: Way, lit: np.ndarray) -> None:
        is_tiny = CARD_HEIGHT * camera.scale < _LEAST_OUTLINED
        for side, reach, mine in _groups(way.cards, way.card_reach, lit):
            pen = way_pen(side, reach)
            pen.setWidthF(_OUTLINES[reach])
            painter.setPen(Qt.PenStyle.NoPen if is_tiny else pen)
            painter.setBrush(pen.color() if is_tiny else Qt.BrushStyle.NoBrush)
            self._draw_cards(painter, camera, scene, mine, 0.0 if is_tiny else 1.5)

    def _draw_cards(self, painter: QPainter, camera: Camera, scene: Scene, cards: np.ndarray, outset: float) -> None:
        rects = scene.rects[cards] * camera.scale
        rects += np.array([camera.x - outset, camera.y - outset, 2 * outset, 2 * outset])
        np.maximum(rects[:, 2:], 1.0, out=rects[:, 2:])
        self._rects.draw(painter, rects)

    def _far_lines(self, scene: Scene, way: Way, scale: float) -> list[tuple[QPen, np.ndarray]]:
        """By pen its lines in the scene, but for those too short to be seen."""
        key = way, scale, theme.current().is_dark
        if self._far is None or self._far[0] != key:
            lines, owner = scene.segments, scene.segment_link
            length = np.abs(lines[:, 2:] - lines[:, :2]).sum(axis=1) * scale
            lit = np.flatnonzero((way.links[owner] != OFF) & (length >= _SHORTEST_LINE))
            groups = _groups(way.links[owner], way.link_reach[owner], lit)
            self._far = key, [(_far_pen(side, reach, len(mine)), lines[mine]) for side, reach, mine in groups]
        return self._far[1]


def _far_pen(side: int, reach: int, n_lines: int) -> QPen:
    pen = way_pen(side, reach)
    pen.setWidthF(_FAR_WIDTHS[reach])
    pen.setCosmetic(True)
    if n_lines > _MOST_DASHED:
        pen.setStyle(Qt.PenStyle.SolidLine)
    return pen


def _groups(sides: np.ndarray, reaches: np.ndarray, members: np.ndarray) -> list[tuple[int, int, np.ndarray]]:
    """Members by side and reach, the strongest last so that they lie above. What is here looks like what comes."""
    shown = np.where(sides == HERE, BEFORE, sides)[members]
    return [
        (side, reach, mine)
        for reach in reversed(range(len(NEAR_EDGES) + 1))
        for side in (AFTER, BEFORE)
        if len(mine := members[(shown == side) & (reaches[members] == reach)])
    ]
