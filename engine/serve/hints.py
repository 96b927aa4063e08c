"""Answers about a name in the text, and about the call that is being written. Nothing of the program runs for them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from inspect import getattr_static
from types import FunctionType
from typing import Any

import msgspec
from torch import Tensor

from engine.program import lookup
from engine.program.at_cursor import OpenCall, argument_column, call_at, name_at
from engine.program.complete import LIMIT, complete
from engine.program.definitions import Definition, defined_at, imported_at, is_property
from engine.program.documentation import documentation, paragraph, signatures
from engine.program.known import Expressions
from engine.program.known_kinds import Instance, Live, Written
from engine.program.members import describe
from engine.program.written import Text
from engine.program.written_calls import instance_ways, newer_definition, ways_to_call
from engine.protocol.hints import AskCall, AskHint, CallShown, Hint, HintShown, Signature
from engine.protocol.messages import AskCompletions, Completions
from engine.protocol.program_values import Completion
from engine.protocol.tensor_values import TensorSummary
from engine.shared import utf16
from engine.shared.static_reads import type_name
from engine.tensors.summary import summarize

# Attributes that only running code could tell of other objects.
_FACTS: dict[str, Callable[[TensorSummary], str]] = {
    "shape": lambda summary: f"torch.Size({list(summary.shape)})",
    "dtype": lambda summary: f"torch.{summary.dtype}",
    "device": lambda summary: summary.device,
    "ndim": lambda summary: str(len(summary.shape)),
    "requires_grad": lambda summary: str(summary.requires_grad),
    "is_leaf": lambda summary: str(summary.is_leaf),
    "grad_fn": lambda summary: str(summary.grad_fn),
}
_CONSTANTS = {"None": None, "True": True, "False": False}  # which no text makes, and no run


class HintDesk:
    """Reads the live namespace, inside `GATE.reading`."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace

    def hint(self, request: AskHint) -> HintShown:
        """What the name at a place stands for."""
        expression = name_at(request.text, request.line, request.column)
        hint = self._given(request, expression) or self._at_its_line(request, expression)
        return HintShown(request.id, hint=hint or self._hint(request.text, request.line, expression))

    def call(self, request: AskCall) -> CallShown:
        """What the call takes whose brackets a place is in."""
        opened = call_at(request.text, request.line, request.column)
        hint = self._hint(request.text, request.line, opened.function) if opened is not None else None
        if hint is None or opened is None or not hint.signatures:
            return CallShown(request.id, hint=None)
        ways = range(len(hint.signatures)) if opened.function != "super" or opened.n_before else range(1)
        chosen = max(ways, key=lambda place: _fit(hint.signatures[place], opened))
        parameters = tuple(_parameter(one, opened) for one in hint.signatures)
        return CallShown(request.id, hint=hint, signature=chosen, parameters=parameters)

    def completions(self, request: AskCompletions) -> Completions:
        """Names that may stand at the cursor, those of a call's arguments first."""
        prefix, found = complete(request.text, request.line, request.column, self._namespace)
        given = self._arguments(request, prefix)
        return Completions(request.id, completions=(*given, *found)[:LIMIT], prefix=prefix)

    def _arguments(self, request: AskCompletions, prefix: str) -> Iterator[Completion]:
        """The names by which the call at the cursor may still be given arguments, where one begins."""
        lines = request.text.split("\n")
        here = utf16.first(lines[request.line - 1], request.column) if request.line <= len(lines) else ""
        opened = call_at(request.text, request.line, request.column)
        if opened is None or here.removesuffix(prefix).rstrip()[-1:] not in ("", "(", ","):
            return
        hint = self._hint(request.text, request.line, opened.function)
        names = (
            {_name(one): None for way in hint.signatures for one in way.parameters if one[:1] != "*"} if hint else {}
        )
        for name in names:
            if name not in ("", prefix, *opened.keywords) and name.startswith(prefix):
                yield Completion(f"{name}=", "parameter")

    def _given(self, request: AskHint, name: str) -> Hint | None:
        """Of a name by which a call is given an argument: the parameter."""
        column = argument_column(request.text, request.line, request.column) if name else None
        if column is None:
            return None
        shown = self.call(AskCall(text=request.text, line=request.line, column=column))
        if shown.hint is None or shown.parameter < 0:
            return None
        signature = shown.hint.signatures[shown.signature]
        return Hint(name, "parameter", signature.parameters[shown.parameter], (signature,))

    def _hint(self, text: str, line: int, expression: str) -> Hint | None:
        if not expression:
            return None
        if expression in _CONSTANTS:
            return Hint(expression, type_name(_CONSTANTS[expression]))
        expressions = Expressions(text, line, self._namespace)
        known = expressions.of(expression)
        owner, _, name = expression.rpartition(".")
        held = expressions.of(owner) if owner else None
        if isinstance(held, Live) and issubclass(type(held.value), Tensor) and name in _FACTS:
            return Hint(expression, "attribute", _FACTS[name](summarize(held.value)))
        getter = expressions.property_of(held, name) if held is not None else None
        if getter is not None:
            return _of_property(expression, getter)
        if known is None:
            return _of_unknown(expression, expressions) if not owner else None
        is_bound = isinstance(held, Instance) or (isinstance(held, Live) and not _is_namespace(held.value))
        if isinstance(known, Written):
            return _of_written(expression, name or expression, known.node, expressions, is_bound=is_bound)
        if isinstance(known, Instance):
            return _of_instance(expression, known, expressions)
        newer = newer_definition(known.value, str(self._namespace.get("__name__")), expressions)
        if newer is not None:
            found = _of_written(expression, name or expression, newer, expressions, is_bound=is_bound)
            return msgspec.structs.replace(found, is_written=False, has_changed=True)
        return _of_value(expression, known.value, is_bound=is_bound)

    def _at_its_line(self, request: AskHint, expression: str) -> Hint | None:
        """Of a name that the line defines or imports, which is no expression there."""
        tree = Text(request.text, request.line).tree
        imported = imported_at(tree, request.line, expression)
        if imported is not lookup.MISSING:
            return _of_value(expression, imported, is_bound=False)
        found = defined_at(tree, request.line, expression)
        if found is None:
            return None
        node, owner = found
        expressions = Expressions(request.text, request.line, self._namespace)
        if isinstance(node, ast.ClassDef) or (owner is None and expressions.of(expression) is not None):
            return None  # the line sees it
        found_hint = (
            _of_property(expression, node)
            if is_property(node)
            else _of_written(expression, expression, node, expressions, is_bound=owner is not None)
        )
        kind = self._namespace.get(owner.name) if owner is not None else None
        has_run = issubclass(type(kind), type) and getattr_static(kind, expression, None) is not None
        return msgspec.structs.replace(found_hint, is_written=not has_run)


