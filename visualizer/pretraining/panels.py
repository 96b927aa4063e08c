"""The panels of the Pretraining workspace."""

from __future__ import annotations

from typing import NamedTuple

from visualizer.pretraining.form.panel import TrainingForm
from visualizer.pretraining.plots.panel import TrainingPlots
from visualizer.pretraining.runs.header import RunHeader
from visualizer.pretraining.runs.panel import TrainingRuns
from visualizer.pretraining.samples.panel import TrainingSamples


class Panels(NamedTuple):
    """What stands beside each other, for those who show something in several of them."""

    header: RunHeader
    form: TrainingForm
    plots: TrainingPlots
    list: TrainingRuns
    samples: TrainingSamples
