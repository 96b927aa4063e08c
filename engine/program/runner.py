"""Runs a program statement by statement in a live namespace that is a real `__main__`."""

from __future__ import annotations
import __future__

import ast
import builtins
import os
import sys
import tempfile
from ast import Expr, Expression, Module  # which a program may change in its module
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from time import perf_counter
from types import ModuleType, TracebackType
from typing import Any, NamedTuple, Protocol, TextIO

import torch

from engine.program.announcer import Announcer
from engine.program.binding_order import Mentions
from engine.program.body_marks import BodyMarks, marked
from engine.program.foreign import FOREIGN
from engine.program.interpreter import Interpreter
from engine.program.interrupts import Interrupts
from engine.program.locals import Locals, Scope
from engine.program.random_state import RandomState
from engine.program.results import result_of
from engine.program.sentences.explain import explain, explain_syntax
from engine.program.sentences.known import Known
from engine.program.sources import register
from engine.program.told_lines import ToldLines
from engine.program.warning_places import placed_in_program, quietly_compiled
from engine.protocol.invocation import OWN_FOLDER, Invocation
from engine.protocol.messages import Event
from engine.protocol.program_values import ProgramError
from engine.protocol.sentence import Sentence
from engine.shared.disk_errors import write_reason
from engine.shared.syntax import first_line, tree_of


class Outcome(NamedTuple):
    """How a run ended."""

    error: ProgramError | None
    interrupted: bool
    dt_ms: float


class Begun(NamedTuple):
    """What a run began with; `lines` as in `Runner.run`."""

    text: str
    path: str
    random: RandomState
    lines: tuple[int, int] | None
    invocation: Invocation


class Turn(Protocol):
    """Told of each statement, by what it mentions, before it runs and after it has run to its end."""

    def __call__(self, mentions: Mentions, *, is_over: bool) -> None: ...


def _nothing(mentions: Mentions, *, is_over: bool) -> None:
    """Nobody is told."""


def _nobody(trace: TracebackType | None) -> None:
    """Nobody is told."""


