"""The panels of the Backprop workspace."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from visualizer.backprop.breakpoints.panel import BreakpointPanel
from visualizer.backprop.console.panel import ConsolePanel
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.backprop.health.panel import HealthPanel
from visualizer.backprop.inspector.panel import InspectorPanel
from visualizer.backprop.middle import Middle
from visualizer.backprop.outline.panel import OutlinePanel
from visualizer.backprop.predict.panel import PredictPanel
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.backprop.queue.panel import QueuePanel
from visualizer.backprop.stage.panel import TensorStage
from visualizer.backprop.timeline.panel import TimelinePanel
from visualizer.backprop.variables.panel import VariablesPanel


@dataclass(frozen=True)
class Panels:
    """One of each. They do not know each other: the `…_links` connect them."""

    program: ProgramPanel
    variables: VariablesPanel
    outline: OutlinePanel
    console: ConsolePanel
    graph: GraphPanel
    inspector: InspectorPanel
    queue: QueuePanel
    timeline: TimelinePanel
    breakpoints: BreakpointPanel
    health: HealthPanel
    predict: PredictPanel
    stage: TensorStage
    middle: Middle

    def docks(self) -> dict[str, QWidget]:
        """Those around the graph, by the names of their docks."""
        return {
            "program": self.program,
            "variables": self.variables,
            "outline": self.outline,
            "health": self.health,
            "console": self.console,
            "inspector": self.inspector,
            "queue": self.queue,
            "breakpoints": self.breakpoints,
            "predict": self.predict,
            "timeline": self.timeline,
        }

    def offer(self, action: QAction) -> None:
        """In the menu of each card and row, which is selected where it opens."""
        self.graph.canvas.addAction(action)
        for rows in (self.variables.table, self.outline.tree, self.queue.view):
            rows.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
            rows.addAction(action)

    def stops(self) -> list[tuple[QWidget, QWidget]]:
        """Each panel with what takes the keyboard in it, in the order of F6."""
        return [
            (self.program, self.program.editor),
            (self.variables, self.variables.stop),
            (self.outline, self.outline.tree),
            (self.health, self.health.list),
            (self.console, self.console.view),
            (self.middle.currentWidget(), self.middle.stop),
            (self.inspector, self.inspector.value.heat_map),
            (self.queue, self.queue.view),
            (self.breakpoints, self.breakpoints.list),
            (self.predict, self.predict.switch),
            (self.timeline, self.timeline.scrubber),
        ]
