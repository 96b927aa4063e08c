"""What of the graph there is to export at a moment."""

from __future__ import annotations

from PySide6.QtCore import QSizeF

from engine.shared.backward_model import BackwardView
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.export.subject import Subject
from visualizer.backprop.graph.recoloring import Recoloring
from visualizer.backprop.graph.scene_builder import Stage
from visualizer.model.recording import Recording
from visualizer.model.selection import Selection


def subject_of(
    stage: Stage,
    canvas: GraphCanvas,
    colors: Recoloring,
    selection: Selection,
    view: BackwardView | None,
    recording: Recording | None,
) -> Subject:
    """The graph on the canvas as it is now, at a moment of its pass; of a recorded pass all of it."""
    return Subject(
        graph=stage.graph,
        tree=stage.tree,
        scene=None if stage.is_waiting else stage.scene,
        folded=stage.folded,
        has_leaf_cards=stage.has_leaf_cards,
        selected=selection.current,
        view=view,
        recording=recording,
        camera=canvas.camera,
        size=QSizeF(canvas.size()),
        colors=colors,
    )
