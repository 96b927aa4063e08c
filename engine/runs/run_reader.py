"""Reading a run while it is written: only what is new, and never half a line. No torch."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Generic, TypeVar

import msgspec
import numpy as np

from engine.protocol.errors import EngineError
from engine.runs.changes import Change, changes_stamp
from engine.runs.known_changes import known_changes
from engine.runs.new_lines import NewLines
from engine.runs.run_folder import Evaluation, RunFolder, Sample, Status, StepRecord
from engine.runs.step_columns import PART_BYTES, STEP_COLUMNS, StepColumns
from engine.runs.step_order import in_order

_Record = TypeVar("_Record", StepRecord, Evaluation, Sample)
_NO_STEPS = np.empty((len(STEP_COLUMNS), 0))


class News(msgspec.Struct, frozen=True):
    """What came since the last look. `restarted`: steps were taken back by a resume, so start afresh with these."""

    status: Status
    records: tuple[StepRecord, ...] = ()
    steps: np.ndarray = _NO_STEPS  # the records as columns, where those were asked for
    evaluations: tuple[Evaluation, ...] = ()
    samples: tuple[Sample, ...] = ()
    restarted: bool = False
    changes: tuple[Change, ...] = ()  # all of them
    has_more: bool = False  # steps that the next look brings
    damaged: tuple[str, ...] = ()  # names of the files that have lines which cannot be read


class _Lines(Generic[_Record]):
    def __init__(self, lines: NewLines, kind: type[_Record]) -> None:
        self.lines = lines
        self._decoder: msgspec.json.Decoder[_Record] = msgspec.json.Decoder(kind)
        self._step = -1  # of the last one

    def read(self) -> tuple[_Record, ...]:
        if not self.lines.offset:
            self._step = -1
        lines = self.lines.read()
        try:
            found = self._decoder.decode_lines(lines)
        except (ValueError, RecursionError):
            found = list(self._readable(lines))
        is_in_order = in_order(np.array([record.step for record in found], dtype=np.float64), self._step)
        found = [record for record, is_kept in zip(found, is_in_order, strict=True) if is_kept]
        self._step = found[-1].step if found else self._step
        self.lines.count(lines, len(found))
        return tuple(found)

    def _readable(self, lines: bytes) -> Iterator[_Record]:
        for line in lines.splitlines():
            with contextlib.suppress(ValueError, RecursionError):  # torn by a power cut: the trainer goes on behind it
                yield self._decoder.decode(line)


class RunReader:
    """Follows one run folder. `in_columns`: its steps come as columns, a part at a time, instead of as records."""

    def __init__(self, folder: RunFolder, *, in_columns: bool = False) -> None:
        self.folder = folder
        path = folder.path
        self._steps = StepColumns(path) if in_columns else None
        self._records = _Lines(NewLines(path / "records.jsonl"), StepRecord)
        self._evaluations = _Lines(NewLines(path / "evaluations.jsonl"), Evaluation)
        self._samples = _Lines(NewLines(path / "samples.jsonl"), Sample)
        self._changes: tuple[Change, ...] = ()
        self._stamp: object = ()  # of no file

    def poll(self) -> News:
        """What is new. Raises EngineError when the folder is gone or foreign."""
        steps = self._steps
        parts = (steps or self._records.lines, self._evaluations.lines, self._samples.lines)
        replaced = [part.was_replaced() for part in parts]  # each remembers what it saw
        restarted = any(replaced)
        if restarted:
            for part in parts:
                part.rewind()
        status = self.folder.status()
        found = steps.read(PART_BYTES) if steps is not None else _NO_STEPS
        return News(
            status,
            self._records.read() if steps is None else (),
            found,
            self._evaluations.read(),
            self._samples.read(),
            restarted,
            self._read_changes(),
            steps is not None and steps.has_more,
            tuple(part.name for part in parts if part.is_damaged),
        )

    def _read_changes(self) -> tuple[Change, ...]:
        """Damaged ones stop the trainer, which says so; what it wrote can still be looked at."""
        stamp = changes_stamp(self.folder.path)
        if stamp != self._stamp:
            self._stamp = stamp
            with contextlib.suppress(EngineError):
                self._changes = known_changes(self.folder.path).changes
        return self._changes
