"""What a terminal reads, in the language that its environment asks for: the command line of every command."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator, Mapping
from typing import NoReturn, TextIO

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.shared.language import known_language, mark, said, tr, use

# What argparse says is wrong with arguments.
_WRONG = (
    mark("the following arguments are required: {names}"),
    mark("unrecognized arguments: {words}"),
    mark("argument {name}: invalid choice: {value} (choose from {choices})"),
    mark("argument {name}: invalid {kind} value: {value}"),
    mark("argument {name}: expected one argument"),
    mark("argument {name}: expected at least one argument"),
    mark("argument {name}: ignored explicit argument {value}"),
    mark("argument {name}: not allowed with argument {other}"),
    mark("ambiguous option: {name} could match {names}"),
)


def follow_environment(environment: Mapping[str, str] = os.environ) -> None:
    """From here on in the language of a terminal, for a process that is one command. Numbers stay as commands read
    them: what is told can be typed. Only the main thread may call."""
    use(known_language(_asked(environment)), with_numbers=False)


def _asked(environment: Mapping[str, str]) -> Iterator[str]:
    """As POSIX and gettext have it: LC_ALL before LC_MESSAGES before LANG, and a list in LANGUAGE before all, unless
    the locale is that of C."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "C").partition(".")[0]
    if locale not in ("C", "POSIX"):
        for code in (*environment.get("LANGUAGE", "").split(":"), locale):
            yield code.partition(".")[0].partition("@")[0]


def tell(words: Sentence | EngineError | str, stream: TextIO | None = None) -> None:
    """A line on stderr, or on another stream."""
    print(said(words.sentence if isinstance(words, EngineError) else words), file=stream or sys.stderr, flush=True)


class Parser(argparse.ArgumentParser):
    """One whose own words are in the language in use when it is made."""

    def __init__(self, program: str, description: str) -> None:
        super().__init__(prog=program, description=description, formatter_class=_Formatter, add_help=False)
        self._positionals.title, self._optionals.title = tr("positional arguments"), tr("options")
        self.add_argument("-h", "--help", action="help", help=tr("show this help message and exit"))

    def error(self, message: str) -> NoReturn:
        """The usage and what is wrong, on stderr; the process ends with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, tr("{program}: error: {message}", program=self.prog, message=_wrong(message)) + "\n")


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None) -> None:  # type: ignore[no-untyped-def]  # as argparse's
        super().add_usage(usage, actions, groups, tr("usage: ") if prefix is None else prefix)


def _wrong(message: str) -> str:
    for source in _WRONG:
        if found := re.fullmatch(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(source)), message, re.DOTALL):
            return tr(source, **found.groupdict())
    return message
