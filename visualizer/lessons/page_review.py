"""What of a page can be seen not to work without running it: names that nothing makes, checks that always or never
hold. Told to who writes the lesson; where a program hides what it makes, nothing is said."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from engine.shared.language import tr
from visualizer.lessons.parts import OF_VARIABLES, Exercise, Guess, Page, Show, cell_of

_HIDES = {"exec", "eval", "globals", "locals", "vars", "setattr", "compile"}  # what may make names unseen
_CHANGES = {
    "backward",
    "step",
    "zero_grad",
    "eval",
    "train",
    "load_state_dict",
}  # what they are called of, or its leaves
_CHANGES |= {"append", "extend", "insert", "pop", "remove", "clear", "update", "sort", "reverse"}
_GIVEN = {*dir(builtins), "__name__", "__file__", "__builtins__", "__annotations__"}


def of_page(page: Page) -> Iterator[tuple[int, str]]:
    """Line and sentence of each."""
    program = made_by(page.program.code if page.program is not None else "")
    for block in page.blocks:
        if isinstance(block, Exercise):
            yield from _of_check(block, page)
        elif isinstance(block, Guess) and page.program is not None and program is not None:
            yield from ((line, _unmade(name)) for name, line in _missing(block.expression, program, block.line))
        elif isinstance(block, Show) and page.program is not None and program is not None:
            for (command, argument), line in zip(block.commands, block.places, strict=False):
                cell = cell_of(argument) if command == "cell" else None
                name = cell[0] if cell is not None else argument
                is_name = name.isidentifier() or " " in name  # else it may be of a function
                if command in OF_VARIABLES and is_name and name not in program:
                    yield line, _unmade(name)


def _of_check(block: Exercise, page: Page) -> Iterator[tuple[int, str]]:
    tree = ast.parse(block.check)
    decided = [one for one in ast.walk(tree) if isinstance(one, ast.Assert | ast.Raise)]
    if not decided:
        yield block.line, tr("this check has no `assert`, so it always holds.")
    for one in tree.body:
        line = block.line + one.lineno - 1
        if isinstance(one, ast.Raise) or (isinstance(one, ast.Assert) and _is_so(one.test) is False):
            yield line, tr("this never holds, whatever the program does.")
        elif isinstance(one, ast.Assert) and _is_so(one.test):
            yield line, tr("this always holds, whatever the program does.")
    program = page.program.code if page.program is not None else ""
    for name, line in _changed(tree, program):
        said = tr("this check changes `{name}` of the program: who looks again finds another.", name=name)
        yield block.line + line - 1, said
    if block.solution and (made := made_by(f"{program}\n{block.solution}")) is not None:
        for name, line in _missing(block.check, made, block.line):
            yield line, tr("neither the program of the page nor the solution makes `{name}`.", name=name)


def _changed(tree: ast.Module, program: str) -> Iterator[tuple[str, int]]:
    """Names that a check leaves another than it found, each once, with the line in it; a name of its own may be so."""
    own, said = made_by(ast.unparse(tree)), set[str]()
    if own is None:
        return
    try:
        imported = set(_aliases(program))
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        of = _written(node)
        name = "" if of is None else _root(of)
        if of is not None and name and name not in own | imported | said:
            said.add(name)
            yield name, of.lineno


def _written(node: ast.AST) -> ast.expr | None:
    """What is assigned to a part of, or called a function of that changes it."""
    if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
        return node
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    called = node.func.attr
    is_in_place = called.endswith("_") and not called.startswith("_")
    return node.func.value if called in _CHANGES or is_in_place else None


def _root(node: ast.expr) -> str:
    """The name that it hangs on: x of `x.grad[0]` and of `x.sum()`; "" where it is none."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _aliases(code: str) -> Iterator[str]:
    """What modules, and what is taken of them, are called."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0]


def _is_so(test: ast.expr) -> bool | None:
    """What a condition is that hangs on nothing; `assert (condition, "words")` is a pair, which is always so."""
    if isinstance(test, ast.Tuple):
        return bool(test.elts)
    return bool(test.value) if isinstance(test, ast.Constant) else None


def _unmade(name: str) -> str:
    return tr("the program of the page makes no `{name}`.", name=name)


def made_by(code: str) -> set[str] | None:
    """Every name that a program binds anywhere, None where that cannot be seen."""
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except (SyntaxError, ValueError):
        return None
    made: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Name):
            if node.id in _HIDES:
                return None
            if isinstance(node.ctx, ast.Store):
                made.add(node.id)
        elif isinstance(node, ast.alias):
            if node.name == "*":
                return None
            made.add((node.asname or node.name).partition(".")[0])
        else:
            made |= _named_by(node)
    return made


def _named_by(node: ast.AST) -> set[str]:
    """What a definition, a parameter, an `except … as` or a pattern calls something."""
    names = (getattr(node, key, None) for key in ("name", "arg", "rest"))
    return {name for name in names if isinstance(name, str)}


def _missing(code: str, made: set[str], first: int) -> Iterator[tuple[str, int]]:
    """Names that code reads and neither makes nor is given, each once, with their lines; `first`: that of the code."""
    own = made_by(code)
    if own is None:
        return
    known, said = made | own | _GIVEN, set[str]()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name) and node.id not in known and node.id not in said:
            said.add(node.id)
            yield node.id, first + node.lineno - 1
