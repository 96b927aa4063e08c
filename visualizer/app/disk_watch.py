"""Tells that a file may have changed on the disk, also one that is gone and comes back, or is another's by its link."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QEvent, QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

_SETTLED_MS = 100  # another program's write has several events


class DiskWatch(QObject):
    """Of one file at a time. Emits `changed` on the window's thread, now and then for nothing: who hears it looks."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._path: Path | None = None
        self._watcher = QFileSystemWatcher(self)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._tell)
        self._watcher.fileChanged.connect(self._settled.start)
        self._watcher.directoryChanged.connect(self._settled.start)
        window.installEventFilter(self)

    def follow(self, path: Path | None) -> None:
        """This file from now on; while it is not there, the folder that it would lie in."""
        self._path = path
        if before := self._watcher.files() + self._watcher.directories():
            self._watcher.removePaths(before)
        if path is not None:
            there = (one for one in (path, *path.parents) if os.path.exists(one))
            self._watcher.addPath(str(next(there, Path(path.anchor))))

    def _tell(self) -> None:
        """Follow it anew first: what was taken away and is back, or in a folder that has come, is followed no more."""
        self.follow(self._path)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:  # no system tells of every change
            self._settled.start()
        return False
