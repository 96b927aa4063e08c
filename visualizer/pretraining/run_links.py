"""The runs in the panels: the list of all, and of the selected one its numbers, curves and samples."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.shared.language import tr
from visualizer.pretraining.form.form_model import estimates, preset_of, to_text
from visualizer.pretraining.panels import Panels
from visualizer.pretraining.plots.repainter import Repainter
from visualizer.pretraining.run_view import LIVE
from visualizer.pretraining.runs.shown_runs import Runs
from visualizer.pretraining.runs.tracked_run import RunSnapshot


class RunLinks(QObject):
    """What the person did is shown at once, what a trainer wrote when there is time for it."""

    state_changed = Signal()
    running_changed = Signal(bool)  # whether a trainer of this machine's list is at work

    def __init__(self, parent: QObject, runs: Runs, panels: Panels) -> None:
        super().__init__(parent)
        self._runs, self._panels = runs, panels
        self._repainter = Repainter(self._draw, self)
        self._states: tuple[tuple[Path, str], ...] | None = None  # of the listed runs
        self._shown_state = ("", True)
        self._shown_facts: object = None
        runs.rows_changed.connect(self._on_rows)
        runs.selection_changed.connect(self._show_list)
        runs.shown_changed.connect(self._on_shown)
        runs.rows_said.connect(lambda: self._repainter.ask(at_once=True))
        runs.overlays_changed.connect(self._repainter.ask)
        runs.colors_changed.connect(lambda: self._repainter.ask(at_once=True))

    def stop(self) -> None:
        """Draw no more."""
        self._repainter.stop()

    def _on_rows(self) -> None:
        states = tuple((row.path, row.state) for row in self._runs.rows())
        if states == self._states:
            self._repainter.ask()
            return
        was_training = any(state in LIVE for _, state in self._states or ())
        self._states = states
        self._show_list()
        is_training = bool(self._runs.live_rows())
        if is_training != was_training:
            self.running_changed.emit(is_training)
        self.state_changed.emit()

    def _show_list(self) -> None:
        self._panels.list.show_rows(self._runs.rows(), self._runs.selected)

    def _on_shown(self, snapshot: RunSnapshot, is_new: bool) -> None:
        panels, header = self._panels, snapshot.header
        self._show_settings(snapshot, is_new=is_new)
        is_read, state = snapshot.curves.is_read, (header.state, snapshot.curves.is_read)
        is_other = is_new or not is_read or state != self._shown_state
        self._shown_state = state
        if is_other:
            panels.header.show_view(header)
            self.state_changed.emit()
        words = snapshot.sample_words if snapshot.is_known else None
        panels.samples.show_samples(header.name, snapshot.samples, words, is_live=header.state in LIVE)
        self._repainter.ask(at_once=is_other)

    def _show_settings(self, snapshot: RunSnapshot, *, is_new: bool) -> None:
        config, form = snapshot.facts.config, self._panels.form
        form.set_fixed(tr("fixed while training") if snapshot.header.state in LIVE else tr("of this run"))
        if is_new:
            form.set_errors({})
        if is_new or (snapshot.facts, snapshot.known_lines) != self._shown_facts:
            self._shown_facts = snapshot.facts, snapshot.known_lines
            texts = to_text(config) | {"preset": preset_of(config)}
            form.set_values(texts if snapshot.is_known else dict.fromkeys(texts, ""))
            form.estimates.show_estimates(estimates(config if snapshot.is_known else None, snapshot.known_lines))

    def _draw(self) -> float:
        """Numbers, list and plots in one go; what painting the plots took the last time, in seconds."""
        shown = self._runs.shown
        self._show_list()
        if shown is None:
            return 0.0
        self._panels.header.show_view(shown.header)
        self._panels.plots.show_curves(shown.curves, self._runs.overlays())
        return self._panels.plots.paint_s
