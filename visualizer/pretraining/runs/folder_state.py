"""Whether a run's folder may be looked into, and whether something in it was written since."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from engine.runs.run_names import NAME_FILE


def touched(path: Path) -> int:
    """Another number whenever the status or the name of the run in a folder was written."""
    found = [0]
    for name in ("status.json", NAME_FILE):
        with contextlib.suppress(OSError):
            found.append((path / name).stat().st_mtime_ns)
    return sum(found)


def refusal(path: Path) -> OSError | None:
    """What keeps from looking into the folder of a run, None of one that can be, or is gone."""
    try:
        os.stat(path)
        os.stat(path / "run.json")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return None if error.errno == errno.ELOOP and os.path.isdir(path) else error
    return None


def of_facts(path: Path) -> int:
    """Another one whenever the run.json of a folder was written, or its permissions changed; 0 without one."""
    try:
        return os.stat(path / "run.json").st_ctime_ns
    except OSError:
        return 0
