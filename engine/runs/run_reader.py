"""Reading a run while it is written: only what is new, and never half a line. No torch."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from engine.protocol.errors import EngineError
from engine.runs.changes import Change, changes_stamp, read_changes
from engine.runs.run_folder import Evaluation, RunFolder, Sample, Status, StepRecord

_Record = TypeVar("_Record", StepRecord, Evaluation, Sample)


class News(msgspec.Struct, frozen=True):
    """What came since the last look. `restarted`: steps were taken back by a resume, so start afresh with these."""

    status: Status
    records: tuple[StepRecord, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    samples: tuple[Sample, ...] = ()
    restarted: bool = False
    changes: tuple[Change, ...] = ()  # all of them
    has_more: bool = False  # records that the next look brings


class _Lines(Generic[_Record]):
    def __init__(self, path: Path, kind: type[_Record]) -> None:
        self._path = path
        self._decoder: msgspec.json.Decoder[_Record] = msgspec.json.Decoder(kind)
        self._offset = 0
        self._inode = 0
        self.has_more = False

    def was_replaced(self) -> bool:
        # A resume that takes steps back writes the file anew under the same name.
        try:
            inode = self._path.stat().st_ino
        except FileNotFoundError:
            return False
        known, self._inode = self._inode, inode
        return known not in (0, inode)

    def rewind(self) -> None:
        self._offset = 0

    def read(self, n_bytes: int = -1) -> tuple[_Record, ...]:
        """The lines that are new, whole, of the next `n_bytes`."""
        try:
            with self._path.open("rb") as file:
                file.seek(self._offset)
                data = file.read(n_bytes)
        except FileNotFoundError:
            return ()
        whole = data[: data.rfind(b"\n") + 1]
        self._offset += len(whole)
        self.has_more = bool(whole) and len(data) == n_bytes
        try:
            return tuple(self._decoder.decode_lines(whole))
        except msgspec.DecodeError:
            return tuple(self._readable(whole))

    def _readable(self, lines: bytes) -> Iterator[_Record]:
        for line in lines.splitlines():
            with contextlib.suppress(msgspec.DecodeError):  # torn by a power cut: the trainer goes on behind it
                yield self._decoder.decode(line)


class RunReader:
    """Follows one run folder."""

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder
        self._records = _Lines(folder.path / "records.jsonl", StepRecord)
        self._evaluations = _Lines(folder.path / "evaluations.jsonl", Evaluation)
        self._samples = _Lines(folder.path / "samples.jsonl", Sample)
        self._changes: tuple[Change, ...] = ()
        self._stamp: object = None

    def poll(self, n_bytes: int = -1) -> News:
        """What is new, of the records as many as `n_bytes` hold. Raises EngineError when the folder is gone or
        foreign."""
        parts = (self._records, self._evaluations, self._samples)
        replaced = [part.was_replaced() for part in parts]  # each remembers what it saw
        restarted = any(replaced)
        if restarted:
            for part in parts:
                part.rewind()
        status = self.folder.status()
        found = self._records.read(n_bytes), self._evaluations.read(), self._samples.read()
        return News(status, *found, restarted, self._read_changes(), self._records.has_more)

    def _read_changes(self) -> tuple[Change, ...]:
        """Damaged ones stop the trainer, which says so; what it wrote can still be looked at."""
        stamp = changes_stamp(self.folder.path)
        if stamp != self._stamp:
            self._stamp = stamp
            with contextlib.suppress(EngineError):
                self._changes = read_changes(self.folder.path)
        return self._changes
