"""What a name of the program was imported from, and where a module beside the program's file makes it. The text alone
is read: nothing is imported."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from engine.shared import utf16
from engine.shared.syntax import tree_of
from visualizer.backprop.program.definitions import made_by

_BEFORE, _BEHIND = re.compile(r"[\w.]*\Z"), re.compile(r"\w*")
_BEGINS = ("import ", "from ")
_MOST_STEPS = 8  # from one module to the next, which hands a name on

Read = Callable[[Path], str]  # the text of a file; raises OSError, or ValueError for what is no text


class Imported(NamedTuple):
    """A name of a module; `level` dots stand before that. "" is the module itself, "Net.forward" a member."""

    module: str
    level: int
    name: str


class Found(NamedTuple):
    """A place of a file, counted from 1 and in UTF-16 units; the first line where only the file is known."""

    path: Path
    line: int
    column: int


def imported(text: str, line: int, column: int, made_at: int = 0) -> Imported | None:
    """What the name at a place was imported as; None where no import made it. `made_at` is the line that gave it its
    value, 0 where that is not known."""
    lines = text.split("\n")
    if not 1 <= line <= len(lines):
        return None
    place = len(utf16.first(lines[line - 1], column))
    before, behind = _BEFORE.search(lines[line - 1][:place]), _BEHIND.match(lines[line - 1][place:])
    written = (before[0] if before else "") + (behind[0] if behind else "")
    statements = list(_imports(text))
    here = [one for one in statements if one.lineno <= line <= (one.end_lineno or one.lineno)]
    if here:
        return _in_statement(here[0], written)
    is_elsewhere = made_at and not any(one.lineno <= made_at <= (one.end_lineno or one.lineno) for one in statements)
    first, _, rest = written.partition(".")
    bound = None if is_elsewhere else dict(binding for one in statements for binding in _bindings(one)).get(first)
    if bound is None:
        return None
    return bound._replace(name=".".join(filter(None, (bound.name, rest))))


def find(folder: Path, wanted: Imported, read: Read) -> Found | None:
    """Where it is made, in a module or package of this folder; None where there is none of that name."""
    return _find(folder, wanted, read, _MOST_STEPS)


def _find(folder: Path, wanted: Imported, read: Read, n_steps: int) -> Found | None:
    base = folder
    for _ in range(wanted.level - 1):
        base = base.parent
    module, name = wanted.module, wanted.name
    while name and _is_module(base, f"{module}.{name.partition('.')[0]}".lstrip(".")):
        head, _, name = name.partition(".")  # a module of a package, not one of its names
        module = f"{module}.{head}".lstrip(".")
    path = _file(base, module)
    if path is None:
        return None
    try:
        text = read(path)
        tree = tree_of(text) if name else None
    except (OSError, ValueError, SyntaxError, RecursionError):
        return Found(path, 1, 0)
    made = _made(tree, name) if tree is not None else None
    if made is not None:
        lines = text.split("\n")
        return Found(path, made.lineno, utf16.of_utf8(lines[made.lineno - 1], made.col_offset))
    handed_on = dict(binding for one in _imports(text) for binding in _bindings(one)).get(name.partition(".")[0])
    if handed_on is None or not n_steps:
        return Found(path, 1, 0)
    rest = name.partition(".")[2]
    handed_on = handed_on._replace(name=".".join(filter(None, (handed_on.name, rest))))
    start = path.parent if handed_on.level else folder
    return _find(start, handed_on, read, n_steps - 1) or Found(path, 1, 0)


def _is_module(folder: Path, module: str) -> bool:
    """A folder of modules may have no file of its own."""
    return _file(folder, module) is not None or folder.joinpath(*module.split(".")).is_dir()


def _file(folder: Path, module: str) -> Path | None:
    """Of a module or a package."""
    if not module:
        return None
    place = folder.joinpath(*module.split("."))
    return next((path for path in (place.with_name(f"{place.name}.py"), place / "__init__.py") if path.is_file()), None)


def _made(tree: ast.Module, name: str) -> ast.stmt | ast.expr | None:
    """What makes "f" or "Net.forward", the last of several."""
    first, _, member = name.partition(".")
    found: ast.stmt | ast.expr | None = None
    for node in _outside_functions(tree):
        is_defined = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == first
        if is_defined or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == first):
            assert isinstance(node, ast.stmt | ast.expr)
            found = node
    inside = made_by(found, member) if isinstance(found, ast.ClassDef) and member else None
    return inside if isinstance(inside, ast.stmt | ast.expr) else found


def _outside_functions(tree: ast.Module) -> Iterator[ast.AST]:
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop(0)
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def _imports(text: str) -> Iterator[ast.Import | ast.ImportFrom]:
    """Of a text; where that is being written, those of its lines that are whole."""
    try:
        nodes = list(ast.walk(tree_of(text)))
    except (SyntaxError, ValueError, RecursionError):
        nodes = []
        for number, line in enumerate(text.split("\n"), 1):
            if line.startswith(_BEGINS):
                try:
                    nodes += [ast.increment_lineno(node, number - 1) for node in tree_of(line).body]
                except (SyntaxError, ValueError):
                    continue
    return (node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom))


def _bindings(statement: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, Imported]]:
    """The names that an import makes, and what they are."""
    for alias in statement.names:
        if isinstance(statement, ast.ImportFrom):
            yield alias.asname or alias.name, Imported(statement.module or "", statement.level, alias.name)
        elif alias.asname:
            yield alias.asname, Imported(alias.name, 0, "")
        else:
            yield alias.name.partition(".")[0], Imported(alias.name.partition(".")[0], 0, "")


def _in_statement(statement: ast.Import | ast.ImportFrom, written: str) -> Imported | None:
    """What a word of an import is: the module, as far as the cursor stands in it, or a name out of it."""
    module, level = (statement.module or "", statement.level) if isinstance(statement, ast.ImportFrom) else ("", 0)
    for alias in statement.names:
        if written and written in (alias.name, alias.asname):
            is_module = isinstance(statement, ast.Import)
            return Imported(alias.name, 0, "") if is_module else Imported(module, level, alias.name)
    named = written.lstrip(".")
    if named and f"{module}.".startswith(f"{named}."):
        return Imported(named, level, "")
    is_package = any(f"{alias.name}.".startswith(f"{named}.") for alias in statement.names) and not module
    return Imported(named, 0, "") if named and is_package else None
