"""What there is to export at a moment: the graph, what is selected and in view of it, and the recorded pass."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QSizeF

from engine.protocol.errors import EngineError
from engine.protocol.graph_values import Graph
from engine.protocol.sentence import Sentence
from engine.shared.backward_model import BackwardView
from engine.shared.language import grouped, said, tr, trn
from engine.shared.local_numbers import brief
from visualizer.backprop.graph.camera import Camera
from visualizer.backprop.graph.export.choice import GRAPH, PASS, SELECTION, VIEW, ExportChoice
from visualizer.backprop.graph.export.drawings import Drawing, PartDrawing, ViewDrawing
from visualizer.backprop.graph.export.film import frame_size, span, zoom
from visualizer.backprop.graph.export.parts import nodes_of_cards, opened, part_of, selected_nodes, whole
from visualizer.backprop.graph.export.picture_files import png_size
from visualizer.backprop.graph.folding import VisibleGraph, visible_graph
from visualizer.backprop.graph.painter import NAMED
from visualizer.backprop.graph.recoloring import Recoloring
from visualizer.backprop.graph.scene import Scene
from visualizer.model.recording import Recording
from visualizer.model.regions import RegionTree
from visualizer.model.selection import Selected


@dataclass(frozen=True, eq=False)
class Subject:
    """`scene` is the graph as it is folded, None while it is laid out; `view` the moment of the pass on show. `camera`
    sees `size` widget pixels of the scene."""

    graph: Graph | None
    tree: RegionTree | None
    scene: Scene | None
    folded: frozenset[str]
    has_leaf_cards: bool
    selected: Selected
    view: BackwardView | None
    recording: Recording | None
    camera: Camera
    size: QSizeF
    colors: Recoloring

    def nodes(self, what: str) -> np.ndarray:
        """What an export is of, as indices in graph.nodes."""
        if self.tree is None or self.graph is None:
            return np.empty(0, dtype=np.int64)
        if what == SELECTION:
            return selected_nodes(self.tree, self.selected)
        if what == VIEW:
            return nodes_of_cards(self.scene, self._view(self.scene).cards) if self.scene is not None else _none()
        return np.arange(len(self.graph.nodes))

    def why_not(self, what: str) -> Sentence | None:
        """In a few words, why there is nothing of that kind; None where there is."""
        if self.graph is None or not self.graph.nodes:
            return Sentence.phrase("export.why_no_graph", "there is no graph yet")
        if what == SELECTION and not len(self.nodes(SELECTION)):
            return (
                Sentence.phrase("export.why_no_selection", "nothing is selected")
                if self.selected is None
                else Sentence.phrase("export.why_selected_elsewhere", "what is selected is not in the graph")
            )
        if what == VIEW and self.scene is not None and not len(self.nodes(VIEW)):
            return Sentence.phrase("export.why_no_view", "nothing of the graph is in view")
        return self._why_no_pass() if what == PASS else None

    def _why_no_pass(self) -> Sentence | None:
        if self.recording is None or not self.recording.n_steps:
            return Sentence.phrase("export.why_no_pass", "no pass is recorded: F9 steps the output")
        assert self.graph is not None
        ids = {node.id for node in self.graph.nodes}
        return (
            None
            if self.recording.steps[0].node in ids
            else Sentence.phrase("export.why_other_pass", "the recorded pass is over another graph")
        )

    def to_lay_out(self, choice: ExportChoice) -> VisibleGraph | None:
        """With the folded thing that is selected open; None where what is drawn is laid out already."""
        if self.graph is None or self.tree is None or choice.what != SELECTION or choice.format == ".dot":
            return None
        folded = opened(self.tree, self.folded, self.selected)
        if folded == self.folded:
            return None
        return visible_graph(self.graph, self.tree, folded, has_leaf_cards=self.has_leaf_cards)

    def drawing(self, choice: ExportChoice, scene: Scene) -> Drawing:
        """What is painted, over a scene of the graph."""
        if choice.what == VIEW:
            return self._view(scene)
        return PartDrawing(whole(scene) if choice.what == GRAPH else part_of(scene, self.nodes(SELECTION)))

    def _view(self, scene: Scene) -> ViewDrawing:
        return ViewDrawing(scene, self.camera, self.size)


def check(subject: Subject, choice: ExportChoice) -> None:
    """Raises EngineError, a sentence, where there is nothing to export or it cannot be."""
    graph, scene = subject.graph, subject.scene
    if graph is None or not graph.nodes:
        raise EngineError("export.no_graph", "There is no graph to export yet.")
    if why := subject.why_not(choice.what):
        raise EngineError("export.nothing", "Nothing was exported: {why}.", why=why)
    if scene is None and choice.format != ".dot":
        raise EngineError("export.no_layout", "The graph is being laid out: export it as a drawing once it is there.")
    if scene is not None and choice.format == ".png" and subject.to_lay_out(choice) is None:
        png_size(subject.drawing(choice, scene).bounds)


def estimate(subject: Subject, choice: ExportChoice) -> tuple[str, bool]:
    """How much an export will be, in a few words, and True; or why it cannot be, and False."""
    try:
        check(subject, choice)
    except EngineError as error:
        return said(error.sentence), False
    return _amount(subject, choice), True


def _amount(subject: Subject, choice: ExportChoice) -> str:
    if choice.what == PASS:
        return _of_film(subject, choice)
    nodes = subject.nodes(choice.what)
    if choice.format == ".dot":
        n_edges = _n_edges(subject, nodes)
        return f"{trn('{n} node', '{n} nodes', len(nodes))}, {trn('{n} edge', '{n} edges', n_edges)}"
    if subject.to_lay_out(choice) is not None or subject.scene is None:
        return trn("{n} node, unfolded for the drawing", "{n} nodes, unfolded for the drawing", len(nodes))
    drawing = subject.drawing(choice, subject.scene)
    size = png_size(drawing.bounds) if choice.format == ".png" else drawing.bounds.size().toSize()
    pixels = tr("{width} × {height} pixels", width=grouped(size.width()), height=grouped(size.height()))
    return f"{pixels}, {trn('{n} card', '{n} cards', drawing.n_cards)}"


def _of_film(subject: Subject, choice: ExportChoice) -> str:
    assert subject.scene is not None and subject.recording is not None
    first, last = span(subject.recording, choice)
    size, n_frames = frame_size(subject.scene, choice), last - first + 1
    seconds = brief(n_frames / choice.steps_per_second, 3)
    pixels = tr("{width} × {height} pixels", width=grouped(size.width()), height=grouped(size.height()))
    words = trn(
        "{n} frame of {pixels}, {time} s", "{n} frames of {pixels}, {time} s", n_frames, pixels=pixels, time=seconds
    )
    if zoom(subject.scene, choice) >= NAMED:
        return words
    return tr("{words}. Cards are too small for their names: fold modules, or follow the node.", words=words)


def _n_edges(subject: Subject, nodes: np.ndarray) -> int:
    assert subject.graph is not None
    ids = {subject.graph.nodes[index].id for index in nodes.tolist()}
    return sum(edge.source in ids or edge.target in ids for edge in subject.graph.edges)


def _none() -> np.ndarray:
    return np.empty(0, dtype=np.int64)
