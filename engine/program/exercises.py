"""What a lesson asks of the program that ran: checks and values, computed beside it."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Mapping
from contextlib import redirect_stdout
from functools import partial
from types import TracebackType
from typing import Any

from engine.program.guesses import agrees, truth
from engine.program.random_state import RandomState
from engine.program.sentences.python_words import in_words
from engine.program.time_limit import TimeLimit
from engine.program.torch_settings import TorchSettings
from engine.program.unfit_values import quoted, unfit
from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence

_TIMEOUT_S = 10.0
_CHECK = "<check>"


def check(code: str, namespace: Mapping[str, Any]) -> Sentence | None:
    """Why a check does not hold, in the words of its own `assert` where it has any; None where it holds.

    Names that it makes are its own, what it prints is seen by nobody, and the random numbers of the program, its folder
    and what it set up in torch are as they were. On the main thread.
    """
    try:
        compiled = compile(code, _CHECK, "exec", dont_inherit=True, optimize=0)
        if (said := quoted(code, namespace)) is not None:
            return said
        _run(compiled, namespace)
    except AssertionError as error:
        return Sentence.of("lesson.not_yet", "{said}", said=str(error) or Sentence.phrase("lesson.not", "Not yet."))
    except EngineError as error:
        return error.sentence
    except Exception as error:
        return _said(error, code, namespace)
    except BaseException as error:  # a check that leaves, or raises what ends a program, ends no engine
        return _said(error)
    return None


def guess(expression: str, entered: str, namespace: Mapping[str, Any]) -> tuple[bool, str]:
    """Whether a value was foretold, and the value as text. On the main thread. Raises EngineError where the program
    does not have it."""
    try:
        value = _run(compile(expression.strip(), _CHECK, "eval", dont_inherit=True), namespace)
        return agrees(entered, value), truth(value)
    except EngineError:
        raise
    except BaseException as error:
        raise EngineError.saying(_said(error)) from error


def _run(code: Any, namespace: Mapping[str, Any]) -> Any:
    given_up = partial(_given_up, str(namespace.get("__file__", "")))
    before, folder = (RandomState(), TorchSettings()), os.open(".", os.O_RDONLY)  # which may have no name any more
    try:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()), TimeLimit(_TIMEOUT_S, given_up):
            warnings.simplefilter("ignore")  # they would be about the check
            return eval(code, dict(namespace))
    finally:
        os.chdir(folder)
        os.close(folder)
        for state in before:
            state.restore()


def _given_up(program: str, where: TracebackType | None) -> EngineError:
    """With the line of the program, where the check has called it and that did not return."""
    line = 0
    while where is not None:
        line = where.tb_lineno if where.tb_frame.f_code.co_filename == program else line
        where = where.tb_next
    if line:
        return EngineError(
            "lesson.given_up_in",
            "The check of this page was given up after {n_seconds:.0f} s, in line {line} of the program, which did not "
            "come to an end.",
            n_seconds=_TIMEOUT_S, line=line,
        )  # fmt: skip
    return EngineError(
        "lesson.given_up", "The check of this page was given up after {n_seconds:.0f} s.", n_seconds=_TIMEOUT_S
    )


def _said(error: BaseException, code: str = "", namespace: Mapping[str, Any] | None = None) -> Sentence:
    if isinstance(error, NameError) and error.name:
        return Sentence.of(
            "lesson.no_name", "The program that ran has no `{name}`: a line `{name} = …` makes it.", name=error.name
        )
    if isinstance(error, Exception) and namespace is not None:
        of_a_value = unfit(error, _CHECK, code, namespace)
        if of_a_value is not None:
            return of_a_value
    said = str(error).partition("\n")[0].rstrip(".")
    if not said:
        return Sentence.of("lesson.cannot_read_bare", "This could not be checked: {kind}.", kind=type(error).__name__)
    return Sentence.of(
        "lesson.cannot_read",
        "This could not be checked: {kind}: {said}.",
        kind=type(error).__name__,
        said=in_words(said),
    )
