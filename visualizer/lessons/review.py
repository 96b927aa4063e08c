"""What of a lesson leads nowhere or cannot be: told to who writes it, with its line. The lesson is read as well."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.shared.language import tr
from visualizer.lessons.page_review import of_page
from visualizer.lessons.parts import Lesson
from visualizer.lessons.pictures import PICTURE, why_not

Leads = Callable[[str, str], bool]  # whether a command and its argument lead somewhere
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\((\w+):([^)\s]+)\)")
_OPENS, _CLOSES = re.compile(r"```(\w*)"), re.compile(r"```[ \t]*")
_PROSE = ("", "guess", "task", "hint")
_OF_THE_WEB = ("https", "http", "mailto")


def review(text: str, path: Path, lesson: Lesson, leads: Leads) -> list[tuple[int, str]]:
    """Its line and a sentence for each, in the language in use."""
    found: list[tuple[int, str]] = []
    for kind, begin, lines in _parts(text):
        if kind in _PROSE:
            found += _of_prose(begin, lines, path, lesson, leads)
        elif kind == "show":
            pairs = [(begin + place, *line.strip().partition(" ")[::2]) for place, line in enumerate(lines)]
            found += [(at, _nowhere(f"{what} {where}")) for at, what, where in pairs if what and not leads(what, where)]
        elif kind == "python":
            found += _of_code(begin, "\n".join(lines))
    for page in lesson.pages:
        found += of_page(page)
    return [(line, tr("{name}, line {line}: {said}", name=path.name, line=line, said=said)) for line, said in found]


def _parts(text: str) -> Iterator[tuple[str, int, list[str]]]:
    """The kind of each block, "" of what stands between them, its first line and its lines."""
    kind, begin, lines = "", 1, list[str]()
    for number, line in enumerate(text.split("\n"), start=1):
        opens = None if kind else _OPENS.match(line)
        if opens is None and not (kind and _CLOSES.fullmatch(line)):
            lines.append(line)
            continue
        yield kind, begin, lines
        kind, begin, lines = (opens[1] or "text") if opens is not None else "", number + 1, []
    yield kind, begin, lines


def _of_prose(begin: int, lines: list[str], path: Path, lesson: Lesson, leads: Leads) -> Iterator[tuple[int, str]]:
    for line, written in enumerate(lines, start=begin):
        for command, argument in _LINK.findall(written):
            is_page = command == "page" and argument in map(str, range(1, len(lesson.pages) + 1))
            where = argument.replace("=", " ", 1) if command == "field" else argument
            if not is_page and command not in _OF_THE_WEB and not leads(command, where):
                yield line, _nowhere(f"{command}:{argument}")
        for _, name in PICTURE.findall(written):
            why = why_not(name, path.parent)
            if why:
                yield line, why


def _of_code(begin: int, code: str) -> Iterator[tuple[int, str]]:
    """A program that is none, which may be what its page is about."""
    try:
        ast.parse(code)
    except (SyntaxError, ValueError) as error:
        line = begin - 1 + (getattr(error, "lineno", None) or 1)
        yield line, tr("this is no Python: {said}.", said=getattr(error, "msg", str(error)))


def _nowhere(written: str) -> str:
    return tr("“{written}” leads nowhere.", written=written)
