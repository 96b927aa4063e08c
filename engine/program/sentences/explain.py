"""An exception of the program as one sentence with its place."""

from __future__ import annotations

import builtins
import difflib
import os
import traceback
from collections.abc import Iterator, Set
from types import FrameType, ModuleType

import torch

import engine
from engine.program.foreign import TooSlowError, bounded
from engine.program.one_line import as_line, encodable
from engine.program.sentences.catalogue import sentence_for
from engine.program.sentences.command_line import no_command, refused_arguments
from engine.program.sentences.failing_call import FailingCall, find
from engine.program.sentences.known import Known
from engine.program.sentences.notebook_lines import not_python
from engine.program.sentences.python_words import in_words
from engine.program.sentences.words import whole
from engine.protocol.program_values import ProgramError
from engine.protocol.sentence import Sentence
from engine.protocol.source import Source
from engine.shared import utf16
from engine.shared.static_reads import type_name
from engine.tensors.unseen import Unseen

_MAX_SENTENCE = 1500  # characters: torch's own words are whole, a program's may have no end
_ENGINE = os.path.dirname(os.path.abspath(engine.__file__)) + os.sep
_PLAIN_KINDS = frozenset(
    kind for kind in vars(builtins).values() if isinstance(kind, type) and issubclass(kind, Exception)
)
_OVERRIDES = torch.overrides.__file__


def explain(
    error: BaseException,
    paths: Set[str],
    known: Known | None = None,
    caller: FrameType | None = None,
    origin: str = "",
) -> ProgramError:
    """What went wrong in the program, whose texts have these paths: type, sentence, innermost place in it, trimmed
    traceback.

    `known` is what a recorder knows of it, `caller` the frame that explains an exception which is still on its way,
    `origin` what to call the failing code where no line of the program did it.
    """
    call = find(error.__traceback__, paths, caller)
    call.origin = origin
    return ProgramError.of(error, _bounded(_said(error, call, known)), call.place, _traceback(error))


def explain_syntax(error: BaseException, path: str, text: str) -> ProgramError:
    """Why the text does not compile. Its columns are exact where Python knows them."""
    if not isinstance(error, SyntaxError):
        said = Sentence.of("syntax.not_compiled", "The program cannot be compiled: {reason}.", reason=error)
        return ProgramError.of(error, _bounded(said))
    place = _syntax_place(error, path, text)
    message = (error.msg or "invalid syntax").rstrip(".")
    words = in_words(message[:1].upper() + message[1:])
    if place is None:
        said = Sentence.of("syntax.error", "{message}.", message=words)
    elif place.text == "//":  # copied from a language where this begins a comment
        said = Sentence.of(
            "syntax.slashes", "{message} (line {line}): in Python a comment begins with #, not with //.",
            message=words, line=place.line,
        )  # fmt: skip
    else:
        said = not_python(text.split("\n")[place.line - 1], place.line) or Sentence.of(
            "syntax.error_on_line", "{message} (line {line}).", message=words, line=place.line
        )
    return ProgramError.of(error, _bounded(said), place, "".join(traceback.format_exception_only(error)))


def _syntax_place(error: SyntaxError, path: str, text: str) -> Source | None:
    if error.lineno is None or (error.filename is not None and error.filename != path):
        return None
    lines = text.split("\n")  # as Python counts them: no other sign ends one
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


def _said(error: BaseException, call: FailingCall, known: Known | None) -> Sentence:
    if isinstance(error, KeyboardInterrupt):
        if call.place is None:
            return Sentence.of("program.stopped", "Stopped.")
        return Sentence.of("program.stopped_on_line", "Stopped at line {line}.", line=call.place.line)
    if isinstance(error, SystemExit):
        return refused_arguments(error) or Sentence.of(
            "program.exited",
            "The program ended itself with exit status {status}.",
            status=as_line(error.code),
        )
    try:
        message = _message(error)
    except TooSlowError:
        return Sentence.of(
            "error.message_slow",
            "{type_name}: its message takes too long to read.",
            type_name=type_name(error),
        )
    except Exception as failure:  # the program's own __str__ may raise anything
        return Sentence.of(
            "error.message_raises",
            "{type_name}: its message cannot be shown ({failure}).",
            type_name=type(error).__name__,
            failure=type(failure).__name__,
        )
    return no_command(error) or _of_rule(error, message, call, known) or _plain(error, message, call)


