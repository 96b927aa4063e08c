"""The draft of a new run in the panels: what is typed goes to it, what it says of itself is shown, Start trains it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol.errors import EngineError
from engine.runs.branches import FIXED, BranchPoint, left_out
from engine.runs.config import PRESETS, RunConfig
from engine.runs.pasted import as_python
from engine.runs.run_names import read_name
from engine.shared.language import grouped, mark, said, tr
from visualizer.look.spoken import current
from visualizer.pretraining import desktop
from visualizer.pretraining.draft_sums import DraftSums
from visualizer.pretraining.form.draft import Draft
from visualizer.pretraining.form.field_table import SPECS
from visualizer.pretraining.form.form_model import preset_of, to_text
from visualizer.pretraining.memory_question import not_started
from visualizer.pretraining.panels import Panels
from visualizer.pretraining.run_view import HeaderView
from visualizer.pretraining.runs.shown_runs import Runs

_FIRST = mark(
    "Choose a preset and press Start. nano learns in two minutes.\n"
    "Or fill the form from a copied GPT_CONFIG_124M\u00a0=\u00a0{…} with Ctrl+V, or choose a run on the right."
)
_ROOM_MS = 2000  # between two looks at the disk while a run could be started


class DraftLinks(QObject):
    """The form and the header are the draft's while no run is selected."""

    said = Signal(object)

    def __init__(self, parent: QObject, draft: Draft, runs: Runs, panels: Panels) -> None:
        super().__init__(parent)
        self._draft, self._runs, self._panels = draft, runs, panels
        self._starts_when_read = False
        self._room = QTimer(self, interval=_ROOM_MS)
        self._room.timeout.connect(self._look_at_room)
        self._room.start()
        self._sums = DraftSums()
        panels.plots.no_run.put_above(self._sums)
        form = panels.form
        form.edited.connect(self._on_edited)
        form.preset_chosen.connect(draft.choose_preset)
        form.copy_wanted.connect(self._copy_as_python)
        form.new_run_wanted.connect(self._new_from_shown)
        draft.filled.connect(self._on_filled)
        draft.judged.connect(self._on_judged)
        runs.selection_changed.connect(self._on_selection)
        current().changed.connect(self._say_again)

    def _look_at_room(self) -> None:
        """A disk that fills is said beside Start, before it is pressed."""
        if self._runs.selected is None and self._panels.header.isVisible():
            self._draft.look_again()

    def show(self) -> None:
        """In every panel."""
        draft, panels = self._draft, self._panels
        panels.form.set_values(draft.texts | {"preset": draft.preset})
        self._on_judged()
        panels.plots.show_empty(tr(_FIRST) if draft.branch is None else _branch_words(draft.branch))
        panels.samples.show_samples("", (), "")

    def _say_again(self) -> None:
        """In the language in use."""
        self._draft.say_again()
        if self._runs.selected is None:
            self.show()

    def go_back(self) -> None:
        """From a shown run to the form, as it was left."""
        self._starts_when_read = False
        self._runs.select(None)

    def set_field(self, key: str, value: str) -> None:
        """One field of the form, or a preset, as if it were typed."""
        if key not in SPECS or (key == "preset" and value not in PRESETS):
            self.said.emit(lambda: tr("The form of a run has no {field} {value}.", field=key, value=value))
            return
        self.go_back()
        if key == "preset":
            self._draft.choose_preset(value)
        else:
            self._panels.form.set_values({key: value})
        self._panels.form.reveal(key)

    def begin_branch(self, point: BranchPoint) -> None:
        """The form holds a run that begins with a checkpoint of another one."""
        self.go_back()
        self._draft.branch_from(point)
        self._panels.plots.show_empty(_branch_words(point))
        self._panels.form.reveal("learning_rate")  # above it is what a branch cannot change
        self._panels.form.say(
            lambda: tr(
                "Start begins a branch of {run} at step {step}, with what you change here. "
                "Its weights keep their sizes.",
                run=read_name(point.parent.path),
                step=grouped(point.step),
            )
        )

    def start(self) -> None:
        """Start the run in the form; from a shown run, go back to the form first."""
        if self._runs.selected is not None:
            self.go_back()
            self.said.emit(lambda: tr("Start trains what the form says."))
            return
        self._starts_when_read = self._draft.is_reading
        config = self._draft.config
        if self._starts_when_read:
            self.said.emit(lambda: tr("The run starts as soon as its corpus is read."))
        elif config is None:
            self.said.emit(lambda: self._draft.reason)
            self._panels.form.reveal(next(iter(self._draft.errors), ""))
        else:
            self._train(config)

    def _train(self, config: RunConfig) -> None:
        branch = self._draft.branch
        try:
            missing = "" if branch is None else left_out(branch, config)
            name = self._runs.start(config, self._draft.preset, branch)
        except EngineError as error:
            why = error.sentence
            self.said.emit(lambda: tr("The run could not be started: {reason}", reason=said(why)))
            self._draft.look_again()
            return
        except OSError as error:
            self.said.emit(partial(not_started, error))
            self._draft.look_again()
            return
        if branch is not None:
            self._draft.leave_branch()
        if missing:
            words = mark("Characters of the corpus that are no tokens of the run are left out: {characters}")
            self._panels.form.say(lambda: tr(words, characters=" ".join(missing)))
        self.said.emit(
            lambda: tr("{run} trains in a process of its own. The window can be closed, training goes on.", run=name)
        )

    def _on_selection(self) -> None:
        if self._runs.selected is None:
            self.show()
        else:
            self._panels.form.say(str)  # what was said of the draft

    def _on_edited(self) -> None:
        if self._runs.selected is not None:
            return
        texts = {key: text for key, text in self._panels.form.values().items() if key != "preset"}
        if texts != self._draft.texts:
            self._starts_when_read = False  # it was meant for what the form said then
            self._draft.edit(texts)

    def _on_filled(self, texts: dict[str, str]) -> None:
        if self._runs.selected is None:
            self._panels.form.set_values(texts)

    def _on_judged(self) -> None:
        if self._runs.selected is not None:
            return
        draft, form = self._draft, self._panels.form
        if draft.branch is None:
            form.set_fixed("")
        else:
            form.set_fixed(tr("of a branch"), ("preset", *FIXED))
        form.rows["preset"].set_text(draft.preset)
        form.set_errors(draft.errors, draft.notices)
        form.estimates.show_estimates(draft.estimates)
        self._sums.show_estimates(draft.estimates)
        can_start = not draft.reason or draft.is_reading
        self._panels.header.show_view(HeaderView(tr("New run"), "draft", self._words(), can_start=can_start))
        if self._starts_when_read and not draft.is_reading:
            self.start()

    def _words(self) -> str:
        """Why it cannot start, or what Start trains."""
        config, branch = self._draft.config, self._draft.branch
        if config is None:
            return self._draft.reason
        counts = {"n_steps": grouped(config.max_steps), "n_tokens": grouped(config.tokens_per_step)}
        if branch is None:
            return tr("{n_steps} steps of {n_tokens} tokens", **counts)
        words = mark("A branch of {run} at step {step}: {n_steps} steps of {n_tokens} tokens in all")
        return tr(words, run=read_name(branch.parent.path), step=grouped(branch.step), **counts)

    def _copy_as_python(self) -> None:
        shown = self._runs.shown
        if shown is not None and not shown.is_known:
            self.said.emit(lambda: shown.header.sentence)
            return
        config = self._draft.checked.config if shown is None else shown.facts.config
        if config is None:
            self.said.emit(lambda: self._draft.reason)
            return
        preset = preset_of(config)
        name = "GPT_CONFIG" if preset == "custom" else f"GPT_CONFIG_{preset.upper()}"
        desktop.copy(as_python(config.model, name))
        self.said.emit(lambda: tr("Copied the configuration as Python."))

    def _new_from_shown(self) -> None:
        shown = self._runs.shown
        self._draft.leave_branch()
        if shown is not None and shown.is_known:
            self._draft.fill(to_text(shown.facts.config))
        self.go_back()
        self.show()


def _branch_words(point: BranchPoint) -> str:
    """What stands where the plots will be."""
    words = mark("A branch of {run} at step {step}\nChange its rate, its length or its corpus, and press Start.")
    return tr(words, run=read_name(point.parent.path), step=grouped(point.step))
