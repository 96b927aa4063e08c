"""Which value of a learner a check could not take: it asks a tensor for its shape and gets a list."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from itertools import islice
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from torch import Tensor

from engine.protocol.sentence import Sentence
from engine.tensors.native import bare
from engine.tensors.reading import shape_of
from engine.tensors.unseen import Unseen


def unfit(error: Exception, file: str, code: str, namespace: Mapping[str, Any]) -> Sentence | None:
    """What is said where the code failed for a value of the namespace; None where it failed for another reason.

    `file` is what the code was compiled as. Python tells the expression that failed: its first name that holds a value,
    and is neither a module nor a class nor what the expression calls, is meant.
    """
    for name in _names(error, file, code):
        value = namespace.get(name)
        if name in namespace and not isinstance(value, ModuleType | type):
            said = str(error).partition("\n")[0]
            return Sentence.of(
                "lesson.unfit", "`{name}` is {what}, which does not fit here: {said}.",
                name=name, what=_what(value), said=said.rstrip("."),
            )  # fmt: skip
    return None


def _what(value: Any) -> Sentence:
    if isinstance(value, Tensor):
        with Unseen():
            return Sentence.phrase("lesson.a_tensor", "a tensor of shape {shape}", shape=shape_of(bare(value)))
    if isinstance(value, BuiltinFunctionType | FunctionType | MethodType):
        return Sentence.phrase("lesson.not_called", "a function that was not called, `()` is missing")
    return Sentence.phrase("lesson.of_type", "of type {kind}", kind=type(value).__name__)


def _names(error: Exception, file: str, code: str) -> Iterator[str]:
    """Those in the expressions of the code that failed, the innermost call first, as they are written."""
    traces, trace = [], error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            traces.append(trace)
        trace = trace.tb_next
    expressions = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.expr)] if traces else []
    for trace in reversed(traces):
        place = next(islice(trace.tb_frame.f_code.co_positions(), trace.tb_lasti // 2, None), None)
        for node in [node for node in expressions if _span(node) == place][:1]:
            called = {id(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
            yield from (name.id for name in ast.walk(node) if isinstance(name, ast.Name) and id(name) not in called)


def _span(node: ast.expr) -> tuple[int | None, int | None, int, int | None]:
    return node.lineno, node.end_lineno, node.col_offset, node.end_col_offset