def _message(error: BaseException) -> str:
    """Its words: those of Python's own kinds at once, with what a program may run in between inside of a time limit."""
    if type(error) in _PLAIN_KINDS and all(type(argument) is str for argument in error.args):
        return str(error)
    return bounded(error, lambda: str(str(error)))


def _of_rule(error: BaseException, message: str, call: FailingCall, known: Known | None) -> Sentence | None:
    """None also where a tensor of the program does not say what a rule asks it."""
    try:
        with Unseen():
            return sentence_for(error, message, call, known)
    except Exception:  # the program's own words are there
        return None


def _plain(error: BaseException, message: str, call: FailingCall) -> Sentence:
    """ "TypeName: message", completed where Python says too little."""
    name = type(error).__name__
    message = whole(message)
    if isinstance(error, KeyError) and message and not _is_sentence(error):
        key = message.removesuffix(".")
        return Sentence.of("error.no_key", "{type_name}: there is no key {key}.", type_name=name, key=key)
    if not message and isinstance(error, AssertionError) and call.place:
        return Sentence.of(
            "error.does_not_hold",
            "{type_name}: {expression} does not hold.",
            type_name=name,
            expression=call.place.text.removeprefix(
                "assert"
            ).strip(),  # from Python 3.12 on, the place is the statement
        )
    if not message:
        return Sentence.of("error.no_message", "{type_name}: no message.", type_name=name)
    words = in_words(error.args[0] if isinstance(error, KeyError) and message else message)
    words = Sentence.phrase("error.words", "{words}.", words=words) if isinstance(words, Sentence) else message
    known = _suggestion(error, call)
    if not known:
        return Sentence.of("error.of_type", "{type_name}: {message}", type_name=name, message=words)
    return Sentence.of(
        "error.did_you_mean",
        "{type_name}: {message} Did you mean {known}?",
        type_name=name,
        message=words,
        known=known,
    )


def _is_sentence(error: KeyError) -> bool:
    """Whether it tells what is wrong, as torch.nn does where a name is taken, and not a key that there is not."""
    return len(error.args) == 1 and type(error.args[0]) is str and isinstance(in_words(error.args[0]), Sentence)


def _bounded(said: Sentence) -> Sentence:
    """What a program says of itself may be long, and need not be valid Unicode."""
    arguments = {
        name: _bounded(one) if isinstance(one, Sentence) else _cut(one) for name, one in said.arguments.items()
    }
    return Sentence(said.code, _cut(said.text), arguments)


def _cut(text: str) -> str:
    text = encodable(text)
    return text if len(text) <= _MAX_SENTENCE else text[: _MAX_SENTENCE - 1] + "…"


def _suggestion(error: BaseException, call: FailingCall) -> str:
    """The name in Python's own "Did you mean", which it gives in a terminal only; "" where none is near."""
    wrong, known = getattr(error, "name", None), []
    if isinstance(error, NameError) and call.frame is not None:
        known = [*call.frame.f_locals, *call.frame.f_globals, *dir(builtins)]
    elif isinstance(error, AttributeError) and isinstance(error.obj, torch.Tensor | ModuleType | torch.nn.Module):
        known = _names_in(error.obj)
    close = difflib.get_close_matches(wrong, known, 1) if isinstance(wrong, str) else []
    return close[0] if close else ""


def _names_in(value: object) -> list[str]:
    """No name where its own `__dir__` fails, as that of a module which was never begun, or takes too long."""
    try:
        return [name for name in bounded(value, lambda: dir(value)) if isinstance(name, str)]
    except Exception:
        return []


def _traceback(error: BaseException) -> str:
    if any(map(_is_slow, _chain(error))):
        return encodable("".join(traceback.format_tb(error.__traceback__)) + type_name(error))
    report = traceback.TracebackException.from_exception(error, compact=True)
    _trim(report)
    return encodable("".join(report.format()))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and those that it came from, each once."""
    seen: list[BaseException] = []
    while error is not None and not any(error is other for other in seen):
        yield error
        seen.append(error)
        error = error.__cause__ or error.__context__


def _is_slow(error: BaseException) -> bool:
    try:
        _message(error)
    except TooSlowError:
        return True
    except Exception:  # is told in the report
        return False
    return False


def _trim(report: traceback.TracebackException | None) -> None:
    """Without the frames of the engine and of the hook through which it sees torch's functions."""
    while report is not None:
        kept = [f for f in report.stack if not f.filename.startswith(_ENGINE) and f.filename != _OVERRIDES]
        report.stack = traceback.StackSummary.from_list(kept)
        _trim(report.__cause__)
        report = report.__context__
