"""The benchmark draws what it says."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from visualizer.backprop.graph.camera import Camera
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.painter import Painter
from visualizer.backprop.graph.states import States
from visualizer.bench.graph_frames import SIZE, graph_frame, grid_scene
from visualizer.look import theme


def test_a_frame_is_measured_in_both_ways(qapp) -> None:
    (frame,) = graph_frame(2000, repeats=3)
    assert frame.name.endswith("2,000 nodes") and frame.ours > 0 and frame.other


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
