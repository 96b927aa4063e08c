"""Draws links up close: rounded orthogonal routes with arrow heads, and the words that stand beside or on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF, QStaticText

from engine.protocol.graph_values import Edge
from engine.shared.local_numbers import brief
from visualizer.backprop.graph.folding import Link, VisibleGraph
from visualizer.backprop.graph.glyphs import sized
from visualizer.backprop.graph.labels import BESIDE, PILL_HEIGHT
from visualizer.backprop.graph.link_words import label_text
from visualizer.backprop.graph.pills import Pill, apart
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.states import ARRIVING, IDLE, NO_GRADIENT, PASSED, States
from visualizer.look import theme

NormOf = Callable[[Edge], float | None]  # of what a node sent on along an edge

CORNER = 9.0
_MOST_NORMS = 2  # on one link
_NORM_LETTERS = 12  # of one, with what joins it to the next
_LETTER, _PILL_ENDS = 7.0, 24.0  # of the scene: how wide a letter of a label is, and what a pill has around its words
_GAP = 3.0  # between an arrow's tip and the card
_STYLES = {  # token, width, length and half width of the arrow head
    IDLE: ("line.control", 1.25, 8.0, 4.0),
    PASSED: ("flow.trail", 2.0, 9.0, 4.5),
    ARRIVING: ("flow.line", 3.5, 11.0, 6.0),
    NO_GRADIENT: ("line.control", 1.25, 0.0, 0.0),
}
ORDER = (NO_GRADIENT, IDLE, PASSED, ARRIVING)  # what is drawn later lies above


def edge_pen(state: int) -> QPen:
    """The line of a link in a state: colour, width and dash."""
    token, width, _length, _half = _STYLES[state]
    pen = QPen(theme.current().color(token), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if state == NO_GRADIENT:
        pen.setDashPattern([2.4, 2.4])
    return pen


class EdgeArtist:
    """Paths of links (kept while the scene is shown) and the fonts of their labels."""

    def __init__(self) -> None:
        self.look = theme.current()
        self._mono = sized(self.look.mono(11), 11)
        self._words = sized(self.look.font(11), 11)
        self._texts: dict[str, QStaticText] = {}
        self._scene: Scene | None = None  # whose paths are kept
        self._paths: dict[tuple[int, int], tuple[QPainterPath, QPainterPath]] = {}
        self._reach: tuple[Scene, float] | None = None

    def label_reach(self, scene: Scene) -> float:
        """How far from its line the widest label ends, whatever a pass makes it say; in the scene."""
        if self._reach is None or self._reach[0] is not scene:
            placed = (link for link, at in zip(scene.shown.links, scene.layout.labels, strict=True) if at is not None)
            widest = max((_most_letters(scene.shown, link) for link in placed), default=0)
            self._reach = scene, BESIDE + _PILL_ENDS + _LETTER * widest
        return self._reach[1]

    def draw(self, painter: QPainter, scene: Scene, states: States, links: Iterable[int]) -> None:
        """The lines and arrow heads of some links."""
        by_state: dict[int, list[int]] = {state: [] for state in ORDER}
        for number in links:
            by_state[int(states.links[number])].append(number)
        for state in ORDER:
            if not by_state[state]:
                continue
            lines, heads = QPainterPath(), QPainterPath()
            heads.setFillRule(Qt.FillRule.WindingFill)  # or two that end at one place would take each other out
            for number in by_state[state]:
                line, head = self._path(scene, number, state)
                lines.addPath(line)
                heads.addPath(head)
            pen = edge_pen(state)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(lines)
            if not heads.isEmpty():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(pen.color())
                painter.drawPath(heads)

    def _path(self, scene: Scene, number: int, state: int) -> tuple[QPainterPath, QPainterPath]:
        """Line and arrow head of one link."""
        if scene is not self._scene:
            self._scene, self._paths = scene, {}
        found = self._paths.get((number, state))
        if found is None:
            _token, _width, length, half = _STYLES[state]
            points, head = route_points(scene, number), QPainterPath()
            if length:
                points[-1], tip = arrow(points, length, half)
                head.addPolygon(tip)
                head.closeSubpath()
            found = self._paths[number, state] = rounded(points), head
        return found

    def draw_labels(
        self, painter: QPainter, scene: Scene, states: States, links: Iterable[int], norm_of: NormOf
    ) -> None:
        """Shapes, "no gradient", the sum over a broadcast axis; the norm of what went along it once that is known."""
        arriving = self.arriving(scene, states, norm_of)
        for number in links:
            place = scene.layout.labels[number]
            if place is None:
                continue
            link, state = scene.shown.links[number], int(states.links[number])
            text, is_pill = label_text(scene.shown, link)
            norms = _norms(scene.shown, link, norm_of) if state in (PASSED, ARRIVING) else ""
            if state == ARRIVING:
                self._draw_pill(painter, arriving[number].place, arriving[number].text, "flow.line")
            elif is_pill:
                self._draw_pill(painter, QPointF(*place), text, "flow.trail" if state == PASSED else "line.control")
            elif norms:
                self._draw_norms(painter, QPointF(*place), norms)
            else:
                self._draw_plain(painter, QPointF(*place), text, is_words=not link.gradient)

    def arriving(self, scene: Scene, states: States, norm_of: NormOf) -> dict[int, Pill]:
        """The pills of all that arrives, by link, whichever part of the scene is drawn."""
        words: dict[int, tuple[str, str]] = {}
        for number in np.flatnonzero(states.links == ARRIVING).tolist():
            if scene.layout.labels[number] is not None:
                link = scene.shown.links[number]
                said = _norms(scene.shown, link, norm_of) or label_text(scene.shown, link)[0]
                words[number] = _arriving_text(scene.shown, link, said), said.split("  ")[0]
        return apart(words, lambda number, text: self._boxes(scene, number, text))

    def _boxes(self, scene: Scene, number: int, text: str) -> Iterator[QRectF]:
        """Where a pill of `text` can stand: at its link's label, and as far from its line on the other side."""
        x, y = scene.layout.labels[number] or (0.0, 0.0)
        box = self.pill_box(QPointF(x, y), text)
        bounds = scene.bounds  # of a picture of all of it, too
        box.translate(min(bounds.right() - box.right(), 0.0), 0.0)
        box.translate(max(bounds.left() - box.left(), 0.0), 0.0)
        yield box
        line = _upright_near(route_points(scene, number), box)
        if line is not None:
            yield box.translated(2 * (line - box.center().x()), 0)

    def pill_box(self, place: QPointF, text: str) -> QRectF:
        """Of a pill whose left end stands at `place`, at half of its height."""
        width = QFontMetricsF(self._mono).horizontalAdvance(text) + _PILL_ENDS
        return QRectF(place.x(), place.y() - PILL_HEIGHT / 2, width, PILL_HEIGHT)

    def _draw_norms(self, painter: QPainter, place: QPointF, text: str) -> None:
        painter.setFont(self._mono)
        painter.setPen(self.look.color("flow.text"))
        height = painter.fontMetrics().height()
        painter.drawText(QPointF(place.x(), place.y() - height / 2 + painter.fontMetrics().ascent()), text)

    def _draw_plain(self, painter: QPainter, place: QPointF, text: str, *, is_words: bool) -> None:
        painter.setFont(self._words if is_words else self._mono)
        painter.setPen(self.look.color("text.muted"))
        if text not in self._texts:
            self._texts[text] = QStaticText(text)
            self._texts[text].setTextFormat(Qt.TextFormat.PlainText)
            self._texts[text].prepare(font=painter.font())
        static = self._texts[text]
        painter.drawStaticText(QPointF(place.x(), place.y() - static.size().height() / 2), static)

    def _draw_pill(self, painter: QPainter, place: QPointF, text: str, line: str) -> None:
        if not text:
            return
        is_flow = line.startswith("flow")
        box = self.pill_box(place, text).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self.look.color(line), 1))
        painter.setBrush(self.look.color("flow.tint" if is_flow else "bg.canvas"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setFont(self._mono)
        painter.setPen(self.look.color("flow.text" if is_flow else "text.secondary"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def _norms(shown: VisibleGraph, link: Link, norm_of: NormOf) -> str:
    """Of what went along a link, "0.41", of two edges "0.41 + 0.41"; "" where one of them is not known."""
    found = [norm_of(shown.graph.edges[number]) for number in link.edges[: _MOST_NORMS + 1]]
    known = [brief(norm, 3) for norm in found if norm is not None]
    return " + ".join(known) if len(known) == len(found) <= _MOST_NORMS else ""


def _most_letters(shown: VisibleGraph, link: Link) -> int:
    text, _is_pill = label_text(shown, link)
    norms = "0" * (_NORM_LETTERS * min(len(link.edges), _MOST_NORMS))
    return max(len(text), *(len(_arriving_text(shown, link, words)) for words in (text, norms)))


def _arriving_text(shown: VisibleGraph, link: Link, text: str) -> str:
    slot = shown.cards[link.target]
    node = shown.graph.nodes[slot.nodes[0]]
    name = "" if slot.fold else node.variable
    shape = text.split("  ")[0]
    return f"∂L/∂{name} {shape}".strip() if name else f"∂L {shape}".strip()


def route_points(scene: Scene, number: int) -> list[QPointF]:
    """A link's corners as points."""
    flat = scene.layout.routes[number]
    return [QPointF(flat[i], flat[i + 1]) for i in range(0, len(flat), 2)]


def _upright_near(points: list[QPointF], box: QRectF) -> float | None:
    """Where the upright part of a route stands that passes `box` most closely at the box's height, if one does."""
    at, middle = box.center().y(), box.center().x()
    passing = [
        start.x()
        for start, end in pairwise(points)
        if abs(start.x() - end.x()) < 0.5 and min(start.y(), end.y()) <= at <= max(start.y(), end.y())
    ]
    return min(passing, key=lambda x: abs(x - middle), default=None)


def rounded(points: list[QPointF]) -> QPainterPath:
    """A path through the points with round corners."""
    path = QPainterPath(points[0])
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        incoming, outgoing = QLineF(corner, before), QLineF(corner, after)
        radius = min(CORNER, incoming.length() / 2, outgoing.length() / 2)
        if radius < 0.5:
            path.lineTo(corner)
            continue
        path.lineTo(incoming.pointAt(radius / incoming.length()))
        path.quadTo(corner, outgoing.pointAt(radius / outgoing.length()))
    path.lineTo(points[-1])
    return path


def arrow(points: list[QPointF], length: float, half: float) -> tuple[QPointF, QPolygonF]:
    """Where the line ends under its head, and the head."""
    back = QLineF(points[-1], points[-2])
    total = back.length() or 1.0
    length = min(length, total)
    dx, dy = back.dx() / total, back.dy() / total
    tip = QPointF(points[-1].x() + dx * _GAP, points[-1].y() + dy * _GAP)
    base = QPointF(tip.x() + dx * length, tip.y() + dy * length)
    left = QPointF(base.x() - dy * half, base.y() + dx * half)
    right = QPointF(base.x() + dy * half, base.y() - dx * half)
    return base, QPolygonF([tip, left, right])


def edge_color(state: int) -> QColor:
    """The colour of a link in a state."""
    return theme.current().color(_STYLES[state][0])
