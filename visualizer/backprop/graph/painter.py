"""Paints a scene through a camera: from afar in a few batched calls, up close card by card.

Three levels by `camera.scale`: from READABLE on full cards, from NAMED on cards with their name only, below that
rectangles in the colours of their categories. Cards up close are kept as pixmaps, so that panning only copies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from visualizer.backprop.graph.ahead import cards_around
from visualizer.backprop.graph.camera import Camera
from visualizer.backprop.graph.card_content import CardContent
from visualizer.backprop.graph.card_look import OUTSET
from visualizer.backprop.graph.card_pixmaps import MADE_AHEAD_BYTES, CardPixmaps, size_of
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
_DOT_PITCH = 32.0
_LEAST_OUTLINED = 6.0  # pixels of a card's height that an outline leaves to be seen


_Flags = tuple[bool, bool, int]  # selected, marked, and the selected row's leaf


def _flags(scene: Scene, card: int, selected: int, leaf: int, marked: frozenset[int]) -> _Flags:
    has_leaf = leaf >= 0 and any(row.node == leaf for row in scene.shown.cards[card].rows)
    return card == selected, card in marked, leaf if has_leaf else -1


class _Frame(NamedTuple):
    """What `Painter.paint` is given, the `area` of the scene that it is to be painted of, and the `wide` one from which
    lines and their words reach into that."""

    painter: QPainter
    size: QSizeF
    camera: Camera
    scene: Scene
    states: States
    book: ContentBook
    area: QRectF
    wide: QRectF
    way: Way | None
    selected: int
    leaf: int
    marked: frozenset[int]
    is_draft: bool

    def cards(self) -> np.ndarray:
        """Those in the area."""
        return self.scene.cards_in(_with_outsets(self.area))


class Painter:
    """Artists of today's theme, batches, and pixmaps of cards. Make a new one when the theme changes.

    Without pixmaps every card is drawn anew, with text as text: for a file that is no picture of pixels.
    """

    def __init__(self, *, has_pixmaps: bool = True) -> None:
        self.look = theme.current()
        self._cards, self._edges, self._frames = CardArtist(), EdgeArtist(), FrameArtist()
        self._far, self._dots, self._outlines = FarArtist(), Batch(QRectF), Batch(QRectF)
        self._pixmaps, self._way = CardPixmaps() if has_pixmaps else None, WayArtist()

    def pager(self, content: CardContent) -> QRectF:
        """Where on its card is told which of several outputs it shows."""
        return self._cards.pager(content)

    def label_reach(self, scene: Scene, camera: Camera) -> float:
        """How far words are drawn beside their line, in the scene."""
        return self._edges.label_reach(scene) if camera.scale >= READABLE else 0.0

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
        whole = QRectF(QPointF(0, 0), size)
        painter.fillRect(whole, self.look.color("bg.canvas"))
        area = camera.visible(size) if part is None else _reached(part, camera, 0.0)
        wide = area if part is None else _reached(part, camera, self.label_reach(scene, camera))
        frame = _Frame(painter, size, camera, scene, states, book, area, wide, way, selected, leaf, marked, is_draft)
        if camera.scale >= 0.5:
            self._draw_dots(painter, whole if part is None else part, camera)
        if camera.scale < NAMED:
            self._paint_afar(frame)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_lines(frame)
        if way is None:
            self._place(frame, frame.cards())
        else:
            self._paint_way(frame, way)

    # -- from afar

    def _paint_afar(self, frame: _Frame) -> None:
        painter, camera, scene, area, way = frame.painter, frame.camera, frame.scene, frame.wide, frame.way
        with _in_scene(painter, camera):
            self._frames.draw_boxes(painter, scene, area, camera.scale)
        self._far.paint(painter, camera, scene, frame.states, frame.book.coloring, area)
        if way is not None:
            self._way.dim(painter, frame.size)
            self._way.draw_far(painter, camera, scene, frame.states, frame.book.coloring, way)
            with _in_scene(painter, camera):
                self._way.draw_rows(painter, scene, way, camera.scale)
        with _in_scene(painter, camera):
            self._frames.draw_titles(painter, scene, area, camera.scale)
        self._outline(frame)

    def _outline(self, frame: _Frame) -> None:
        """What is selected and marked; where all are marked they are thousands, which are filled where outlines would
        be blots."""
        painter, camera, scene = frame.painter, frame.camera, frame.scene
        blue = self.look.color("accent.line")
        shown = np.fromiter(frame.marked, dtype=np.int64, count=len(frame.marked))
        if len(shown):
            shown = np.intersect1d(shown, scene.cards_in(frame.area))
        is_tiny = CARD_HEIGHT * camera.scale < _LEAST_OUTLINED
        pen = QPen(blue, 2.0)
        painter.setPen(Qt.PenStyle.NoPen if is_tiny else pen)
        painter.setBrush(blue if is_tiny else Qt.BrushStyle.NoBrush)
        if len(shown):
            edge = 1 if is_tiny else 2
            rects = scene.rects[shown] * camera.scale
            self._outlines.draw(painter, rects + np.array([camera.x - edge, camera.y - edge, 2 * edge, 2 * edge]))
        if frame.selected >= 0:
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(camera.rect_to_widget(scene.rect(frame.selected)).adjusted(-2, -2, 2, 2))

    # -- up close

    def _paint_lines(self, frame: _Frame) -> None:
        """What is under the cards: frames, edges and their words."""
        painter, camera, scene, area = frame.painter, frame.camera, frame.scene, frame.wide
        links = scene.links_in(area).tolist()
        with _in_scene(painter, camera):
            self._frames.draw_boxes(painter, scene, area, camera.scale)
            self._edges.draw(painter, scene, frame.states, links)
            if camera.scale >= READABLE:
                self._edges.draw_labels(painter, scene, frame.states, links, frame.book.norm_sent)
            self._frames.draw_titles(painter, scene, area, camera.scale, is_under_cards=True)

    def _paint_way(self, frame: _Frame, way: Way) -> None:
        """The cards that are not on the way, dimmed with all that is under them, and over them those that are."""
        painter, camera, scene, cards = frame.painter, frame.camera, frame.scene, frame.cards()
        is_dim = (way.cards[cards] == OFF) & (cards != frame.selected) & ~np.isin(cards, list(frame.marked))
        self._place(frame, cards[is_dim])
        self._way.dim(painter, frame.size)
        with _in_scene(painter, camera):
            lit = self._way.draw_links(painter, scene, way, scene.links_in(frame.wide))
            if camera.scale >= READABLE:
                self._edges.draw_labels(painter, scene, frame.states, lit, frame.book.norm_sent)
            self._frames.draw_titles(painter, scene, frame.wide, camera.scale, is_under_cards=True)
        self._place(frame, cards[~is_dim])
        with _in_scene(painter, camera):
            self._way.draw_rows(painter, scene, way, camera.scale)

    def _place(self, frame: _Frame, cards: np.ndarray) -> None:
        scene = frame.scene
        draw = self._draw_blank if frame.is_draft else self._place_card
        for card in cards.tolist():
            content = frame.book.content(scene, frame.states, card)
            flags = _flags(scene, card, frame.selected, frame.leaf, frame.marked)
            draw(frame.painter, frame.camera, scene.rect(card), content, flags)

    def _draw_blank(self, painter: QPainter, camera: Camera, rect: QRectF, content: CardContent, flags: _Flags) -> None:
        selected, marked, _row = flags
        with _in_scene(painter, camera):
            painter.translate(rect.topLeft())
            self._cards.draw_blank(painter, content, selected=selected, marked=marked)

    def _place_card(self, painter: QPainter, camera: Camera, rect: QRectF, content: CardContent, flags: _Flags) -> None:
        origin = camera.to_widget(rect.topLeft())
        if self._pixmaps is None:
            painter.save()
            painter.translate(origin)
            painter.scale(camera.scale, camera.scale)
            self._draw_card(painter, content, camera.scale, flags)
            painter.restore()
            return
        ratio = painter.device().devicePixelRatioF()
        render = partial(self._render_card, rect, content, camera.scale, flags, ratio)
        pixmap = self._pixmaps.get(content, (flags, camera.scale, ratio), render)
        pad = _pad(camera.scale)
        painter.drawPixmap(QPointF(round(origin.x()) - pad, round(origin.y()) - pad), pixmap)

    def prepare(
        self,
        size: QSizeF,
        ratio: float,
        cameras: Sequence[Camera],
        scene: Scene,
        states: States,
        book: ContentBook,
        *,
        selected: int,
        leaf: int,
        marked: frozenset[int],
    ) -> Iterator[bool]:
        """Makes the pictures of the cards that `cameras` see, of which the first is today's, and of those around that,
        as long as all of them have room. One card at each step; True where it had no picture yet."""
        pixmaps, n_bytes = self._pixmaps, 0.0
        views = [(camera, scene.cards_in(_with_outsets(camera.visible(size))).tolist()) for camera in cameras]
        views.append((cameras[0], cards_around(scene, cameras[0].visible(size))))
        for camera, card in ((camera, card) for camera, cards in views for card in cards):
            rect, scale = scene.rect(card), camera.scale
            if scale < NAMED:
                continue
            n_bytes += size_of(*_picture_size(rect, scale), ratio)
            if pixmaps is None or n_bytes > MADE_AHEAD_BYTES:
                return
            content, flags = book.content(scene, states, card), _flags(scene, card, selected, leaf, marked)
            look = flags, scale, ratio
            is_missing = not pixmaps.has(content, look)
            pixmaps.get(content, look, partial(self._render_card, rect, content, scale, flags, ratio))
            yield is_missing

    def _render_card(self, rect: QRectF, content: CardContent, scale: float, flags: _Flags, ratio: float) -> QPixmap:
        pad = _pad(scale)
        width, height = _picture_size(rect, scale)
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

    def _draw_card(self, painter: QPainter, content: CardContent, scale: float, flags: _Flags) -> None:
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


def _with_outsets(area: QRectF) -> QRectF:
    """Where the cards are of which something is drawn in an area."""
    return area.adjusted(-OUTSET, -OUTSET - 2 * STACK_OFFSET, OUTSET + 2 * STACK_OFFSET, OUTSET)


def _picture_size(rect: QRectF, scale: float) -> tuple[int, int]:
    """Of a card's pixmap, in pixels of the widget."""
    return round(rect.width() * scale) + 2 * _pad(scale), round(rect.height() * scale) + 2 * _pad(scale)


def _reached(part: QRectF, camera: Camera, words: float) -> QRectF:
    """What of the scene may be seen in a part of the widget, which lines around it, and their `words`, reach."""
    reach = 4 / camera.scale + words
    area = QRectF(camera.to_scene(part.topLeft()), part.size() / camera.scale)
    area.adjust(-reach, -reach, reach, reach)
    return area
