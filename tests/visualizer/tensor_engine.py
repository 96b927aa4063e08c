"""Answers a panel's questions as the engine does, with the engine's own functions, one event loop turn later."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from engine.autograd.why_no_grad import of_result
from engine.protocol.covered import AskCovered
from engine.protocol.errors import EngineError
from engine.protocol.graph_values import Node as GraphNode
from engine.protocol.graph_values import NodeOutput
from engine.protocol.keys import DifferenceKey, TensorKey
from engine.protocol.messages import AskRectangle
from engine.protocol.notes import NoGrad
from engine.protocol.program_values import Variable
from engine.protocol.source import Source
from engine.protocol.subtraction import AskSubtraction
from engine.protocol.tiles import AskTiles
from engine.serve.pyramids import PyramidBook
from engine.serve.subtraction import SubtractionDesk
from engine.tensors.covered import covered
from engine.tensors.details import details
from engine.tensors.rectangle import rectangle
from engine.tensors.summary import summarize
from visualizer.backprop.inspector.panel import InspectorPanel


class Engine(QObject):
    """`tensors` maps keys to tensors; `asked` collects the rectangles that were asked for. `is_held` delays answers."""

    def __init__(self, panel: InspectorPanel, tensors: dict) -> None:
        super().__init__(panel)
        self.panel, self.tensors = panel, tensors
        self.asked: list[AskRectangle] = []
        self.held: list[AskRectangle | AskTiles | AskCovered] = []
        self.is_held = False
        desk = SubtractionDesk(self.tensors.__getitem__, lambda: 0)
        self._tensor = lambda key: desk.tensor(key) if isinstance(key, DifferenceKey) else self.tensors[key]
        self._pyramids = PyramidBook(self._tensor, lambda: 0)
        self._desk = desk
        panel.pair.compare.wanted.connect(self._on_subtraction)
        self.asked_tiles: list[AskTiles] = []
        panel.details_wanted.connect(self._on_details)
        panel.rectangle_wanted.connect(self._on_rectangle)

    # Methods, which are no longer called when this is deleted.
    def _on_subtraction(self, asked: AskSubtraction) -> None:
        QTimer.singleShot(0, self, lambda: self._compare(asked))

    def _on_details(self, key: TensorKey) -> None:
        QTimer.singleShot(0, self, lambda: self._details(key))

    def _details(self, key: TensorKey) -> None:
        if key in self.tensors or isinstance(key, DifferenceKey):
            self.panel.set_details(details(key, self._tensor(key)))
        else:
            self.panel.request_failed(key, lambda: "No gradient has arrived here yet.")

    def _compare(self, asked: AskSubtraction) -> None:
        try:
            self.panel.pair.compare.take(self._desk.subtraction(asked))
        except EngineError as error:
            self.panel.pair.compare.failed(asked.key, error.__str__)

    def _on_rectangle(self, request: AskRectangle | AskTiles | AskCovered) -> None:
        if isinstance(request, AskTiles):
            self.asked_tiles.append(request)
        elif isinstance(request, AskRectangle):
            self.asked.append(request)
        if self.is_held:
            self.held.append(request)
        else:
            QTimer.singleShot(0, self, lambda: self.answer(request))

    def answer(self, request: AskRectangle | AskTiles | AskCovered) -> None:
        try:
            if isinstance(request, AskTiles):
                self.panel.set_rectangle(self._pyramids.tiles(request))
                return
            if isinstance(request, AskCovered):
                self.panel.set_rectangle(covered(self._tensor(request.key), request))
                return
            self.panel.set_rectangle(rectangle(request.key, self._tensor(request.key), request))
        except EngineError as error:
            self.panel.request_failed(request.key, error.__str__)

    def release(self) -> None:
        """Answer what waits, in order."""
        waiting, self.held = self.held, []
        for request in waiting:
            self.answer(request)


def settled(qtbot: QtBot, section) -> None:
    """Wait until a section shows fresh cells of all that is visible."""

    def is_settled() -> bool:
        camera = section.heat_map.camera
        if camera.is_tiled and not camera.shows_numbers:
            return section.feed.tiles.is_complete(section.heat_map.visible())
        return section.feed.detail is not None and not section.feed.is_stale

    qtbot.waitUntil(is_settled)


def variable(name: str, tensor, grad=None, note: NoGrad = NoGrad.NOT_REQUIRED) -> Variable:
    """A row as the engine would send it."""
    return Variable(
        name,
        type(tensor).__name__,
        summary=summarize(tensor),
        grad=None if grad is None else summarize(grad),
        no_grad=None if grad is not None else note,
        why_no_grad=of_result(tensor, name, None) if note == NoGrad.NOT_KEPT else None,
    )


def node(node_id: int = 7, *, shape=(4, 5), n_outputs: int = 1, recorded: bool = True, **fields) -> GraphNode:
    """A TanhBackward0 that made `h`, unless `fields` say otherwise."""
    given = {
        "id": node_id,
        "name": "TanhBackward0",
        "kind": "backward",
        "category": "activation",
        "sequence": 2,
        "variable": "h",
        "source": Source("two_layers.py", 8, 4, 8, 27, "torch.tanh(x @ W1 + b1)"),
        "outputs": tuple(NodeOutput(shape, "float32", recorded) for _ in range(n_outputs)),
    }
    return GraphNode(**{**given, **fields})
