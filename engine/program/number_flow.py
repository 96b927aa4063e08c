"""Where a number goes that a text takes out of a tensor, as far as its names tell. Nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from engine.protocol.source import Source
from engine.shared.syntax import tree_of

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COLLECTING = frozenset({"append", "extend", "add"})


class NumberFlow:
    """Of one text; of one that cannot be read nothing is known."""

    def __init__(self, text: str) -> None:
        try:
            self._tree: ast.AST | None = tree_of(text)
        except (SyntaxError, ValueError):
            self._tree = None
        every = list(ast.walk(self._tree)) if self._tree is not None else []
        self._functions = [one for one in every if isinstance(one, _FUNCTIONS)]
        self._calls = [one for one in every if isinstance(one, ast.Call)]
        self._settings = [one for one in every for _ in _set_by(one)]
        self._known: dict[tuple[int, str], frozenset[str]] = {}

    def leads_from(self, taken: Source, side: ast.expr, line: int) -> bool:
        """Whether an operand on a line has what the call `taken` gave: that stands in it, or a name of the same
        function does which was computed from it, or a call of the function that returns it."""
        if self._tree is None:
            return False
        if self._function(line) is not self._function(taken.line):
            return any(self._leads_from_call(call, side, line) for call in self._calls_that_return(taken))
        if taken.line <= line <= taken.end_line and holds(side, taken.text):
            return True
        return bool(_read_by(side) & self._names(taken))

    def _leads_from_call(self, call: ast.Call, side: ast.expr, line: int) -> bool:
        """As `leads_from`, of a call that is written somewhere in the text."""
        if self._function(line) is not self._function(call.lineno):
            return False
        text = ast.unparse(call)
        if call.lineno <= line <= (call.end_lineno or call.lineno) and holds(side, text):
            return True
        return bool(_read_by(side) & self._names_with(call.lineno, text))

    def _calls_that_return(self, taken: Source) -> list[ast.Call]:
        """The calls of the function around `taken` each of whose returns has what that gave."""
        function = self._function(taken.line)
        if not isinstance(function, ast.FunctionDef) or sum(one.name == function.name for one in self._functions) > 1:
            return []
        returns = [one for one in ast.walk(function) if isinstance(one, ast.Return)]
        if not returns or not all(one.value and self._is_taken(taken, one.value, one.lineno) for one in returns):
            return []
        return [one for one in self._calls if _called(one) == function.name]

    def _is_taken(self, taken: Source, value: ast.expr, line: int) -> bool:
        return self._function(line) is self._function(taken.line) and self.leads_from(taken, value, line)

    def sets(self, name: str, expression: str) -> bool:
        """Whether the text gives a name a value that this is written in."""
        found = (pair for one in self._settings for pair in _set_by(one))
        return any(set_name == name and holds(value, expression) for set_name, value in found)

    def _function(self, line: int) -> ast.AST | None:
        """The innermost one around a line."""
        around = [one for one in self._functions if one.lineno <= line <= (one.end_lineno or one.lineno)]
        return max(around, key=lambda one: one.lineno, default=None)

    def _names(self, taken: Source) -> frozenset[str]:
        """Those that have what a call gave, or what was computed from that."""
        return self._names_with(taken.line, taken.text)

    def _names_with(self, line: int, text: str) -> frozenset[str]:
        """As `_names`, of an expression that begins on a line."""
        key = line, text
        if key not in self._known:
            function = self._function(line)
            here = [one for one in self._settings if self._function(one.lineno) is function]  # type: ignore[attr-defined]
            found: set[str] = set()
            before = -1
            while len(found) > before:
                before = len(found)
                for one in here:
                    for name, value in _set_by(one):
                        is_at = one.lineno <= line <= (one.end_lineno or one.lineno)  # type: ignore[attr-defined]
                        if (is_at and holds(value, text)) or _read_by(value) & found:
                            found.add(name)
            self._known[key] = frozenset(found)
        return self._known[key]


def holds(tree: ast.AST, text: str) -> bool:
    """Whether a sub-expression is written in a tree."""
    try:
        wanted = ast.unparse(tree_of(text, mode="eval"))
    except (SyntaxError, ValueError):
        return False
    return any(isinstance(part, ast.expr) and ast.unparse(part) == wanted for part in ast.walk(tree))


def _called(call: ast.Call) -> str:
    """The name of what it calls, without its owner's."""
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def _read_by(tree: ast.AST) -> frozenset[str]:
    return frozenset(part.id for part in ast.walk(tree) if isinstance(part, ast.Name))


def _set_by(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """(name, what it gets) of an assignment, or of what is put into a list."""
    targets: list[ast.expr] = []
    value: ast.expr | None = None
    if isinstance(node, ast.Assign):
        targets, value = node.targets, node.value
    elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr):
        targets, value = [node.target], node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _COLLECTING:
        targets, value = [node.func.value], node.args[0] if node.args else None
    for target in targets:
        if isinstance(target, ast.Name) and value is not None:
            yield target.id, value
