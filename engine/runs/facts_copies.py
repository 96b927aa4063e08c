"""What run.json holds, once more in every checkpoint: a run whose own is lost or damaged goes on with it. No torch."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import NamedTuple

from engine.runs.checkpoint_names import kept, step_of
from engine.shared.regular_files import read_file
from engine.shared.stored_json import is_as_written, is_sealed

FACTS = "run.json"  # of a run, and of each of its checkpoints


class Copy(NamedTuple):
    """The newest that is as it was written, and the step of its checkpoint."""

    data: bytes
    step: int


def newest_copy(folder: Path) -> Copy | None:
    """Of the run in `folder`, None where no checkpoint has one."""
    for checkpoint in reversed(kept(folder)):
        with contextlib.suppress(OSError):
            data = read_file(checkpoint / FACTS)
            if is_sealed(data) and is_as_written(data):
                return Copy(data, step_of(checkpoint) or 0)
    return None
