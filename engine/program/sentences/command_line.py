"""Sentences for what a program expects around it: words on its command line, files in the folder that it runs in."""

from __future__ import annotations

import argparse
import os
import re
import sys

from engine.program.sentences.failing_call import FailingCall
from engine.program.sentences.python_words import in_words
from engine.protocol.sentence import Sentence

_ARGPARSE = argparse.__file__


def refused_arguments(error: SystemExit) -> Sentence | None:
    """What `argparse` found wrong before it ended the program; None where something else ended it."""
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == _ARGPARSE and code.co_name == "error":
            return Sentence.of(
                "program.arguments_refused",
                "The program's argparse ended it: {message}. It was given {arguments}; Program ▸ Arguments and folder… "
                "gives it others.",
                message=in_words(str(trace.tb_frame.f_locals.get("message", "")).rstrip(".")), arguments=_given(),
            )  # fmt: skip
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
