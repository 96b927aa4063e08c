"""A folder of lessons that a teacher may be writing in."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

_REST_MS = 150  # an editor writes a file in several steps


class FollowedFolder(QObject):
    """`changed()`: a file of the folder, or of one for a language in it, was written, came or went."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.changed)
        self._watcher.fileChanged.connect(lambda: self._rest.start())
        self._watcher.directoryChanged.connect(lambda: self._rest.start())

    def follow(self, folder: Path | None) -> None:
        """From now on this one, as it is now; None: no folder."""
        if known := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(known)
        if folder is not None and os.path.isdir(folder):
            folders = [folder, *(path for path in folder.iterdir() if os.path.isdir(path))]
            files = [path for one in folders for path in one.glob("*.[mM][dD]")]
            self._watcher.addPaths([str(path) for path in (*folders, *files)])
