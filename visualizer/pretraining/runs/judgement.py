"""What a run is judged to be: the state that is true, whatever its last status says, and what is told of it."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from typing import NamedTuple

from engine.protocol.sentence import Sentence
from engine.runs.kept_checkpoints import has_whole, was_mended
from engine.runs.run_facts import RunFacts
from engine.runs.run_folder import LIVE_STATES, RunFolder, Status
from engine.shared.language import grouped, mark, said, tr
from engine.shared.processes import process_start
from visualizer.pretraining.runs.preparing_view import PreparingView
from visualizer.pretraining.runs.run_summary import RunSummary
from visualizer.pretraining.runs.silence import Silence

_START_PATIENCE_S = 60.0  # a run without any status is "starting" so long after it was made


@dataclass(frozen=True)
class Spawned:
    """A trainer that this window started: its status is not written at once."""

    pid: int
    started: int
    before: Status  # what the run's status was

    def is_alive(self) -> bool:
        """Whether the trainer's process is that which the run began with: a number of a process is given again."""
        return process_start(self.pid) == self.started != 0


class Judgement(NamedTuple):
    """A state, and one sentence where something went wrong; `is_silent` of a trainer from which nothing comes."""

    state: str
    sentence: str
    is_silent: bool = False


class Judge:
    """Of one run, by its statuses in the order in which they came. On the reader's thread."""

    def __init__(self, folder: RunFolder) -> None:
        self.spawned: Spawned | None = None
        self.preparing = PreparingView()
        self._folder = folder
        self._status = Status(state="starting")
        self._silence = Silence()
        self._is_mended = False  # by hand, after it ended with nothing to go on from

    @property
    def cannot_go_on(self) -> bool:
        """Whether nothing of the run is left to go on from, whatever its settings."""
        return self._status.cannot_go_on and not self._is_mended

    @property
    def is_remote(self) -> bool:
        """Whether another machine trains it, in a folder that both see."""
        return _is_of_another(self._status)

    def last_of(self, status: Status) -> Status:
        """Of a trainer that is gone the last that it wrote: how it ended may have come after the status was read."""
        is_here = status.state in LIVE_STATES and status.pid and not _is_of_another(status)
        return self._folder.status() if is_here and process_start(status.pid) != status.started else status

    def judge(self, status: Status, facts: RunFacts, summary: RunSummary) -> Judgement:
        """By the newest status, and by what its records come to."""
        self._status = status
        self.preparing.take(status)
        self._silence.take(status, summary.step)
        self._is_mended = status.cannot_go_on and self._was_mended()
        if (begun := self._of_spawned()) is not None:
            return begun
        told = said(Sentence(status.code, status.sentence, status.arguments))
        if self._is_mended:
            return Judgement(
                status.state, tr("A checkpoint of it was changed by hand since it ended: Resume tries it.")
            )
        if status.state not in LIVE_STATES:
            return Judgement(status.state, told)
        if self.is_remote:
            watched = tr("Trains on {host}; here it can only be watched.", host=status.host)
            return Judgement(status.state, told or watched)
        if not status.pid:
            is_young = abs(time.time() - facts.created) < _START_PATIENCE_S  # the clock may have been set back
            return Judgement("starting" if is_young else "stopped", "")
        if process_start(status.pid) == status.started:
            return self._of_living(told, summary)
        return Judgement("crashed", self._crash_words(max(status.step, summary.step)))

    def _of_spawned(self) -> Judgement | None:
        """While a trainer of this window has not written its own status."""
        spawned = self.spawned
        if spawned is None or self._status.pid == spawned.pid:
            return None
        if spawned.is_alive():
            return Judgement("starting", "")
        if self._status != spawned.before:
            return None
        words = " ".join((tr("The trainer ended before it began."), self._last_words())).strip()
        return Judgement("crashed", words)

    def _of_living(self, told: str, summary: RunSummary) -> Judgement:
        status = self._status
        silent = self._silence.words(status, summary.step, summary.pace_s)
        words = silent or (self.preparing.words if status.state == "preparing" else told)
        return Judgement(status.state, words, is_silent=bool(silent))

    def _crash_words(self, step: int) -> str:
        if self._status.state == "preparing":
            words = mark("The trainer stopped unexpectedly while it prepared the corpus. Resume prepares it again.")
            return tr(words)
        stopped = tr("The trainer stopped unexpectedly at step {step}.", step=grouped(step))
        at = self._status.checkpoint_step
        if not at:
            return f"{stopped} {tr('Resume starts it again: no checkpoint.')}"
        return f"{stopped} {tr('Resume goes on from the checkpoint of step {step}.', step=grouped(at))}"

    def _was_mended(self) -> bool:
        status = self._status
        if not status.stamp:  # it ended before runs noted one
            return status.lacks_checkpoint and has_whole(self._folder.path)
        return was_mended(self._folder.path, status.stamp)

    def _last_words(self) -> str:
        lines = [line.strip() for line in self._folder.log_tail(2000).splitlines() if line.strip()]
        return lines[-1] if lines else ""


def _is_of_another(status: Status) -> bool:
    return bool(status.host) and status.host != socket.gethostname()
