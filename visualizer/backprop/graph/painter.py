"""Paints a scene through a camera: from afar in a few batched calls, up close card by card.

Three levels by `camera.scale`: from READABLE on full cards, from NAMED on cards with their name only, below that
rectangles in the colours of their categories. Cards up close are kept as pixmaps, so that panning only copies.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from visualizer.backprop.graph.camera import Camera
from visualizer.backprop.graph.card_content import CardContent
from visualizer.backprop.graph.card_look import OUTSET
from visualizer.backprop.graph.card_pixmaps import CardPixmaps
from visualizer.backprop.graph.cards import CardArtist
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.distant_painter import FarArtist
from visualizer.backprop.graph.edges import EdgeArtist
from visualizer.backprop.graph.frames import FrameArtist
from visualizer.backprop.graph.layout_values import CARD_HEIGHT, STACK_OFFSET
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.states import States
from visualizer.backprop.graph.way import OFF, Way
from visualizer.backprop.graph.way_artist import WayArtist
from visualizer.look import theme
from visualizer.look.batches import Batch

READABLE = 0.6
NAMED = 0.26
LABEL_REACH = 140.0  # of the scene: how far words are drawn beside their line
_DOT_PITCH = 32.0
_LEAST_OUTLINED = 6.0  # pixels of a card's height that an outline leaves to be seen


class Painter:
    """Artists of today's theme, batches, and pixmaps of cards. Make a new one when the theme changes.

    Without pixmaps every card is drawn anew, with text as text: for a file that is no picture of pixels.
    """

    def __init__(self, *, has_pixmaps: bool = True) -> None:
        self.look = theme.current()
        self._cards, self._edges, self._frames = CardArtist(), EdgeArtist(), FrameArtist()
        self._far, self._dots, self._outlines = FarArtist(), Batch(QRectF), Batch(QRectF)
        self._pixmaps, self._way = CardPixmaps() if has_pixmaps else None, WayArtist()

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
        leaf: int = -1,
        marked: frozenset[int] = frozenset(),
        way: Way | None = None,
        part: QRectF | None = None,
        is_draft: bool = False,
    ) -> None:
        """One frame, or the `part` of it that is to be drawn anew. `selected` and `marked` are cards, all that is not
        on the `way` of a gradient is dimmed. A draft has the boxes of cards, without words and pictures."""
        painter.fillRect(QRectF(QPointF(0, 0), size), self.look.color("bg.canvas"))
        area = camera.visible(size)
        if part is not None:
            reach = 4 / camera.scale + (LABEL_REACH if camera.scale >= READABLE else 0)
            area = QRectF(camera.to_scene(part.topLeft()), part.size() / camera.scale)
            area.adjust(-reach, -reach, reach, reach)
        if camera.scale >= 0.5:
            self._draw_dots(painter, QRectF(QPointF(0, 0), size) if part is None else part, camera)
        if camera.scale < NAMED:
            with _in_scene(painter, camera):
                self._frames.draw_boxes(painter, scene, area, camera.scale)
            self._far.paint(painter, camera, scene, states, book.coloring, area)
            if way is not None:
                self._way.dim(painter, size)
                self._way.draw_far(painter, camera, scene, states, book.coloring, way)
                with _in_scene(painter, camera):
                    self._way.draw_rows(painter, scene, way, camera.scale)
            with _in_scene(painter, camera):
                self._frames.draw_titles(painter, scene, area, camera.scale)
            self._outline_far(painter, camera, scene, area, selected, marked)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_readable = camera.scale >= READABLE
        links = scene.links_in(area).tolist()
        with _in_scene(painter, camera):
            self._frames.draw_boxes(painter, scene, area, camera.scale)
            self._edges.draw(painter, scene, states, links)
            if is_readable:
                self._edges.draw_labels(painter, scene, states, links, book.norm_sent)
            self._frames.draw_titles(painter, scene, area, camera.scale, is_under_cards=True)
        wider = area.adjusted(-OUTSET, -OUTSET - 2 * STACK_OFFSET, OUTSET + 2 * STACK_OFFSET, OUTSET)
        cards = scene.cards_in(wider)

        def place(some: np.ndarray) -> None:
            for card in some.tolist():
                content = book.content(scene, states, card)
                has_leaf = leaf >= 0 and any(row.node == leaf for row in scene.shown.cards[card].rows)
                flags = card == selected, card in marked, leaf if has_leaf else -1
                draw = self._draw_blank if is_draft else self._place_card
                draw(painter, camera, scene.rect(card), content, flags)

        if way is None:
            place(cards)
            return
        is_dim = (way.cards[cards] == OFF) & (cards != selected) & ~np.isin(cards, list(marked))
        place(cards[is_dim])
        self._way.dim(painter, size)
        with _in_scene(painter, camera):
            lit = self._way.draw_links(painter, scene, way, scene.links_in(area))
            if is_readable:
                self._edges.draw_labels(painter, scene, states, lit, book.norm_sent)
            self._frames.draw_titles(painter, scene, area, camera.scale, is_under_cards=True)
        place(cards[~is_dim])
        with _in_scene(painter, camera):
            self._way.draw_rows(painter, scene, way, camera.scale)

    def _outline_far(
        self, painter: QPainter, camera: Camera, scene: Scene, area: QRectF, selected: int, marked: frozenset[int]
    ) -> None:
        """Those in `area`; where all are marked they are thousands, which are filled where outlines would be blots."""
        blue = self.look.color("accent.line")
        shown = np.fromiter(marked, dtype=np.int64, count=len(marked))
        if len(shown):
            shown = np.intersect1d(shown, scene.cards_in(area))
        is_tiny = CARD_HEIGHT * camera.scale < _LEAST_OUTLINED
        pen = QPen(blue, 2.0)
        painter.setPen(Qt.PenStyle.NoPen if is_tiny else pen)
        painter.setBrush(blue if is_tiny else Qt.BrushStyle.NoBrush)
        if len(shown):
            edge = 1 if is_tiny else 2
            rects = scene.rects[shown] * camera.scale
            self._outlines.draw(painter, rects + np.array([camera.x - edge, camera.y - edge, 2 * edge, 2 * edge]))
        if selected >= 0:
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(camera.rect_to_widget(scene.rect(selected)).adjusted(-2, -2, 2, 2))

    # -- up close

    def _draw_blank(
        self, painter: QPainter, camera: Camera, rect: QRectF, content: CardContent, flags: tuple[bool, bool, int]
    ) -> None:
        selected, marked, _row = flags
        with _in_scene(painter, camera):
            painter.translate(rect.topLeft())
            self._cards.draw_blank(painter, content, selected=selected, marked=marked)

    def _place_card(
        self,
        painter: QPainter,
        camera: Camera,
        rect: QRectF,
        content: CardContent,
        flags: tuple[bool, bool, int],
    ) -> None:
        origin = camera.to_widget(rect.topLeft())
        if self._pixmaps is None:
            painter.save()
            painter.translate(origin)
            painter.scale(camera.scale, camera.scale)
            self._draw_card(painter, content, camera.scale, flags)
            painter.restore()
            return
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._pixmaps.get(
            content,
            (flags, camera.scale, ratio),
            lambda: self._render_card(rect, content, camera.scale, flags, ratio),
        )
        pad = _pad(camera.scale)
        painter.drawPixmap(QPointF(round(origin.x()) - pad, round(origin.y()) - pad), pixmap)

    def _render_card(
        self, rect: QRectF, content: CardContent, scale: float, flags: tuple[bool, bool, int], ratio: float
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

    def _draw_card(self, painter: QPainter, content: CardContent, scale: float, flags: tuple[bool, bool, int]) -> None:
        selected, marked, row = flags
        if scale >= READABLE:
            self._cards.draw(painter, content, selected=selected, marked=marked, row=row)
        else:
            self._cards.draw_small(painter, content, scale, selected=selected, marked=marked, row=row)

    def _draw_dots(self, painter: QPainter, part: QRectF, camera: Camera) -> None:
        """Those in a part of the widget, at the same pixels as in the whole of it."""
        pitch = _DOT_PITCH * camera.scale
        across = np.arange(np.floor((part.left() - camera.x) / pitch), np.ceil((part.right() - camera.x) / pitch) + 1)
        down = np.arange(np.floor((part.top() - camera.y) / pitch), np.ceil((part.bottom() - camera.y) / pitch) + 1)
        x, y = (
            grid.ravel() for grid in np.meshgrid(np.floor(camera.x + across * pitch), np.floor(camera.y + down * pitch))
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.color("line.subtle"))
        self._dots.draw(painter, np.column_stack([x, y, np.ones_like(x), np.ones_like(x)]))


@contextmanager
def _in_scene(painter: QPainter, camera: Camera) -> Iterator[None]:
    """What is painted within is in the scene's pixels."""
    painter.save()
    painter.translate(camera.x, camera.y)
    painter.scale(camera.scale, camera.scale)
    yield
    painter.restore()


def _pad(scale: float) -> int:
    """Room for outlines and stacked sheets around a card's pixmap, in pixels."""
    return int((OUTSET + 2 * STACK_OFFSET) * scale) + 2
