"""Which lines of a text would leave another result than when it ran, for a statement before them is another."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from engine.shared.syntax import first_line, tree_of

_MOST_COMPARED = 2_000  # lines of statements that are compared word by word, as after a formatter; more are changed


@dataclass(frozen=True)
class Ages:
    """Statements of today's text by their first lines, from 1: `outdated` were changed, or read a name that a changed
    or removed one makes; `unchanged` mean what they meant when they ran, however they are laid out and commented."""

    outdated: frozenset[int]
    unchanged: frozenset[int]
    firsts: tuple[int, ...] = ()  # of all statements

    def first(self, line: int) -> int:
        """Of the statement that a line is in; 0 before all of them."""
        place = bisect_right(self.firsts, line)
        return self.firsts[place - 1] if place else 0


def ages(
    ran: str,
    now: str,
    line_now: Callable[[int], int],
    line_ran: Callable[[int], int],
    ran_place: Callable[[int], int] = lambda line: 0,
) -> Ages | None:
    """Of each statement of `now`; None while that does not parse. `line_now` and `line_ran` lead from the lines of the
    text that ran to those of today and back, 0 where there is none as it was; `ran_place` tells what stood where a line
    stands, whatever it is now."""
    try:
        today, before = _by_lines(tree_of(now).body), _by_lines(tree_of(ran).body)
    except (SyntaxError, ValueError, RecursionError):
        return None
    origins = _origins(today, before, line_ran, ran_place)
    removed = _removed(before, line_now, set(origins.values()))
    made_before = _makers(before, lambda line: line)
    made_today = _makers(today, lambda line: origins.get(line, 0) or line_ran(line))
    found, touched = set(), set(removed.pop(0, ()))
    for statement in today:
        first = first_line(statement)
        for line in (origins.get(first, 0), *map(line_ran, _lines(statement))):
            touched |= removed.pop(line, set())
        reads, makes = _names(statement)
        is_moved = made_today[first] != made_before.get(origins.get(first, 0), {})
        if first not in origins or reads & touched or is_moved:
            found.add(first)
            touched |= makes
        else:
            touched -= makes - reads
    return Ages(frozenset(found), frozenset(origins), tuple(map(first_line, today)))


def _by_lines(statements: list[ast.stmt]) -> list[ast.stmt]:
    """Statements that begin in the same line as one: what stands beside it is left behind by all of them."""
    found: list[list[ast.stmt]] = []
    for statement in statements:
        if found and first_line(statement) == first_line(found[-1][0]):
            found[-1].append(statement)
        else:
            found.append([statement])
    return [group[0] if len(group) == 1 else _together(group) for group in found]


def _together(group: list[ast.stmt]) -> ast.stmt:
    first, end = first_line(group[0]), group[-1].end_lineno
    return ast.With(items=[], body=group, lineno=first, col_offset=0, end_lineno=end, end_col_offset=0)


def _origins(
    today: list[ast.stmt],
    before: list[ast.stmt],
    line_ran: Callable[[int], int],
    ran_place: Callable[[int], int],
) -> dict[int, int]:
    """By the first line of each statement that means what it meant when it ran, the line that it began in then."""
    stood = {first_line(statement): statement for statement in before}
    found, n_compared = {}, 0
    for statement in today:
        first = first_line(statement)
        if all(map(line_ran, _lines(statement))):
            found[first] = line_ran(first)
            continue
        place = ran_place(first)
        n_compared += len(_lines(statement))
        if place in stood and n_compared <= _MOST_COMPARED and ast.dump(stood[place]) == ast.dump(statement):
            found[first] = place
    return found


def _lines(statement: ast.stmt) -> range:
    return range(first_line(statement), (statement.end_lineno or statement.lineno) + 1)


def _makers(statements: list[ast.stmt], line_of: Callable[[int], int]) -> dict[int, dict[str, int]]:
    """Of each statement, by its first line, which one before it made each of the names that it reads: by the line that
    `line_of` tells of its first, 0 where there is none, nothing for a name that none makes."""
    newest: dict[str, int] = {}
    found: dict[int, dict[str, int]] = {}
    for statement in statements:
        reads, makes = _names(statement)
        line = first_line(statement)
        found[line] = {name: newest[name] for name in reads if name in newest}
        newest |= dict.fromkeys(makes, line_of(line))
    return found


def _removed(before: list[ast.stmt], line_now: Callable[[int], int], kept: set[int]) -> dict[int, set[str]]:
    """The names that statements made which are not there as they ran, by the line of the next one that is. Those that
    began in the lines `kept` are there."""
    waiting: set[str] = set()
    found: dict[int, set[str]] = {}
    for statement in before:
        if first_line(statement) in kept or all(map(line_now, _lines(statement))):
            if waiting:
                found[first_line(statement)] = waiting
            waiting = set()
        else:
            waiting = waiting | _names(statement)[1]
    return found


def _names(statement: ast.stmt) -> tuple[set[str], set[str]]:
    """What a statement reads and what it makes or changes; `x[0] = 1` and `x.add_(1)` change x."""
    reads, makes = set(), set()
    for node in ast.walk(statement):
        match node:
            case ast.Name(name, ast.Load()):
                reads.add(name)
            case ast.Name(name):
                makes.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                makes.add(name)
            case ast.alias(name, asname):
                makes.add(asname or name.partition(".")[0])
            case ast.Subscript(ast.Name(name), _, ast.Store()) | ast.Attribute(ast.Name(name), _, ast.Store()):
                makes.add(name)
            case ast.Call(ast.Attribute(ast.Name(name), method)) if method.endswith("_") and method[:1] != "_":
                makes.add(name)
            case ast.AugAssign(ast.Name(name)):
                reads.add(name)
    return reads, makes
