"""What an experiment has on the cards of a graph, in place of the program's own gradients."""

from __future__ import annotations

from engine.protocol.experiments import Compared
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.card_requests import CardRequests
from visualizer.backprop.graph.content import ContentBook


class TriedCards:
    """Its answers come as those about cards do: for the outputs that are asked for."""

    def __init__(self, book: ContentBook, canvas: GraphCanvas, requests: CardRequests) -> None:
        self._book, self._canvas, self._requests = book, canvas, requests

    def show(self, view: str, *, is_other: bool) -> None:
        """Each card has the three views of the experiment, a small one this; "": the program's own again. The cards in
        view are asked for anew where it is another experiment."""
        self._book.show_tried(view, keeps=not is_other)
        self._canvas.redraw()
        if is_other and view:
            self._requests.wishes.clear()
        self._requests.look_soon()

    def add(self, compared: dict[tuple[int, int], Compared]) -> None:
        """What the experiment on screen has for outputs that were asked for."""
        self._book.add_compared(compared)
        self._canvas.show_nodes(node for node, _ in compared)
