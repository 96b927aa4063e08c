"""What is put right in a run folder before its trainer begins: another thing in the place of a file, and checkpoints
under each other's names. Only for the process that has the run."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec

from engine.protocol.sentence import Sentence
from engine.runs.changes import CHANGES_FILE
from engine.runs.checkpoint_names import checkpoint_name, kept, step_of
from engine.runs.facts_copies import FACTS
from engine.runs.kept_checkpoints import PROGRESS, Progress
from engine.shared.phrases import every
from engine.shared.regular_files import read_file, set_aside_no_file
from engine.shared.stored_json import decode, is_as_written, is_sealed

_ON_THE_WAY = "renamed-"  # none of a checkpoint's names, and nothing that is cleared away
_WRITTEN = ("status.json", "records.jsonl", "records.columns", "evaluations.jsonl", "samples.jsonl", "ways.jsonl",
            "tokens.bin", "alphabet.txt", CHANGES_FILE, FACTS)  # fmt: skip


def cleared(folder: Path) -> Sentence | None:
    """Folders, pipes and links in a circle that lie where a run writes files get another name; what is said of it."""
    found = [name for name in _WRITTEN if set_aside_no_file(folder / name)]
    if not found:
        return None
    return Sentence.of(
        "training.no_files_there",
        "{files} of the run was no file, and was set aside: the run goes on with what the rest of its folder tells.",
        files=every(found),
    )


def named_again(folder: Path) -> Sentence | None:
    """Checkpoints that have another's name, but tell their own step as it was written, get theirs; what is said."""
    steps = {path: step for path in kept(folder) if (step := _own_step(path)) not in (None, step_of(path))}
    free = {path: step for path, step in steps.items() if _is_free(folder / checkpoint_name(step), steps)}
    if len(set(free.values())) < len(free):  # two that say the same are none's
        return None
    for path, step in free.items():
        path.rename(folder / f"{_ON_THE_WAY}{checkpoint_name(step)}")
    for step in free.values():
        (folder / f"{_ON_THE_WAY}{checkpoint_name(step)}").rename(folder / checkpoint_name(step))
    if not free:
        return None
    return Sentence.of(
        "checkpoint.named_again",
        "Checkpoints of the run had other names: those of the steps {steps} have their own again.",
        steps=every([f"{step:,}" for step in sorted(free.values())]),
    )


def _is_free(path: Path, wrong: dict[Path, int]) -> bool:
    return path in wrong or not os.path.lexists(path)


def _own_step(checkpoint: Path) -> int | None:
    """That its numbers tell, None of a checkpoint whose numbers are not as they were written."""
    with contextlib.suppress(OSError, msgspec.DecodeError):
        data = read_file(checkpoint / PROGRESS)
        if is_sealed(data) and is_as_written(data):
            return decode(data, Progress).step
    return None
