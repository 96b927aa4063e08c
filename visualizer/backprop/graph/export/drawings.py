"""What is painted into a file, piece by piece: a part of a scene in full, or the view as it is on the screen."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from visualizer.backprop.graph.camera import Camera
from visualizer.backprop.graph.card_look import OUTSET
from visualizer.backprop.graph.cards import CardArtist
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.edges import ORDER as LINK_ORDER
from visualizer.backprop.graph.edges import EdgeArtist
from visualizer.backprop.graph.export.parts import Part, node_ids
from visualizer.backprop.graph.frames import FrameArtist
from visualizer.backprop.graph.layout_values import STACK_OFFSET
from visualizer.backprop.graph.painter import READABLE, Painter
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.states import States
from visualizer.look import theme

_LINKS_AT_ONCE = 200


class Drawing(Protocol):
    """`bounds` are those of the file, in pixels at 100 %; `n_cards` says how much it is."""

    scene: Scene
    bounds: QRectF
    n_cards: int

    def node_ids(self) -> list[int]:
        """The nodes of which it shows values and gradients."""

    def paint(self, painter: QPainter, area: QRectF, states: States, book: ContentBook) -> Iterator[float]:
        """An area of it, in the theme's colours; yields between pieces which share is done."""


class PartDrawing:
    """Part of a scene in its own pixels, however small it is on the screen: nothing is left out."""

    def __init__(self, part: Part) -> None:
        self.scene, self.bounds, self.n_cards = part.scene, part.area, len(part.cards)
        self._part = part
        self._artists: tuple[CardArtist, EdgeArtist, FrameArtist] | None = None  # with the paths of what was drawn

    def node_ids(self) -> list[int]:
        return self._part.node_ids()

    def paint(self, painter: QPainter, area: QRectF, states: States, book: ContentBook) -> Iterator[float]:
        part, scene = self._part, self.scene
        if self._artists is None:  # in the first area's theme, as all of it
            self._artists = CardArtist(), EdgeArtist(), FrameArtist()
        cards, edges, frames = self._artists
        painter.fillRect(area, theme.current().color("bg.canvas"))
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        frames.draw_boxes(painter, scene, area, 1.0, among=part.frames)
        yield 0.0
        reach = edges.label_reach(scene)
        wider = area.adjusted(-reach, -reach, reach, reach)
        seen = sorted(scene.links_in(wider).tolist(), key=lambda link: LINK_ORDER.index(int(states.links[link])))
        labels = functools.partial(edges.draw_labels, norm_of=book.norm_sent)
        for draw, among in ((edges.draw, part.links), (labels, part.inner)):
            links = [link for link in seen if link in among]
            for start in range(0, len(links), _LINKS_AT_ONCE):
                draw(painter, scene, states, links[start : start + _LINKS_AT_ONCE])
                yield 0.0
        frames.draw_titles(painter, scene, area, 1.0, among=part.frames)
        met = scene.cards_in(area.adjusted(-OUTSET, -OUTSET, OUTSET + 2 * STACK_OFFSET, OUTSET + 2 * STACK_OFFSET))
        shown = [card for card in met.tolist() if card in part.cards]
        for n_before, card in enumerate(shown):
            painter.save()
            painter.translate(scene.rect(card).topLeft())
            cards.draw(painter, book.content(scene, states, card))
            painter.restore()
            yield (n_before + 1) / len(shown)


class ViewDrawing:
    """What a camera sees of a scene, as the canvas draws it at that zoom, without a selection's outline."""

    def __init__(self, scene: Scene, camera: Camera, size: QSizeF) -> None:
        self.scene, self.bounds = scene, QRectF(QPointF(0, 0), size)
        self._camera = replace(camera)
        self.cards: list[int] = scene.cards_in(camera.visible(size)).tolist()
        self.n_cards = len(self.cards)

    def node_ids(self) -> list[int]:
        return node_ids(self.scene, self.cards) if self._camera.scale >= READABLE else []

    def paint(self, painter: QPainter, area: QRectF, states: States, book: ContentBook) -> Iterator[float]:
        artist = Painter(has_pixmaps=False)
        yield 0.0
        artist.paint(painter, self.bounds.size(), self._camera, self.scene, states, book, part=area)
        yield 1.0
