"""Lessons as files: Markdown, with fenced blocks for what a page runs, shows and asks. No widgets.

A file is a lesson. `# Title` begins it, what stands below says what it is about; each `## Title` begins a page. On it

    ```python              the program of the page; `python step` steps through its backward passes
    ```show                what to bring up once it has run, or, without a program, when the page is turned to, a line
                           each: `variable x`, `tensor x` large in the middle, `panel outline`, `action fit`,
                           `field n_layers 24` of the form of a training run
    ```guess               a question; a line `= expression` is answered by the program; below it, why
    ```task                an exercise in words, followed by
    ```check               Python that raises AssertionError with a sentence while it is not done,
    ```hint                any number of hints, and
    ```solution            lines that do it, put at the end of the program
    ```math                LaTeX, a formula in each line

and everything else is text; a page has up to 32 kB of it. A folder may have one folder for each language, `en` and
`pt_BR`, with files of the same names: what a language lacks is read in English. Links lead to the same things as
`show`: `[W](variable:W)`, `[Fit](action:fit)`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from engine.protocol.errors import EngineError
from engine.shared.assets import asset
from engine.shared.disk_errors import read_reason
from engine.shared.language import ENGLISH, languages, said
from engine.shared.regular_files import read_file
from visualizer.lessons.parser import parse
from visualizer.lessons.parts import Lesson
from visualizer.lessons.review import Leads, review

SHIPPED = asset("lessons")
LANGUAGES = tuple(sorted(folder.name for folder in SHIPPED.iterdir() if folder.is_dir()))
_MOST_BYTES = 1 << 20


def read_lessons(folder: Path, language: str = ENGLISH, leads: Leads | None = None) -> tuple[list[Lesson], list[str]]:
    """The lessons of a folder by the names of their files, in a language where it has folders for them, and a sentence
    about each file that is none, and, where `leads` knows what leads somewhere, about what does not. Raises EngineError
    for a folder that cannot be read, or has none."""
    try:
        in_order = (folder, folder / ENGLISH, folder / language)
        places = [place for place in in_order if place == folder or place.is_dir()]
        by_name = {path.name: path for place in places for path in place.iterdir() if path.suffix.lower() == ".md"}
        files = [by_name[name] for name in sorted(by_name)]
    except OSError as error:
        raise EngineError(
            "lesson.folder_not_read", "{path} could not be read: {reason}.",
            path=folder, reason=read_reason(error),
        ) from error  # fmt: skip
    lessons, refused = [], []
    for path in files:
        try:
            lessons.append(read_lesson(path))
            if leads is not None:
                refused += review(_text(read_file(path), path.name), path, lessons[-1], leads)
        except EngineError as error:
            refused.append(said(error.sentence))
    if not lessons:
        why = f" {refused[0]}" if refused else ""
        raise EngineError("lesson.none_in_folder", "There is no lesson in {path}.{said}", path=folder, said=why)
    return lessons, refused


def read_lesson(path: Path) -> Lesson:
    """One file. Raises EngineError with what is wrong with it, and where."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise EngineError("lesson.too_large", "{name} is larger than 1 MB, which is no lesson.", name=path.name)
        raw = read_file(path)
    except OSError as error:
        raise EngineError(
            "lesson.not_read", "{name} could not be read: {reason}.", name=path.name, reason=read_reason(error)
        ) from error
    return _parse(_text(raw, path.name), _key(path), path)


# Of what was read before, when a language is chosen again, only what was written since is parsed.
_parse = lru_cache(maxsize=64)(parse)


def _text(raw: bytes, name: str) -> str:
    """As text with the ends of lines of Unix. Raises EngineError."""
    place = raw.find(b"\0")
    if place < 0:
        try:
            return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            place = error.start
    raise EngineError(
        "lesson.no_text_at", "{name}, line {line}: this is no UTF-8 text. Save the file in that encoding.",
        name=name, line=raw.count(b"\n", 0, place) + 1,
    )  # fmt: skip


def _key(path: Path) -> str:
    """The same for every language of a lesson."""
    if path.is_relative_to(SHIPPED):
        return path.stem
    folder = path.parent.parent if path.parent.name in languages() else path.parent
    return str(folder / path.stem)
