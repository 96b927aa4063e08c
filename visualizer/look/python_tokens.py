"""What in a line of Python is a keyword, a string, a number, a comment, a function. No Qt.

A test holds it against pygments, which takes many times as long: a triple quote that is typed colours every line below
it anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from keyword import kwlist
from typing import TypeAlias

Colored: TypeAlias = tuple[
    int, int, str
]  # from a column to before another, in code points, and the token of its colour

QUOTES = ("", "'''", '"""')  # how a line begins: in code, or inside either kind of long string
_CONSTANTS = frozenset({"True", "False", "None"})
_KEYWORDS = frozenset(kwlist) - _CONSTANTS
_TOKEN = re.compile(
    r"""(?P<comment>\#.*)
    |(?P<prefix>(?<!\w)(?:[rR][fFbB]?|[fFbB][rR]?|[uU])|)(?P<quote>'{3}|"{3}|'|")
    |(?P<name>[^\W\d]\w*)(?P<call>\s*\()?
    |(?P<number>(?:0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+
        |(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?[jJ]?))
    |(?P<decorator>@[^\W\d]\w*)""",
    re.VERBOSE,
)
# Where `match` and `case` are keywords, as pygments has it.
_SOFT = re.compile(rf"\s*(match|case)\b(?![ \t]*(?:[:,;=^&|@~)\]}}]|(?:{'|'.join(sorted(_KEYWORDS))})\b))")
_WILDCARD = re.compile(r"[ \t]+[^_]*(_\b)")  # the first `_` of a pattern
_REST = {
    "'": re.compile(r"(?:[^'\\]|\\.)*\\?('?)"),
    '"': re.compile(r'(?:[^"\\]|\\.)*\\?("?)'),
    "'''": re.compile(r"(?:[^'\\]|\\.|'(?!''))*\\?((?:''')?)"),
    '"""': re.compile(r'(?:[^"\\]|\\.|"(?!""))*\\?((?:""")?)'),
}
_TEXT = re.compile(
    r"""(?P<comment>\#.*)|(?P<prefix>(?<!\w)(?:[rR][fFbB]?|[fFbB][rR]?|[uU])|)(?P<quote>'{3}|"{3}|'|")"""
)
_SIGN = re.compile("[#'\"]")  # one of which is in each of them: it is found many times faster
_LONGEST_PREFIX = 2
_OF_TEXTS = ("syntax.comment", "syntax.string", "")
_PER_PIECE = 4  # words and numbers that are read for each piece that may have a colour
_FIELD = re.compile(r"\{\{|\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)(?:\}|\Z)")  # one that is not closed yet, too
_NESTING = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_COLORS = {"comment": "syntax.comment", "number": "syntax.number", "decorator": "syntax.function"}


def colored(text: str, state: int = 0, *, most: int = 0) -> tuple[list[Colored], int]:
    """What of a line that begins in a state of QUOTES has a colour, in order, and the state of the next line. `most`:
    about so many at most, the rest of the line has none; 0 for all."""
    found: list[Colored] = []
    place = 0
    if state:
        place, is_closed = _string_end(text, 0, QUOTES[state])
        found.append((0, place, "syntax.string"))
        if not is_closed:
            return found, state
    soft = _soft_keywords(text) if not state else set()
    is_named = False  # a name behind def or class
    n_read = 0
    while (token := _TOKEN.search(text, place)) is not None:
        n_read += 1
        is_enough = 0 < most <= len(found) or 0 < most * _PER_PIECE < n_read
        if is_enough and all(text.find(quotes, place) < 0 for quotes in QUOTES[1:]):
            return found, 0
        kind, (start, place) = token.lastgroup, token.span()
        if quote := token["quote"]:
            place, is_closed = _string_end(text, place, quote)
            found += _string(text, start, place, token)
            if not is_closed and len(quote) == 3:
                return found, QUOTES.index(quote)
        elif name := token["name"]:
            end = token.end("name")
            color = _name_color(name, is_called=is_named or token["call"] is not None)
            if (start, end) in soft:
                color = "syntax.keyword"
            if color is not None:
                found.append((start, end, color))
            is_named = name in ("def", "class")
        elif kind != "decorator" or not text[:start].strip():
            found.append((start, place, _COLORS[kind or ""]))
    return found, 0


def _soft_keywords(text: str) -> set[tuple[int, int]]:
    """Where a line has `match` or `case`, and the `_` of its pattern."""
    if (first := _SOFT.match(text)) is None:
        return set()
    wildcard = _WILDCARD.match(text, first.end(1))
    return {found.span(1) for found in (first, wildcard) if found is not None}


