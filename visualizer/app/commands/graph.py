"""What can be done with the graph and with what is selected in it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.shared.language import tr
from visualizer.app.presenting import Presenting
from visualizer.app.settings import Settings
from visualizer.app.way_back import WayBack
from visualizer.backprop.graph.color_by import CHOICES
from visualizer.backprop.graph.export.choice import DRAWINGS, FILMS, FRAMES, ExportChoice
from visualizer.backprop.graph.export.dialog import ExportDialog
from visualizer.backprop.panels import Panels
from visualizer.backprop.workspace import BackpropWorkspace
from visualizer.look.file_dialogs import ask_new_file
from visualizer.model.recording import Recording
from visualizer.model.selection import Selection
from visualizer.model.session import Session

_NAMES = {"graph": "graph", "selection": "selection", "view": "view", "pass": "backward"}  # of the file that is offered


class GraphCommands:
    """Acts on the graph panel and the selection; `workspaces` holds Backprop first."""

    def __init__(
        self,
        window: QWidget,
        *,
        workspaces: QStackedWidget,
        backprop: BackpropWorkspace,
        panels: Panels,
        session: Session,
        selection: Selection,
        settings: Settings,
        presenting: Presenting,
        way_back: WayBack,
    ) -> None:
        self._window, self._workspaces, self._panels, self._selection = window, workspaces, panels, selection
        self._backprop, self._presenting, self._way_back = backprop, presenting, way_back
        self._session, self._settings, self._overlays = session, settings, panels.graph.overlays
        self._overlays.show_legend(settings.legend)
        self._overlays.legend_chosen.connect(self._keep_legend)
        panels.graph.light.switch(is_on=settings.lights_way)

    def _step_out(self) -> None:
        """Of the panel that a command led to, else of the selection, else of what is large."""
        if self._way_back.is_open:
            self._way_back.go()
        elif self._selection.current is not None and self._workspaces.currentIndex() == 0:
            self._selection.clear()
        else:
            self._presenting.step_out()

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        graph = self._panels.graph
        return {
            "export": self._export,
            **{f"color_{name}": partial(graph.colors.choose, name) for name in CHOICES},
            "legend": self._turn_legend,
            "way": self._turn_way,
            "copy_tensor": self._panels.inspector.copy,
            "deselect": self._step_out,
            "why": self._explain,
            "fit": graph.fit,
            "fold_all": graph.fold_all,
            "unfold_all": graph.unfold_all,
        }

    def _explain(self) -> None:
        """In the inspector, which may be closed or behind another panel."""
        self._workspaces.setCurrentIndex(0)
        self._backprop.bring("inspector")
        self._panels.inspector.show_why()

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
        """Ask what and how, then where. A file has no sign that it shows an experiment: the program's own is shown."""
        if self._session.experiments.shown is not None:
            self._session.experiments.show(0)
            self._session.message.emit(
                lambda: tr("A file has the program's own gradients: the experiment was left (Ctrl+Alt+X).")
            )
        recording = self._session.history.recording
        subject = self._panels.graph.to_export(recording)
        dialog = ExportDialog(subject, self._settings.export_choice, self._window)
        dialog.chosen.connect(lambda choice: self._ask_where(choice, recording))
        dialog.open()

    def _ask_where(self, choice: ExportChoice, recording: Recording | None) -> None:
        is_folder = choice.format == FRAMES
        folder = Path(choice.folder) if os.path.isdir(choice.folder) else Path()
        name = "frames" if is_folder else f"{_NAMES[choice.what]}{choice.format}"
        kinds = None if is_folder else lambda: f"{tr((FILMS | DRAWINGS)[choice.format])} (*{choice.format})"

        def export(path: str) -> None:
            self._settings.export_choice = msgspec.structs.replace(choice, folder=str(Path(path).parent))
            self._panels.graph.export(path, choice, recording)

        ask_new_file(self._window, lambda: tr("Export"), export, path=str(folder / name), kinds=kinds)
