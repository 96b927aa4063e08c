"""What belongs on one line of the text of a lesson: short code, a product, a number and its unit."""

from __future__ import annotations

import re

_NO_BREAK = "\u00a0"
_APART = re.compile(r"(^```.*?^```[ \t]*$|`[^`\n]*`)", re.MULTILINE | re.DOTALL)  # code, as a block or in the text
_MOST_LETTERS = 26  # of code: about half a line
_PRODUCT = re.compile(r"(?<=[^\s)\]]) ([×·]) (?=[^\s\[])")
_UNIT = re.compile(r"(?<=\d) (?=(?:%|bytes|GB|MB|kB|bits)(?!\w))")


def tied(markdown: str) -> str:
    """The same Markdown with spaces that break no line; what is copied from it has ordinary ones."""
    return "".join(map(_tied, _APART.split(markdown)))


def _tied(part: str) -> str:
    if part.startswith("```"):
        return part
    if part.startswith("`") and len(part) > 1:
        return part.replace(" ", _NO_BREAK) if len(part) <= _MOST_LETTERS + 2 else part
    return _UNIT.sub(_NO_BREAK, _PRODUCT.sub(rf"{_NO_BREAK}\1{_NO_BREAK}", part))
