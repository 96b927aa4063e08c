"""Names that fit at a place in the text: live values first, then names of the text, then Python's own."""

from __future__ import annotations

import ast
import builtins
import keyword
import re
import sys
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from engine.program import lookup
from engine.program.at_cursor import expression_before
from engine.program.known import Expressions
from engine.program.known_kinds import Live
from engine.program.members import describe, members
from engine.program.not_run import newer_members, written_members, written_names
from engine.protocol.errors import EngineError
from engine.protocol.program_values import Completion
from engine.shared import utf16
from engine.shared.syntax import tree_of

T = TypeVar("T")
LIMIT = 200
_BEFORE_CURSOR = re.compile(r"((?:[^\W\d]\w*\s*\.\s*(?:\d+\s*\.\s*)?)*)([^\W\d]\w*|)$")
_KEY = re.compile(r"""\[\s*["']([^"'\]]*)$""")  # the beginning of one between quotes
_MOST_KEYS = 5_000
_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_FROM_IMPORT = re.compile(r"^\s*from\s+([\w.]+)\s+import\b[^#]*$")
_IMPORT = re.compile(r"^\s*(?:import|from)\s+(?:[\w.]+\s*,\s*)*([\w.]*)$")


def complete(text: str, line: int, column: int, namespace: Mapping[str, Any]) -> tuple[str, tuple[Completion, ...]]:
    """The prefix before the cursor and at most LIMIT names that fit. `column` is in UTF-16 units.

    No code of the program runs: attributes are looked up statically.
    """
    before = _before_cursor(text, line, column)
    match = _BEFORE_CURSOR.search(before)
    assert match is not None
    prefix = match[2]
    if before[: match.start(2)][-1:].isdigit():  # inside of a number
        return "", ()
    owner = re.sub(r"\s", "", match[1]).rstrip(".")
    expressions, left = Expressions(text, line, namespace), before[: match.start()].rstrip()
    if left.endswith("."):  # an attribute of something that is no name
        whole = before[: match.start(2)].rstrip()[:-1] if owner else left[:-1]
        found: Iterable[Completion] = written_members(expression_before(whole), expressions)
    elif (key := _KEY.search(before)) is not None:
        found = _keys(expression_before(before[: key.start()]), expressions, key[1][: len(key[1]) - len(prefix)])
    else:
        found = _candidates(before, prefix, owner, text, namespace, expressions)
    return prefix, tuple(_fitting(found, prefix, attrgetter("name")))


def _candidates(
    before: str, prefix: str, owner: str, text: str, namespace: Mapping[str, Any], expressions: Expressions
) -> Iterable[Completion]:

    def chosen(names: list[str]) -> list[str]:  # what no one will see is not described
        return _fitting(names, prefix, str)

    from_import = _FROM_IMPORT.match(before)
    if from_import:
        return members(sys.modules.get(from_import[1], lookup.MISSING), chosen)
    imported = _IMPORT.match(before)
    if imported:
        return _modules(imported[1].rpartition(".")[0])
    if owner:
        live = lookup.MISSING if expressions.is_local(owner.partition(".")[0]) else _owner(owner, text, namespace)
        if live is lookup.MISSING:
            return written_members(owner, expressions)
        return chain(members(live, chosen), newer_members(live, expressions))
    return _plain_names(text, namespace, expressions)


def _keys(owner: str, expressions: Expressions, before: str) -> Iterator[Completion]:
    """Of a dictionary that is there, or as it is written, as they go on behind what is written of one before the
    prefix."""
    known = expressions.of(owner)
    is_there = isinstance(known, Live) and type(known.value) in (dict, OrderedDict, defaultdict)
    keys = list(known.value) if is_there else _written_keys(expressions.text.binding(owner)[0])  # type: ignore[union-attr]
    for key in keys[:_MOST_KEYS]:
        if type(key) is str and key.startswith(before):
            yield Completion(key[len(before) :], "key")


def _written_keys(made: ast.AST | None) -> list[object]:
    match made:
        case ast.AnnAssign(value=ast.expr() as value):
            return _written_keys(value)
        case ast.Dict(keys):
            return [key.value for key in keys if isinstance(key, ast.Constant)]
        case ast.Call(ast.Name("dict"), [], keywords):
            return [keyword.arg for keyword in keywords]
    return []


def _fitting(found: Iterable[T], prefix: str, name_of: Callable[[T], str]) -> list[T]:
    """At most LIMIT of what fits behind a prefix, first what is written as it is, names with an underscore last."""
    named = [(name_of(one), one) for one in found]
    fitting = [pair for pair in named if _fits(pair[0], prefix)]
    fitting.sort(key=lambda pair: (not pair[0].startswith(prefix), pair[0].startswith("_")))
    return [one for _, one in fitting[:LIMIT]]


def _before_cursor(text: str, line: int, column: int) -> str:
    lines = text.split("\n")
    if not 1 <= line <= len(lines):
        return ""
    return utf16.first(lines[line - 1], column)


def _fits(name: str, prefix: str) -> bool:
    if name.startswith("_") and not prefix.startswith("_"):
        return False
    return name.lower().startswith(prefix.lower()) and name != prefix


def _owner(dotted: str, text: str, namespace: Mapping[str, Any]) -> Any:
    """The live value, or the module that an import in the text would give."""
    try:
        return lookup.resolve(namespace, dotted)
    except EngineError:
        first, _, rest = dotted.partition(".")
        module = sys.modules.get(_imports(text).get(first, ""))
        if module is None:
            return lookup.MISSING
        try:
            return lookup.resolve({first: module}, dotted) if rest else module
        except EngineError:
            return lookup.MISSING


def _imports(text: str) -> dict[str, str]:
    """Which module each imported name stands for; found line by line, for the text need not compile."""
    found = {}
    for line in text.split("\n"):
        try:
            body = tree_of(line.strip()).body if "import" in line else []
        except (SyntaxError, ValueError):
            continue
        for statement in body:
            if isinstance(statement, ast.Import):
                for alias in statement.names:
                    found[alias.asname or alias.name.partition(".")[0]] = (
                        alias.name if alias.asname else alias.name.partition(".")[0]
                    )
            elif isinstance(statement, ast.ImportFrom) and statement.module:
                found |= {alias.asname or alias.name: f"{statement.module}.{alias.name}" for alias in statement.names}
    return found


def _modules(package: str) -> Iterator[Completion]:
    start = f"{package}." if package else ""
    found = {name.removeprefix(start).partition(".")[0] for name in list(sys.modules) if name.startswith(start)}
    if not package:
        found |= set(sys.stdlib_module_names)
    yield from (Completion(name, "module") for name in sorted(found))


def _plain_names(text: str, namespace: Mapping[str, Any], expressions: Expressions) -> Iterator[Completion]:
    seen = set()
    for completion in written_names(expressions):
        if completion.name not in namespace or expressions.is_local(completion.name):
            seen.add(completion.name)
            yield completion
    for name, value in dict(namespace).items():
        if type(name) is str and not name.startswith("__") and name not in seen:
            seen.add(name)
            yield describe(name, value, None)
    for name in dict.fromkeys(_IDENTIFIER.findall(text)):
        if name not in seen and not keyword.iskeyword(name) and not hasattr(builtins, name):
            seen.add(name)
            yield Completion(name, "name")
    for name in dir(builtins):
        if name not in seen:
            yield describe(name, getattr(builtins, name), None)
    yield from (Completion(name, "keyword") for name in (*keyword.kwlist, "match", "case"))
