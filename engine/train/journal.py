"""What the trainer writes into its run folder. No write may end the training: a full disk becomes a sentence."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Callable, Mapping

import msgspec

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.kept_checkpoints import stamp_of
from engine.runs.run_folder import Evaluation, RunFolder, Sample, Status, StepRecord, stored
from engine.runs.step_columns import StepColumns
from engine.runs.step_way import StepWay
from engine.shared import language
from engine.shared.disk_errors import write_reason
from engine.shared.language import tr
from engine.shared.processes import process_start
from engine.shared.regular_files import read_file
from engine.shared.terminal import tell
from engine.train.line_files import LineFiles

_FILES = {StepRecord: "records.jsonl", Evaluation: "evaluations.jsonl", Sample: "samples.jsonl", StepWay: "ways.jsonl"}
_STATUS_INTERVAL_S = 0.5
_NOT_WRITTEN = "training.file_not_written"


class Journal:
    """Appends records, keeps what the disk refused for the next try, and replaces the status now and then. `warn` is
    told each sentence that is put into the status."""

    def __init__(self, folder: RunFolder, warn: Callable[[str], None] = lambda sentence: None) -> None:
        self.folder = folder
        self._warn = warn
        self.status = Status(
            state="starting", pid=os.getpid(), started=process_start(os.getpid()), host=socket.gethostname()
        )
        self._pending: dict[str, bytes] = {}
        self._lines = LineFiles(folder)
        self._columns = StepColumns(folder.path)
        self._set_s = 0.0
        self._is_status_lost = False
        self.first: Sentence | None = None  # what was put right before the run began
        self._encoder = msgspec.json.Encoder()

    def add(self, record: StepRecord | Evaluation | Sample | StepWay) -> None:
        """Queue one line; `flush` writes it."""
        name = _FILES[type(record)]
        self._pending[name] = self._pending.get(name, b"") + self._encoder.encode(record) + b"\n"

    def flush(self) -> bool:
        """Append the queued lines whole; what could not be written is tried again the next time. Whether all is."""
        for name, data in list(self._pending.items()):
            try:
                self._lines.append(name, data)
                del self._pending[name]
            except OSError as error:
                self.say(_not_written(name, write_reason(error)))
        if not self._pending and self.status.code == _NOT_WRITTEN:
            self.say(None)  # the disk has room again
        self._columns.keep_up()
        return not self._pending

    def secure(self) -> dict[str, str]:
        """Flush until it is on the disk, before a checkpoint is: with it a run needs its records again. What they are
        known by, by file; nothing where some are still to be written."""
        try:
            return self._lines.secure() if self.flush() else {}
        except OSError:
            return {}

    def set(self, *, urgent: bool = False, **changes: object) -> None:
        """Change the status; it reaches the disk at once if urgent or if the state changed, else twice a second."""
        urgent = urgent or changes.get("state", self.status.state) != self.status.state
        self.status = msgspec.structs.replace(self.status, **changes, stamp="", updated=time.time())
        if self.status.cannot_go_on:
            self.status = msgspec.structs.replace(self.status, stamp=stamp_of(self.folder.path))
        if urgent or self.age_s > _STATUS_INTERVAL_S:
            self._set_s = time.monotonic()
            self._write_status()

    @property
    def age_s(self) -> float:
        """Since the status was written, whatever becomes of the clock."""
        return time.monotonic() - self._set_s

    def keep_status(self) -> None:
        """Write it again where another hand changed or removed it, while there is nothing new to say; twice a second at
        most."""
        if self.age_s <= _STATUS_INTERVAL_S:
            return
        self._set_s = time.monotonic()
        try:
            is_kept = read_file(self.folder.status_file).rstrip() == stored(self.status)
        except OSError:
            is_kept = False
        if not is_kept:
            self._write_status()

    def _write_status(self) -> None:
        try:
            self.folder.write_status(self.status)
            self._is_status_lost = False
        except OSError as error:
            if not self._is_status_lost:
                self._is_status_lost = True
                self._warn(tr("The status could not be written: {reason}.", reason=language.said(write_reason(error))))

    def say(self, said: Sentence | None, *, urgent: bool = False, **changes: object) -> None:
        """Put a sentence into the status and on the terminal, or take the one out that is there; `changes` are of the
        status, too."""
        said = said or Sentence("", "")
        if said.text and said.text != self.status.sentence:
            self._warn(language.said(said))
        self.set(urgent=urgent, sentence=said.text, code=said.code, arguments=said.arguments, **changes)

    def take_back(self, step: int, known: Mapping[str, str] = {}) -> list[str]:
        """Drop everything after `step`, because the training resumes there, and what is damaged or doubled. The names
        of the files that are not what they were `known` by. Raises EngineError."""
        for kind, name in _FILES.items():
            try:
                self._lines.take_back(name, kind, step)
            except OSError as error:
                raise EngineError(
                    "training.not_taken_back",
                    "The run cannot go on: {file} could not be written: {reason}.",
                    file=name,
                    reason=write_reason(error),
                ) from error
        found = self._lines.hashes()
        return [name for name in _FILES.values() if name in known and known[name] != found[name]]


def fail(journal: Journal, said: Sentence) -> None:
    """Say in the status and on stderr why a run could not begin."""
    journal.set(urgent=True, state="failed", sentence=said.text, code=said.code, arguments=said.arguments)
    with contextlib.suppress(OSError):
        tell(said)


def _not_written(file: str, reason: Sentence | str) -> Sentence:
    """Lines of a run that are kept for the next try."""
    return Sentence.of(
        "training.file_not_written",
        "{file} could not be written: {reason}. Training goes on.",
        file=file,
        reason=reason,
    )
