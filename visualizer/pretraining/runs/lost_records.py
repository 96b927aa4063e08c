"""What a run that has ended should have written, and of which there is no line: steps, validations and samples."""

from __future__ import annotations

import numpy as np

from engine.runs.changes import Course
from engine.shared.language import grouped, mark, tr, trn
from visualizer.pretraining.runs.kept_records import KeptRecords


def due(course: Course, first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
    """After which steps a run validated and wrote samples that made those from `first` + 1 to `last`, as it was set
    then. What comes before its first step is left out: a run that was stopped at once has none."""
    begins = sorted({first, *(change.step for change in course.changes if first < change.step < last)})
    validated, sampled = set[int](), set[int]()
    for begin, end in zip(begins, [*begins[1:], last], strict=True):
        config = course.after(begin)
        ends = {config.max_steps} if begin < config.max_steps <= end else set[int]()
        validated |= _multiples(config.eval_every, begin, end) | ends
        if config.sample_every:
            sampled |= _multiples(config.sample_every, begin, end) | ends
    return np.array(sorted(validated)), np.array(sorted(sampled))


def lost_words(kept: KeptRecords | None, course: Course, first: int, last: int, n_steps: int) -> str:
    """In words, "" where nothing is lost of the steps from `first` + 1 to `last`. `kept`: of a run that is shown; of
    another one only steps are counted, `n_steps` of them."""
    said = [_steps_words(last, last - first - n_steps)]
    if kept is not None:
        validated, sampled = due(course, first, last)
        n_validations = len(np.setdiff1d(validated, kept.columns()["val_step"]))
        n_samples = len(np.setdiff1d(sampled, [sample.step for sample in kept.samples]))
        said.append(
            trn(
                "{n} validation has no record: its line was lost or damaged.",
                "{n} validations have no record: their lines were lost or damaged.",
                n_validations,
            )
            if n_validations
            else ""
        )
        said.append(
            trn(
                "{n} sample has no record: its line was lost or damaged.",
                "{n} samples have no record: their lines were lost or damaged.",
                n_samples,
            )
            if n_samples
            else ""
        )
    return " ".join(filter(None, said))


def _multiples(every: int, begin: int, end: int) -> set[int]:
    return set(range((begin // every + 1) * every, end + 1, every))


def _steps_words(last: int, n_lost: int) -> str:
    words = mark("Of its {last} steps {n} have no record: their lines were lost or damaged.")
    return tr(words, last=grouped(last), n=grouped(n_lost)) if n_lost > 0 else ""
