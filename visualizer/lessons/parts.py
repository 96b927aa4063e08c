"""What a lesson is made of. No widgets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from engine.protocol.sentence import Sentence

OF_VARIABLES = ("variable", "tensor", "cell", "rule")  # what they name is a variable of the program, or a part of one
COMMANDS = (*OF_VARIABLES, "panel", "action", "field")
_CELL = re.compile(r"(\w+)\s*\[\s*(\d{1,9}(?:\s*,\s*\d{1,9})*)\s*\]")


def cell_of(written: str) -> tuple[str, tuple[int, ...]] | None:
    """Name and index of "x[0, 2]", None of what is no cell."""
    found = _CELL.fullmatch(written.strip())
    return None if found is None else (found[1], tuple(map(int, found[2].split(","))))


@dataclass(frozen=True)
class Text:
    """Markdown."""

    markdown: str


@dataclass(frozen=True)
class Formulas:
    """LaTeX, one below the other; `places`: the line of the file that each stands in."""

    lines: tuple[str, ...]
    places: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Program:
    """What the page runs; `is_stepped`: held inside each of its backward passes."""

    code: str
    is_stepped: bool = False


@dataclass(frozen=True)
class Guess:
    """A question whose answer is what an expression is in the program that ran; `why` is said with it."""

    question: str
    expression: str
    why: str
    line: int = field(default=0, compare=False)  # of the file, that of the expression


@dataclass(frozen=True)
class Exercise:
    """What the learner is to change, and how it is known to be done."""

    task: str
    check: str
    hints: tuple[str, ...] = ()
    solution: str = ""
    line: int = field(default=0, compare=False)  # of the file, the first of the check


@dataclass(frozen=True)
class Show:
    """What to bring up: pairs of a command and its argument; `places`: the line of the file of each."""

    commands: tuple[tuple[str, str], ...]
    places: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a lesson, in a sentence that names file and line; on a page it stands where a block would."""

    line: int
    said: Sentence


Block = Text | Formulas | Program | Guess | Exercise | Show | Fault


@dataclass(frozen=True)
class Page:
    """`line`: of the file, that of the title; `folder`: where its pictures lie."""

    title: str
    blocks: tuple[Block, ...]
    line: int = field(default=0, compare=False)
    folder: Path = field(default=Path(), compare=False)

    @property
    def program(self) -> Program | None:
        """The first program of the page, None for a page without one."""
        return next((block for block in self.blocks if isinstance(block, Program)), None)

    @property
    def n_asked(self) -> int:
        """How many questions and exercises it has."""
        return sum(isinstance(block, Guess | Exercise) for block in self.blocks)

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """What to bring up after a run, in order; without a program, when the page is turned to."""
        return tuple(pair for block in self.blocks if isinstance(block, Show) for pair in block.commands)


@dataclass(frozen=True)
class Lesson:
    """`key`: what its progress is kept under, the same in every language; `faults`: all that is wrong
    with the file, as what stands in it is left out or read as it was most likely meant."""

    key: str
    title: str
    about: str
    pages: tuple[Page, ...]
    file: str = field(default="", compare=False)
    faults: tuple[Fault, ...] = field(default=(), compare=False)
