"""Where a word begins in a long text, at each key: to compile a pattern takes longer than to look. No Qt."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MANY = 2_000  # places, from where on a pattern is faster


def beginnings(text: str, begin: str) -> Iterator[int]:
    """Where words stand that begin with these letters, of which there is one at least."""
    if text.count(begin) > _MANY:
        letters = re.escape(begin)  # first: what begins with letters is found many times faster
        yield from (found.start() for found in re.finditer(rf"{letters}(?<!\w{letters})", text))
        return
    place = text.find(begin)
    while place >= 0:
        if not is_letter(text[place - 1 : place]):
            yield place
        place = text.find(begin, place + 1)


def stands_twice(text: str, word: str) -> bool:
    """Whether a whole word is there a second time."""
    n = 0
    for place in beginnings(text, word):
        end = place + len(word)
        n += not is_letter(text[end : end + 1])
        if n > 1:
            return True
    return False


def is_letter(character: str) -> bool:
    """Whether it is part of a name, as `\\w` has it; "" is none."""
    return character.isalnum() or character == "_"
