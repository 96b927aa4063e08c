"""Connects the rooms of Backprop: each of the links knows the panels whose values it passes on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from visualizer.backprop.difference_links import DifferenceLinks
from visualizer.backprop.experiment_links import ExperimentLinks
from visualizer.backprop.health_links import HealthLinks
from visualizer.backprop.nan_links import NanLinks
from visualizer.backprop.outline_links import OutlineLinks
from visualizer.backprop.panels import Panels
from visualizer.backprop.pass_links import PassLinks
from visualizer.backprop.predict_links import PredictLinks
from visualizer.backprop.program_links import ProgramLinks
from visualizer.backprop.selection_links import SelectionLinks
from visualizer.backprop.stage_links import StageLinks
from visualizer.backprop.tensor_links import TensorLinks
from visualizer.look.spoken import Say
from visualizer.model.health import HealthBook
from visualizer.model.selection import Selection
from visualizer.model.session import Session


class BackpropLinks:
    """All of them but those of breakpoints and lessons, which know files. `bring` opens a panel by its name, `offer`
    says that it has something new, `step` and `run_to_nan` are commands; `is_newest`: whether the program's text is
    that of the newest run."""

    def __init__(
        self,
        session: Session,
        selection: Selection,
        panels: Panels,
        health: HealthBook,
        *,
        actions: dict[str, QAction],
        step: Callable[[], object],
        run_to_nan: Callable[[], object],
        is_newest: Callable[[], bool],
        bring: Callable[[str], None],
        bring_health: Callable[[], None],
        offer: Callable[[str], None],
        say: Say,
        parent: QObject,
    ) -> None:
        where = session, selection, panels
        SelectionLinks(selection, session, panels, parent)
        stage = StageLinks(*where, say, parent)  # before the table: the engine reads a large tensor meanwhile
        ProgramLinks(*where, say, parent)
        PassLinks(session, panels, say, parent)
        nan = NanLinks(*where, say, run_to_nan, is_newest, parent)
        healthy = HealthLinks(*where, health, actions["health"], bring_health, parent)
        predict = PredictLinks(session, panels, lambda: bring("predict"), step, parent)
        check = actions["check_differences"]
        differences = DifferenceLinks(session, panels, check, lambda: bring("inspector"), parent)
        OutlineLinks(*where, lambda: offer("outline"), parent)
        TensorLinks(session, panels, say, parent)
        experiments = ExperimentLinks(*where, lambda: bring("inspector"), say, parent)
        self._linked = nan, healthy, predict, differences, stage, experiments

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does that one of them has."""
        return {name: done for links in self._linked for name, done in links.table().items()}