class Runner:
    """The live namespace and what runs in it. All on the main thread. `turn` is told of each statement, `fell` of the
    traceback of an exception that has ended a run."""

    def __init__(
        self,
        interrupts: Interrupts,
        emit: Callable[[Event], None],
        log: TextIO,
        known: Known | None = None,
        local: Locals = Locals(frozenset()),
    ) -> None:
        self.module = ModuleType("__main__")
        self.begun: tuple[Begun, ...] = ()  # the newest run of a whole text, and those of parts since
        self.n_ended = 0  # of all runs
        self.turn: Turn = _nothing
        self.fell: Callable[[TracebackType | None], None] = _nobody
        self._log = log
        self._known = known
        self.locals = local
        self.scope = Scope(self.module.__dict__, local)
        self._interrupts = interrupts
        self._emit = emit
        self._flags = 0
        self._folder = tempfile.TemporaryDirectory(prefix="tensor-visualizer-")
        self._import_folder = ""
        self._first_folder = _current_folder()
        self._paths: set[str] = set()  # that texts have run as

    @property
    def namespace(self) -> dict[str, Any]:
        """The program's global variables."""
        return self.module.__dict__

    @cached_property
    def _interpreter(self) -> Interpreter:
        return Interpreter(self._log)  # only now, at the first run: all that serves has been imported

    def forget(self) -> None:
        """Let go of every variable, and of what a text said of those after it (`from __future__`)."""
        for name in [name for name in self.namespace if not (name.startswith("__") and name.endswith("__"))]:
            del self.namespace[name]
        self._flags = 0
        self.begun = ()
        self.locals.forget()

    def run(
        self,
        text: str,
        path: str,
        watching: Callable[[], AbstractContextManager[None]],
        lines: tuple[int, int] | None = None,
        invocation: Invocation = Invocation(),
    ) -> Outcome:
        """Run `text` under `watching()`, or the statements that touch the first to the last of `lines`, in the folder
        where the others have left it. A SyntaxError there, or without `lines` anywhere, means that nothing runs."""
        self._interpreter.restore()
        FOREIGN.begin_run()
        self.locals.forget()
        start = perf_counter()
        register(path, text)
        self._paths.add(path)
        try:
            parsed = parse(text, path, self._flags) if lines is None else parse_part(text, path, self._flags, lines)
            statements, self._flags = parsed
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
            return Outcome(explain_syntax(error, path, text), False, _ms_since(start))
        before = () if lines is None else self.begun
        if not before and (refused := self._enter(path, invocation.folder)) is not None:
            return Outcome(refused, False, _ms_since(start))
        self._become_main(text, path, invocation.arguments)
        if before and before[-1].text == text:
            text = before[-1].text  # one text for all of its parts
        self.begun = (*before, Begun(text, path, RandomState(), lines, invocation))
        announcer = Announcer(self._emit, path)
        caught: BaseException | None = None
        try:
            with placed_in_program(), watching():
                caught = self._run_all(statements, path, announcer)
        except BaseException as error:  # a late KeyboardInterrupt, or watching itself
            self._interrupts.defer()
            caught = caught or error
        finally:
            self._interpreter.restore()
            announcer.stop()
            self.n_ended += 1
        try:
            return self._outcome(caught, _ms_since(start))
        finally:
            del caught  # its traceback leads back to this frame, and would keep the program's tensors alive

    def _outcome(self, caught: BaseException | None, dt_ms: float) -> Outcome:
        if caught is None or (isinstance(caught, SystemExit) and caught.code in (None, 0)):
            return Outcome(None, False, dt_ms)
        if not isinstance(caught, MemoryError | torch.OutOfMemoryError | SystemExit):  # what was full is free again
            self.locals.fail(caught.__traceback__)
            self.fell(caught.__traceback__)
        return Outcome(explain(caught, self._paths, self._known), isinstance(caught, KeyboardInterrupt), dt_ms)

    def _run_all(self, statements: list[ast.stmt], path: str, announcer: Announcer) -> BaseException | None:
        """Run until the end or the first exception, which is returned."""
        # While no program has changed `ast`:
        mentioned = [Mentions.of(statement) for statement in statements]
        for statement, mentions, marks in zip(statements, mentioned, marked(statements), strict=True):
            announcer.begin(first_line(statement), statement.end_lineno or statement.lineno)
            self.turn(mentions, is_over=False)
            told = ToldLines(self._emit, marks, self.namespace)
            try:
                with self.locals.telling(told.held):
                    value = self._run_one(statement, path, marks)
            except BaseException as error:
                self._interrupts.defer()
                announcer.end(None)
                told.failed(error.__traceback__)
                return error
            self.turn(mentions, is_over=True)
            announcer.end(result_of(statement, value, self.namespace))
            told.over()
            del value
        return None

    def _run_one(self, statement: ast.stmt, path: str, marks: BodyMarks | None) -> Any:
        """Returns the value of an expression statement, None of any other."""
        code = self._compile(statement if marks is None else marks.statement, path)
        code = code if marks is None else marks.put_into(code)
        try:
            self._interpreter.give()
            self._interrupts.allow()
            return eval(code, self.namespace)
        finally:
            self._interrupts.defer()
            self._interpreter.take()

    def _compile(self, statement: ast.stmt, path: str) -> Any:
        with quietly_compiled():  # the text was compiled as a whole before, and its warnings were given then
            if isinstance(statement, Expr):
                return compile(Expression(statement.value), path, "eval", self._flags, dont_inherit=True)
            return compile(Module([statement], []), path, "exec", self._flags, dont_inherit=True)

    def _enter(self, path: str, folder: str) -> ProgramError | None:
        """Be in the folder that a program begins in, or say why not."""
        if folder == OWN_FOLDER:
            folder = _folder_of(path) if os.path.isfile(path) else ""
        try:
            os.chdir(folder or self._first_folder)
        except OSError as error:
            if not folder:
                return None  # the engine's own is gone: a program that needs none runs all the same
            is_there = os.path.isdir(folder)
            said = Sentence.of(
                "program.no_folder",
                "The program cannot begin in {folder}: {reason}. Program ▸ Arguments and folder… sets another.",
                folder=folder,
                reason=write_reason(error) if is_there else Sentence.phrase("program.folder_gone", "it is not there"),
            )
            return ProgramError.of(error, said)
        return None

    def _become_main(self, text: str, path: str, arguments: tuple[str, ...]) -> None:
        """A real `__main__`: a file on disk, found by pickle, by `inspect` and by spawned processes."""
        file = path
        if not os.path.isfile(path):
            file = str(Path(self._folder.name) / (Path(path).name or "program.py"))
            Path(file).parent.mkdir(exist_ok=True)  # a program may tidy up
            Path(file).write_text(text, encoding="utf-8", errors="surrogateescape")
            register(file, text)
        self.module.__file__ = file
        self.module.__name__ = "__main__"
        self.module.__spec__ = None  # as of a script: a spawned process then runs the file
        self.namespace["__builtins__"] = builtins
        sys.modules["__main__"] = self.module
        sys.argv = [path, *arguments]
        self.namespace.pop("__warningregistry__", None)  # a script warns anew each time
        folder = _folder_of(path)
        if folder != self._import_folder:
            if self._import_folder in sys.path:
                sys.path.remove(self._import_folder)
            sys.path.insert(0, folder)
            self._import_folder = folder


