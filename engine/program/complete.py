"""Names that fit at a place in the text: live values first, then names of the text, then Python's own."""

from __future__ import annotations

import ast
import builtins
import keyword
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from inspect import getattr_static
from types import (
    BuiltinFunctionType,
    FunctionType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    ModuleType,
    WrapperDescriptorType,
)
from typing import Any

from torch import Tensor
from torch.nn import Module

from engine.program import lookup
from engine.program.documentation import first_line
from engine.program.foreign import bounded
from engine.program.module_tree import table
from engine.program.one_line import as_line, module_line
from engine.protocol.errors import EngineError
from engine.protocol.values import Completion
from engine.shared import utf16
from engine.shared.static_reads import member_names, type_name
from engine.shared.syntax import tree_of
from engine.tensors.summary import short

LIMIT = 200
_PLAIN_DIRS = (object.__dir__, type.__dir__)
_ROUTINES = (
    *(FunctionType, BuiltinFunctionType, MethodType),
    *(MethodDescriptorType, WrapperDescriptorType, MethodWrapperType),
)
_BEFORE_CURSOR = re.compile(r"((?:[^\W\d]\w*\s*\.\s*(?:\d+\s*\.\s*)?)*)([^\W\d]\w*|)$")
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
    if not owner and before[: match.start()].rstrip().endswith("."):  # an attribute of something that is no name
        return prefix, ()
    found = _candidates(before, owner, text, namespace)
    fitting = [candidate for candidate in found if _fits(candidate.name, prefix)]
    fitting.sort(key=lambda candidate: (not candidate.name.startswith(prefix), candidate.name.startswith("_")))
    return prefix, tuple(fitting[:LIMIT])


def _candidates(before: str, owner: str, text: str, namespace: Mapping[str, Any]) -> Iterable[Completion]:
    from_import = _FROM_IMPORT.match(before)
    if from_import:
        return _members(sys.modules.get(from_import[1], lookup.MISSING))
    imported = _IMPORT.match(before)
    if imported:
        return _modules(imported[1].rpartition(".")[0])
    if owner:
        return _members(_owner(owner, text, namespace))
    return _plain_names(text, namespace)


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
    for line in text.splitlines():
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


def _members(owner: Any) -> Iterator[Completion]:
    if owner is lookup.MISSING:
        return
    try:
        known = _names_in(owner)
    except Exception:  # its own __dir__ may raise anything, or take too long
        return
    for name in known:
        if isinstance(name, str):
            yield describe(name, lookup.attribute(owner, name), owner)


def _names_in(owner: Any) -> Iterable[str]:
    """As `dir` gives them. A `__dir__` of the program's own is asked: it knows what it makes up."""
    kind = type(owner)
    if issubclass(kind, Module):
        tables = [table(owner, name) for name in ("_parameters", "_modules", "_buffers")]
        return sorted(member_names(owner).union(*tables))
    if issubclass(kind, Tensor) or kind.__dir__ in _PLAIN_DIRS or kind is ModuleType:
        return sorted(member_names(owner))
    return bounded(owner, partial(dir, owner))


def _modules(package: str) -> Iterator[Completion]:
    start = f"{package}." if package else ""
    found = {name.removeprefix(start).partition(".")[0] for name in list(sys.modules) if name.startswith(start)}
    if not package:
        found |= set(sys.stdlib_module_names)
    yield from (Completion(name, "module") for name in sorted(found))


def _plain_names(text: str, namespace: Mapping[str, Any]) -> Iterator[Completion]:
    seen = set()
    for name, value in dict(namespace).items():
        if type(name) is str and not name.startswith("__"):
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


def describe(name: str, value: Any, owner: Any) -> Completion:
    """A value as its kind and a few words. `owner`: what it is an attribute of."""
    if value is lookup.MISSING:
        static = getattr_static(type(owner), name, None)
        return Completion(name, "property" if isinstance(static, property) or hasattr(static, "__set__") else "")
    kind = type(value)
    if issubclass(kind, type):
        return Completion(name, "class", first_line(value))
    if issubclass(kind, ModuleType):
        return Completion(name, "module")
    if issubclass(kind, _ROUTINES):
        is_method = owner is not None and not issubclass(type(owner), ModuleType)
        return Completion(name, "method" if is_method else "function", first_line(value))
    try:
        if issubclass(kind, Tensor):
            return Completion(name, "tensor", short(value))
        if issubclass(kind, Module):
            return Completion(name, "nn.Module", f"{type_name(value)}, {module_line(value)}")
        return Completion(name, "variable", f"{type_name(value)} {as_line(value)}"[:80])
    except Exception:  # one strange value must not hide the others
        return Completion(name, "variable", type_name(value))
