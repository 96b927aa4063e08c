"""Where the text of a program gives a variable its value. No Qt."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from engine.shared.output_names import in_function
from engine.shared.syntax import tree_of


def assignment_line(text: str, name: str) -> int:
    """The last line that assigns a name, of "Net.forward().x" the last in that function; 0 without one."""
    function, own = in_function(name)
    lines = text.split("\n")
    first, last = _lines_of(text, function) if function else (1, len(lines))
    pattern = re.compile(rf"^\s*(?:\w+\s*,\s*)*{re.escape(own)}\s*(?:,|:[^=]+)?[^=!<>]*=(?!=)")
    return next((number for number in range(last, first - 1, -1) if pattern.match(lines[number - 1])), 0)


def _lines_of(text: str, function: str) -> tuple[int, int]:
    """The first and the last of what a label like "Net.forward#2()" means; no line where the text has no such."""
    wanted = function.removesuffix("()").partition("#")[0].split(".")
    try:
        tree = tree_of(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return 1, 0
    found = (one for path, one in _functions(tree, []) if path[-len(wanted) :] == wanted)
    return next(((one.lineno, one.end_lineno or one.lineno) for one in found), (1, 0))


def _functions(tree: ast.AST, path: list[str]) -> Iterator[tuple[list[str], ast.FunctionDef | ast.AsyncFunctionDef]]:
    """With the names of what they stand in, and their own."""
    for child in ast.iter_child_nodes(tree):
        below = (
            [*path, child.name] if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) else path
        )
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield below, child
        yield from _functions(child, below)
