"""What the program calls the operands of a call."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from types import FrameType
from typing import Any

from torch import Tensor, nn

from engine.program.module_tree import named_parameters_in
from engine.program.sentences.failing_call import named_values, parsed
from engine.protocol.graph_values import Node
from engine.protocol.sentence import Sentence

_MAX_TEXT = 24


def names_of(operands: Sequence[Any], text: str, frame: FrameType | None, *, is_direct: bool) -> list[str]:
    """One for each: the variable that holds it, else its own text in `text`, the call as the program wrote it.

    `frame` is the program's; `is_direct`: no library lies between it and the call.
    """
    named: dict[int, str] = {}
    for name, value in named_values(text, frame) if frame is not None else ():
        if issubclass(type(value), Tensor):
            named.setdefault(id(value), name)
        elif issubclass(type(value), nn.Module) and not is_direct:  # its forward takes them
            for path, parameter in named_parameters_in(value, name):
                named.setdefault(id(parameter), path)
    texts = _texts(text) if is_direct else []
    texts = texts if len(texts) == len(operands) else [""] * len(operands)
    return [
        named.get(id(one)) or short or f"operand {position + 1}"
        for position, (one, short) in enumerate(zip(operands, texts, strict=True))
    ]


def _texts(text: str) -> list[str]:
    """The operands of a sub-expression as they are written; none where that is not plain."""
    statement = parsed(text)
    if isinstance(statement, ast.AugAssign):
        parts: list[ast.expr] = [statement.target, statement.value]
    else:
        parts = _parts(statement.value) if isinstance(statement, ast.Expr) else []
    written = [" ".join(ast.unparse(part).split()) for part in parts]
    return [one if len(one) <= _MAX_TEXT else "" for one in written]


def _parts(expression: ast.expr) -> list[ast.expr]:
    if isinstance(expression, ast.BinOp):
        return [expression.left, expression.right]
    if isinstance(expression, ast.UnaryOp):
        return [expression.operand]
    if isinstance(expression, ast.Call):
        function = expression.func
        is_method = isinstance(function, ast.Attribute) and not (
            isinstance(function.value, ast.Name) and function.value.id in ("torch", "F")
        )
        owner = [function.value] if is_method and isinstance(function, ast.Attribute) else []
        return [*owner, *expression.args]
    return []


def name_of_output(node: Node | None, slot: int, position: int) -> str:
    """As one of `names_of`, of what a node made that is the operand at `position` of another."""
    if node is None:
        return f"operand {position + 1}"
    is_alone = len(node.outputs) <= 1
    variable = node.variable if is_alone else node.outputs[slot].variable
    text = node.expression if is_alone and node.source is not None and node.expression == node.source.text else ""
    return variable or (text if len(text) <= _MAX_TEXT else "") or f"operand {position + 1}"


def said_name(name: str) -> str | Sentence:
    """One of `names_of` in a sentence."""
    label, _, number = name.partition(" ")
    return Sentence.phrase("words.operand", "operand {n}", n=number) if label == "operand" and number else name
