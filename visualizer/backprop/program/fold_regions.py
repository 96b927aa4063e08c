"""Which lines of a program can be folded under which: blocks, statements of several lines, cells. No Qt.

Read from how deep the lines stand, so that a text that does not parse, as while it is typed, folds too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from visualizer.backprop.program.parts import begins_cell
from visualizer.look.python_tokens import read_line

_TAB = 8  # columns, as Python counts them
_CLOSING = (")", "]", "}", '"""', "'''")


@dataclass
class _Statement:
    """Lines count from 0. `depth`: columns before its first letter, `last`: its own last line."""

    first: int
    last: int
    depth: int


def regions(lines: Sequence[str]) -> dict[int, int]:
    """The last line (from 0) that a line folds, by that line: those between are hidden with it. What only closes a
    bracket or a long string stays in sight, and so do the blank lines behind a block."""
    found: dict[int, int] = {}
    statements = list(_statements(lines))
    for one in statements:
        last = one.last
        while last > one.first and lines[last].strip().startswith(_CLOSING):
            last -= 1
        if last > one.first:
            found[one.first] = last
    found |= _blocks(statements, lines)
    return found | _cells(statements, lines)


def _statements(lines: Sequence[str]) -> Iterator[_Statement]:
    """Without blank lines and those that are a comment alone, in which nobody knows how deep they belong."""
    state = opened = 0
    begun: _Statement | None = None
    for number, line in enumerate(lines):
        goes_on = begun is not None and (state or opened > 0 or lines[number - 1].endswith("\\"))
        n_opened, state, depth = _read(line, state)
        if begun is not None and goes_on:
            begun.last = number
            opened += n_opened
        elif depth >= 0:
            if begun is not None:
                yield begun
            begun, opened = _Statement(number, number, depth), n_opened
    if begun is not None:
        yield begun


def _blocks(statements: list[_Statement], lines: Sequence[str]) -> dict[int, int]:
    found: dict[int, int] = {}
    open_: list[_Statement] = []
    before: _Statement | None = None
    for one in [*statements, _Statement(len(lines), len(lines), -1)]:
        while open_ and open_[-1].depth >= one.depth:
            head = open_.pop()
            if before is not None and before.last > head.last:
                found[head.first] = _with_comments(lines, before.last, one.first, head.depth)
        open_.append(one)
        before = one
    return found


def _with_comments(lines: Sequence[str], last: int, end: int, depth: int) -> int:
    """The last line of a block with the comments behind it that stand as deep as it does."""
    for number in range(last + 1, end):
        if lines[number].strip():
            if _depth(lines[number]) <= depth:
                break
            last = number
    return last


def _cells(statements: list[_Statement], lines: Sequence[str]) -> dict[int, int]:
    if not any(map(begins_cell, lines)):
        return {}
    inside = {number for one in statements for number in range(one.first + 1, one.last + 1)}
    marks = [number for number, line in enumerate(lines) if number not in inside and begins_cell(line)]
    found = {}
    for mark, behind in zip(marks, [*marks[1:], len(lines)], strict=True):
        last = next((number for number in range(behind - 1, mark, -1) if lines[number].strip()), mark)
        if last > mark:
            found[mark] = last
    return found


@lru_cache(maxsize=20_000)  # each edit reads all lines again
def _read(line: str, state: int) -> tuple[int, int, int]:
    """How many more brackets a line opens than it closes, the state at its end, and how deep it stands: less than 0
    where it has no code."""
    code, after = read_line(line, state)
    n_opened = sum(map(code.count, "([{")) - sum(map(code.count, ")]}"))
    return n_opened, after, _depth(line) if line.strip() and not line.lstrip().startswith("#") else -1


def _depth(line: str) -> int:
    before = line[: len(line) - len(line.lstrip(" \t"))]
    return len(before.expandtabs(_TAB))
