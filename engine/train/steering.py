"""The settings that a run has at each step: as it was begun, and as they were changed since, now or the last time."""

from __future__ import annotations

from collections.abc import Callable

from engine.protocol.errors import EngineError
from engine.runs.changes import Change, Course, Settings, checked, write_changes
from engine.runs.config import RunConfig
from engine.runs.known_changes import known_changes
from engine.runs.run_folder import RunFolder
from engine.train.journal import Journal
from engine.train.live_changes import LiveChanges


class Steering:
    """Every change is on the disk before it holds. `report` is called with each. `said`: what is wrong with those of
    the last time. Raises EngineError where they cannot be read."""

    def __init__(self, folder: RunFolder, begun: RunConfig, journal: Journal, report: Callable[[Change], None]) -> None:
        self._folder, self._journal, self._report = folder, journal, report
        known = known_changes(folder.path)
        self.course, self.said = Course(begun, known.changes), known.said

    def after(self, step: int) -> RunConfig:
        """What the step is made with that follows `step` steps."""
        return self.course.after(step)

    def change(self, step: int, asked: Settings) -> None:
        """Go on with other settings after `step` steps. Raises EngineError where they cannot be or not be written."""
        settings = checked(self.after(step), step, asked, self.course.later(step))
        if settings:
            course = self.course.changed(step, settings)
            write_changes(self._folder.path, course.changes)
            self.course = course
            self._report(Change(step=step, settings=settings))

    def take(self, live: LiveChanges, step: int) -> RunConfig:
        """Make what was asked for while the run trains, and return what holds now. What cannot be made is said."""
        for asked in live.take():
            try:
                self.change(step, asked)
            except EngineError as error:
                self._journal.say(error.sentence, urgent=True)
        run = self.after(step)
        live.now(run, step)
        return run
