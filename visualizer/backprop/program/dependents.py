"""Which lines of a text would leave another result than when it ran, for a statement before them is another."""

from __future__ import annotations

import ast
from collections.abc import Callable

from engine.shared.syntax import first_line, tree_of


def outdated(ran: str, now: str, line_now: Callable[[int], int], line_ran: Callable[[int], int]) -> set[int] | None:
    """The first lines (from 1) of those statements of `now` that were changed, or read a name that a changed or removed
    one makes; None while `now` does not parse. `line_now` and `line_ran` lead from the lines of the text that ran to
    those of today and back, 0 where there is none."""
    try:
        today, before = tree_of(now).body, tree_of(ran).body
    except (SyntaxError, ValueError, RecursionError):
        return None
    removed = _removed(before, line_now)
    made_before = _makers(before, lambda line: line)
    made_today = _makers(today, line_ran)
    found, touched = set(), set(removed.pop(0, ()))
    for statement in today:
        lines = range(first_line(statement), (statement.end_lineno or statement.lineno) + 1)
        for line in lines:
            touched |= removed.pop(line_ran(line), set())
        reads, makes = _names(statement)
        is_moved = made_today[lines[0]] != made_before.get(line_ran(lines[0]), {})
        if not all(map(line_ran, lines)) or reads & touched or is_moved:
            found.add(lines[0])
            touched |= makes
        else:
            touched -= makes - reads
    return found


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


def _removed(before: list[ast.stmt], line_now: Callable[[int], int]) -> dict[int, set[str]]:
    """The names that statements made which are not there as they ran, by the line of the next one that is."""
    waiting: set[str] = set()
    found: dict[int, set[str]] = {}
    for statement in before:
        if all(map(line_now, range(first_line(statement), (statement.end_lineno or statement.lineno) + 1))):
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
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        reads.add(statement.target.id)
    return reads, makes
