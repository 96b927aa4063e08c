"""Text of Python as a tree, on any thread."""

from __future__ import annotations

import ast
import threading
from typing import Any

# CPython 3.11 counts how deep a tree is in one place for all threads: of two that make one at the same time the first
# to end raises SystemError, "AST constructor recursion depth mismatch".
_lock = threading.Lock()
_TRIES = 5  # what is no call of ours may make a tree, too


def tree_of(text: str, path: str = "<unknown>", mode: str = "exec", flags: int = 0) -> Any:
    """As `ast.parse`, with `flags` of the compiler. Raises SyntaxError, and ValueError for null bytes."""
    for _ in range(_TRIES - 1):
        try:
            return _parsed(text, path, mode, flags)
        except SystemError:
            continue
    return _parsed(text, path, mode, flags)


def _parsed(text: str, path: str, mode: str, flags: int) -> Any:
    with _lock:
        return compile(text, path, mode, flags | ast.PyCF_ONLY_AST, dont_inherit=True)


def first_line(statement: ast.stmt) -> int:
    """The line it starts at, decorators included."""
    decorators = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])
