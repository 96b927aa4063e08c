"""The text of a lesson line by line: its title, its pages, and the blocks and the prose of each. What is wrong with
that is noted with its line, and the text read on as it was most likely meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from engine.protocol.sentence import Sentence
from visualizer.lessons.parts import Fault

MARKS = ("python", "show", "guess", "task", "check", "hint", "solution", "math")
_OF_LINES = ("python", "check", "solution", "show", "math")  # no block stands in them
_OPENS = re.compile(r"(`{3,})[ \t]*([^`]*?)[ \t]*")
_ANY_MARK = "|".join(MARKS)
_INDENTED = re.compile(rf"[ \t]+```(?:{_ANY_MARK})\b.*")
_TILDES = re.compile(rf"[ \t]*~~~[ \t]*(?:{_ANY_MARK})\b.*")
_HEADING = re.compile(r"(##?)(?!#)(?:[ \t]+(.*)|[ \t]*)")
_UNSPACED = re.compile(r"##[^#\s].*")
_PAGE = re.compile(r"##[ \t]+\S.*")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?^---[ \t]*$", re.MULTILINE | re.DOTALL)
_UNTITLED = "…"


@dataclass(frozen=True)
class Fence:
    """A block: what stands behind its mark, and its lines; `line` is that of the mark, from 1. One that nobody closed
    has a fault."""

    mark: str
    lines: tuple[str, ...]
    line: int
    fault: Fault | None = None

    @property
    def content(self) -> str:
        """Without the marks."""
        return "\n".join(self.lines).rstrip("\n")


@dataclass
class PagePlace:
    """A page as it is written: its prose as lines, and its blocks, in order."""

    title: str
    line: int
    items: list[str | Fence] = field(default_factory=list)


class Outline:
    """Of a whole file. `pages` is empty, or `title` None, where it is no lesson."""

    def __init__(self, text: str, name: str) -> None:
        self.title: str | None = None
        self.about: list[str] = []
        self.pages: list[PagePlace] = []
        self.faults: list[Fault] = []
        self._name = name
        whole = _FRONT_MATTER.sub(lambda found: "\n" * found[0].count("\n"), text)  # of other tools, which read it
        self._lines = whole.split("\n")
        at = 0
        while at < len(self._lines):
            at = self._read(at)
        self._check_titles()

    def _read(self, at: int) -> int:
        """What begins at a line (from 0); where the next begins."""
        line = self._lines[at]
        opens = _OPENS.fullmatch(line)
        if opens is not None:
            return self._fence(at, opens[1], opens[2])
        if heading := _HEADING.fullmatch(line):
            self._head(at + 1, heading[1], (heading[2] or "").strip())
        elif _UNSPACED.fullmatch(line):
            self._fault(at + 1, Sentence.of(
                "lesson.no_space", "{name}, line {line}: “{written}” begins no page: a space belongs after “##”.",
                name=self._name, line=at + 1, written=line.strip(),
            ))  # fmt: skip
            self._head(at + 1, "##", line.strip("# \t"))
        else:
            self._prose(at + 1, line)
        return at + 1

    def _fence(self, at: int, ticks: str, mark: str) -> int:
        kind, closes = mark.partition(" ")[0], re.compile(rf"`{{{len(ticks)},}}[ \t]*")
        for end in range(at + 1, len(self._lines)):
            line = self._lines[end]
            if closes.fullmatch(line):
                self._add(at + 1, Fence(mark, tuple(self._lines[at + 1 : end]), at + 1))
                return end + 1
            inner = _OPENS.fullmatch(line)
            if inner is not None and kind in MARKS and (kind in _OF_LINES or inner[2].partition(" ")[0] in MARKS):
                break  # another begins, so this one was meant to be over
        fault = Fault(at + 1, Sentence.of(
            "lesson.never_closed", "{name}, line {line}: the block that begins with “{begin}” is never closed.",
            name=self._name, line=at + 1, begin=self._lines[at].strip(),
        ))  # fmt: skip
        if self.pages:
            self.pages[-1].items.append(Fence(mark, (), at + 1, fault))
        else:
            self.faults.append(fault)
        return next((n for n in range(at + 1, len(self._lines)) if self._begins_anew(self._lines[n])), len(self._lines))

    @staticmethod
    def _begins_anew(line: str) -> bool:
        """After a block that nobody closed: a page, or another block."""
        opens = _OPENS.fullmatch(line)
        return _PAGE.fullmatch(line) is not None or (opens is not None and bool(opens[2]))

    def _head(self, line: int, sign: str, words: str) -> None:
        if not words:
            self._fault(line, Sentence.of(
                "lesson.no_title_at", "{name}, line {line}: a title is missing.", name=self._name, line=line,
            ))  # fmt: skip
            if sign == "#":
                return
        if sign == "#" and self.title is None and not self.pages:
            self.title = words
            return
        if sign == "#":
            self._fault(line, Sentence.of(
                "lesson.second_title", "{name}, line {line}: this is a second title; a page begins with “## {title}”.",
                name=self._name, line=line, title=words,
            ))  # fmt: skip
        self.pages.append(PagePlace(words or _UNTITLED, line))

    def _prose(self, line: int, words: str) -> None:
        if _INDENTED.fullmatch(words):
            self._fault(line, Sentence.of(
                "lesson.indented", "{name}, line {line}: “{begin}” must begin at the start of its line.",
                name=self._name, line=line, begin=words.strip(),
            ))  # fmt: skip
        elif _TILDES.fullmatch(words):
            self._fault(line, Sentence.of(
                "lesson.tildes", "{name}, line {line}: “{begin}” begins no block: three backticks, ```, do.",
                name=self._name, line=line, begin=words.strip(),
            ))  # fmt: skip
        self._add(line, words)

    def _add(self, line: int, item: str | Fence) -> None:
        if self.pages:
            self.pages[-1].items.append(item)
        elif self.title is None and (isinstance(item, Fence) or item.strip()):
            if not any(fault.said.code == "lesson.text_before" for fault in self.faults):
                self._fault(line, Sentence.of(
                    "lesson.text_before", "{name}, line {line}: nothing can stand before the title.",
                    name=self._name, line=line,
                ))  # fmt: skip
        elif isinstance(item, str):
            self.about.append(item)

    def _check_titles(self) -> None:
        """Two pages of one name cannot be told apart in the contents."""
        lines: dict[str, int] = {}
        for page in self.pages:
            if page.title in lines and page.title != _UNTITLED:
                self._fault(page.line, Sentence.of(
                    "lesson.same_title", "{name}, line {line}: the page of line {other} is called “{title}”, too.",
                    name=self._name, line=page.line, other=lines[page.title], title=page.title,
                ))  # fmt: skip
            lines.setdefault(page.title, page.line)

    def _fault(self, line: int, said: Sentence) -> None:
        self.faults.append(Fault(line, said))
