"""The benchmark draws what it says, and the batched painter wins."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from visualizer.backprop.graph.camera import Camera
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.painter import Painter
from visualizer.backprop.graph.scene import States
from visualizer.bench.graph_frames import SIZE, frame_times, grid_scene, table
from visualizer.look import theme


def test_batched_drawing_beats_one_paint_per_node(qapp) -> None:
    (row,) = frame_times((2000,), repeats=3)
    assert row.n_nodes == 2000 and row.ratio > 2
    assert "2,000" in table([row])


def test_every_card_of_a_fitted_graph_is_drawn_in_its_colour(qapp) -> None:
    scene, camera, size = grid_scene(1000), Camera(), QSizeF(SIZE)
    camera.fit(scene.bounds, QRectF(QPointF(0, 0), size))
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    Painter().paint(painter, size, camera, scene, States(scene, None), ContentBook())
    painter.end()
    for card in range(0, 1000, 7):
        middle = camera.to_widget(scene.rect(card).center()).toPoint()
        category = scene.shown.graph.nodes[card].category
        assert image.pixelColor(middle) == theme.current().color(f"cat.{category}")
