"""An exception of the program as one sentence with its place."""

from __future__ import annotations

import builtins
import difflib
import os
import traceback
from types import ModuleType

import torch

import engine
from engine.program.one_line import as_line, encodable
from engine.program.sentences.catalogue import sentence_for
from engine.program.sentences.failing_call import FailingCall, find
from engine.protocol.values import ProgramError, Source
from engine.shared import utf16

_MAX_SENTENCE = 400
_ENGINE = os.path.dirname(os.path.abspath(engine.__file__)) + os.sep
_OVERRIDES = torch.overrides.__file__


def explain(error: BaseException, path: str) -> ProgramError:
    """What went wrong in the program in `path`: type, sentence, innermost place in it, trimmed traceback."""
    call = find(error.__traceback__, path)
    return ProgramError(type(error).__name__, _sentence(error, call), call.place, _traceback(error))


def explain_syntax(error: BaseException, path: str, text: str) -> ProgramError:
    """Why the text does not compile. Its columns are exact where Python knows them."""
    if not isinstance(error, SyntaxError):
        return ProgramError(type(error).__name__, f"The program cannot be compiled: {error}.")
    place = _syntax_place(error, path, text)
    where = f" (line {place.line})" if place is not None else ""
    message = (error.msg or "invalid syntax").rstrip(".")
    report = "".join(traceback.format_exception_only(error))
    return ProgramError(type(error).__name__, f"{message[:1].upper()}{message[1:]}{where}.", place, report)


def _syntax_place(error: SyntaxError, path: str, text: str) -> Source | None:
    if error.lineno is None or (error.filename is not None and error.filename != path):
        return None
    lines = text.splitlines() or [""]
    line = min(max(error.lineno, 1), len(lines))
    column = max(0, (error.offset or 1) - 1)
    end_line = min(max(error.end_lineno or line, line), len(lines))
    end_column = (error.end_offset or 0) - 1
    if end_line == line and end_column <= column:
        end_column = column + 1
    start, end = _utf16(lines[line - 1], column), _utf16(lines[end_line - 1], end_column)
    part = lines[line - 1][column:end_column] if line == end_line else lines[line - 1][column:]
    return Source(path, line, start, end_line, end, part)


def _utf16(line: str, column: int) -> int:
    """A column in characters as one in UTF-16 units; past the line's end, where something is missing, one more."""
    column = max(0, column)
    past = max(0, column - len(line))
    return utf16.length(line[:column]) + min(past, 1)


def _sentence(error: BaseException, call: FailingCall) -> str:
    if isinstance(error, KeyboardInterrupt):
        where = f" at line {call.place.line}" if call.place is not None else ""
        return f"Stopped{where}."
    if isinstance(error, SystemExit):
        return f"The program ended itself with exit status {as_line(error.code)}."
    try:
        message = str(error)
    except Exception as failure:  # the program's own __str__ may raise anything
        message = f"its message cannot be shown ({type(failure).__name__})"
    sentence = sentence_for(error, message, call) or _plain(error, message, call)
    sentence = encodable(sentence)
    return sentence if len(sentence) <= _MAX_SENTENCE else sentence[: _MAX_SENTENCE - 1] + "…"


def _plain(error: BaseException, message: str, call: FailingCall) -> str:
    """ "TypeName: first line of the message", completed where Python says too little."""
    name = type(error).__name__
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    first = lines[0] if lines else ""
    if isinstance(error, KeyError) and first:
        first = f"there is no key {first}"
    if not first:
        first = f"{call.place.text} does not hold" if isinstance(error, AssertionError) and call.place else "no message"
    end = "" if first[-1] in ".!?" else "."
    return f"{name}: {first}{end}{_suggestion(error, call)}"


def _suggestion(error: BaseException, call: FailingCall) -> str:
    """Python's own "Did you mean", which it gives in a terminal only."""
    wrong, known = getattr(error, "name", None), []
    if isinstance(error, NameError) and call.frame is not None:
        known = [*call.frame.f_locals, *call.frame.f_globals, *dir(builtins)]
    elif isinstance(error, AttributeError) and isinstance(error.obj, torch.Tensor | ModuleType | torch.nn.Module):
        known = dir(error.obj)
    close = difflib.get_close_matches(wrong, known, 1) if isinstance(wrong, str) else []
    return f" Did you mean {close[0]}?" if close else ""


def _traceback(error: BaseException) -> str:
    report = traceback.TracebackException.from_exception(error, compact=True)
    _trim(report)
    return encodable("".join(report.format()))


def _trim(report: traceback.TracebackException | None) -> None:
    """Without the frames of the engine and of the hook through which it sees torch's functions."""
    while report is not None:
        kept = [f for f in report.stack if not f.filename.startswith(_ENGINE) and f.filename != _OVERRIDES]
        report.stack = traceback.StackSummary.from_list(kept)
        _trim(report.__cause__)
        report = report.__context__