def _of_value(expression: str, value: Any, *, is_bound: bool) -> Hint:
    said = describe(expression.rpartition(".")[2], value, object() if is_bound else None)
    is_data = said.kind in ("tensor", "variable", "nn.Module")
    name = expression if len(expression) <= 40 else expression.rpartition(".")[2]
    line = said.detail
    if said.kind == "tensor":
        summary = summarize(value)
        line = summary.line or said.detail
    found = () if is_data and said.kind != "nn.Module" else signatures(value, name, is_bound=is_bound)
    words = "" if said.kind in ("tensor", "variable") else paragraph(documentation(value))
    return Hint(expression, said.kind, line if is_data else "", found, words)


def _of_unknown(name: str, expressions: Expressions) -> Hint | None:
    """Of a name that the text makes, without saying of what kind."""
    made, _ = expressions.text.binding(name)
    if made is None or isinstance(made, ast.alias):
        return None
    return Hint(name, "parameter" if isinstance(made, ast.arg) else "variable")


def _of_property(expression: str, getter: ast.FunctionDef | ast.AsyncFunctionDef | FunctionType) -> Hint:
    is_live = isinstance(getter, FunctionType)
    words = documentation(getter) if isinstance(getter, FunctionType) else ast.get_docstring(getter) or ""
    return Hint(expression, "property", "", (), paragraph(words), not is_live)


def _of_written(
    expression: str, name: str, node: Definition | ast.Lambda, expressions: Expressions, *, is_bound: bool
) -> Hint:
    words = "" if isinstance(node, ast.Lambda) else paragraph(ast.get_docstring(node) or "")
    kind = "class" if isinstance(node, ast.ClassDef) else "method" if is_bound else "function"
    return Hint(expression, kind, "", ways_to_call(node, name, expressions, is_bound=is_bound), words, True)


def _of_instance(expression: str, known: Instance, expressions: Expressions) -> Hint:
    name = expression.rpartition(".")[2]
    if isinstance(known.kind, ast.ClassDef):
        words = paragraph(ast.get_docstring(known.kind) or "")
        return Hint(expression, known.kind.name, "", instance_ways(known, name, expressions), words, True)
    kind = known.kind.__name__
    is_module = expressions.is_module(known)
    forward = expressions.member(known, "forward") if is_module else None
    ways = signatures(forward.value, name, is_bound=True) if isinstance(forward, Live) else ()
    return Hint(expression, kind, "", ways, paragraph(documentation(known.kind)) if is_module else "", True)


def _is_namespace(value: Any) -> bool:
    """Whether what is found on it is as it stands, not bound to it."""
    return issubclass(type(value), type) or type_name(value) == "module"


def _fit(signature: Signature, opened: OpenCall) -> int:
    """How well the arguments so far fit, larger is better; the first of equals is taken."""
    names = {_name(parameter) for parameter in signature.parameters}
    wanted = {*opened.keywords, *([opened.keyword] if opened.keyword else [])}
    takes_any = any(parameter.startswith("**") for parameter in signature.parameters)
    n_known = len(wanted & names)
    return n_known - (0 if takes_any else len(wanted - names)) + (_parameter(signature, opened) >= 0)


def _parameter(signature: Signature, opened: OpenCall) -> int:
    """The place of the parameter that the cursor's argument is for, -1 where there is none."""
    if opened.keyword:
        for place, parameter in enumerate(signature.parameters):
            if _name(parameter) == opened.keyword:
                return place
        return next((place for place, one in enumerate(signature.parameters) if one.startswith("**")), -1)
    if opened.keywords:
        return _next_by_name(signature, opened)
    n_left = opened.n_before
    for place, parameter in enumerate(signature.parameters):
        if parameter == "/":
            continue
        if parameter == "*" or parameter.startswith("**"):
            return -1
        if parameter.startswith("*") or not n_left:
            return place
        n_left -= 1
    return -1


def _next_by_name(signature: Signature, opened: OpenCall) -> int:
    """Behind an argument that is given by its name each other one is, too: the first that has none yet."""
    n_by_place = opened.n_before - len(opened.keywords)
    for place, parameter in enumerate(signature.parameters):
        if parameter in ("*", "/") or parameter.startswith("*"):
            n_by_place = 0 if parameter != "/" else n_by_place
        elif n_by_place:
            n_by_place -= 1
        elif _name(parameter) not in opened.keywords:
            return place
    return next((place for place, one in enumerate(signature.parameters) if one.startswith("**")), -1)


def _name(parameter: str) -> str:
    found = re.match(r"\**([^\W\d]\w*)", parameter)
    return found[1] if found else ""
