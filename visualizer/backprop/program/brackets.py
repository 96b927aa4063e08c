"""The other bracket of a pair in the program; those in strings and comments are text. Places are UTF-16 units."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from engine.shared import utf16
from visualizer.backprop.program.indentation import state_at
from visualizer.look.python_tokens import without_texts

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_BRACKET = re.compile(r"[()\[\]{}]")
_MOST_LINES = 1_000  # that are looked through for the other one


def pair_at(text: QTextDocument, position: int) -> tuple[int, int] | None:
    """Where the bracket behind a position, or else before it, stands, and where the other one of its pair; None where
    there is none, or it stands in a string or a comment.

    The document is handed in: asking a cursor for its own crashes in the midst of a `setPlainText`."""
    for place in (position, position - 1):
        if _BRACKET.fullmatch(str(text.characterAt(place))) and (other := _partner(text, place)):
            return place, other - 1
    return None


def jump(cursor: QTextCursor) -> None:
    """To the other bracket of the pair at the cursor, else to the end of the brackets that it stands in."""
    if (pair := pair_at(cursor.document(), cursor.position())) is not None:
        cursor.setPosition(pair[1])
    elif (end := _end_around(cursor)) is not None:
        cursor.setPosition(end)


def _partner(text: QTextDocument, place: int) -> int:
    """One more than the place of the other bracket, 0 for none."""
    here = str(text.characterAt(place))
    way = 1 if here in _PAIRS else -1
    other = _PAIRS.get(here) or _CLOSING[here]
    brackets = _from(text.findBlock(place), place, way)
    if next(brackets, None) != (place, here):
        return 0  # in a string or a comment
    depth = 1
    for position, sign in brackets:
        depth += (sign == here) - (sign == other)
        if depth == 0:
            return position + 1
    return 0


def _end_around(cursor: QTextCursor) -> int | None:
    depth = 0
    for place, sign in _from(cursor.block(), cursor.position(), 1):
        depth += 1 if sign in _PAIRS else -1
        if depth < 0:
            return place
    return None


def _from(block: QTextBlock, place: int, way: int) -> Iterator[tuple[int, str]]:
    """Every bracket of the code from a place on, downwards or upwards."""
    for _ in range(_MOST_LINES):
        if not block.isValid():
            return
        found = _of(block)
        for position, sign in found if way > 0 else reversed(found):
            if (position - place) * way >= 0:
                yield position, sign
        block = block.next() if way > 0 else block.previous()


def _of(block: QTextBlock) -> list[tuple[int, str]]:
    text, start = block.text(), block.position()
    found = _BRACKET.finditer(without_texts(text, state_at(block)))
    if text.isascii():
        return [(start + one.start(), one[0]) for one in found]
    return [(start + utf16.length(text[: one.start()]), one[0]) for one in found]
