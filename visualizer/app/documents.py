"""Programs on disk: read, written whole or not at all, autosaved, and found again after a crash. No widgets."""

from __future__ import annotations

import codecs
import contextlib
import errno
import json
import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from engine.protocol.errors import EngineError
from engine.protocol.invocation import Invocation
from engine.shared.atomic_files import replace_file
from engine.shared.disk_errors import read_reason, write_reason
from engine.shared.folders import state_folder
from engine.shared.named_files import place_of
from engine.shared.processes import process_start
from engine.shared.regular_files import read_file
from visualizer.app.program_bytes import FileForm, decoded, encoded, form_of, line_ends

_MAX_BYTES = 2 << 20  # of which a key takes a tenth of a second


def read_program(path: Path) -> str:
    """The text of a file. Raises EngineError with one sentence for what is no text, or cannot be read."""
    try:
        if os.path.isdir(path):
            raise EngineError("program.is_folder", "{path} is a folder, not a program.", path=path)
        if path.stat().st_size > _MAX_BYTES:
            raise EngineError(
                "program.too_large",
                "{name} is larger than {n_megabytes} MB, which is no program.",
                name=path.name,
                n_megabytes=_MAX_BYTES >> 20,
            )
        data = read_file(path)
    except OSError as error:
        raise EngineError(
            "file.not_read", "{path} could not be read: {reason}.", path=path, reason=read_reason(error)
        ) from error
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise EngineError(
            "program.not_python_text",
            "{name} is UTF-16 text, which Python does not run: save it as UTF-8.",
            name=path.name,
        )
    if b"\0" in data:
        raise EngineError("program.binary", "{name} is a binary file, not a program.", name=path.name)
    try:
        return decoded(data)
    except UnicodeDecodeError as error:
        raise EngineError(
            "program.does_not_decode",
            "{name} is not UTF-8 text: the byte at {position:,} does not decode.",
            name=path.name,
            position=error.start,
        ) from error


def ends_in_several_ways(path: Path) -> bool:
    """Whether the lines of a file end in more than one way, so that a save changes some of them."""
    try:
        return sum(map(bool, line_ends(read_file(path)).values())) > 1
    except OSError:
        return False


def write_program(path: Path, text: str, *, like: Path | None = None) -> None:
    """Write under another name, flush, rename; mode, line ends and mark at the start stay, of a new file those of the
    file `like`. Raises EngineError with the old file intact."""
    try:
        place = place_of(path)
        data = _encoded(text, place if os.path.isfile(place) else like)
        place.parent.mkdir(parents=True, exist_ok=True)
        replace_file(place, data)
    except OSError as error:
        if error.errno == errno.EPERM:
            raise EngineError(
                "file.write_protected",
                "{path} is write-protected: save under another name, or lift the protection.",
                path=path,
            ) from error
        raise EngineError(
            "file.not_written", "{path} could not be written: {reason}.", path=path, reason=write_reason(error)
        ) from error


def _encoded(text: str, like: Path | None) -> bytes:
    try:
        form = form_of(read_file(like)) if like is not None else FileForm()
    except OSError:
        form = FileForm()  # gone, or not to be read: its successor is as any new one
    try:
        return encoded(text, form)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        if error.encoding == "utf-8":
            raise EngineError(
                "program.half_a_character",
                "Line {line} holds half a character, which no file can hold; delete it there.",
                line=line,
            ) from error
        raise EngineError(
            "program.not_in_encoding",
            "“{character}” in the program is no character of {encoding}, the encoding that its first lines declare.",
            character=error.object[error.start],
            encoding=error.encoding,
        ) from error


def stamp(path: Path) -> tuple[int, int] | None:
    """Changes when the file does; None where there is none."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


def scratch_path() -> Path:
    """A real file for a program that was never saved: Python needs one for its source and its child processes."""
    return state_folder() / f"scratch-{os.getpid()}" / "untitled.py"


def clear_scratch() -> None:
    """Remove this window's scratch folder, and those of windows that no longer live."""
    for folder in state_folder().glob("scratch-*"):
        pid = folder.name.removeprefix("scratch-")
        if pid == str(os.getpid()) or (pid.isdigit() and not process_start(int(pid))):
            shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Document:
    """The program in the editor: its file, and what that holds. Another program is another document."""

    path: Path | None = None  # None until it was saved somewhere
    saved_text: str | None = ""  # None for a file that is gone
    stamp: tuple[int, int] | None = None  # of the file as it was last read or written
    page: tuple[str, int] | None = None  # of a lesson, which keeps what is changed of its program
    name: str = "untitled.py"  # without a file
    home: Path | None = None  # where it came from, without a file
    invocation: Invocation | None = None  # how it is started, None where nobody has asked for more than its name

    @property
    def title(self) -> str:
        """What a person calls it."""
        return self.path.name if self.path is not None else self.name

    @property
    def offered_name(self) -> str:
        """Of a file to save it as: the title of a page is none."""
        return self.title if self.page is None else re.sub(r"\W+", "-", self.title).strip("-").lower() + ".py"

    @property
    def run_path(self) -> str:
        """The file that it runs as: its own, or a scratch file for one that has none."""
        return str(self.path if self.path is not None else scratch_path())

    @property
    def folder(self) -> Path:
        """Where a file dialog begins."""
        return self.path.parent if self.path is not None else self.home or Path.home()


@dataclass(frozen=True)
class LostProgram:
    """A text that a window did not get to save. `path` is None if it never had a file."""

    path: Path | None
    text: str
    when: float  # seconds since 1970
    file: Path

    def discard(self) -> None:
        """Forget it."""
        self.file.unlink(missing_ok=True)


class Recovery:
    """The recovery `file` of this process, which shares its name with none of a dead one that had the same id."""

    def __init__(self) -> None:
        self._started = process_start(os.getpid())
        self.file = state_folder() / f"recovery-{os.getpid()}-{self._started}.json"

    def save(self, path: Path | None, text: str) -> None:
        """Keep the text until it is saved. Raises EngineError when the disk refuses it."""
        content = {
            "pid": os.getpid(),
            "started": self._started,
            "path": str(path) if path else None,
            "text": text,
            "when": time.time(),
        }
        write_program(self.file, json.dumps(content))

    def clear(self) -> None:
        """Nothing is unsaved any more."""
        with contextlib.suppress(OSError):
            self.file.unlink(missing_ok=True)


def lost() -> list[LostProgram]:
    """What windows that no longer live left unsaved, newest first."""
    found = []
    for file in state_folder().glob("recovery-*.json"):
        try:
            content = json.loads(file.read_text("utf-8"))
            if process_start(int(content["pid"])) == int(content["started"]):
                continue  # its window is still open
            path = Path(content["path"]) if content["path"] else None
            found.append(LostProgram(path, str(content["text"]), float(content["when"]), file))
        except (OSError, ValueError, KeyError, TypeError):
            continue  # half a file, from a machine that went down while it was written
    return sorted(found, key=lambda program: -program.when)
