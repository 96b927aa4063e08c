"""What the trainer writes into its run folder. No write may end the training: a full disk becomes a sentence."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import time
from typing import Any

import msgspec

from engine.protocol.sentence import Sentence
from engine.runs.run_folder import Evaluation, RunFolder, Sample, Status, StepRecord
from engine.shared.atomic_files import replace_file
from engine.shared.processes import process_start

_FILES = {StepRecord: "records.jsonl", Evaluation: "evaluations.jsonl", Sample: "samples.jsonl"}
_STATUS_INTERVAL_S = 0.5


class Journal:
    """Appends records, keeps what the disk refused for the next try, and replaces the status now and then."""

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder
        self.status = Status(
            state="starting", pid=os.getpid(), started=process_start(os.getpid()), host=socket.gethostname()
        )
        self._pending: dict[str, bytes] = {}
        self._written = 0.0
        self._encoder = msgspec.json.Encoder()

    def add(self, record: StepRecord | Evaluation | Sample) -> None:
        """Queue one line; `flush` writes it."""
        name = _FILES[type(record)]
        self._pending[name] = self._pending.get(name, b"") + self._encoder.encode(record) + b"\n"

    def flush(self) -> None:
        """Append the queued lines whole; what could not be written is tried again the next time."""
        for name, data in list(self._pending.items()):
            path = self.folder.path / name
            try:
                size = path.stat().st_size if path.exists() else 0
                with path.open("ab", buffering=0) as file:
                    if file.write(data) != len(data):
                        file.truncate(size)  # a torn line would stand before the next ones
                        raise OSError("No space left on device")
                del self._pending[name]
            except OSError as error:
                self.say(
                    Sentence.of(
                        "training.file_not_written",
                        "{file} could not be written: {reason}. Training goes on.",
                        file=name,
                        reason=error.strerror or error,
                    )
                )

    def set(self, *, urgent: bool = False, **changes: object) -> None:
        """Change the status; it reaches the disk at once if urgent or if the state changed, else twice a second."""
        urgent = urgent or changes.get("state", self.status.state) != self.status.state
        now = time.time()
        self.status = msgspec.structs.replace(self.status, **changes, updated=now)
        if urgent or now - self._written > _STATUS_INTERVAL_S:
            self._written = now
            try:
                self.folder.write_status(self.status)
            except OSError as error:
                print(f"The status could not be written: {error.strerror or error}.", flush=True)

    def say(self, said: Sentence | None, *, urgent: bool = False, **changes: object) -> None:
        """Put a sentence into the status, or take the one out that is there; `changes` are of the status, too."""
        said = said or Sentence("", "")
        self.set(urgent=urgent, sentence=said.text, code=said.code, arguments=said.arguments, **changes)

    def take_back(self, step: int) -> None:
        """Drop everything after `step`, because the training resumes there."""
        for kind, name in _FILES.items():
            path = self.folder.path / name
            if path.exists():
                kept = [line for line in path.read_bytes().splitlines(keepends=True) if _step(line, kind) <= step]
                replace_file(path, b"".join(kept))


def fail(folder: RunFolder, said: Sentence) -> None:
    """Say in the status and on stderr why a run could not begin."""
    Journal(folder).say(said, urgent=True, state="failed")
    with contextlib.suppress(OSError):
        print(said.text, file=sys.stderr)


def _step(line: bytes, kind: Any) -> int:
    try:
        return msgspec.json.decode(line, type=kind).step
    except msgspec.DecodeError:
        return 1 << 62  # a torn line goes too
