"""Plain values of Python as people write them; reading runs nothing."""

from __future__ import annotations

import ast


def read_literal(text: str) -> object:
    """The value of a literal. Raises SyntaxError, or ValueError for whatever else keeps it from being one."""
    try:
        return ast.literal_eval(text)
    except (TypeError, MemoryError, RecursionError) as error:  # a key that is a list; nested too deeply
        raise ValueError(str(error)) from error
