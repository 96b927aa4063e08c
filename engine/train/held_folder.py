"""The folder of a run as the process that trains it knows it: by itself, and not by a name that may go to another."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from engine.runs.run_folder import RunFolder

_GONE = " (deleted)"  # as Linux says it


class HeldFolder(RunFolder):
    """Its `path` is where the folder lies now, on Linux also once it was renamed; of one that was deleted, or cannot be
    found, a path at which nothing lies. Raises OSError where there is no folder to begin with."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path)
        self._descriptor = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY)

    @property
    def path(self) -> Path:
        """Where it lies."""
        if not self._is_at(self._path):
            self._path = self._found()
        return self._path

    def _is_at(self, path: Path) -> bool:
        with contextlib.suppress(OSError):
            return os.path.samestat(path.stat(), os.fstat(self._descriptor))
        return False

    def _found(self) -> Path:
        with contextlib.suppress(OSError):
            found = Path(os.readlink(f"/proc/self/fd/{self._descriptor}"))
            if self._is_at(found):
                return found
        return self._path if self._path.name.endswith(_GONE) else self._path.with_name(self._path.name + _GONE)
