"""The arguments of a program as they are typed, or pasted from where its command stands. No widgets."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import PurePath

from engine.protocol.errors import EngineError

_CONTINUED = re.compile(r"\\[ \t]*\r?\n")
_PROMPT = re.compile(r"\A\s*[$>%] ")
_SETS = re.compile(r"[A-Za-z_]\w*=")
_PYTHON = re.compile(r"python[\d.]*(?:\.exe)?$")


def words_of(text: str, program: str) -> tuple[str, ...]:
    """`sys.argv[1:]` as a shell would make it, without variables, globs and pipes. What stands before the arguments in
    a whole command (`$ python train.py --epochs 3`) is left out; `program` is the name of its file.

    Raises EngineError for what a shell would wait for.
    """
    try:
        words = shlex.split(_PROMPT.sub("", _CONTINUED.sub(" ", text)))
    except ValueError as error:
        if "quotation" in str(error):
            raise EngineError("arguments.open_quote", "A quotation mark is never closed.") from error
        raise EngineError("arguments.open_escape", "A backslash at the end stands before nothing.") from error
    return tuple(words[_n_before(words, program) :])


def _n_before(words: Sequence[str], program: str) -> int:
    """How many words of a whole command stand before the arguments."""
    begin = next((place for place, word in enumerate(words) if not _SETS.match(word)), len(words))
    for place in range(begin, len(words)):
        if PurePath(words[place]).name == program:
            is_command = place == begin or _PYTHON.search(words[begin]) is not None
            return place + 1 if is_command else 0
    return 0


def text_of(arguments: Sequence[str]) -> str:
    """What `words_of` makes these of again."""
    return shlex.join(arguments)
