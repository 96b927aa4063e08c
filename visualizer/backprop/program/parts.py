"""Which part of a program is meant where it is not to run whole: selected lines, a cell, or a statement.

Lines count from 1. A cell begins with a line `# %%`, as in Jupyter's text notebooks, Spyder and VS Code. No widgets.
"""

from __future__ import annotations

import re

from engine.shared.syntax import first_line, tree_of

_CELL = re.compile(r"#\s*(?:%%|In\[[\d ]*\]:)")


def begins_cell(line: str) -> bool:
    """Whether a cell begins with this line."""
    return _CELL.match(line) is not None


def part_at(text: str, first: int, last: int, *, is_selected: bool) -> tuple[int, int] | None:
    """The first and the last line that run: of the statements that a selection touches, else of the cell of line
    `first`, else of the statement there, or behind it. None where there is no code."""
    lines = text.split("\n")
    statements = _statements(text)
    if is_selected:
        return _widened(lines, statements, first, last)
    marks = _marks(lines, statements)
    if marks:
        begin = max((mark for mark in marks if mark <= first), default=1)
        end = min((mark - 1 for mark in marks if mark > first), default=len(lines))
        return _widened(lines, statements, begin, end)
    at = next((one for one in statements if one[1] >= first), None)
    return at if statements or not lines[first - 1].strip() else (first, first)


def above(text: str, line: int) -> tuple[int, int] | None:
    """The first and the last line of the statements above the cell of a line, or above the statement there where no
    cells are; None where there are none."""
    lines = text.split("\n")
    statements = _statements(text)
    begin = max((mark for mark in _marks(lines, statements) if mark <= line), default=0)
    if not begin and not _marks(lines, statements):
        begin = next((first for first, last in statements if last >= line), line)
    before = [one for one in statements if one[1] < begin]
    return (before[0][0], before[-1][1]) if before else None


def next_part(text: str, part: tuple[int, int]) -> int:
    """The line where what follows a part begins, 0 behind the last."""
    lines = text.split("\n")
    statements = _statements(text)
    marks = _marks(lines, statements)
    behind = (mark for mark in marks if mark > part[1]) if marks else (one[0] for one in statements if one[0] > part[1])
    return next(behind, 0)


def _statements(text: str) -> list[tuple[int, int]]:
    """The first and the last line of each statement at the top; none while the text is no Python."""
    try:
        body = tree_of(text).body
    except (SyntaxError, ValueError, RecursionError):
        return []
    return [(first_line(one), one.end_lineno or one.lineno) for one in body]


def _marks(lines: list[str], statements: list[tuple[int, int]]) -> list[int]:
    """Where cells begin, but for what only looks so, inside of a statement."""
    inside = {line for first, last in statements for line in range(first + 1, last + 1)}
    return [number for number, line in enumerate(lines, 1) if begins_cell(line) and number not in inside]


def _widened(lines: list[str], statements: list[tuple[int, int]], first: int, last: int) -> tuple[int, int] | None:
    """To whole statements; the lines as they are while the text is no Python."""
    touched = [one for one in statements if one[0] <= last and one[1] >= first]
    if touched:
        return touched[0][0], touched[-1][1]
    has_code = any(line.strip() and not line.lstrip().startswith("#") for line in lines[first - 1 : last])
    return (first, last) if has_code and not statements else None
