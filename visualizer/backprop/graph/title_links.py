"""Between the title bar of the graph and its canvas: the zoom and the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt

from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.navigation import Navigation
from visualizer.backprop.graph.title_bar import GraphTitleBar


def join_title(bar: GraphTitleBar, canvas: GraphCanvas, navigation: Navigation) -> None:
    """What is zoomed at the bar the canvas shows, and the bar says how large that is."""
    bar.search_left.connect(lambda: canvas.setFocus(Qt.FocusReason.OtherFocusReason))
    bar.zoom_stepped.connect(lambda way: canvas.zoom_to(canvas.camera.step(way) if way else 1.0))
    bar.zoom_stepped.connect(navigation.take_lead)
    canvas.view_changed.connect(lambda: bar.set_zoom(canvas.camera.zoom))