def scan(text: str, state: int = 0) -> tuple[int, str, bool]:
    """Read a line that begins in `state`.

    Returns the state at its end, the line with strings and comments blanked out, and whether its end lies in one.
    """
    index, short, code = 0, "", ""
    while index < len(text):
        is_in_text, width = bool(state or short), 1
        triple = text[index : index + 3]
        if text[index] == "\\" and is_in_text:
            width = 2
        elif state:
            if triple == QUOTES[state]:
                state, width = 0, 3
        elif short:
            short = "" if text[index] == short else short
        elif triple in QUOTES[1:]:
            state, width, is_in_text = QUOTES.index(triple), 3, True
        elif text[index] in "'\"":
            short, is_in_text = text[index], True
        elif text[index] == "#":
            return state, code, True
        code += "_" * width if is_in_text else text[index]
        index += width
    return state, code, bool(state or short)


def is_code(text: str, column: int, state: int = 0) -> bool:
    """Whether what stands at a column belongs to no comment and no string, but for what a formatted one computes."""
    for start, end, token in _texts(text, state):
        if start <= column < end:
            pieces = _string(text, start, end, token) if token is not None and token["quote"] else [(start, end, "")]
            return not any(first <= column < last and color in _OF_TEXTS for first, last, color in pieces)
    return True


def without_comment(text: str, state: int = 0) -> str:
    """A line that begins in a state of QUOTES, as Python reads it: without its comment and the blanks at its end, but
    for those of a string, and for what stands behind a backslash, which is no comment."""
    for start, _, quote, is_closed in _ends(text, state):
        if not is_closed:
            return text
        if not quote and text[start : start + 1] == "#":
            text = text[:start]
    return text if (code := text.rstrip()).endswith("\\") else code


def without_texts(text: str, state: int = 0) -> str:
    """A line with blanks in the place of its strings and its comment, as long as it is."""
    return read_line(text, state)[0]


def read_line(text: str, state: int = 0) -> tuple[str, int]:
    """`without_texts` of a line that begins in a state of QUOTES, and the state of the next line."""
    pieces, place, after = [], 0, 0
    for start, end, quote, is_closed in _ends(text, state):
        pieces += [text[place:start], " " * (end - start)]
        place = end
        after = 0 if is_closed else QUOTES.index(quote)
    return "".join([*pieces, text[place:]]), after


def _ends(text: str, state: int) -> Iterator[tuple[int, int, str, bool]]:
    """As `_texts`, with the quotes of long strings and whether the string is closed in this line."""
    for start, end, token in _texts(text, state):
        quote = QUOTES[state] if token is None else token["quote"] or ""
        inside = start if token is None else token.end()
        is_long = len(quote) == 3
        yield start, end, quote, not is_long or _string_end(text, inside, quote)[1]


def _texts(text: str, state: int) -> Iterator[tuple[int, int, re.Match[str] | None]]:
    """From where to where the strings and the comment of a line go; None of one that began above."""
    place = 0
    if state:
        place, is_closed = _string_end(text, 0, QUOTES[state])
        yield 0, place, None
        if not is_closed:
            return
    while (sign := _SIGN.search(text, place)) is not None:
        token = _TEXT.search(text, max(place, sign.start() - _LONGEST_PREFIX))
        assert token is not None
        end = _string_end(text, token.end(), token["quote"])[0] if token["quote"] else token.end()
        yield token.start(), end, token
        place = end


def _name_color(name: str, *, is_called: bool) -> str | None:
    if name in _KEYWORDS:
        return "syntax.keyword"
    if name in _CONSTANTS:
        return "syntax.number"
    return "syntax.function" if is_called else None


def _string_end(text: str, start: int, quote: str) -> tuple[int, bool]:
    """Behind a string whose inside begins at `start`, and whether it is closed there."""
    rest = _REST[quote].match(text, start)
    assert rest is not None
    return rest.end(), bool(rest[1])


def _string(text: str, start: int, end: int, token: re.Match[str]) -> Iterator[Colored]:
    """A string, but for what a formatted one computes."""
    if "f" in token["prefix"].lower():
        for field in _FIELD.finditer(text, token.end(), end):
            first, last = field.span(1)
            if last <= first:
                continue
            yield start, first, "syntax.string"
            last = first + _expression_length(text[first:last])
            yield from ((first + one, first + other, color) for one, other, color in colored(text[first:last])[0])
            start = last
    yield start, end, "syntax.string"


def _expression_length(field: str) -> int:
    """How much of "x[1:]:.4f" or "x!r" is the expression."""
    depth = 0
    for place, character in enumerate(field):
        depth += _NESTING.get(character, 0)
        if not depth and (character == ":" or (character == "!" and field[place + 1 : place + 2] != "=")):
            return place
    return len(field)
