"""Where a person's own files lie, by the customs of the system; variables of the environment name other places."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import platformdirs

_NAME = "visualizer"


def runs_folder() -> Path:
    """The folder of the training runs; VISUALIZER_RUNS names another."""
    return _chosen("VISUALIZER_RUNS") or platformdirs.user_data_path(_NAME, appauthor=False) / "runs"


def state_folder() -> Path:
    """The folder of what a crash must not lose; VISUALIZER_STATE names another."""
    return _chosen("VISUALIZER_STATE") or platformdirs.user_state_path(_NAME, appauthor=False)


def cache_folder() -> Path:
    """The folder of what can be made again; VISUALIZER_CACHE names another."""
    return _chosen("VISUALIZER_CACHE") or platformdirs.user_cache_path(_NAME, appauthor=False)


def own_runtime_folder() -> Path | None:
    """The folder of what lives as long as the person is logged in, None where the system has none; made, and entered
    by nobody else. Raises OSError, also where somebody else has made it."""
    named = os.environ.get("XDG_RUNTIME_DIR")
    if not named:
        return None
    folder = Path(named) / _NAME
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink() or folder.lstat().st_uid != os.getuid():
        raise PermissionError(errno.EACCES, "Permission denied", str(folder))
    folder.chmod(0o700)
    return folder


def settings_file() -> Path:
    """The file of what a window remembers; VISUALIZER_SETTINGS names another."""
    return _chosen("VISUALIZER_SETTINGS") or platformdirs.user_config_path(_NAME, appauthor=False) / "visualizer.ini"


def _chosen(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return Path(value) if value else None
