"""Follows run folders in a thread of its own: a slow disk or a long run never holds the window."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from engine.protocol.errors import EngineError
from engine.runs.control import TrainerRefusedError, control
from engine.runs.run_folder import RunFolder, has_trained, list_runs
from engine.runs.run_names import NAME_FILE, write_name
from engine.runs.stopping import Stopping
from engine.shared.disk_errors import read_reason
from engine.shared.language import said, tr
from visualizer.look.spoken import current
from visualizer.pretraining.run_view import RunRow
from visualizer.pretraining.runs.judgement import Spawned
from visualizer.pretraining.runs.lost_run import LostRun
from visualizer.pretraining.runs.told_apart import told_apart
from visualizer.pretraining.runs.tracked_run import TrackedRun

POLL_MS = 250  # at least, while a look costs little
_SLOWEST_POLL_MS = 1000
_SHARE = 0.0015 * (os.cpu_count() or 2)  # of the time of one core: the trainer next door needs all of them
_LIST_EVERY_S = 2.0
_MOST_LOOK_S = 0.4  # at one run: what is read of a long one is shown in between
_FIRST_LOOKS_S = 0.05  # of a poll, for runs that were never read: a folder of a hundred runs fills in bit by bit


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
        worker = _Worker(root)
        self._worker: _Worker | None = worker
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


class _Worker(QObject):
    rows_changed = Signal(object)
    rows_said = Signal()
    run_changed = Signal(object)
    failed = Signal(object)
    answered = Signal(object, str)
    refused = Signal(object, object)

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root
        self._runs: dict[Path, TrackedRun] = {}  # in the order of the list
        self._unread: list[Path] = []
        self._rows: dict[Path, RunRow] = {}
        self._are_told = True  # the rows as they are
        self._elsewhere: list[Path] = []
        self._broken: dict[Path, int] = {}  # what is no run, and the state of its run.json then
        self._closed: set[Path] = set()  # runs that nobody may look into now, which was said
        self._not_listed = ""  # why the folder of runs cannot be read
        self._watched: tuple[Path, ...] = ()
        self._spawned: dict[Path, Spawned] = {}
        self._stamps: dict[Path, int] = {}
        self._listed_at = -1e9
        self._shown: tuple[Path, ...] | None = None
        self._stopping = Stopping()

    @Slot()
    def begin(self) -> None:
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.poll)
        self.poll()

    @Slot()
    def end(self) -> None:
        self._timer.stop()
        QThread.currentThread().quit()

    @Slot()
    def say_again(self) -> None:
        """What is told of every run, in the language in use."""
        for path in [path for path in self._rows if path in self._runs]:
            if self._look(path) is False:
                self._send(path)
        self.rows_changed.emit(tuple(self._rows[path] for path in self._runs if path in self._rows))
        self.rows_said.emit()

    @Slot(object)
    def watch(self, paths: tuple[Path, ...]) -> None:
        new = [path for path in paths if path not in self._watched]
        self._watched = paths
        for path, run in self._runs.items():
            run.set_shown(path in paths)
        for path in new:
            if self._look(path) is False:  # True: it was sent already
                self.run_changed.emit(self._runs[path].snapshot())
        self._look_again(0)

    @Slot(object)
    def add(self, path: Path) -> None:
        if path.parent != self._root and path not in self._elsewhere:
            self._elsewhere.append(path)
        self._listed_at = -1e9
        self.poll()

    @Slot(object)
    def set_root(self, root: Path) -> None:
        self._root, self._broken, self._not_listed = root, {}, ""
        self._listed_at = -1e9
        self.poll()

    @Slot(object)
    def forget(self, path: Path) -> None:
        self._elsewhere = [each for each in self._elsewhere if each != path]
        self._drop(path)
        self._listed_at = -1e9
        self.poll()

    @Slot(object, object)
    def note_spawned(self, path: Path, spawned: Spawned) -> None:
        self._spawned[path] = spawned
        if path in self._runs:
            self._runs[path].note_spawned(spawned)
        self.add(path)

    @Slot(object, str)
    def command(self, path: Path, command: str) -> None:
        folder = RunFolder(path)
        try:
            answer = self._stopping.stop(folder) if command == "stop" else control(folder, command)
            self.answered.emit(path, f"{command.partition(' ')[0]} {answer}")
        except TrainerRefusedError as error:
            self.refused.emit(path, error.sentence)
        except EngineError as error:
            self.failed.emit(partial(said, error.sentence))
        self.poll()

    @Slot(object, str)
    def rename(self, path: Path, name: str) -> None:
        try:
            self.answered.emit(path, f"rename {write_name(path, name)}")
        except EngineError as error:
            self.failed.emit(partial(said, error.sentence))
        self._stamps.pop(path, None)
        self._listed_at = -1e9
        self.poll()

    @Slot()
    def poll(self) -> None:
        """Look, and again as soon as its cost allows."""
        start_s = time.thread_time()
        self._look_around()
        self._look_again((time.thread_time() - start_s) * 1000)

    def _look_again(self, cost_ms: float) -> None:
        """At once where a run is not read yet."""
        is_reading = bool(self._unread) or any(run.has_more for run in self._runs.values())
        self._timer.start(0 if is_reading else round(min(max(cost_ms / _SHARE, POLL_MS), _SLOWEST_POLL_MS)))

    def _look_around(self) -> None:
        """At what may have changed: watched and live runs always, the others when they were touched."""
        now = time.monotonic()
        is_listing = now - self._listed_at >= _LIST_EVERY_S
        if is_listing:
            self._listed_at = now
            self._list()
        self._read_first(now)
        for path, run in list(self._runs.items()):
            if path not in self._unread and self._is_due(path, run, is_listing):
                self._look(path)
        self._tell_apart()
        if not self._are_told or tuple(self._runs) != self._shown:
            self._shown, self._are_told = tuple(self._runs), True
            self.rows_changed.emit(tuple(self._rows[path] for path in self._runs if path in self._rows))

    def _tell_apart(self) -> None:
        """A run is called by its folder, too, while another one has its name; a branch names its parent likewise."""
        titles = told_apart({path: run.name for path, run in self._runs.items()})
        for path, title in titles.items():
            run = self._runs[path]
            parent = titles.get(run.parent, run.parent_title) if run.parent is not None else ""
            if (run.title, run.parent_title) != (title, parent):
                run.title, run.parent_title = title, parent
                if path in self._rows:
                    self._send(path)

    def _send(self, path: Path) -> None:
        """What is known of a run."""
        self._rows[path], self._are_told = self._runs[path].row(), False
        if path in self._watched:
            self.run_changed.emit(self._runs[path].snapshot())

    def _is_due(self, path: Path, run: TrackedRun, is_listing: bool) -> bool:
        if path in self._watched or run.is_live or run.has_more:
            return True
        return is_listing and self._stamp(path) != self._stamps.get(path)

    def _stamp(self, path: Path) -> int:
        found = [0]
        for name in ("status.json", NAME_FILE):
            with contextlib.suppress(OSError):
                found.append((path / name).stat().st_mtime_ns)
        return sum(found)

    def _listed(self) -> list[RunFolder]:
        """Why there are none is said once."""
        try:
            found = list_runs(self._root)
        except EngineError as error:
            if self._not_listed != (words := said(error.sentence)):
                self._not_listed = words
                self.failed.emit(partial(said, error.sentence))
            return []
        self._not_listed = ""
        return found

    def _list(self) -> None:
        """Take in what appeared and drop what vanished, newest first. One that cannot be looked into now stays."""
        paths = [folder.path for folder in self._listed()]
        paths += [path for path in self._elsewhere if path not in paths]
        for path in [path for path in self._runs if path not in paths]:
            if _refusal(path) is None:
                self._drop(path)
            else:
                paths.append(path)
        for path in paths:
            is_said = path not in self._runs and self._broken.get(path) == _facts_state(path)
            if is_said or self._is_followed(path):
                continue
            try:
                self._runs[path] = self._tracked(path)
            except EngineError as error:
                self._note_broken(path, error)
                continue
            except OSError as error:
                self._say_closed(path, error)
                continue
            self._runs[path].note_spawned(self._spawned.get(path))
            self._unread.append(path)
        known = [path for path in paths if path in self._runs]
        self._runs = {path: self._runs[path] for path in sorted(known, key=self._place_of, reverse=True)}

    def _place_of(self, path: Path) -> float:
        return self._runs[path].place

    def _tracked(self, path: Path) -> TrackedRun:
        """A run, also one that has lost its settings. Raises EngineError where there is none, and OSError."""
        is_shown = path in self._watched
        try:
            return TrackedRun(path, is_shown=is_shown)
        except EngineError as error:
            if not has_trained(path):
                raise
            self._note_broken(path, error)
            return LostRun(path, error, is_shown=is_shown)

    def _is_followed(self, path: Path) -> bool:
        """Whether it is in the list as what it is; one that had lost its settings may have them again."""
        run = self._runs.get(path)
        return run is not None and not (isinstance(run, LostRun) and self._broken.get(path) != _facts_state(path))

    def _read_first(self, now: float) -> None:
        """Read runs that were never read, the newest first and at least one, until the time is up."""
        known = [path for path in self._unread if path in self._runs]
        self._unread = sorted(known, key=self._place_of, reverse=True)
        while self._unread:
            self._look(self._unread[0])
            if time.monotonic() - now >= _FIRST_LOOKS_S:
                break

    def _look(self, path: Path) -> bool | None:
        """Read what is new of one run and send it on; None when it is not there (any more)."""
        run = self._runs.get(path)
        if run is None:
            return None
        self._stamps[path] = self._stamp(path)
        is_first = path in self._unread
        try:
            if (refusal := _refusal(path)) is not None:
                raise refusal
            is_changed = run.poll(_MOST_LOOK_S)
            if is_changed or is_first:
                self._send(path)
        except EngineError as error:
            self._drop(path)
            self._note_broken(path, error)
            return None
        except OSError as error:  # nobody may look into it now
            self._say_closed(path, error)
            return None
        finally:
            self._unread = [each for each in self._unread if each != path]
        self._closed.discard(path)
        return is_changed or is_first

    def _note_broken(self, path: Path, error: EngineError) -> None:
        """Said once, and tried again when its run.json is another, or may be read."""
        self._broken[path] = _facts_state(path)
        self.failed.emit(partial(said, error.sentence))

    def _say_closed(self, path: Path, error: OSError) -> None:
        """Once; what was known of it stays in the list, and it is looked into again."""
        self._stamps.pop(path, None)
        why = read_reason(error)

        def in_words() -> str:
            return tr("The run {run} cannot be read: {reason}.", run=path.name, reason=said(why))

        words = in_words()
        if path in self._rows and self._rows[path].words != words:
            self._runs[path].close(words)
            self._send(path)
        if path not in self._closed:
            self._closed.add(path)
            if not self._not_listed:  # which says it of all
                self.failed.emit(in_words)

    def _drop(self, path: Path) -> None:
        self._runs.pop(path, None)
        self._rows.pop(path, None)
        self._unread = [each for each in self._unread if each != path]


def _refusal(path: Path) -> OSError | None:
    """What keeps from looking into the folder of a run, None of one that can be, or is gone."""
    try:
        os.stat(path)
        os.stat(path / "run.json")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return None if error.errno == errno.ELOOP and os.path.isdir(path) else error
    return None


def _facts_state(path: Path) -> int:
    """Another one whenever the run.json of a folder was written, or its permissions changed; 0 without one."""
    try:
        return os.stat(path / "run.json").st_ctime_ns
    except OSError:
        return 0
