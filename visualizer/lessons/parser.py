"""The text of a lesson, read into its parts; what is wrong with it is said with its line."""

from __future__ import annotations

import ast
import re
from difflib import get_close_matches
from pathlib import Path

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from visualizer.lessons.parts import COMMANDS, Block, Exercise, Formulas, Guess, Lesson, Page, Program, Show, Text

_FENCE = re.compile(r"^```(\w*)[ \t]*(\w*)[ \t]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
_ASIDE = re.compile(r"\0(\d+)\0\n*")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?^---[ \t]*$", re.MULTILINE | re.DOTALL)
MARKS = ("python", "show", "guess", "task", "check", "hint", "solution", "math")
# What a block is written in that is shown as it stands.
_OF_PROSE = ("text", "txt", "plain", "output", "console", "bash", "sh", "shell", "json", "yaml", "toml", "ini", "csv")
_OF_CODE = (
    "md",
    "markdown",
    "html",
    "css",
    "xml",
    "sql",
    "latex",
    "tex",
    "diff",
    "c",
    "cpp",
    "java",
    "js",
    "rust",
    "r",
)
_OF_LINES = ("python", "check", "solution", "show", "math")  # no block stands in them
_INDENTED = re.compile(rf"^[ \t]+```(?:{'|'.join(MARKS)})\b.*$", re.MULTILINE)
_NUMBER_FIRST = re.compile(r"^(\d+)([.)])(?=[ \t])", re.MULTILINE)  # an answer, which Markdown takes for a list of one
_MOST_LETTERS = 1 << 15  # on a page: each paragraph is laid out before any is seen


def parse(text: str, key: str, path: Path) -> Lesson:
    """The lesson that a text is. Raises EngineError."""
    text = _FRONT_MATTER.sub(lambda found: "\n" * found[0].count("\n"), text)  # of other tools, which read it
    fences: list[re.Match[str]] = []

    def aside(found: re.Match[str]) -> str:  # a `##` inside a block begins no page; each keeps its lines
        fences.append(found)
        return f"\0{len(fences) - 1}\0" + "\n" * found[0].count("\n")

    bare = _FENCE.sub(aside, text)
    if left_open := re.search(r"^```.*$", bare, re.MULTILINE):
        raise EngineError(
            "lesson.never_closed", "{name}, line {line}: the block that begins with “{begin}” is never closed.",
            name=path.name, line=_line(bare, left_open.start()), begin=left_open[0].strip(),
        )  # fmt: skip
    if indented := _INDENTED.search(bare):
        raise EngineError(
            "lesson.indented", "{name}, line {line}: “{begin}” must begin at the start of its line.",
            name=path.name, line=_line(bare, indented.start()), begin=indented[0].strip(),
        )  # fmt: skip
    if untitled := re.search(r"^##?[ \t]*$", bare, re.MULTILINE):
        raise EngineError(
            "lesson.no_title_at", "{name}, line {line}: a title is missing.",
            name=path.name, line=_line(bare, untitled.start()),
        )  # fmt: skip
    if unspaced := re.search(r"^##[^#\s].*$", bare, re.MULTILINE):
        raise EngineError(
            "lesson.no_space", "{name}, line {line}: “{written}” begins no page: a space belongs after “##”.",
            name=path.name, line=_line(bare, unspaced.start()), written=unspaced[0].strip(),
        )  # fmt: skip
    title = re.search(r"^# +(.+)$", bare, re.MULTILINE)
    pages = list(re.finditer(r"^## +(.+)$", bare, re.MULTILINE))
    if title is None or not pages or pages[0].start() < title.start():
        raise EngineError(
            "lesson.no_pages", "{name} is no lesson: it needs a line “# Title”, and “## Title” for each page.",
            name=path.name,
        )  # fmt: skip
    if before := re.search(r"\S", bare[: title.start()]):
        raise EngineError(
            "lesson.text_before", "{name}, line {line}: nothing can stand before the title.",
            name=path.name, line=_line(bare, before.start()),
        )  # fmt: skip
    if second := re.compile(r"^# +(.+)$", re.MULTILINE).search(bare, title.end()):
        raise EngineError(
            "lesson.second_title", "{name}, line {line}: this is a second title; a page begins with “## {title}”.",
            name=path.name, line=_line(bare, second.start()), title=second[1].strip(),
        )  # fmt: skip
    _check_titles(bare, pages, path)
    ends = [page.start() for page in pages[1:]] + [len(bare)]
    made = [
        Page(
            page[1].strip(), tuple(_Blocks(path.name, page[1], text, fences).read(bare, page.start(), page.end(), end))
        )
        for page, end in zip(pages, ends, strict=True)
    ]
    about = _ASIDE.sub("", bare[title.end() : pages[0].start()]).strip()
    return Lesson(key, title[1].strip(), about, tuple(made), path.parent)


def _check_titles(bare: str, pages: list[re.Match[str]], path: Path) -> None:
    """Two pages of one name cannot be told apart in the contents."""
    lines: dict[str, int] = {}
    for page in pages:
        line, written = _line(bare, page.start()), page[1].strip()
        if written in lines:
            raise EngineError(
                "lesson.same_title", "{name}, line {line}: the page of line {other} is called “{title}”, too.",
                name=path.name, line=line, other=lines[written], title=written,
            )  # fmt: skip
        lines[written] = line


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _no_list_of_one(markdown: str) -> str:
    """“64. With 7 heads …” is an answer and its reason."""
    return _NUMBER_FIRST.sub(r"\1\\\2", markdown) if len(_NUMBER_FIRST.findall(markdown)) == 1 else markdown


class _Blocks:
    """The blocks of a page, in order."""

    def __init__(self, file: str, page: str, text: str, fences: list[re.Match[str]]) -> None:
        self._file, self._page, self._text_of_all, self._fences = file, page, text, fences
        self._made: list[Block] = []
        self._exercise: dict[str, list[str]] = {}
        self._line = self._exercise_line = 1

    def read(self, bare: str, title: int, start: int, end: int) -> list[Block]:
        """Of the page whose title begins at `title` and whose text goes from `start` to `end`."""
        self._line = title_line = _line(bare, title)
        for part in re.split(r"(\0\d+\0)", bare[start:end]):
            if part.startswith("\0"):
                found = self._fences[int(part.strip("\0"))]
                self._line = _line(self._text_of_all, found.start())
                self._take(found[1], found[2], found[3].rstrip("\n"), found[0])
            elif part.strip():
                self._end_exercise()
                self._text(part.strip())
        self._end_exercise()
        self._line = title_line
        if sum(len(block.markdown) for block in self._made if isinstance(block, Text)) > _MOST_LETTERS:
            raise self._wrong(Sentence.phrase("lesson.long_page", "it has more than 32 kB of text"))
        return self._made

    def _take(self, kind: str, word: str, content: str, whole: str) -> None:
        self._check_mark(kind, word)
        if kind in _OF_LINES and re.search(r"^```\w", content, re.MULTILINE):
            raise self._wrong(Sentence.phrase("lesson.runs_on", "the block “```{kind}” is never closed", kind=kind))
        if kind == "task":
            self._end_exercise()
        if kind in ("task", "check", "hint", "solution"):
            if not self._exercise:
                self._exercise_line = self._line
            if kind in ("check", "solution"):
                self._parse(content)
            self._exercise.setdefault(kind, []).append(content)
            return
        self._end_exercise()
        if kind == "python":
            if any(isinstance(block, Program) for block in self._made):
                raise self._wrong(Sentence.phrase("lesson.two_programs", "it has two programs"))
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
        """A slip of the pen, or a mark that there is not, is no text: ```taks, ```python stp, ```quiz."""
        is_known = not kind or kind in MARKS or kind in _OF_PROSE + _OF_CODE
        if not is_known or (kind == "python" and word not in ("", "step")):
            near = [] if is_known else get_close_matches(kind.lower(), MARKS, 1, 0.75)
            written, meant = f"{kind} {word}".strip(), near[0] if near else "python step" if is_known else "text"
            raise self._wrong(
                Sentence.phrase(
                    "lesson.unknown_mark", "“{written}” is no mark; “{meant}” is one", written=written, meant=meant
                )
            )

    def _parse(self, code: str, mode: str = "exec", below: int = 0) -> None:
        """What is no Python would else only be told to who answers; `below`: lines of the block above the code."""
        try:
            ast.parse(code, mode=mode)
        except (SyntaxError, ValueError) as error:
            self._line += below + (getattr(error, "lineno", None) or 1)
            said = getattr(error, "msg", str(error))
            raise self._wrong(Sentence.phrase("lesson.no_python", "this is no Python: {said}", said=said)) from error

    def _text(self, markdown: str) -> None:
        if self._made and isinstance(self._made[-1], Text):
            markdown = f"{self._made.pop().markdown}\n\n{markdown}"  # type: ignore[union-attr]
        self._made.append(Text(markdown))

    def _guess(self, content: str) -> Guess:
        found = re.search(r"^= +(.+)$", content, re.MULTILINE)
        if found is None:
            raise self._wrong(Sentence.phrase("lesson.no_answer", "a guess has no line “= expression”"))
        if len(re.findall(r"^= ", content, re.MULTILINE)) > 1:
            raise self._wrong(Sentence.phrase("lesson.two_answers", "a guess has two lines “= expression”"))
        self._parse(found[1].strip(), "eval", content.count("\n", 0, found.start()))
        question, why = content[: found.start()].strip(), content[found.end() :].strip()
        return Guess(_no_list_of_one(question), found[1].strip(), _no_list_of_one(why))

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
            self._line = self._exercise_line
            raise self._wrong(Sentence.phrase("lesson.half_exercise", "an exercise needs a task and a check"))
        solution = "\n".join(parts.get("solution", ()))
        self._made.append(Exercise(parts["task"][0], parts["check"][0], tuple(parts.get("hint", ())), solution))

    def _wrong(self, what: Sentence) -> EngineError:
        return EngineError(
            "lesson.wrong_line", "{name}, line {line}, page “{page}”: {what}.",
            name=self._file, line=self._line, page=self._page, what=what,
        )  # fmt: skip
