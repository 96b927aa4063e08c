"""A run whose settings nobody can read any more: what it recorded is shown, and what is wrong with it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.protocol.errors import EngineError
from engine.runs.config import PRESETS
from engine.runs.run_facts import RunFacts
from engine.shared.language import mark, tr
from visualizer.pretraining.curves import Curves
from visualizer.pretraining.run_view import UNREADABLE, HeaderView, RunRow
from visualizer.pretraining.runs.judgement import Judgement
from visualizer.pretraining.runs.tracked_run import RunSnapshot, TrackedRun

_NONE = np.empty(0, dtype=np.float64)


class LostRun(TrackedRun):
    """Its run.json is missing or damaged, for which there is `error`, and no checkpoint has a copy."""

    def __init__(self, path: Path, error: EngineError, *, is_shown: bool = True) -> None:
        self._error = error
        super().__init__(path, is_shown=is_shown)

    def _read_facts(self) -> RunFacts:
        """Of nothing but when it was made; no setting of these is shown."""
        return RunFacts(config=PRESETS["nano"], created=os.stat(self.folder.path).st_mtime, vocabulary=1)

    def _judge(self) -> Judgement:
        super()._judge()  # whether another machine trains it
        reason = self._error.sentence.arguments.get("reason")
        if reason is None:
            words = mark(
                "Its settings are lost: run.json is missing, and no checkpoint has a copy of it. "
                "What it recorded is shown."
            )
            return Judgement(UNREADABLE, tr(words))
        words = mark(
            "Its settings are lost: run.json is damaged ({reason}), and no checkpoint has a copy of it. "
            "What it recorded is shown."
        )
        return Judgement(UNREADABLE, tr(words, reason=reason))

    def row(self) -> RunRow:
        return replace(super().row(), n_parameters=0)

    def snapshot(self) -> RunSnapshot:
        return replace(super().snapshot(), is_known=False, sample_words="")

    def curves(self) -> Curves:
        """Without what only its settings tell."""
        found = super().curves()
        pace = float(found.tokens[-1] / found.step[-1]) if len(found.step) else 0.0
        return replace(
            found,
            planned_step=_NONE,
            planned_rate=_NONE,
            max_steps=self._step,
            tokens_per_step=round(pace),
            grad_clip=0.0,
            vocab_size=0,
            known_loss=None,
        )

    def _header(self) -> HeaderView:
        return replace(super()._header(), max_steps=self._step)
