"""A place in a program.

Lengths of columns are UTF-16 code units, the editor's own; lines count from 1, columns from 0.
"""

from __future__ import annotations

import msgspec


class Source(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A place in a program: a sub-expression from (line, column) to (end_line, end_column), end exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str = ""
