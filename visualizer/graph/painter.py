"""Paints a scene through a camera: from afar in a few batched calls, up close card by card.

Three levels by `camera.scale`: from READABLE on full cards, from NAMED on cards with their name only, below that
rectangles in the colours of their categories. Cards up close are kept as pixmaps, so that panning only copies.
"""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from visualizer import theme
from visualizer.graph.backward_view import CURRENT, DONE, FAILED
from visualizer.graph.batches import Batch
from visualizer.graph.camera import Camera
from visualizer.graph.cards import OUTSET, CardArtist
from visualizer.graph.content import CardContent, ContentBook
from visualizer.graph.edges import ORDER, EdgeArtist, edge_color, edge_pen
from visualizer.graph.frames import FrameArtist
from visualizer.graph.layout_values import CARD_HEIGHT, STACK_OFFSET
from visualizer.graph.scene import ARRIVING, CATEGORIES, NO_GRADIENT, Scene, States

READABLE = 0.6
NAMED = 0.26
_SHORTEST_LINE = 2.0  # pixels; a shorter link is hidden between its cards
_KEPT_PIXMAPS = 700
_DOT_PITCH = 32.0


class Painter:
    """Artists of today's theme, batches, and pixmaps of cards. Make a new one when the theme changes."""

    def __init__(self) -> None:
        self.look = theme.current()
        self._cards, self._edges, self._frames = CardArtist(), EdgeArtist(), FrameArtist()
        self._rects, self._lines = Batch(QRectF), Batch(QLineF)
        self._pixmaps: OrderedDict[tuple, tuple[CardContent, QPixmap]] = OrderedDict()
        self._palette = far_palette()

    def paint(
        self,
        painter: QPainter,
        size: QSizeF,
        camera: Camera,
        scene: Scene,
        states: States,
        book: ContentBook,
        *,
        selected: int = -1,
        marked: frozenset[int] = frozenset(),
        as_vectors: bool = False,
    ) -> None:
        """One frame. `selected` and `marked` are cards; `as_vectors` keeps text as text, for SVG and PDF."""
        painter.fillRect(QRectF(QPointF(0, 0), size), self.look.color("bg.canvas"))
        area = camera.visible(size)
        if camera.scale >= 0.5 and not as_vectors:
            self._draw_dots(painter, size, camera)
        if camera.scale < NAMED:
            self._paint_far(painter, camera, scene, states, area, selected, marked)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_readable = camera.scale >= READABLE
        links = scene.links_in(area).tolist()
        painter.save()
        painter.translate(camera.x, camera.y)
        painter.scale(camera.scale, camera.scale)
        self._frames.draw_boxes(painter, scene, area)
        self._edges.draw(painter, scene, states, links)
        if is_readable:
            self._edges.draw_labels(painter, scene, states, links)
        self._frames.draw_titles(painter, scene, area, camera.scale)
        painter.restore()
        wider = area.adjusted(-OUTSET, -OUTSET - 2 * STACK_OFFSET, OUTSET + 2 * STACK_OFFSET, OUTSET)
        for card in scene.cards_in(wider).tolist():
            content = book.content(scene, states, card)
            flags = card == selected, card in marked
            self._place_card(painter, camera, scene.rect(card), content, flags, as_vectors)

    # -- up close

    def _place_card(
        self,
        painter: QPainter,
        camera: Camera,
        rect: QRectF,
        content: CardContent,
        flags: tuple[bool, bool],
        as_vectors: bool,
    ) -> None:
        origin = camera.to_widget(rect.topLeft())
        if as_vectors:
            painter.save()
            painter.translate(origin)
            painter.scale(camera.scale, camera.scale)
            self._draw_card(painter, content, camera.scale, flags)
            painter.restore()
            return
        ratio = painter.device().devicePixelRatioF()
        key = (id(content), flags, camera.scale, ratio)
        if key not in self._pixmaps:
            # The content is kept beside its picture: an id is only as unique as the life of its object.
            self._pixmaps[key] = content, self._render_card(rect, content, camera.scale, flags, ratio)
            if len(self._pixmaps) > _KEPT_PIXMAPS:
                self._pixmaps.popitem(last=False)
        self._pixmaps.move_to_end(key)
        pad = _pad(camera.scale)
        painter.drawPixmap(QPointF(round(origin.x()) - pad, round(origin.y()) - pad), self._pixmaps[key][1])

    def _render_card(
        self, rect: QRectF, content: CardContent, scale: float, flags: tuple[bool, bool], ratio: float
    ) -> QPixmap:
        pad = _pad(scale)
        width, height = round(rect.width() * scale) + 2 * pad, round(rect.height() * scale) + 2 * pad
        pixmap = QPixmap(round(width * ratio), round(height * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.translate(pad, pad)
        painter.scale(scale, scale)
        self._draw_card(painter, content, scale, flags)
        painter.end()
        return pixmap

    def _draw_card(self, painter: QPainter, content: CardContent, scale: float, flags: tuple[bool, bool]) -> None:
        selected, marked = flags
        if scale >= READABLE:
            self._cards.draw(painter, content, selected=selected, marked=marked)
        else:
            self._cards.draw_small(painter, content, scale, selected=selected, marked=marked)

    def _draw_dots(self, painter: QPainter, size: QSizeF, camera: Camera) -> None:
        pitch = _DOT_PITCH * camera.scale
        xs = np.arange(camera.x % pitch, size.width(), pitch)
        ys = np.arange(camera.y % pitch, size.height(), pitch)
        x, y = (grid.ravel() for grid in np.meshgrid(np.floor(xs), np.floor(ys)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.color("line.subtle"))
        self._rects.draw(painter, np.column_stack([x, y, np.ones_like(x), np.ones_like(x)]))

    # -- from afar

    def _paint_far(
        self,
        painter: QPainter,
        camera: Camera,
        scene: Scene,
        states: States,
        area: QRectF,
        selected: int,
        marked: frozenset[int],
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        offset = np.array([camera.x, camera.y, camera.x, camera.y])
        self._far_links(painter, camera.scale, offset, scene, states, area)
        cards = scene.cards_in(area)
        rects = scene.rects[cards] * camera.scale
        rects[:, :2] += offset[:2]
        np.maximum(rects[:, 2:], 1.0, out=rects[:, 2:])
        painter.setPen(Qt.PenStyle.NoPen)
        shades = shade_of(scene, states)[cards]
        for shade in np.flatnonzero(np.bincount(shades, minlength=len(self._palette))):
            painter.setBrush(self._palette[shade])
            self._rects.draw(painter, rects[shades == shade])
        for card in {selected, *marked} - {-1}:
            painter.setPen(QPen(self.look.color("accent.line"), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(camera.rect_to_widget(scene.rect(card)).adjusted(-2, -2, 2, 2))

    def _far_links(
        self, painter: QPainter, scale: float, offset: np.ndarray, scene: Scene, states: States, area: QRectF
    ) -> None:
        """The routes' own segments, but straight chords for links whose corners nobody could see."""
        values, owner = scene.segments, scene.segment_link
        if scale * CARD_HEIGHT < 8.0:
            extent = (scene.chords[:, 2:] - scene.chords[:, :2]) * scale
            is_short = np.abs(extent).sum(axis=1) < 24.0
            corners = ~is_short[owner]
            values = np.vstack([scene.chords[is_short], values[corners]])
            owner = np.concatenate([np.flatnonzero(is_short), owner[corners]])
        lines = values * scale
        lines += offset
        length = np.abs(lines[:, 2] - lines[:, 0]) + np.abs(lines[:, 3] - lines[:, 1])
        seen = (length >= _SHORTEST_LINE) & _line_meets(values, area)
        kinds = states.links[owner]
        for state in ORDER:
            chosen = lines[seen & (kinds == state)]
            if not len(chosen):
                continue
            pen = edge_pen(state) if state == NO_GRADIENT and scale > 0.1 else QPen(edge_color(state))
            pen.setWidthF(2.0 if state == ARRIVING else 0.0)
            pen.setCosmetic(True)
            painter.setPen(pen)
            self._lines.draw(painter, chosen)


def shade_of(scene: Scene, states: States) -> np.ndarray:
    """Every card's colour in `far_palette`, int64 (n_cards,): its category, bright or dimmed, or its state."""
    shades = scene.category.astype(np.int64)
    if states.view is not None:
        dim = (states.cards != DONE) & (scene.category != len(CATEGORIES) - 1)
        shades[dim] += len(CATEGORIES)
        shades[states.cards == CURRENT] = 2 * len(CATEGORIES)
        shades[states.cards == FAILED] = 2 * len(CATEGORIES) + 1
    return shades


def far_palette() -> list[QColor]:
    """The colours that `shade_of` counts in."""
    look = theme.current()
    bright = [look.color("text.muted" if name == "module" else f"cat.{name}") for name in CATEGORIES]
    dim = [mix(color, look.color("bg.canvas"), 0.45) for color in bright]
    return [*bright, *dim, look.color("flow.line"), look.color("error.text")]


def mix(color: QColor, other: QColor, share: float) -> QColor:
    """`share` of `color`, the rest of `other`."""
    return QColor.fromRgbF(
        color.redF() * share + other.redF() * (1 - share),
        color.greenF() * share + other.greenF() * (1 - share),
        color.blueF() * share + other.blueF() * (1 - share),
    )


def _pad(scale: float) -> int:
    """Room for outlines and stacked sheets around a card's pixmap, in pixels."""
    return int((OUTSET + 2 * STACK_OFFSET) * scale) + 2


def _line_meets(lines: np.ndarray, area: QRectF) -> np.ndarray:
    x0, y0, x1, y1 = lines.T
    return (
        (np.minimum(x0, x1) <= area.right())
        & (np.maximum(x0, x1) >= area.left())
        & (np.minimum(y0, y1) <= area.bottom())
        & (np.maximum(y0, y1) >= area.top())
    )
