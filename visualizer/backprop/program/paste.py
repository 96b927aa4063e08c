"""What web pages leave in copied code, and the code without it."""

from __future__ import annotations

import re

from engine.shared.language import mark

_FENCE = re.compile(r"\A\s*```[ \t]*(?:python|py)?[^\n`]*\n(.*?)\n?```\s*\Z", re.DOTALL | re.IGNORECASE)
_PROMPT = re.compile(r"^(?:>>>|\.\.\.) ?", re.MULTILINE)
_NUMBERS = re.compile(r"^[ \t]*(\d+)[ \t.:|]", re.MULTILINE)
_NO_BREAK = re.compile("^[ \\t\u00a0]*\u00a0", re.MULTILINE)  # they indent, and Python refuses them
_COPY = re.compile(r"\A\s*(?:python|py)?\s*Copy code", re.IGNORECASE)


def stray_marker(text: str) -> str | None:
    """The words of a marker that is no Python, None when there is none."""
    copied = _COPY.match(text)
    if copied:
        return " ".join(copied.group().split())
    if _FENCE.match(text):
        return "```"
    first = text.lstrip().split("\n", 1)[0]
    if first.startswith(">>> "):
        return ">>>"
    if _is_numbered(text):
        return "1 2 3 …"
    return mark("no-break spaces") if _NO_BREAK.search(text) else None


def stripped(text: str) -> str:
    """The code alone."""
    copied = _COPY.match(text)
    if copied:
        return text[copied.end() :].lstrip("\n")
    fenced = _FENCE.match(text)
    if fenced:
        return fenced.group(1)
    if text.lstrip().startswith(">>> "):
        lines = [line for line in text.split("\n") if _PROMPT.match(line)]
        return "\n".join(_PROMPT.sub("", line) for line in lines)
    if _is_numbered(text):
        return "\n".join(re.sub(r"^[ \t]*\d+[ \t.:|] ?", "", line) for line in text.split("\n"))
    return text.replace("\u00a0", " ")


def _is_numbered(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    numbers = [_NUMBERS.match(line) for line in lines]
    if len(lines) < 2 or not all(numbers):
        return False
    values = [int(number.group(1)) for number in numbers if number]
    return values == list(range(values[0], values[0] + len(values)))
