"""Lessons as files: Markdown, with fenced blocks for what a page runs, shows and asks. No widgets.

A file is a lesson. `# Title` begins it, what stands below says what it is about; each `## Title` begins a page. On it

    ```python              the program of the page; `python step` steps through its backward passes
    ```show                what to bring up once it has run, a line each: `variable x`, `panel outline`, `action fit`,
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

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.shared.assets import asset
from engine.shared.disk_errors import read_reason
from engine.shared.language import ENGLISH, languages, said

LANGUAGES = tuple(sorted(folder.name for folder in asset("lessons").iterdir() if folder.is_dir()))
_FENCE = re.compile(r"^```(\w*)[ \t]*(\w*)[ \t]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
COMMANDS = ("variable", "panel", "action", "field")
_MARKS = ("python", "show", "guess", "task", "check", "hint", "solution", "math")
_MOST_BYTES = 1 << 20
_MOST_LETTERS = 1 << 15  # on a page: each paragraph is laid out before any is seen


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
        """What to bring up after a run, in order."""
        return tuple(pair for block in self.blocks if isinstance(block, Show) for pair in block.commands)


@dataclass(frozen=True)
class Lesson:
    """`key`: what its progress is kept under, the same in every language; `folder`: where its pictures lie."""

    key: str
    title: str
    about: str
    pages: tuple[Page, ...]
    folder: Path = field(default=Path(), compare=False)


def shipped(language: str) -> Path:
    """The folder of the lessons that come with the program."""
    return asset("lessons") / (language if language in LANGUAGES else "en")


def read_lessons(folder: Path, language: str = ENGLISH) -> tuple[list[Lesson], list[str]]:
    """The lessons of a folder by the names of their files, in a language where it has folders for them, and a sentence
    about each file that is none. Raises EngineError for a folder that cannot be read, or has none."""
    try:
        in_order = (folder, folder / ENGLISH, folder / language)
        places = [place for place in in_order if place == folder or place.is_dir()]
        by_name = {path.name: path for place in places for path in place.iterdir() if path.suffix == ".md"}
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
        text = path.read_text("utf-8-sig").replace("\r\n", "\n")
        if "\0" in text:
            raise ValueError("a binary file")
    except (OSError, ValueError) as error:
        no_text = Sentence.phrase("lesson.not_utf", "it is no UTF-8 text")
        reason = read_reason(error) if isinstance(error, OSError) else no_text
        raise EngineError(
            "lesson.not_read", "{name} could not be read: {reason}.", name=path.name, reason=reason
        ) from error
    return parse(text, path)


def parse(text: str, path: Path) -> Lesson:
    """The lesson that a text is. Raises EngineError."""
    text, fences = _set_aside(text)
    if left_open := re.search(r"^```.*$", text, re.MULTILINE):
        raise EngineError(
            "lesson.block_left_open", "{name}: the block that begins with “{line}” is never closed.",
            name=path.name, line=left_open[0].strip(),
        )  # fmt: skip
    head, *pages = re.split(r"^## +(.+)$", text, flags=re.MULTILINE)
    title = re.search(r"^# +(.+)$", head, re.MULTILINE)
    if title is None or not pages:
        raise EngineError(
            "lesson.no_pages", "{name} is no lesson: it needs a line “# Title”, and “## Title” for each page.",
            name=path.name,
        )  # fmt: skip
    made = [
        Page(one.strip(), tuple(_Blocks(path.name, one, fences).read(body)))
        for one, body in zip(pages[::2], pages[1::2], strict=True)
    ]
    return Lesson(_key(path), title[1].strip(), head[title.end() :].strip(), tuple(made), path.parent)


def _key(path: Path) -> str:
    """The same for every language of a lesson."""
    if path.is_relative_to(asset("lessons")):
        return path.stem
    folder = path.parent.parent if path.parent.name in languages() else path.parent
    return str(folder / path.stem)


def _set_aside(text: str) -> tuple[str, list[re.Match[str]]]:
    """The text with a mark for each fenced block: a `##` inside one begins no page."""
    fences: list[re.Match[str]] = []

    def mark(found: re.Match[str]) -> str:
        fences.append(found)
        return f"\0{len(fences) - 1}\0"

    return _FENCE.sub(mark, text), fences


class _Blocks:
    """The blocks of a page, in order."""

    def __init__(self, file: str, page: str, fences: list[re.Match[str]]) -> None:
        self._file, self._page, self._fences = file, page, fences
        self._made: list[Block] = []
        self._exercise: dict[str, list[str]] = {}

    def read(self, body: str) -> list[Block]:
        for place, part in enumerate(body.split("\0")):
            if place % 2:
                kind, word, content = self._fences[int(part)].groups()
                self._take(kind, word, content.rstrip("\n"), self._fences[int(part)][0])
            elif part.strip():
                self._end_exercise()
                self._text(part.strip())
        self._end_exercise()
        if sum(isinstance(block, Program) for block in self._made) > 1:
            raise self._wrong(Sentence.phrase("lesson.two_programs", "it has two programs"))
        if sum(len(block.markdown) for block in self._made if isinstance(block, Text)) > _MOST_LETTERS:
            raise self._wrong(Sentence.phrase("lesson.long_page", "it has more than 32 kB of text"))
        return self._made

    def _take(self, kind: str, word: str, content: str, whole: str) -> None:
        self._check_mark(kind, word)
        if kind == "task":
            self._end_exercise()
        if kind in ("task", "check", "hint", "solution"):
            self._exercise.setdefault(kind, []).append(content)
            return
        self._end_exercise()
        if kind == "python":
            self._made.append(Program(content, is_stepped=word == "step"))
        elif kind == "guess":
            self._made.append(self._guess(content))
        elif kind == "math":
            self._made.append(Formulas(tuple(line.strip() for line in content.split("\n") if line.strip())))
        elif kind == "show":
            self._made.append(Show(tuple(map(self._command, filter(str.strip, content.split("\n"))))))
        else:
            self._text(whole)  # a block that is only read

    def _check_mark(self, kind: str, word: str) -> None:
        """A slip of the pen is no text: ```taks, ```python stp."""
        near = get_close_matches(kind, _MARKS, 1, 0.75) if kind and kind not in _MARKS else []
        if near or (kind == "python" and word not in ("", "step")):
            written, meant = f"{kind} {word}".strip(), near[0] if near else "python step"
            raise self._wrong(
                Sentence.phrase(
                    "lesson.unknown_mark", "“{written}” is no mark; “{meant}” is one", written=written, meant=meant
                )
            )

    def _text(self, markdown: str) -> None:
        if self._made and isinstance(self._made[-1], Text):
            markdown = f"{self._made.pop().markdown}\n\n{markdown}"  # type: ignore[union-attr]
        self._made.append(Text(markdown))

    def _guess(self, content: str) -> Guess:
        found = re.search(r"^= +(.+)$", content, re.MULTILINE)
        if found is None:
            raise self._wrong(Sentence.phrase("lesson.no_answer", "a guess has no line “= expression”"))
        return Guess(content[: found.start()].strip(), found[1].strip(), content[found.end() :].strip())

    def _command(self, line: str) -> tuple[str, str]:
        command, _, argument = line.strip().partition(" ")
        if command not in COMMANDS or not argument:
            raise self._wrong(Sentence.phrase("lesson.shows_nothing", "“{line}” shows nothing", line=line.strip()))
        return command, argument.strip()

    def _end_exercise(self) -> None:
        parts, self._exercise = self._exercise, {}
        if not parts:
            return
        if len(parts.get("task", ())) != 1 or len(parts.get("check", ())) != 1:
            raise self._wrong(Sentence.phrase("lesson.half_exercise", "an exercise needs a task and a check"))
        solution = "\n".join(parts.get("solution", ()))
        self._made.append(Exercise(parts["task"][0], parts["check"][0], tuple(parts.get("hint", ())), solution))

    def _wrong(self, what: Sentence) -> EngineError:
        return EngineError(
            "lesson.wrong_page", "{name}, page “{page}”: {what}.", name=self._file, page=self._page, what=what
        )
