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
`pt_BR`, with files of the same names: what a language lacks, a file or its last pages, is read in English. Links lead
to the same things as `show`: `[W](variable:W)`, `[Fit](action:fit)`.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.shared.assets import asset
from engine.shared.disk_errors import read_reason
from engine.shared.language import ENGLISH, languages, said, tr
from engine.shared.regular_files import read_file
from visualizer.lessons.parser import read
from visualizer.lessons.parts import Fault, Lesson
from visualizer.lessons.review import Leads, review

SHIPPED = asset("lessons")
LANGUAGES = tuple(sorted(folder.name for folder in SHIPPED.iterdir() if folder.is_dir()))
_MOST_BYTES = 1 << 20
_N_LINES = re.compile(rb"\r\n|\r|\n")


def read_lessons(folder: Path, language: str = ENGLISH, leads: Leads | None = None) -> tuple[list[Lesson], list[str]]:
    """The lessons of a folder by the names of their files, in a language where it has folders for them, and a sentence
    about each file that is none, and, where `leads` knows what leads somewhere, about what does not. Raises EngineError
    for a folder that cannot be read, or has none."""
    try:
        by_name = _files(folder, language)
    except OSError as error:
        raise EngineError(
            "lesson.folder_not_read", "{path} could not be read: {reason}.",
            path=folder, reason=read_reason(error),
        ) from error  # fmt: skip
    lessons: list[Lesson] = []
    refused: list[str] = []
    for name in sorted(by_name):
        lesson, wrong = _lesson(by_name[name], language, leads)
        lessons += [] if lesson is None else [lesson]
        refused += wrong
    if not lessons:
        why = f" {refused[0]}" if refused else ""
        raise EngineError("lesson.none_in_folder", "There is no lesson in {path}.{said}", path=folder, said=why)
    return lessons, refused


def _files(folder: Path, language: str) -> dict[str, list[Path]]:
    """Of each lesson the files to read, by its name: in its language, then, for what that lacks, in English; those
    beside the folders are in no language, and what is in neither is read in another that has it."""
    by_name: dict[str, list[Path]] = {}
    english, others = folder / ENGLISH, (folder / code for code in languages())
    for place in dict.fromkeys((folder / language, english, folder, *others)):
        for path in place.iterdir() if place == folder or os.path.isdir(place) else ():
            if path.suffix.lower() == ".md":
                known = by_name.setdefault(path.name, [])
                if not known or place == english:
                    known.append(path)
    return by_name


def _lesson(paths: list[Path], language: str, leads: Leads | None) -> tuple[Lesson | None, list[str]]:
    """Of these files the first that can be read, with the pages that the next has besides, and what is wrong."""
    lesson: Lesson | None = None
    refused: list[str] = []
    for path in paths:
        try:
            one, text = _read(path)
        except EngineError as error:
            refused.append(said(error.sentence))
            continue
        if lesson is None:
            lesson = one
            of_it = [(fault.line, said(fault.said)) for fault in lesson.faults]
            of_it += review(text, path, lesson, leads) if leads is not None else []
            refused += [sentence for _, sentence in sorted(of_it, key=itemgetter(0))]
        elif len(lesson.pages) < len(one.pages):
            refused.append(_lacks(lesson, one, language))
            lesson = replace(lesson, pages=lesson.pages + one.pages[len(lesson.pages) :])
    return lesson, refused


def _lacks(lesson: Lesson, english: Lesson, language: str) -> str:
    return tr(
        "{name} has {n_here} of {n_all} pages in {language}; the others are read in English.",
        name=lesson.file, n_here=len(lesson.pages), n_all=len(english.pages),
        language=languages().get(language, language),
    )  # fmt: skip


def _read(path: Path) -> tuple[Lesson, str]:
    """A lesson, with what is wrong with it and where, and its text. Raises EngineError where nothing of it is one."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise EngineError("lesson.too_large", "{name} is larger than 1 MB, which is no lesson.", name=path.name)
        raw = read_file(path)
    except OSError as error:
        raise EngineError(
            "lesson.not_read", "{name} could not be read: {reason}.", name=path.name, reason=read_reason(error)
        ) from error
    text, fault = _text(raw, path.name)
    try:
        lesson = _parse(text, _key(path), path)
    except EngineError as error:
        raise error if fault is None else EngineError.saying(fault.said) from error
    return (lesson if fault is None else replace(lesson, faults=(fault, *lesson.faults))), text


# Of what was read before, when a language is chosen again, only what was written since is parsed.
_parse = lru_cache(maxsize=64)(read)


def _text(raw: bytes, name: str) -> tuple[str, Fault | None]:
    """As text with the ends of lines of Unix, and what is wrong with its bytes: what they cannot mean is a “�”."""
    place = raw.find(b"\0")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text, place = raw.decode("utf-8-sig", errors="replace"), error.start
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if place < 0:
        return text, None
    line = _N_LINES.subn(b"", raw[:place])[1] + 1
    said_of_it = Sentence.of(
        "lesson.no_text_at", "{name}, line {line}: this is no UTF-8 text. Save the file in that encoding.",
        name=name, line=line,
    )  # fmt: skip
    return text.replace("\0", "�"), Fault(line, said_of_it)


def _key(path: Path) -> str:
    """The same for every language of a lesson."""
    if path.is_relative_to(SHIPPED):
        return path.stem
    folder = path.parent.parent if path.parent.name in languages() else path.parent
    return str(folder / path.stem)
