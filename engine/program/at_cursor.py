"""Which expression ends at a place of the text, and in which call's brackets it stands; the text need not compile."""

from __future__ import annotations

import re
import tokenize
from dataclasses import dataclass
from io import StringIO
from keyword import iskeyword

from engine.shared import utf16

_NAME_AFTER = re.compile(r"\w*")
_GIVEN = re.compile(r"\w*\s*=(?!=)")
_KEYWORD = re.compile(r"\s*([^\W\d]\w*)\s*=(?!=)")
_STRING = re.compile(r"""(?:"[^"\\]*"|'[^'\\]*')\Z""")
_MOST_LINES = 200  # a call begins in one of so many lines before
_OPENING, _CLOSING = "([{", ")]}"
_SKIPPED = (tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT)


@dataclass(frozen=True)
class OpenCall:
    """A call whose brackets are open: what is called, how many arguments stand before the cursor's, the names of those
    that have one, and that of the cursor's own ("" for one by position)."""

    function: str
    n_before: int
    keywords: tuple[str, ...]
    keyword: str


def name_at(text: str, line: int, column: int) -> str:
    """The dotted expression that ends with the name at a place; "" where no name stands. `column` in UTF-16 units."""
    lines = text.split("\n")
    here = lines[line - 1] if 1 <= line <= len(lines) else ""
    place = len(utf16.first(here, column))
    matched = _NAME_AFTER.match(here, place)
    assert matched is not None
    before = expression_before(here[: matched.end()])
    return "" if not before or not re.search(r"[^\W\d]\w*$", before) else before


def argument_column(text: str, line: int, column: int) -> int | None:
    """Where the value begins that a call is given by the name at a place; None where the name is none of a call's."""
    lines = text.split("\n")
    here = lines[line - 1] if 1 <= line <= len(lines) else ""
    found = _GIVEN.match(here, len(utf16.first(here, column)))
    return utf16.length(here[: found.end()]) if found is not None else None


def expression_before(before: str) -> str:
    """The names, dots, calls and subscripts at the end of a line: "F.relu(x).sum" of "y = -F.relu(x).sum"."""
    place = len(before)
    if (text := _STRING.search(before)) is not None:
        return text[0]
    while place:
        letter = before[place - 1]
        if letter in _CLOSING:
            opened = _opened(before, place - 1)
            if opened is None:
                return ""
            place = opened
            if place and not (before[place - 1].isalnum() or before[place - 1] in "_)]"):
                break  # brackets around an expression, or a list
        elif letter.isalnum() or letter == "_":
            while place and (before[place - 1].isalnum() or before[place - 1] == "_"):
                place -= 1
            if not before[:place].endswith("."):
                break
        elif letter == "." and place < len(before):
            place -= 1
            if (text := _STRING.search(before[:place])) is not None:
                place = text.start()
                break
        else:
            break
    found = before[place:].lstrip(".")
    return "" if found[:1].isdigit() else found  # a number, whose dot is its own


def call_at(text: str, line: int, column: int) -> OpenCall | None:
    """The innermost call whose brackets a place is in; None where it is in none, or in a string."""
    lines = text.split("\n")
    first = max(line - _MOST_LINES, 0)
    before = [*lines[first : line - 1], utf16.first(lines[line - 1], column) if line <= len(lines) else ""]
    opened: list[tuple[int, int]] = []  # by bracket its number among the tokens
    found = _tokens("\n".join(before))
    for number, token in enumerate(found):
        if token.type == tokenize.OP and token.string in _OPENING:
            opened.append((number, token.start[0]))
        elif token.type == tokenize.OP and token.string in _CLOSING and opened:
            opened.pop()
    if not opened or (found and found[-1].type == tokenize.ERRORTOKEN and found[-1].string[:1] in "\"'"):
        return None
    for number, row in reversed(opened):
        bracket = found[number]
        called = expression_before(before[row - 1][: bracket.start[1]]) if bracket.string == "(" else ""
        if called and not iskeyword(called):  # else a list or brackets that belong to an argument
            is_definition = number >= 2 and found[number - 2].string in ("def", "class")
            return _open_call(called, found[number + 1 :]) if not is_definition else None
    return None


def _open_call(called: str, tokens: list[tokenize.TokenInfo]) -> OpenCall:
    parts, depth = [""], 0
    for token in tokens:
        depth += (token.string in _OPENING) - (token.string in _CLOSING) if token.type == tokenize.OP else 0
        if token.string == "," and not depth:
            parts.append("")
        else:
            parts[-1] += f"{token.string} "
    names = [match[1] if (match := _KEYWORD.match(part)) else "" for part in parts]
    return OpenCall(called, len(parts) - 1, tuple(name for name in names[:-1] if name), names[-1])


def _opened(before: str, closing: int) -> int | None:
    """Where the bracket that is closed at a place was opened."""
    depth = 0
    for place in range(closing, -1, -1):
        depth += (before[place] in _CLOSING) - (before[place] in _OPENING)
        if not depth:
            return place
    return None


def _tokens(text: str) -> list[tokenize.TokenInfo]:
    """As far as they go: a bracket that is open, or a string, ends them early."""
    found = []
    try:
        for token in tokenize.generate_tokens(StringIO(text).readline):
            if token.type not in _SKIPPED and token.type != tokenize.ENDMARKER:
                found.append(token)
    except (tokenize.TokenError, IndentationError, SyntaxError):
        pass
    return found
