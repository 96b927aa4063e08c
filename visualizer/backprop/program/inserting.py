"""Where lines that the window writes belong in the text of a program. Lines count from 1. No Qt."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from engine.shared.syntax import first_line, tree_of

_STAYS_FIRST = re.compile(r"#!|#.*coding[:=]")  # what the system or Python looks for in the first two lines
_BEGINS_ASSIGNMENT = re.compile(r"^\s*(\w+)\s*=(?!=)", re.MULTILINE)
_IMPORTS_TORCH = re.compile(r"^\s*import\s.*\btorch\b", re.MULTILINE)


def line_behind(text: str, line: int, *, is_inside: bool = False) -> int:
    """The last line of the statement that a line belongs to, the outermost one unless `is_inside`; the line itself
    where it belongs to none, or the text is no Python."""
    found = line
    for statement in _statements(text, is_inside=is_inside):
        if first_line(statement) <= line <= _last(statement):
            found = _last(statement)
    return found


def missing_imports(text: str, imports: tuple[str, ...], line: int) -> list[str]:
    """Those whose names the program does not have above a line."""
    body = _body(text)
    if body is None:
        return [one for one in imports if not _stands_in(text, one)]
    above = {name for statement in body if _last(statement) <= line for name in _imported(statement)}
    return [one for one in imports if not set(_imported(tree_of(one).body[0])) <= above]


def line_above_imports(text: str) -> int:
    """The line behind which the first import may stand, 0 for the top: below the docstring and what must be first."""
    lines = text.split("\n")[:2]
    found = max((number for number, one in enumerate(lines, 1) if _STAYS_FIRST.match(one)), default=0)
    for place, statement in enumerate(_body(text) or ()):
        if not (place == 0 and _is_docstring(statement)) and not _is_of_future(statement):
            break
        found = _last(statement)
    return found


def made_names(text: str) -> set[str]:
    """Those that a text gives a value, in any scope; of what is no Python those that begin a line before `=`."""
    try:
        nodes = list(ast.walk(tree_of(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set(_BEGINS_ASSIGNMENT.findall(text))
    names = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    names |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    return names | {one[2] for node in nodes if isinstance(node, ast.stmt) for one in _imported(node)}


def _body(text: str) -> list[ast.stmt] | None:
    """The statements at the top; None while the text is no Python."""
    try:
        body: list[ast.stmt] = tree_of(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return body


def _statements(text: str, *, is_inside: bool) -> Iterator[ast.stmt]:
    """Outer ones before those in them."""
    for statement in _body(text) or ():
        inner = ast.walk(statement) if is_inside else (statement,)
        yield from (one for one in inner if isinstance(one, ast.stmt))


def _imported(statement: ast.stmt) -> Iterator[tuple[str, str, str]]:
    """Module, name in it, and the name that the program has for it."""
    if isinstance(statement, ast.Import):
        for one in statement.names:
            root = one.name.partition(".")[0]
            yield (one.name, "", one.asname) if one.asname else (root, "", root)
    elif isinstance(statement, ast.ImportFrom):
        yield from ((statement.module or "", one.name, one.asname or one.name) for one in statement.names)


def _stands_in(text: str, line: str) -> bool:
    if line == "import torch":
        return bool(_IMPORTS_TORCH.search(text))
    return any(line == one.partition("#")[0].strip() for one in text.split("\n"))


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(getattr(statement.value, "value", None), str)


def _is_of_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _last(statement: ast.stmt) -> int:
    return statement.end_lineno or statement.lineno
