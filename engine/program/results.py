"""What a top-level statement left behind."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import msgspec
from torch import Tensor
from torch.nn import Module

from engine.program.one_line import as_line, count_parameters
from engine.protocol.program_values import LineResult
from engine.shared.static_reads import type_name
from engine.shared.syntax import first_line
from engine.tensors.arrays import can_be_seen, tensor_of
from engine.tensors.summary import short, summarize


def result_of(statement: ast.stmt, value: Any, namespace: Mapping[str, Any]) -> LineResult:
    """The result of a statement that has run; `value` is an expression statement's own, else None."""
    name = assigned_name(statement)
    if name and name in namespace:
        value = namespace[name]
    elif not isinstance(statement, ast.Expr):
        name, value = "", None
    line, end_line = first_line(statement), statement.end_lineno or statement.lineno
    if value is None and not name:
        return LineResult(line, end_line)
    if issubclass(type(value), Tensor):
        return LineResult(line, end_line, name, short(value), summarize(value, until_s=0.0))
    if can_be_seen(value):
        cells = tensor_of(value)
        summary = msgspec.structs.replace(summarize(cells, until_s=0.0), is_array=True)
        return LineResult(line, end_line, name, short(cells), summary)
    if issubclass(type(value), Module):
        return LineResult(line, end_line, name, type_name(value), n_parameters=count_parameters(value))
    return LineResult(line, end_line, name, as_line(value))


def assigned_name(statement: ast.stmt) -> str:
    """The first variable that an assignment writes to; for `x[0] = 1` and `x.y = 1` it is x. "" for any other."""
    if isinstance(statement, ast.Assign):
        return _name_in(statement.targets[0])
    if isinstance(statement, ast.AugAssign) or (isinstance(statement, ast.AnnAssign) and statement.value is not None):
        return _name_in(statement.target)
    return ""


def _name_in(target: ast.expr) -> str:
    while not isinstance(target, ast.Name):
        if isinstance(target, ast.Tuple | ast.List) and target.elts:
            target = target.elts[0]
        elif isinstance(target, ast.Starred | ast.Attribute | ast.Subscript):
            target = target.value
        else:
            return ""
    return target.id
