"""The trainer's progress in a terminal, or a line now and then in a log."""

from __future__ import annotations

import contextlib
import shutil
import sys
import time

import msgspec

from engine.runs.between_steps import BetweenSteps
from engine.runs.changes import Change
from engine.runs.config import RunConfig
from engine.runs.run_folder import Evaluation, RunFolder, Sample, StepRecord
from engine.runs.step_way import StepWay
from engine.shared.language import grouped, tr, trn
from engine.shared.local_numbers import fixed, percent, scaled

_TERMINAL_INTERVAL_S = 0.1
_BAR = 20
_LOG_LINES = 20  # over the whole run
_LOG_SHARE = 0.1  # of a corpus, between two lines about its preparation
_SHORT_S = 1.0  # what takes no longer is not told
_UNITS = ("B", "kB", "MB", "GB", "TB")


class Progress:
    """`report` takes every record; what nobody can read any more (a closed terminal) is no error."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._is_terminal = sys.stdout.isatty()
        self._run = RunConfig()
        self._between_steps = BetweenSteps()
        self._shown = 0.0
        self._told = 0.0  # of the corpus, the share that was told last
        self._validation = ""
        self._dt_s: float | None = None  # smoothed

    def begin(self, run: RunConfig, step: int, vocabulary: int) -> None:
        """Say what is about to be trained."""
        self._run = run
        goes = tr("Training to {end} in {folder}", end=grouped(run.max_steps), folder=self._folder.path)
        if step:
            goes = tr("Training from step {step} to {end} in {folder}", step=grouped(step), end=grouped(run.max_steps),
                      folder=self._folder.path)  # fmt: skip
        tokens = trn("{n} token in the vocabulary", "{n} tokens in the vocabulary", vocabulary)
        self._print(("\n" if self._is_terminal and self._told else "") + f"{goes}; {tokens}")

    def preparing(self, n_read: int, n_bytes: int, took_s: float) -> None:
        """Show how many bytes of the corpus are tokens by now. In a log only what lasts is told."""
        share = n_read / max(n_bytes, 1)
        is_soon = took_s - self._shown < _TERMINAL_INTERVAL_S if self._is_terminal else share < self._told + _LOG_SHARE
        if took_s < _SHORT_S or is_soon:
            return
        self._shown, self._told = took_s, share
        words = tr("Preparing the corpus: {share} of {size}", share=percent(share), size=scaled(n_bytes, _UNITS))
        if 0 < share < 1:
            words += f", {_left(took_s / share - took_s)}"
        if self._is_terminal:
            self._print("\r" + words.ljust(shutil.get_terminal_size().columns - 1), end="")
        else:
            self._print(words)

    def report(self, record: StepRecord | Evaluation | Sample | Change | StepWay | BetweenSteps) -> None:
        """Show what is new."""
        if isinstance(record, Change):
            self._run = msgspec.structs.replace(self._run, **record.settings)
            self.warn(tr("From step {step} on: {words}", step=grouped(record.step + 1), words=record.words))
        elif isinstance(record, StepWay):
            if record.is_compiled or record.is_compiling or record.reason:
                self.warn(tr("From step {step} on: {words}", step=grouped(record.step), words=record.words))
        elif isinstance(record, Evaluation):
            self._validation = tr("val {loss}", loss=fixed(record.validation_loss, 3))
        elif isinstance(record, BetweenSteps):
            self._between_steps = record
        elif isinstance(record, StepRecord):
            self._step(record)

    def warn(self, sentence: str) -> None:
        """What did not work, or is otherwise from now on, on a line of its own."""
        self._print(("\n" if self._is_terminal else "") + sentence)

    def end(self, sentence: str) -> None:
        """The last line."""
        self._print(("\n" if self._is_terminal else "") + sentence)

    def _step(self, record: StepRecord) -> None:
        last = record.step == self._run.max_steps
        if self._is_terminal:
            if time.monotonic() - self._shown < _TERMINAL_INTERVAL_S and not last:
                return
            self._shown = time.monotonic()
            width = shutil.get_terminal_size().columns - 1
            self._print("\r" + self._line(record, width).ljust(width), end="")
        elif last or record.step % max(self._run.max_steps // _LOG_LINES, 1) == 0:
            self._print(self._line(record))

    def _line(self, record: StepRecord, width: int = 1000) -> str:
        """What fits into `width` characters: a line that wraps cannot be written over."""
        n_steps = self._run.max_steps
        share = record.step / n_steps
        loss = fixed(record.loss, 3) if record.loss is not None else tr("not finite")
        self._dt_s = record.dt_ms / 1000 if self._dt_s is None else 0.95 * self._dt_s + 0.05 * record.dt_ms / 1000
        left_s = (n_steps - record.step) * self._dt_s + self._between_steps.left_s(self._run, record.step)
        parts = [
            f"{grouped(record.step)}/{grouped(n_steps)}",
            tr("loss {loss}", loss=loss),
            self._validation,
            _left(left_s),
            tr("{n} tokens/s", n=grouped(round(record.tokens_per_second))),
        ]
        while len(parts) > 1 and len("  ".join(parts)) > width:
            parts.pop()
        room = min(width - len("  ".join(parts)) - 1, _BAR)
        bar = "█" * round(room * share) + "░" * (room - round(room * share)) + " " if room >= _BAR // 2 else ""
        return bar + "  ".join(part for part in parts if part)

    def _print(self, text: str, end: str = "\n") -> None:
        with contextlib.suppress(OSError, ValueError):
            print(text, end=end, flush=True)


def _left(seconds: float) -> str:
    return tr("{time} left", time=_duration(seconds))


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s"
