"""What can be done with the graph and with what is selected in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from visualizer.app.settings import Settings
from visualizer.backprop.graph.color_by import CHOICES
from visualizer.backprop.panels import Panels
from visualizer.look.file_dialogs import ask_new_file
from visualizer.model.selection import Selection

_EXPORTS = "SVG drawing (*.svg);;PDF document (*.pdf);;PNG picture (*.png);;DOT structure (*.dot)"


class GraphCommands:
    """Acts on the graph panel and the selection; `workspaces` holds Backprop first."""

    def __init__(
        self, window: QWidget, workspaces: QStackedWidget, panels: Panels, selection: Selection, settings: Settings
    ) -> None:
        self._window, self._workspaces, self._panels, self._selection = window, workspaces, panels, selection
        self._settings, self._overlays = settings, panels.graph.overlays
        self._overlays.show_legend(settings.legend)
        self._overlays.legend_chosen.connect(self._keep_legend)
        panels.graph.light.switch(is_on=settings.lights_way)

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        graph = self._panels.graph
        return {
            "export": self._export,
            "find": self._find,
            "find_next": lambda: graph.finding.step(1),
            "find_previous": lambda: graph.finding.step(-1),
            **{f"color_{name}": partial(graph.colors.choose, name) for name in CHOICES},
            "legend": self._turn_legend,
            "way": self._turn_way,
            "copy_tensor": self._panels.inspector.copy,
            "deselect": self._selection.clear,
            "fit": graph.fit,
            "fold_all": graph.fold_all,
            "unfold_all": graph.unfold_all,
        }

    def _turn_legend(self) -> None:
        self._overlays.show_legend("closed" if self._overlays.has_legend else "open")
        self._keep_legend("open" if self._overlays.has_legend else "closed")

    def _turn_way(self) -> None:
        light = self._panels.graph.light
        self._settings.lights_way = not light.is_on
        light.switch(is_on=not light.is_on)

    def _keep_legend(self, how: str) -> None:
        self._settings.legend = how

    def _export(self) -> None:
        ask_new_file(self._window, "Export graph", self._panels.graph.export, path="graph.svg", kinds=_EXPORTS)

    def _find(self) -> None:
        """In the program while the keyboard is there, else in the graph."""
        if self._panels.program.has_editor_focus():
            self._panels.program.find()
            return
        self._workspaces.setCurrentIndex(0)
        self._panels.graph.focus_search()
