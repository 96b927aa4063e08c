"""From a running instruction to the sub-expression of the program's text that it came from.

Python counts columns in UTF-8 bytes, editors in UTF-16 code units; a `Source` holds the latter.
"""

from __future__ import annotations

import ast
import io
import linecache
from collections.abc import Iterator
from functools import lru_cache
from types import CodeType, FrameType

from engine.protocol.source import Source
from engine.shared import utf16
from engine.shared.syntax import tree_of

_texts: dict[str, list[str]] = {}


def register(path: str, text: str) -> None:
    """Make `text` the source of the code compiled under the name `path`, for spans, tracebacks and `inspect`."""
    lines = list(io.StringIO(text, newline=None))  # splits where Python does: not at form feeds or U+2028
    _texts[path] = lines
    linecache.cache[path] = (len(text), None, lines, path)


def locate(code: CodeType, instruction_offset: int) -> Source | None:
    """The sub-expression behind the instruction at a byte offset of `code`; None where Python knows no columns.

    `instruction_offset` is a frame's `f_lasti`; -1, before the first instruction, is unknown too.
    """
    return _locate(code, instruction_offset) if instruction_offset >= 0 else None


def frame_source(frame: FrameType) -> Source | None:
    """The sub-expression that `frame` is evaluating."""
    return locate(frame.f_code, frame.f_lasti)


def source_of_tree(path: str, part: ast.expr) -> Source:
    """A part of the tree of a program's text."""
    lines, end_line, end_column = lines_of(path), part.end_lineno or part.lineno, part.end_col_offset or part.col_offset
    return Source(
        path,
        part.lineno,
        utf16.of_utf8(lines[part.lineno - 1], part.col_offset),
        end_line,
        utf16.of_utf8(lines[end_line - 1], end_column),
        _cut(lines[part.lineno - 1 : end_line], part.col_offset, end_column),
    )


def named_alone(path: str, attribute: str) -> Iterator[Source]:
    """The statements of a program's text that name an attribute and do not call it, as `loss.backward`."""
    for part in ast.walk(program_tree(path)):
        named = part.value if isinstance(part, ast.Expr) else None
        if isinstance(named, ast.Attribute) and named.attr == attribute:
            yield source_of_tree(path, named)


@lru_cache(maxsize=65536)  # keeps the spans of code whose text was registered anew since
def _locate(code: CodeType, instruction_offset: int) -> Source | None:
    positions = _positions(code)
    index = instruction_offset // 2
    if index >= len(positions):
        return None
    line, end_line, column, end_column = positions[index]
    if line is None:
        return None
    if end_line is None or column is None or end_column is None:
        return Source(code.co_filename, line, 0, line, 0)
    lines = lines_of(code.co_filename)
    if not 1 <= line <= end_line <= len(lines):
        return Source(code.co_filename, line, 0, line, 0)
    return Source(
        code.co_filename,
        line,
        utf16.of_utf8(lines[line - 1], column),
        end_line,
        utf16.of_utf8(lines[end_line - 1], end_column),
        _cut(lines[line - 1 : end_line], column, end_column),
    )


@lru_cache(maxsize=4096)
def _positions(code: CodeType) -> list[tuple[int | None, int | None, int | None, int | None]]:
    """(line, end line, column, end column) of each 2-byte code unit."""
    return list(code.co_positions())


def lines_of(path: str) -> list[str]:
    """The lines of a program's text, as Python counts them."""
    return _texts.get(path) or linecache.getlines(path)


def program_tree(path: str) -> ast.Module:
    """The statements of a program's text; none of what is no Python, or nested too deep."""
    try:
        return tree_of("".join(lines_of(path)))  # type: ignore[no-any-return]
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module(body=[], type_ignores=[])


def _cut(lines: list[str], column: int, end_column: int) -> str:
    """The text between a byte column of the first line and a byte column of the last."""
    if len(lines) == 1:  # of a long one only what is asked for
        lines = [lines[0][:end_column]]
        if lines[0].isascii():
            return lines[0][column:]
    encoded = [line.encode("utf-8", "surrogatepass") for line in lines]
    encoded[-1] = encoded[-1][:end_column]
    encoded[0] = encoded[0][column:]
    return b"".join(encoded).decode("utf-8", "replace")
