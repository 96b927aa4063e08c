"""The checkpoints that lie in a run folder: what is known of each, and which of them stay. No torch."""

from __future__ import annotations

import errno
import hashlib
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from engine.protocol.errors import EngineError
from engine.runs.changes import Change
from engine.runs.checkpoint_names import kept, step_of
from engine.shared.disk_errors import read_reason
from engine.shared.file_hashes import hash_of
from engine.shared.regular_files import read_file
from engine.shared.stored_json import Count, decode, is_as_written, sealed

PROGRESS = "progress.json"
NOT_OPENED = "checkpoint.not_opened"
GONE = "checkpoint.gone"
_NOT_NOW = (errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE)  # another day, or who may, reads it
ALWAYS_KEPT = 2  # the newest; an older one stands in for one that was damaged


class Improvement(msgspec.Struct, frozen=True):
    """The best validation so far, and how many came after it that were not better."""

    loss: float | None = None
    step: int = 0
    n_since: int = 0

    def after(self, step: int, loss: float) -> Improvement:
        """With one more validation; one that is not finite is no better than any."""
        if math.isfinite(loss) and (self.loss is None or loss < self.loss):
            return Improvement(loss, step)
        return msgspec.structs.replace(self, n_since=self.n_since + 1)

    def is_over(self, patience: int) -> bool:
        """Whether as many validations as that brought nothing; 0 has patience for ever."""
        return 0 < patience <= self.n_since


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of a checkpoint. `hashes` of its other files, by name; `micro_batch` of an uncompiled step."""

    step: Count
    tokens: Count
    elapsed_s: float
    micro_batch: Count = 0  # sequences; 0 of a checkpoint that does not tell
    hashes: dict[str, str] = {}
    validation_loss: float | None = None  # of these very weights, where they were validated
    last_validation_loss: float | None = None  # of the newest validation until then, which the next sample tells
    is_milestone: bool = False  # one of those that are kept every so often
    improvement: Improvement = Improvement()
    changes: tuple[Change, ...] | None = None  # of the run until then; None of a checkpoint that does not tell
    lines: dict[str, str] = {}  # hashes of what stood in the files of records then, by name
    altered: dict[str, Count] = {}  # those that have other lines from before a step than the run wrote, by name


class KeptCheckpoint(msgspec.Struct, frozen=True):
    """One checkpoint that is there."""

    path: Path
    progress: Progress
    n_bytes: int

    @property
    def loss(self) -> float:
        """The validation loss of its weights, NaN where they were not validated."""
        return math.nan if self.progress.validation_loss is None else self.progress.validation_loss


def write_progress(folder: Path, progress: Progress) -> None:
    """Into the folder of a checkpoint. Raises OSError."""
    (folder / PROGRESS).write_bytes(sealed(msgspec.json.encode(progress)))


def read_progress(folder: Path) -> Progress:
    """Of one checkpoint. Raises EngineError when it is damaged or foreign."""
    try:
        data = read_file(folder / PROGRESS)
        found = decode(data, Progress)
        if not is_as_written(data) or step_of(folder) not in (None, found.step):
            raise msgspec.DecodeError("it is not as it was written")
        return found
    except (OSError, msgspec.DecodeError) as error:
        check_open(folder, error)
        raise EngineError(
            "checkpoint.progress_not_read",
            "{name} is truncated or foreign: its progress cannot be read.",
            name=folder.name,
        ) from error


def check_open(folder: Path, error: Exception) -> None:
    """Raises EngineError where a checkpoint may be whole, and only cannot be opened now: no other is taken for it; and
    where it is no more, since a run that trains drops older ones while somebody is about to read them."""
    if isinstance(error, FileNotFoundError) and not folder.exists():
        raise EngineError(
            "checkpoint.gone", "{name} is gone: its run keeps the newest checkpoints and the best.", name=folder.name
        ) from error
    if isinstance(error, OSError) and error.errno in _NOT_NOW:
        raise EngineError(
            "checkpoint.not_opened",
            "{name} cannot be opened: {reason}.",
            name=folder.name,
            reason=read_reason(error),
        ) from error


def kept_checkpoints(folder: Path) -> tuple[KeptCheckpoint, ...]:
    """Those whose progress can be read, the newest last."""
    found = []
    for path in kept(folder):
        try:
            found.append(KeptCheckpoint(path, read_progress(path), _size(path)))
        except (EngineError, OSError):  # damaged, or gone meanwhile
            continue
    return tuple(found)


def best_of(checkpoints: Sequence[KeptCheckpoint]) -> KeptCheckpoint | None:
    """The one with the least validation loss, None where none was validated."""
    return min((one for one in checkpoints if math.isfinite(one.loss)), key=lambda one: one.loss, default=None)


def stamp_of(folder: Path) -> str:
    """Another one when a checkpoint of a run folder was put there, taken away or changed, wherever the clock was set
    meanwhile; "" where they cannot be looked at."""
    try:
        places = [place for path in kept(folder) for place in (path, *sorted(path.iterdir()))]
        found = [(str(place.relative_to(folder)), place.stat()) for place in places]
    except OSError:
        return ""
    seen = [(name, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) for name, stat in found]
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def was_mended(folder: Path, stamp: str) -> bool:
    """Whether the checkpoints of a run folder are others than those that had this `stamp` when it ended with nothing to
    go on from: changed by a person, who may have repaired them."""
    now = stamp_of(folder)
    return bool(stamp and now) and now != stamp


def has_whole(folder: Path) -> bool:
    """Whether a checkpoint of a run folder has all its files as they were written: of a run that ended with nothing to
    go on from, and without a stamp. Reads them all, once."""
    stamp = stamp_of(folder)
    return any(_is_whole(path, stamp) for path in kept(folder))


@lru_cache(maxsize=16)
def _is_whole(checkpoint: Path, stamp: str) -> bool:
    try:
        hashes = read_progress(checkpoint).hashes
        return bool(hashes) and all(hash_of(checkpoint / name) == known for name, known in hashes.items())
    except (EngineError, OSError):
        return False


def superfluous(folder: Path, budget_bytes: float) -> list[Path]:
    """The checkpoints of a run folder that do not stay: all but the newest two, the best, and as many of the
    milestones, the newest first, as `budget_bytes` has room for beside these."""
    found = kept_checkpoints(folder)
    best = best_of(found)
    stay = {*kept(folder)[-ALWAYS_KEPT:], *([best.path] if best is not None else [])}
    room = budget_bytes - sum(one.n_bytes for one in found if one.path in stay)
    for one in reversed([one for one in found if one.progress.is_milestone and one.path not in stay]):
        room -= one.n_bytes
        if room < 0:
            break
        stay.add(one.path)
    return [path for path in kept(folder) if path not in stay]


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())
