"""Sentences for what a program expects around it: words on its command line, files in the folder that it runs in,
commands."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from typing import Any

from engine.program.sentences.failing_call import FailingCall
from engine.program.sentences.python_words import in_words
from engine.protocol.sentence import Sentence

_ARGPARSE, _SUBPROCESS = argparse.__file__, subprocess.__file__


def refused_arguments(error: SystemExit) -> Sentence | None:
    """What `argparse` found wrong before it ended the program; None where something else ended it."""
    found = _locals_in(error, _ARGPARSE, "error")
    if found is None:
        return None
    return Sentence.of(
        "program.arguments_refused",
        "The program's argparse ended it: {message}. It was given {arguments}; Program ▸ Arguments and folder… "
        "gives it others.",
        message=in_words(str(found.get("message", "")).rstrip(".")), arguments=_given(),
    )  # fmt: skip


def no_command(error: BaseException) -> Sentence | None:
    """Of a command that the program starts and this machine does not have: looked for along PATH, in no folder that
    the program could begin in. None where something else failed, also the folder that it should start in."""
    if not isinstance(error, FileNotFoundError):
        return None
    found = _locals_in(error, _SUBPROCESS, "_execute_child")
    name = error.filename
    if found is None or type(name) is not str or os.sep in name or name == found.get("cwd"):
        return None
    return Sentence.of(
        "program.no_command", "This machine has no command {name}: PATH names no folder with it.", name=name
    )


def _locals_in(error: BaseException, file: str, function: str) -> dict[str, Any] | None:
    """The variables of that function where the error came through it."""
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == file and code.co_name == function:
            return trace.tb_frame.f_locals
        trace = trace.tb_next
    return None


def _given() -> Sentence | str:
    words = sys.argv[1:]
    return " ".join(words) if words else Sentence.phrase("program.no_arguments", "no arguments")


def _no_argument(match: re.Match[str], call: FailingCall) -> Sentence | None:
    if not re.match(r"(?:sys\.)?argv\[", str(call.expression)):
        return None
    return Sentence.of(
        "program.argument_missing",
        "{expression}: the program was given {arguments}; Program ▸ Arguments and folder… gives it others.",
        expression=call.expression, arguments=_given(),
    )  # fmt: skip


def _no_file(match: re.Match[str], call: FailingCall) -> Sentence | None:
    """Of a relative path, which begins in a folder that nothing on the screen names."""
    name = match.group(1)
    if os.path.isabs(name):
        return None
    folder = os.getcwd()
    if call.place is not None and os.path.exists(os.path.join(os.path.dirname(call.place.path), name)):
        return Sentence.of(
            "program.file_beside",
            "There is no {name} in {folder}, where the program runs, but there is one beside the program. Program ▸ "
            "Arguments and folder… lets it begin there.",
            name=name, folder=folder,
        )  # fmt: skip
    return Sentence.of(
        "program.no_file_here",
        "There is no {name} in {folder}, where the program runs. Program ▸ Arguments and folder… lets it begin in "
        "another folder.",
        name=name, folder=folder,
    )  # fmt: skip


RULES = (
    (r"^list index out of range$", _no_argument),
    (r"^\[Errno 2\] No such file or directory: '([^']+)'$", _no_file),
)
