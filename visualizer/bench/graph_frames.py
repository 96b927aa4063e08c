"""Time to draw one frame of a whole graph: the batched painter against a QGraphicsView with one paint per node.

Both draw the same cards and links, all of them visible, into a 1400 × 900 image in memory, in turns in one run.
"""

from __future__ import annotations

import statistics
import time

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

from engine.protocol.graph_values import Edge, Graph, Node, NodeOutput
from engine.shared.measurement import Measurement
from visualizer.app.application import make_application
from visualizer.app.settings import Settings
from visualizer.backprop.graph.camera import Camera
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.distant_painter import far_palette, shade_of
from visualizer.backprop.graph.folding import visible_graph
from visualizer.backprop.graph.layout_values import CARD_HEIGHT, CARD_WIDTH, COLUMN_GAP, ROW_GAP, LayoutReply
from visualizer.backprop.graph.painter import Painter
from visualizer.backprop.graph.scene import CATEGORIES, Scene
from visualizer.backprop.graph.states import States
from visualizer.look import theme
from visualizer.model.region_builder import regions_of

SIZE = QSize(1400, 900)
_REPEATS = 7


def graph_frame(n_nodes: int, aim: str = "", repeats: int = _REPEATS) -> list[Measurement]:
    """Medians over the repeats, milliseconds a frame. Makes a QApplication; it may be an offscreen one."""
    make_application(Settings())
    batched_ms, naive_ms = _medians(grid_scene(n_nodes), repeats)
    name = f"frame of the whole graph, {n_nodes:,} nodes"
    return [Measurement(name=name, ours=batched_ms, other=naive_ms, against="one `paint()` per node", aim=aim)]


def grid_scene(n_nodes: int) -> Scene:
    """A scene of that many cards in a block of the image's proportions, each linked to the one above it."""
    pitch_x, pitch_y = CARD_WIDTH + COLUMN_GAP, CARD_HEIGHT + ROW_GAP
    n_columns = max(round((n_nodes * SIZE.width() / SIZE.height() * pitch_y / pitch_x) ** 0.5), 1)
    nodes = tuple(
        Node(number, "TanhBackward0", "backward", CATEGORIES[number % 8], number, outputs=(NodeOutput((4, 4)),))
        for number in range(n_nodes)
    )
    pairs = [(number, number - n_columns) for number in range(n_columns, n_nodes)]
    graph = Graph(0, "loss", nodes, tuple(Edge(source, target) for source, target in pairs))
    centers = [((n % n_columns) * pitch_x, (n // n_columns) * pitch_y) for n in range(n_nodes)]
    half = CARD_HEIGHT / 2
    routes = [(*(centers[a][0], centers[a][1] - half), *(centers[b][0], centers[b][1] + half)) for a, b in pairs]
    layout = LayoutReply(0, tuple(centers), tuple(routes), (None,) * len(routes))
    return Scene(visible_graph(graph, regions_of(graph), frozenset()), layout)


def _medians(scene: Scene, repeats: int) -> tuple[float, float]:
    """(the batched painter's, one paint() per node's)."""
    camera, size = Camera(), QSizeF(SIZE)
    camera.fit(scene.bounds, QRectF(QPointF(0, 0), size))
    states, painter, book = States(scene, None), Painter(), ContentBook()
    naive = naive_scene(scene, states)
    batched_ms, naive_ms = [], []
    for _repeat in range(repeats + 1):  # the first round fills caches
        batched_ms.append(_timed(lambda target: painter.paint(target, size, camera, scene, states, book)))
        naive_ms.append(_timed(lambda target: _paint_naive(target, naive, scene.bounds)))
    return statistics.median(batched_ms[1:]), statistics.median(naive_ms[1:])


def _timed(paint) -> float:
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    target = QPainter(image)
    began = time.perf_counter()
    paint(target)
    elapsed_ms = (time.perf_counter() - began) * 1000
    target.end()
    return elapsed_ms


class _NaiveCard(QGraphicsItem):
    """What one would write first: an item per node that paints itself."""

    def __init__(self, rect: QRectF, color: object) -> None:
        super().__init__()
        self._rect, self._color = rect, color

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color)
        painter.drawRect(self._rect)


def naive_scene(scene: Scene, states: States) -> QGraphicsScene:
    """The same cards and links as graphics items."""
    naive = QGraphicsScene()
    naive.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
    naive.setBackgroundBrush(theme.current().color("bg.canvas"))
    pen = QPen(theme.current().color("line.control"), 0)
    for chord in scene.chords.tolist():
        naive.addLine(QLineF(*chord), pen)
    palette = far_palette(None)
    for rect, shade in zip(scene.rects.tolist(), shade_of(scene, states, None).tolist(), strict=True):
        naive.addItem(_NaiveCard(QRectF(*rect), palette[shade]))
    return naive


def _paint_naive(painter: QPainter, naive: QGraphicsScene, bounds: QRectF) -> None:
    naive.render(painter, QRectF(0, 0, SIZE.width(), SIZE.height()), bounds)
