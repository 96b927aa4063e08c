"""What of a run that has ended is not as it left it, in words: lines and checkpoints that are gone or changed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from engine.runs.changes import Course
from engine.runs.kept_checkpoints import KeptCheckpoint
from engine.runs.known_lines import altered_lines
from engine.runs.run_folder import Status
from engine.shared.language import grouped, mark, spoken, tr
from visualizer.pretraining.runs.kept_records import KeptRecords
from visualizer.pretraining.runs.lost_records import lost_words
from visualizer.pretraining.runs.run_summary import RunSummary


class Found(NamedTuple):
    """What lies in the folder of a run that has ended, all of it read."""

    status: Status
    course: Course
    checkpoints: Sequence[KeptCheckpoint]
    first: int  # the step that it began with
    summary: RunSummary
    kept: KeptRecords | None  # of a run that is shown
    n_foreign: int  # records of steps until `first`
    damaged: Sequence[str]  # names of files with lines that cannot be read
    n_looks: int  # that brought something new

    @property
    def key(self) -> object:
        """Another one where something of it is another."""
        names = tuple(one.path.name for one in self.checkpoints)
        begun = (self.course.newest, self.course.changes)
        return spoken(), self.status, begun, names, self.first, self.kept is None, self.n_foreign, self.n_looks

    @property
    def last(self) -> int:
        """The newest step that it made, by whatever tells of it."""
        told = self.status.step if self.status.step <= self.course.newest.max_steps else 0
        return max(self.summary.step, self.first, told, *(one.progress.step for one in self.checkpoints))


class Doubts:
    """Counted again only where something is another: a long run has many lines. On the reader's thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._counted: tuple[object, str] = (None, "")  # of what, and what came of it

    def words(self, found: Found) -> str:
        """ "" where nothing is to be said. Lines are held against their hashes only of a run that is shown."""
        if self._counted[0] != found.key:
            self._counted = found.key, " ".join(filter(None, self._sentences(found)))
        return self._counted[1]

    def _sentences(self, found: Found) -> list[str]:
        altered = dict(found.status.altered)
        if found.kept is not None:
            altered |= altered_lines(self._folder, found.checkpoints, found.first)
        return [
            damaged_words(found.damaged),
            _foreign_words(found.first + 1) if found.n_foreign else "",
            _behind_words(found),
            lost_words(found.kept, found.course, found.first, found.last, found.summary.n_steps),
            *(self._altered_words(name, step) for name, step in altered.items()),
            _checkpoint_words(found),
        ]

    def _altered_words(self, name: str, step: int) -> str:
        if not os.path.exists(self._folder / name):
            return tr("{file} is gone.", file=name)
        words = mark("{file} has other lines from before step {step} than the run wrote.")
        return tr(words, file=name, step=grouped(step))


def damaged_words(names: Sequence[str]) -> str:
    """Of files with lines that are no records, "" without one."""
    words = mark("{files} of its folder: some lines cannot be read, and are left out.")
    return tr(words, files=tr(" and ").join(names)) if names else ""


def _foreign_words(first: int) -> str:
    words = mark("Its folder has records of steps before step {step}, its first: they are left out.")
    return tr(words, step=grouped(first))


def _behind_words(found: Found) -> str:
    """A run that has written how it ended has made no step after that."""
    if not 0 < found.status.step < found.summary.step or not found.status.is_own:
        return ""
    words = mark("Its records go on behind step {step}, at which it ended: somebody else wrote these.")
    return tr(words, step=grouped(found.status.step))


def _checkpoint_words(found: Found) -> str:
    step, steps = found.status.checkpoint_step, [one.progress.step for one in found.checkpoints]
    if not step or step in steps or not found.status.is_own:
        return ""
    if not steps:
        return tr("Its checkpoint of step {step} is gone or damaged, and there is no other.", step=grouped(step))
    words = mark("Its checkpoint of step {step} is gone or damaged: the newest is that of step {newest}.")
    return tr(words, step=grouped(step), newest=grouped(steps[-1]))
