"""How a run goes on otherwise than it was begun: asked for in a dialog, done by its trainer or by a new one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from engine.protocol.errors import EngineError
from engine.runs.changes import Settings
from visualizer.pretraining.change_dialog import ChangeDialog
from visualizer.pretraining.run_view import LIVE
from visualizer.pretraining.runs.shown_runs import Runs
from visualizer.pretraining.runs.tracked_run import RunSnapshot

_LESS = 10  # what a rate that ended at NaN is divided by, to begin with


class GoingOn(QObject):
    """Acts on the shown run."""

    said = Signal(str)

    def __init__(self, parent: QWidget, runs: Runs) -> None:
        super().__init__(parent)
        self._window, self._runs = parent, runs
        self._awaited: Path | None = None
        runs.shown_changed.connect(self._on_shown)

    def ask_of(self, path: Path) -> None:
        """The same for a run of the list, as soon as it is shown."""
        self._awaited = path
        self._runs.select(path)
        self._on_shown()

    def _on_shown(self) -> None:
        shown = self._runs.shown
        if shown is not None and shown.path == self._awaited:
            self._awaited = None
            self.ask()

    def ask(self) -> None:
        """Open the dialog for the shown run."""
        shown = self._runs.shown
        if shown is None:
            self.said.emit("Choose a run on the right: it can then go on longer, or with another rate.")
            return
        if shown.header.is_remote:
            self.said.emit(f"{shown.header.name} trains on {shown.status.host}; here it can only be watched.")
            return
        words, button, offered = _offer(shown)
        is_live = shown.header.state in LIVE
        step = shown.header.step if is_live else shown.status.checkpoint_step
        dialog = ChangeDialog(self._window, shown.facts.config, step, words, button, offered)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(f"{'Change' if is_live else 'Go on with'} {shown.header.name}")
        dialog.chosen.connect(lambda settings: self._change(shown.path, settings))
        dialog.open()

    def _change(self, path: Path, settings: Settings) -> None:
        try:
            self._runs.change(path, settings)
        except (EngineError, OSError) as error:
            self.said.emit(str(error))


def _offer(shown: RunSnapshot) -> tuple[str, str, Settings]:
    """What the dialog says, what its button does, and what is filled in."""
    config, state, kept = shown.facts.config, shown.header.state, shown.status.checkpoint_step
    if state in LIVE:
        return "The run goes on with these from its next step on. Each change is marked on the plots.", "Change", {}
    from_there = f"from the checkpoint of step {kept:,}" if kept else "from its first step: it has no checkpoint"
    if state == "finished" and shown.status.is_early:
        more = {"patience": 2 * config.patience}
        return f"The run goes on {from_there}, with more patience; 0 has it for ever.", "Go on", more
    if state == "finished":
        longer = {"max_steps": 2 * config.max_steps}
        return f"The run goes on {from_there}. Its rate stays where the cosine ended.", "Go on", longer
    if shown.status.is_not_finite:
        less = {"learning_rate": config.learning_rate / _LESS}
        return f"The run goes on {from_there}. What is left of its rate's schedule is scaled.", "Go on", less
    return f"The run goes on {from_there}.", "Go on", {}
