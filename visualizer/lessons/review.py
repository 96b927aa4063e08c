"""What of a lesson leads nowhere or cannot be: told to who writes it, with its line. The lesson is read as well."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterator
from difflib import get_close_matches
from pathlib import Path

from engine.protocol.sentence import Sentence
from engine.shared.language import said, tr
from visualizer.lessons.page_review import of_page
from visualizer.lessons.parts import COMMANDS, Lesson
from visualizer.lessons.pictures import PICTURE, why_not

# None where a command and its argument lead somewhere, else what arguments do, or why this one does not.
Leads = Callable[[str, str], Collection[str] | Sentence | None]
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\((\w+):([^)\s]+)\)")
_OPENS, _CLOSES = re.compile(r"```(\w*)"), re.compile(r"```[ \t]*")
_PROSE = ("", "guess", "task", "hint")
_FEW = 14  # names that are all told
_OF_THE_WEB = ("https", "http", "mailto")


def review(text: str, path: Path, lesson: Lesson, leads: Leads) -> list[tuple[int, str]]:
    """Its line and a sentence for each, in the language in use."""
    found: list[tuple[int, str]] = []
    for kind, begin, lines in _parts(text):
        if kind in _PROSE:
            found += _of_prose(begin, lines, path, lesson, leads)
        elif kind == "show":
            pairs = [(begin + place, *line.strip().partition(" ")[::2]) for place, line in enumerate(lines)]
            found += [
                (at, _nowhere(what, where, names))
                for at, what, where in pairs
                if what in COMMANDS and (names := leads(what, where)) is not None
            ]
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
            names = None if is_page or command in _OF_THE_WEB else leads(command, where)
            if names is not None:
                yield line, _nowhere(command, argument, names, sign=":")
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


def _nowhere(command: str, argument: str, names: Collection[str] | Sentence, sign: str = " ") -> str:
    """With what was meant, as it seems, or all that could be where that is little."""
    written = f"{command}{sign}{argument}"
    if isinstance(names, Sentence):
        return tr("“{written}” leads nowhere: {why}", written=written, why=said(names))
    nearest = next(iter(get_close_matches(argument.lower(), names, 1, 0.7)), "")
    if nearest:
        nearest = f"{command}{sign}{nearest.replace(' ', '=') if sign == ':' else nearest}"
        return tr("“{written}” leads nowhere; “{nearest}” does.", written=written, nearest=nearest)
    if 0 < len(names) <= _FEW:
        return tr("“{written}” leads nowhere; there are {names}.", written=written, names=", ".join(sorted(names)))
    return tr("“{written}” leads nowhere.", written=written)
