"""How far a learner has come: the page of each lesson, what was answered, and the programs as they were changed."""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

from engine.shared.atomic_files import replace_file
from engine.shared.folders import state_folder


class _OfLesson(msgspec.Struct):
    page: int = 0
    done: set[str] = msgspec.field(default_factory=set)  # "page.nth that was asked on it"
    texts: dict[str, str] = msgspec.field(default_factory=dict)  # "page" of programs that were changed


class _Kept(msgspec.Struct):
    folder: str = ""  # of a teacher's own lessons
    open: str = ""  # the lesson that was open, "" for the list
    lessons: dict[str, _OfLesson] = msgspec.field(default_factory=dict)


class Progress:
    """Kept in a file, which is read once. What cannot be read begins anew, what cannot be written is lost with the
    window: nothing else depends on it."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or state_folder() / "lessons.json"
        self._kept = _Kept()
        with contextlib.suppress(OSError, msgspec.DecodeError):
            self._kept = msgspec.json.decode(self._path.read_bytes(), type=_Kept)

    @property
    def folder(self) -> Path | None:
        """A person's own folder of lessons, None for those that ship."""
        return Path(self._kept.folder) if self._kept.folder else None

    @property
    def open_lesson(self) -> str:
        """The lesson that was open when the reader was last left, "" for the contents."""
        return self._kept.open

    def choose(self, *, folder: Path | None = None, is_shipped: bool = False) -> None:
        """The lessons to read."""
        if folder is not None or is_shipped:
            self._kept.folder = str(folder or "")
        self._write()

    def set_open(self, lesson: str) -> None:
        """The reader shows this lesson, "" for the contents; kept on disk."""
        self._kept.open = lesson
        self._write()

    def page(self, lesson: str) -> int:
        """The page that a lesson was left at, from 0."""
        return self._of(lesson).page

    def set_page(self, lesson: str, page: int) -> None:
        """The reader is at this page of a lesson; kept on disk."""
        self._of(lesson).page = page
        self._write()

    def is_done(self, lesson: str, page: int, place: int) -> bool:
        """Whether the question or exercise at a place of a page is answered."""
        return f"{page}.{place}" in self._of(lesson).done

    def n_done(self, lesson: str) -> int:
        """How much of what a lesson asks is done."""
        return len(self._of(lesson).done)

    def do(self, lesson: str, page: int, place: int) -> None:
        """It is answered."""
        self._of(lesson).done.add(f"{page}.{place}")
        self._write()

    def text(self, lesson: str, page: int) -> str | None:
        """The program of a page as it was changed, in whichever language; None where it was not."""
        texts = self._of(lesson).texts
        return next((texts[key] for key in texts if _is_of(key, page)), None)

    def set_text(self, lesson: str, page: int, text: str | None) -> None:
        """None: as the page has it."""
        texts = self._of(lesson).texts
        for key in [key for key in texts if _is_of(key, page)]:
            del texts[key]
        if text is not None:
            texts[str(page)] = text
        self._write()

    def _of(self, lesson: str) -> _OfLesson:
        return self._kept.lessons.setdefault(lesson, _OfLesson())

    def _write(self) -> None:
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self._path, msgspec.json.encode(self._kept), durable=False)


def _is_of(key: str, page: int) -> bool:
    """Files of before have "language.page"."""
    return key.rpartition(".")[2] == str(page)
