"""Lines of notebooks and terminals in the place of Python, in words of their own."""

from __future__ import annotations

import re

from engine.protocol.sentence import Sentence

_COMMAND = re.compile(r"\s*(?P<words>%%?[A-Za-z]\w*|![^=\s]\S*|[\w.]+\?{1,2}(?=\s*$)|\?{1,2}[\w.]+)")
_PROMPT = re.compile(r"\s*(?P<words>>>>|\.\.\.(?= )|\$ )")


def not_python(text: str, line: int) -> Sentence | None:
    """What a line is that does not parse, where it is one of these."""
    if found := _COMMAND.match(text):
        return Sentence.of(
            "syntax.of_jupyter",
            "“{words}” on line {line} is a command of Jupyter, not Python: take it out.",
            words=found["words"], line=line,
        )  # fmt: skip
    if found := _PROMPT.match(text):
        return Sentence.of(
            "syntax.of_prompt",
            "“{words}” on line {line} is a prompt, not Python: take it out.",
            words=found["words"].strip(), line=line,
        )  # fmt: skip
    return None
