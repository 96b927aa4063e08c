"""What a lesson is made of. No widgets."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

COMMANDS = ("variable", "tensor", "panel", "action", "field")


@dataclass(frozen=True)
class Text:
    """Markdown."""

    markdown: str


@dataclass(frozen=True)
class Formulas:
    """LaTeX, one below the other."""

    lines: tuple[str, ...]


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


@dataclass(frozen=True)
class Exercise:
    """What the learner is to change, and how it is known to be done."""

    task: str
    check: str
    hints: tuple[str, ...] = ()
    solution: str = ""


@dataclass(frozen=True)
class Show:
    """What to bring up: pairs of a command and its argument."""

    commands: tuple[tuple[str, str], ...]


Block = Text | Formulas | Program | Guess | Exercise | Show


@dataclass(frozen=True)
class Page:
    title: str
    blocks: tuple[Block, ...]

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
    """`key`: what its progress is kept under, the same in every language; `folder`: where its pictures lie."""

    key: str
    title: str
    about: str
    pages: tuple[Page, ...]
    folder: Path = field(default=Path(), compare=False)
