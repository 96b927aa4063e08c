"""Follows run folders in a thread of its own: a slow disk or a long run never holds the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from visualizer.look.spoken import current
from visualizer.pretraining.runs.judgement import Spawned
from visualizer.pretraining.runs.runs_worker import RunsWorker


class RunsReader(QObject):
    """Lives in the window's thread; the work is done behind it. `close` ends the thread."""

    rows_changed = Signal(object)  # tuple[RunRow, ...], newest first
    rows_said = Signal()  # what was told of them is in another language from now on
    run_changed = Signal(object)  # RunSnapshot of a watched run
    failed = Signal(object)  # a function that says it
    answered = Signal(object, str)  # Path, the command and the trainer's answer to it
    refused = Signal(object, object)  # Path, and the Sentence in which its trainer says why it does not
    _watch = Signal(object)
    _add = Signal(object)
    _forget = Signal(object)
    _rooted = Signal(object)
    _spawned = Signal(object, object)
    _command = Signal(object, str)
    _rename = Signal(object, str)
    _poll = Signal()
    _end = Signal()

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName("runs_reader")
        worker = RunsWorker(root)
        self._worker: RunsWorker | None = worker
        worker.moveToThread(self._thread)
        worker.rows_changed.connect(self.rows_changed)
        worker.rows_said.connect(self.rows_said)
        worker.run_changed.connect(self.run_changed)
        worker.failed.connect(self.failed)
        worker.answered.connect(self.answered)
        worker.refused.connect(self.refused)
        for signal, slot in (
            (self._watch, worker.watch),
            (self._add, worker.add),
            (self._forget, worker.forget),
            (self._spawned, worker.note_spawned),
            (self._command, worker.command),
            (self._rename, worker.rename),
            (self._poll, worker.poll),
            (self._rooted, worker.set_root),
            (self._end, worker.end),
            (current().changed, worker.say_again),
        ):
            signal.connect(slot)
        self._thread.started.connect(worker.begin)
        self._thread.start()

    def watch(self, paths: tuple[Path, ...]) -> None:
        """Send snapshots of these runs from now on, whenever they change; the first ones at once."""
        self._watch.emit(paths)

    def add(self, path: Path) -> None:
        """List a run that lies elsewhere too."""
        self._add.emit(path)

    def set_root(self, root: Path) -> None:
        """List the runs of another folder from now on."""
        self._rooted.emit(root)

    def forget(self, path: Path) -> None:
        """Its folder was deleted."""
        self._forget.emit(path)

    def note_spawned(self, path: Path, spawned: Spawned) -> None:
        """This window started a trainer for the run."""
        self._spawned.emit(path, spawned)

    def command(self, path: Path, command: str) -> None:
        """Send "pause", "resume", "stop", or "change" and settings to the run's trainer."""
        self._command.emit(path, command)

    def rename(self, path: Path, name: str) -> None:
        """Give the run another name; its folder keeps its own."""
        self._rename.emit(path, name)

    def poll(self) -> None:
        """Look now."""
        self._poll.emit()

    @property
    def is_closed(self) -> bool:
        """Whether its thread has ended."""
        return self._thread.isFinished()

    def close(self) -> None:
        """End the thread; no trainer is touched."""
        if self._thread.isRunning():
            self._end.emit()
            self._thread.wait()
        self._worker = None
