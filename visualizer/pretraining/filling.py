"""What fills the form of a new run: a pasted configuration, or the folder of weights that it begins with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.protocol.errors import EngineError
from engine.runs.pasted import Pasted, read_configs
from engine.shared.language import grouped, said, tr
from visualizer.look.questions import ask_choice
from visualizer.look.spoken import Words
from visualizer.pretraining.draft_links import DraftLinks
from visualizer.pretraining.form.draft import Draft
from visualizer.pretraining.form.panel import TrainingForm
from visualizer.pretraining.runs.shown_runs import Runs


class Filling(QObject):
    """What cannot be read is said, beside the form and in the window's line, and nothing changes."""

    said = Signal(object)

    def __init__(self, parent: QWidget, draft: Draft, draft_links: DraftLinks, runs: Runs, form: TrainingForm) -> None:
        super().__init__(parent)
        self._window, self._draft, self._draft_links, self._runs, self._form = parent, draft, draft_links, runs, form
        form.paste_wanted.connect(self.fill_from_text)
        form.weights_chosen.connect(lambda folder: self._try(lambda: self._draft.begin_from(folder)))

    def fill_from_text(self, text: str) -> None:
        """From a pasted configuration, of several the one that the person chooses."""
        try:
            found = read_configs(text)
        except EngineError as error:
            self._say(partial(said, error.sentence), is_error=True)
            return
        if len(found) == 1:
            self._fill(found[0])
        else:
            self._choose(found)

    def _choose(self, found: tuple[Pasted, ...]) -> None:
        ask_choice(
            self._window,
            "pasted_choice",
            lambda: tr("Pasted configurations"),
            lambda: tr("The text holds {n} configurations. Fill in:", n=grouped(len(found))),
            lambda: [one.name for one in found],
            lambda place: self._fill(found[place]),
        )

    def _fill(self, pasted: Pasted) -> None:
        if self._runs.selected is not None:
            self._draft_links.go_back()
        self._try(lambda: self._draft.paste(pasted))

    def _try(self, fill: Callable[[], Words]) -> None:
        try:
            self._say(fill())
        except EngineError as error:
            self._say(partial(said, error.sentence), is_error=True)

    def _say(self, words: Words, *, is_error: bool = False) -> None:
        self._form.say(words, is_error=is_error)
        self.said.emit(words)
