"""Which folders in that of a run are checkpoints, told by their names alone. No torch."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

CHECKPOINT_PREFIX = "checkpoint-"  # before the step, in eight digits or more
_NAME = re.compile(rf"{CHECKPOINT_PREFIX}(\d{{8,12}})", re.ASCII)


def checkpoint_name(step: int) -> str:
    """Of the folder of a checkpoint."""
    return f"{CHECKPOINT_PREFIX}{step:08d}"


def step_of(path: Path) -> int | None:
    """That a checkpoint is of by its name, None of another folder, be it a copy of one."""
    found = _NAME.fullmatch(path.name)
    return int(found[1]) if found and path.name == checkpoint_name(int(found[1])) else None


def kept(folder: Path) -> list[Path]:
    """The checkpoints of a run folder, the newest last; none of one that cannot be looked into."""
    names: list[str] = []
    with contextlib.suppress(OSError):
        names = os.listdir(folder)
    found = [(step, folder / name) for name in names if (step := step_of(folder / name)) is not None]
    return [path for _, path in sorted(found) if os.path.isdir(path)]
