"""What web pages leave in copied code, and the code without it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.shared.language import mark
from visualizer.backprop.program.notebook_text import notebook_in
from visualizer.look.python_tokens import read_line

_FENCE = re.compile(r"\A\s*```[ \t]*(?:python|py)?[^\n`]*\n(.*?)\n?```\s*\Z", re.DOTALL | re.IGNORECASE)
_PROMPT = re.compile(r"^(?:>>>|\.\.\.) ?", re.MULTILINE)
_NUMBERS = re.compile(r"^[ \t]*(\d+)[ \t.:|]", re.MULTILINE)
_MAGIC = re.compile(r"^(%%?[A-Za-z]\w*|![A-Za-z]\w*)", re.MULTILINE)  # of notebooks
_IPYTHON = re.compile(r"^(?:In \[\d*\]: ?|[ ]*\.{3,}: ?)")
_QUOTES = {**dict.fromkeys("“”„‟″", '"'), **dict.fromkeys("‘’‚‛′", "'")}
_SPACES = {
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000", " "),
    **dict.fromkeys("\u200b\u2060\ufeff", ""),
}
_ENDS = dict.fromkeys("\u2028\u2029", "\n")
_SIGNS = {
    **_QUOTES,
    **_SPACES,
    **_ENDS,
    "−": "-",
    "–": "-",
    "—": "-",
    "…": "...",
    "×": "*",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
}
# A terminal's colours; and a program ends at a null.
_CONTROLS = re.compile(r"\x1b\[[0-9;?]*[@-~]|[\x00-\x08\x0e-\x1b\x7f]")
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
    if _CONTROLS.search(text):
        return mark("control characters")
    if _is_numbered(text):
        return "1 2 3 …"
    if _IPYTHON.match(first):
        return "In [1]:"
    magic = _MAGIC.search(text)
    return magic[1] if magic else _stray_sign(text)


def stripped(text: str) -> str:
    """The code alone, with Python's own signs."""
    if (cells := notebook_in(text)) is not None:
        return cells.program
    return "\n".join(_plain(line, code) for line, code in _coded(_code(_CONTROLS.sub("", text))))


def _code(text: str) -> str:
    copied = _COPY.match(text)
    if copied:
        return text[copied.end() :].lstrip("\n")
    fenced = _FENCE.match(text)
    if fenced:
        return fenced.group(1)
    for prompt in (_PROMPT, _IPYTHON):
        if prompt.match(text.lstrip()) and (prompt is _IPYTHON or text.lstrip().startswith(">>> ")):
            return "\n".join(prompt.sub("", line) for line in text.split("\n") if prompt.match(line))
    if _is_numbered(text):
        return "\n".join(re.sub(r"^[ \t]*\d+[ \t.:|] ?", "", line) for line in text.split("\n"))
    return "\n".join(line for line in text.split("\n") if not _MAGIC.match(line))


def _stray_sign(text: str) -> str | None:
    """The words of a sign that Python has in strings and comments alone."""
    found = {sign for _, code in _coded(text) for sign in code if sign in _SIGNS} if not text.isascii() else set()
    for signs, words in (
        (_QUOTES, mark("curly quotes")),
        (_SPACES, mark("no-break spaces")),
        (_ENDS, mark("line separators")),
    ):
        if found & set(signs):
            return words
    return min(found, default=None)


def _coded(text: str) -> Iterator[tuple[str, str]]:
    """Each line, and the line with blanks in the place of strings and comments."""
    state = 0
    for line in text.split("\n"):
        code, state = read_line(line, state)
        yield line, code


def _plain(line: str, code: str) -> str:
    return "".join(_SIGNS.get(at, sign) for sign, at in zip(line, code, strict=True))


def _is_numbered(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    numbers = [_NUMBERS.match(line) for line in lines]
    if len(lines) < 2 or not all(numbers):
        return False
    values = [int(number.group(1)) for number in numbers if number]
    return values == list(range(values[0], values[0] + len(values)))
