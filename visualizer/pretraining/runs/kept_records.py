"""What the plots and the samples show of a run: all of its records, for as long as it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from engine.runs.run_folder import Evaluation, Sample
from visualizer.pretraining.columns import Columns
from visualizer.pretraining.run_view import SampleView

STEP_COLUMNS = ("step", "tokens", "hours", "loss", "learning_rate", "grad_norm", "tokens_per_second", "memory_gib")


class KeptRecords:
    """Takes the records of one run in their order."""

    def __init__(self) -> None:
        self.samples: list[SampleView] = []
        self._steps = Columns(STEP_COLUMNS)
        self._validations = Columns(("step", "tokens", "loss"))

    def take(
        self, columns: Mapping[str, np.ndarray], evaluations: Sequence[Evaluation], samples: Sequence[Sample]
    ) -> None:
        """The next ones; `columns` are those of a `Curves`."""
        if len(columns["step"]):
            self._steps.append(columns)
        if evaluations:
            self._validations.append(
                {
                    "step": [e.step for e in evaluations],
                    "tokens": [e.tokens for e in evaluations],
                    "loss": [e.validation_loss for e in evaluations],
                }
            )
        for sample in samples:
            text = sample.text.removeprefix(sample.prompt)
            self.samples.append(SampleView(sample.step, sample.prompt, text, sample.validation_loss))

    def columns(self) -> dict[str, np.ndarray]:
        """By the names that `Curves` has for them, as they stand; later records do not change them."""
        steps = {name: self._steps[name] for name in STEP_COLUMNS}
        return steps | {f"val_{name}": self._validations[name] for name in self._validations.names}
