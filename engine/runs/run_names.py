"""The name that a person gave a run: in name.txt in its folder, which keeps its own. No torch."""

from __future__ import annotations

import contextlib
from pathlib import Path

from engine.protocol.errors import EngineError
from engine.shared.atomic_files import replace_file
from engine.shared.disk_errors import write_reason
from engine.shared.regular_files import read_file

NAME_FILE = "name.txt"
_MOST_CHARACTERS = 100


def read_name(run: Path) -> str:
    """Of the run in a folder; the folder's own where nobody gave another, or what is there cannot be read."""
    with contextlib.suppress(OSError, ValueError):
        name = " ".join(read_file(run / NAME_FILE).decode("utf-8").split())
        if name.isprintable():
            return name[:_MOST_CHARACTERS] or run.name
    return run.name


def write_name(run: Path, name: str) -> str:
    """Give a run a name; an empty one, and the folder's own, take the given one away. What it is called then.

    Raises EngineError for what is no name, and where it cannot be written."""
    words = " ".join(name.split())
    if len(words) > _MOST_CHARACTERS:
        raise EngineError(
            "run.name_too_long",
            "The name of a run has at most {most} characters, not {given:,}.",
            most=_MOST_CHARACTERS,
            given=len(words),
        )
    if not words.isprintable():
        raise EngineError("run.name_not_printable", "The name of a run holds a character that cannot be shown.")
    try:
        if words in ("", run.name):
            (run / NAME_FILE).unlink(missing_ok=True)
        else:
            replace_file(run / NAME_FILE, words.encode())
    except OSError as error:
        raise EngineError(
            "run.name_not_written",
            "{run} could not be renamed: {reason}.",
            run=run.name,
            reason=write_reason(error),
        ) from error
    return words or run.name
