"""Which value of a learner a check could not take: it asks a tensor for its shape and gets a list."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any, TypeGuard

from torch import Tensor

from engine.program.one_line import as_line
from engine.program.sentences.python_words import in_words
from engine.protocol.sentence import Sentence
from engine.tensors.native import bare
from engine.tensors.reading import shape_of
from engine.tensors.unseen import Unseen

_OF_MANY = (  # what torch says of a tensor of several numbers where one is wanted
    "Boolean value of Tensor with more than one value",
    "only one element tensors can be converted",
    "cannot be converted to Scalar",
)


def unfit(error: Exception, file: str, code: str, namespace: Mapping[str, Any]) -> Sentence | None:
    """What is said where the code failed for a value of the namespace; None where it failed for another reason.

    `file` is what the code was compiled as. Python tells the expression that failed: its first name that holds a value,
    and is neither a module nor a class nor what the expression calls, is meant.
    """
    nodes = list(_failed(error, file, code))
    if (of_a_part := _of_a_part(error, nodes, namespace)) is not None:
        return of_a_part
    for name in chain.from_iterable(map(_read, nodes)):
        value = namespace.get(name)
        if name in namespace and not isinstance(value, ModuleType | type):
            return _sentence(name, value, error)
    return None


def quoted(code: str, namespace: Mapping[str, Any]) -> Sentence | None:
    """What is said where a check asks for a number and the learner's is written as a text, which `float` would take.
    A check that asks for the type itself knows what it wants."""
    nodes = list(ast.walk(ast.parse(code)))
    typed = {name for node in nodes if _calls(node, "isinstance", "type") for name in _named(node.args[:1])}
    for node in nodes:
        asked = _named(node.args[:1]) if _calls(node, "float", "int", "abs", "round") else set()
        if isinstance(node, ast.Compare) and any(map(_is_number, (node.left, *node.comparators))):
            asked = _named([node.left, *node.comparators])
        for name in asked - typed:
            if type(namespace.get(name)) is str:
                return Sentence.of(
                    "lesson.quoted", "`{name}` is a text, {value}: a number is written without quotation marks.",
                    name=name, value=as_line(namespace[name]),
                )  # fmt: skip
    return None


def _sentence(name: str, value: Any, error: Exception) -> Sentence:
    if value is None:
        return Sentence.of("lesson.none", "`{name}` is None: the line that makes it gives it no value.", name=name)
    if type(value).__module__ == "numpy":
        return Sentence.of(
            "lesson.numpy", "`{name}` is NumPy's, {kind}: `torch.tensor({name})` makes a tensor of it.",
            name=name, kind=type(value).__name__,
        )  # fmt: skip
    asked = error.name if isinstance(error, AttributeError) and error.obj is value else None
    if asked and hasattr(Tensor, asked) and not isinstance(value, Tensor):
        return Sentence.of(
            "lesson.no_tensor", "`{name}` is {what}, and has no `.{attribute}`: a tensor has.",
            name=name, what=_what(value), attribute=asked,
        )  # fmt: skip
    said = str(error).partition("\n")[0].rstrip(".")
    if isinstance(value, Tensor) and any(words in said for words in _OF_MANY):
        return Sentence.of(
            "lesson.many", "`{name}` is {what}: one number alone is asked for here.", name=name, what=_what(value)
        )
    return Sentence.of(
        "lesson.unfit", "`{name}` is {what}, which does not fit here: {said}.",
        name=name, what=_what(value), said=in_words(said),
    )  # fmt: skip


def _calls(node: ast.AST, *names: str) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def _named(expressions: list[ast.expr]) -> set[str]:
    return {one.id for one in expressions if isinstance(one, ast.Name)}


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _what(value: Any) -> Sentence:
    if isinstance(value, Tensor):
        with Unseen():
            return Sentence.phrase("lesson.a_tensor", "a tensor of shape {shape}", shape=shape_of(bare(value)))
    if isinstance(value, BuiltinFunctionType | FunctionType | MethodType):
        return Sentence.phrase("lesson.not_called", "a function that was not called, `()` is missing")
    return Sentence.phrase("lesson.of_type", "of type {kind}", kind=type(value).__name__)


def _of_a_part(error: Exception, nodes: list[ast.AST], namespace: Mapping[str, Any]) -> Sentence | None:
    """Of `W.grad.norm()` where `W.grad` is None, and of `deeper(x)` where `deeper` is a class."""
    is_of_none = isinstance(error, AttributeError) and error.obj is None
    for node in chain.from_iterable(map(ast.walk, nodes)):
        if is_of_none and isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            return Sentence.of(
                "lesson.part_none",
                "`{written}` is None: nothing has given it a value.",
                written=ast.unparse(node.value),
            )
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if isinstance(kind := namespace.get(name), type):
            return Sentence.of(
                "lesson.a_class", "`{name}` is the class {kind} itself: `{kind}(…)`, with parentheses, makes one.",
                name=name, kind=kind.__name__,
            )  # fmt: skip
    return None


def _failed(error: Exception, file: str, code: str) -> Iterator[ast.AST]:
    """The expressions of the code that failed, the innermost call first."""
    traces, trace = [], error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            traces.append(trace)
        trace = trace.tb_next
    # What is asserted is tried as true or not by the statement, and not by an expression of its own.
    expressions = (
        [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.expr | ast.Assert)] if traces else []
    )
    for trace in reversed(traces):
        place = next(islice(trace.tb_frame.f_code.co_positions(), trace.tb_lasti // 2, None), None)
        for found in [node for node in expressions if _span(node) == place][:1]:
            for node in (found, *_comprehensions(found, expressions)):
                yield node.test if isinstance(node, ast.Assert) else node


def _comprehensions(node: ast.AST, expressions: Sequence[ast.AST]) -> list[ast.AST]:
    """Those that it stands in, the innermost first: from Python 3.12 on they have no frames, which would tell them."""
    kinds = ast.ListComp, ast.SetComp, ast.DictComp
    around = [one for one in expressions if isinstance(one, kinds) and one is not node and node in set(ast.walk(one))]
    return sorted(around, key=lambda one: len(list(ast.walk(one))))


def _read(node: ast.AST) -> Iterator[str]:
    """The names in it but for those of what it calls."""
    called = {id(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
    return (name.id for name in ast.walk(node) if isinstance(name, ast.Name) and id(name) not in called)


def _span(node: ast.expr | ast.stmt) -> tuple[int | None, int | None, int, int | None]:
    return node.lineno, node.end_lineno, node.col_offset, node.end_col_offset
