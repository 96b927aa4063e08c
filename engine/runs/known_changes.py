"""What was changed of a run, by its file and by what its newest checkpoint tells. No torch."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.changes import CHANGES_FILE, Change, read_changes
from engine.runs.kept_checkpoints import Progress, kept_checkpoints
from engine.shared.phrases import parted


class KnownChanges(NamedTuple):
    """In the order of steps. `said`: why they are not those of the file."""

    changes: tuple[Change, ...]
    said: Sentence | None = None


def known_changes(folder: Path) -> KnownChanges:
    """Of the run in `folder`. Raises EngineError where its file is damaged and no checkpoint tells."""
    telling = [one.progress for one in kept_checkpoints(folder) if one.progress.changes is not None]
    newest = telling[-1] if telling else None
    try:
        written = read_changes(folder)
    except EngineError:
        if newest is None:
            raise
    else:
        if newest is None or _before(written, newest.step) == _before(newest.changes or (), newest.step):
            return KnownChanges(written)
    return _of_checkpoint(newest)


def _of_checkpoint(newest: Progress) -> KnownChanges:
    changes = newest.changes or ()
    told = parted([_from_step(change) for change in changes])
    said = Sentence.of(
        "changes.of_checkpoint",
        "{file} of the run is missing or damaged: it goes on with what its checkpoint of step {step:,} tells, {told}.",
        file=CHANGES_FILE,
        step=newest.step,
        told=told or Sentence.phrase("words.nothing_changed", "that nothing was changed"),
    )
    return KnownChanges(changes, said)


def _before(changes: tuple[Change, ...], step: int) -> list[Change]:
    """What may have come at the step itself came after its checkpoint was written."""
    return [change for change in changes if change.step < step]


def _from_step(change: Change) -> Sentence:
    return Sentence.phrase(
        "words.from_step", "from step {step:,} on {settings}", step=change.step + 1, settings=change.words
    )
