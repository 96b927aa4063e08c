"""What a top-level statement left behind."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace
from torch import Tensor
from torch.nn import Module

from engine.program.body_marks import BodyMarks
from engine.program.one_line import as_line, count_parameters
from engine.protocol.program_values import LineResult
from engine.protocol.tensor_values import TensorSummary
from engine.shared.static_reads import type_name
from engine.shared.syntax import first_line
from engine.tensors.arrays import can_be_seen, tensor_of
from engine.tensors.reading import UnreadableError
from engine.tensors.summary import short, summarize, summarize_unread

_MOST_LINES = 200  # of one statement


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
    return _safe_result(line, end_line, name, value)


def results_inside(marks: BodyMarks, namespace: Mapping[str, Any], at_line: int = 0) -> tuple[LineResult, ...]:
    """What the lines of a statement with a body have left behind, which is over, or is in `at_line`."""
    found: dict[int, LineResult] = {}
    known = [one for one in marks.known(at_line) if one.name in namespace]
    for one in [one for one in known if not one.is_written or _is_tensor(namespace[one.name])][-_MOST_LINES:]:
        found[one.line] = replace(
            _safe_result(one.line, one.end_line, one.name, namespace[one.name]),
            is_last=one.block.is_loop and one.block.n_times > 1,
        )
    for header in [*marks.come_to(at_line)][:_MOST_LINES]:
        n_times, n_of = header.block.n_times, -1
        if header.other is not None:
            n_of = n_times + header.other.n_times
        if n_of:
            # Of what else stands on its line, as `for x in y: z = x`, there is no telling apart.
            here = found.get(header.line, LineResult(header.line, header.end_line))
            found[header.line] = replace(here, n_times=n_times, n_of=n_of, is_last=False)
    return tuple(found[line] for line in sorted(found))


def _is_tensor(value: Any) -> bool:
    return issubclass(type(value), Tensor) or can_be_seen(value)


def _safe_result(line: int, end_line: int, name: str, value: Any) -> LineResult:
    """A statement that has run stays run, whatever its result makes of being looked at."""
    try:
        return _result(line, end_line, name, value)
    except Exception as error:
        return LineResult(line, end_line, "", f"{type_name(value)} that cannot be shown: {type_name(error)}")


def _result(line: int, end_line: int, name: str, value: Any) -> LineResult:
    if issubclass(type(value), Tensor):
        return LineResult(line, end_line, name, short(value), summarize(value, until_s=0.0))
    if can_be_seen(value):
        words, summary = _of_array(value)
        return LineResult(line, end_line, name, words, replace(summary, is_array=True))
    if issubclass(type(value), Module):
        return LineResult(line, end_line, name, type_name(value), n_parameters=count_parameters(value))
    return LineResult(line, end_line, name, as_line(value))


def _of_array(array: Any) -> tuple[str, TensorSummary]:
    try:
        cells = tensor_of(array)
    except UnreadableError as error:
        summary = summarize_unread(array, error)
        return summary.line, summary
    return short(cells), summarize(cells, until_s=0.0)


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
