"""What stands on a page of a lesson, block by block; where one cannot be, its fault stands in its place."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from difflib import get_close_matches

from engine.protocol.sentence import Sentence
from visualizer.lessons.outline import MARKS, Fence, PagePlace
from visualizer.lessons.parts import COMMANDS, Block, Exercise, Fault, Formulas, Guess, Program, Show, Text

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
_OF_AN_EXERCISE = ("task", "check", "hint", "solution")
_NUMBER_FIRST = re.compile(r"^(\d+)([.)])(?=[ \t])", re.MULTILINE)  # an answer, which Markdown takes for a list of one
_EXPRESSION = re.compile(r"^=[ \t]+(\S.*)$", re.MULTILINE)
_MOST_LETTERS = 1 << 15  # on a page: each paragraph is laid out before any is seen


class _WrongError(Exception):
    """A block that cannot be."""

    def __init__(self, line: int, what: Sentence) -> None:
        super().__init__(what.text)
        self.line, self.what = line, what


class PageBlocks:
    """Reads a page of the file `name`."""

    def __init__(self, name: str, place: PagePlace) -> None:
        self._name, self._place = name, place
        self._made: list[Block] = []
        self._exercise: list[Fence] = []  # its parts, as far as they have been read
        self._is_whole = True  # none of them was wrong
        self._makers: dict[str, Callable[[Fence], Block]] = {
            "python": self._program,
            "guess": _guess,
            "math": _formulas,
            "show": _show,
        }

    def read(self) -> list[Block]:
        """The blocks of the page, in order."""
        prose: list[str] = []
        for item in self._place.items:
            if isinstance(item, str):
                prose.append(item)
                continue
            self._end_prose(prose)
            prose = []
            self._try(lambda fence=item: self._take(fence))  # type: ignore[misc]
        self._end_prose(prose)
        self._end_exercise()
        self._try(self._check_length)
        return self._made

    def _try(self, make: Callable[[], object]) -> None:
        try:
            make()
        except _WrongError as wrong:
            self._made.append(Fault(wrong.line, Sentence.of(
                "lesson.wrong_line", "{name}, line {line}, page “{page}”: {what}.",
                name=self._name, line=wrong.line, page=self._place.title, what=wrong.what,
            )))  # fmt: skip

    def _end_prose(self, lines: list[str]) -> None:
        if markdown := "\n".join(lines).strip():
            self._end_exercise()
            self._text(markdown)

    def _take(self, fence: Fence) -> None:
        kind, _, word = fence.mark.partition(" ")
        if fence.fault is not None:
            self._spoil(kind)
            self._made.append(fence.fault)
            return
        try:
            _check_mark(fence, kind, word.strip())
            if kind in MARKS and not fence.content.strip():
                raise _WrongError(fence.line, Sentence.phrase("lesson.empty_block", "“```{kind}” is empty", kind=kind))
            if kind in ("check", "solution"):
                _parse(fence.content, fence.line)
        except _WrongError:
            self._spoil(kind if kind in MARKS else _meant(kind))
            raise
        if kind not in _OF_AN_EXERCISE:
            self._end_exercise()
            self._add(kind, fence)
            return
        if kind == "task":
            self._end_exercise()
        self._exercise.append(fence)

    def _spoil(self, kind: str) -> None:
        """A block of this kind cannot be; nor can the other parts of an exercise without its task or its check."""
        if kind == "task" or kind not in _OF_AN_EXERCISE:
            self._end_exercise()
        if kind in ("task", "check"):
            self._is_whole = False

    def _add(self, kind: str, fence: Fence) -> None:
        if kind in self._makers:
            self._made.append(self._makers[kind](fence))
        else:  # a block that is only read
            self._text("\n".join((f"```{fence.mark}", *fence.lines, "```")))

    def _text(self, markdown: str) -> None:
        if self._made and isinstance(before := self._made[-1], Text):
            self._made.pop()
            markdown = f"{before.markdown}\n\n{markdown}"
        self._made.append(Text(markdown))

    def _program(self, fence: Fence) -> Program:
        if any(isinstance(block, Program) for block in self._made):
            raise _WrongError(fence.line, Sentence.phrase("lesson.two_programs", "it has two programs"))
        return Program(fence.content, is_stepped=fence.mark.endswith(" step"))

    def _end_exercise(self) -> None:
        parts, self._exercise = self._exercise, []
        is_whole, self._is_whole = self._is_whole, True
        if parts and is_whole:
            self._try(lambda: self._made.append(_exercise(parts)))

    def _check_length(self) -> None:
        if sum(len(block.markdown) for block in self._made if isinstance(block, Text)) > _MOST_LETTERS:
            self._made = [block for block in self._made if not isinstance(block, Text)]
            long = Sentence.phrase("lesson.long_page", "it has more than 32 kB of text")
            raise _WrongError(self._place.line, long)


def _check_mark(fence: Fence, kind: str, word: str) -> None:
    """A slip of the pen, or a mark that there is not, is no text: ```taks, ```python stp, ```quiz."""
    is_known = not kind or kind in MARKS or kind in _OF_PROSE + _OF_CODE
    if is_known and (kind not in MARKS or not word or (kind, word) == ("python", "step")):
        return
    meant = _meant(kind) or "text" if not is_known else "python step" if kind == "python" else kind
    what = Sentence.phrase(
        "lesson.unknown_mark", "“{written}” is no mark; “{meant}” is one", written=fence.mark, meant=meant
    )
    raise _WrongError(fence.line, what)


def _meant(kind: str) -> str:
    """The mark that a slip of the pen is near to, "" where it is near none."""
    return next(iter(get_close_matches(kind.lower(), MARKS, 1, 0.75)), "")


def _parse(code: str, above: int, mode: str = "exec") -> None:
    """What is no Python would else only be told to who answers; `above`: the line of the file before the code's."""
    try:
        ast.parse(code, mode=mode)
    except (SyntaxError, ValueError) as error:
        line = above + (getattr(error, "lineno", None) or 1)
        said = getattr(error, "msg", str(error))
        raise _WrongError(line, Sentence.phrase("lesson.no_python", "this is no Python: {said}", said=said)) from error


def _exercise(parts: list[Fence]) -> Exercise:
    by_kind: dict[str, list[Fence]] = {}
    for fence in parts:
        by_kind.setdefault(fence.mark, []).append(fence)
    tasks, checks = by_kind.get("task", []), by_kind.get("check", [])
    if len(tasks) != 1 or len(checks) != 1:
        half = Sentence.phrase("lesson.half_exercise", "an exercise needs a task and a check")
        raise _WrongError(parts[0].line, half)
    hints = tuple(fence.content for fence in by_kind.get("hint", ()))
    solution = "\n".join(fence.content for fence in by_kind.get("solution", ()))
    return Exercise(tasks[0].content, checks[0].content, hints, solution, checks[0].line + 1)


def _guess(fence: Fence) -> Guess:
    content = fence.content
    found = list(_EXPRESSION.finditer(content))
    if len(found) != 1:
        none = Sentence.phrase("lesson.no_answer", "a guess has no line “= expression”")
        several = Sentence.phrase("lesson.two_answers", "a guess has two lines “= expression”")
        raise _WrongError(fence.line, several if found else none)
    question, why = content[: found[0].start()].strip(), content[found[0].end() :].strip()
    if not question:
        raise _WrongError(fence.line, Sentence.phrase("lesson.no_question", "a guess asks nothing"))
    above, expression = fence.line + content.count("\n", 0, found[0].start()), found[0][1].strip()
    _parse(expression, above, "eval")
    return Guess(_no_list_of_one(question), expression, _no_list_of_one(why), above + 1)


def _no_list_of_one(markdown: str) -> str:
    """“64. With 7 heads …” is an answer and its reason."""
    return _NUMBER_FIRST.sub(r"\1\\\2", markdown) if len(_NUMBER_FIRST.findall(markdown)) == 1 else markdown


def _formulas(fence: Fence) -> Formulas:
    written = [(line.strip(), place) for place, line in enumerate(fence.lines, fence.line + 1) if line.strip()]
    return Formulas(tuple(line for line, _ in written), tuple(place for _, place in written))


def _show(fence: Fence) -> Show:
    commands, places = [], []
    for place, line in enumerate(fence.lines, start=fence.line + 1):
        command, *argument = line.split(maxsplit=1)[:2] or [""]
        if command and (command not in COMMANDS or not argument):
            said = Sentence.phrase("lesson.shows_nothing", "“{line}” shows nothing", line=line.strip())
            raise _WrongError(place, said)
        if command:
            commands.append((command, argument[0].strip()))
            places.append(place)
    return Show(tuple(commands), tuple(places))
