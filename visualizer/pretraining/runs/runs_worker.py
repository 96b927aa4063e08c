"""Looks into run folders and tells what is new of them, as often as its cost allows."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from engine.protocol.errors import EngineError
from engine.runs.control import TrainerRefusedError, control
from engine.runs.run_folder import RunFolder, has_trained, list_runs
from engine.runs.run_names import write_name
from engine.runs.stopping import Stopping
from engine.shared.disk_errors import read_reason
from engine.shared.language import said, tr
from visualizer.pretraining.run_view import RunRow
from visualizer.pretraining.runs import folder_state
from visualizer.pretraining.runs.judgement import Spawned
from visualizer.pretraining.runs.lost_run import LostRun
from visualizer.pretraining.runs.told_apart import told_apart
from visualizer.pretraining.runs.tracked_run import TrackedRun

_POLL_MS = 250  # at least, while a look costs little
_SLOWEST_POLL_MS = 1000
_SHARE = 0.0015 * (os.cpu_count() or 2)  # of the time of one core: the trainer next door needs all of them
_LIST_EVERY_S = 2.0
_MOST_LOOK_S = 0.4  # at one run: what is read of a long one is shown in between
_FIRST_LOOKS_S = 0.05  # of a poll, for runs that were never read: a folder of a hundred runs fills in bit by bit


class RunsWorker(QObject):
    """Made by the window's thread, its slots are called on the one that it is moved to; `begin` comes first, `end` ends
    that thread. The signals are those of `RunsReader`."""

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
        self._timer.start(0 if is_reading else round(min(max(cost_ms / _SHARE, _POLL_MS), _SLOWEST_POLL_MS)))

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
        return is_listing and folder_state.touched(path) != self._stamps.get(path)

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
            if folder_state.refusal(path) is None:
                self._drop(path)
            else:
                paths.append(path)
        for path in paths:
            is_said = path not in self._runs and self._broken.get(path) == folder_state.of_facts(path)
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
        is_lost = isinstance(run, LostRun) and self._broken.get(path) != folder_state.of_facts(path)
        return run is not None and not is_lost

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
        self._stamps[path] = folder_state.touched(path)
        is_first = path in self._unread
        try:
            if (refusal := folder_state.refusal(path)) is not None:
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
        self._broken[path] = folder_state.of_facts(path)
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