def _current_folder() -> str:
    try:
        return os.getcwd()
    except FileNotFoundError:
        return ""


def _folder_of(path: str) -> str:
    try:
        return os.path.dirname(os.path.abspath(path))
    except FileNotFoundError:  # the current folder is gone
        return os.path.dirname(path)


def parse(text: str, path: str, flags: int) -> tuple[list[ast.stmt], int]:
    """The top-level statements, and `flags` with those of the text's own `from __future__` imports.

    Raises SyntaxError, also for what only the compiler sees, and ValueError for null bytes.
    """
    tree = tree_of(text, path, flags=flags)
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__" and not statement.level:
            for alias in statement.names:
                feature = getattr(__future__, alias.name, None)
                flags |= feature.compiler_flag if isinstance(feature, __future__._Feature) else 0
    try:
        compile(tree, path, "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        _count_in_characters(error, text)
        raise
    return tree.body, flags


def parse_part(text: str, path: str, flags: int, lines: tuple[int, int]) -> tuple[list[ast.stmt], int]:
    """As `parse`, of those statements alone that touch the first to the last of `lines`, which count from 1. Where the
    rest is being written, what stands in these lines has to be whole by itself."""
    first, last = lines
    try:
        statements, flags = parse(text, path, flags)
    except SyntaxError:
        rows = text.split("\n")
        alone = [row if first <= number <= last else "" for number, row in enumerate(rows, 1)]
        statements, flags = parse("\n".join(alone), path, flags)
    found = [one for one in statements if first_line(one) <= last and (one.end_lineno or one.lineno) >= first]
    return found, flags


def _count_in_characters(error: SyntaxError, text: str) -> None:
    """The compiler, unlike the parser, counts the columns of its errors in UTF-8 bytes."""
    lines = text.split("\n")
    for line, column in (("lineno", "offset"), ("end_lineno", "end_offset")):
        number, offset = getattr(error, line), getattr(error, column)
        if number and offset and number <= len(lines):
            before = lines[number - 1].encode("utf-8", "surrogatepass")[: offset - 1]
            setattr(error, column, len(before.decode("utf-8", "ignore")) + 1)


def _ms_since(start: float) -> float:
    return (perf_counter() - start) * 1000
