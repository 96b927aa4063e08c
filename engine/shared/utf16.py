"""Columns as editors count them, in UTF-16 code units, where Python counts characters and its compiler UTF-8 bytes.

A lone surrogate, which a text may hold, counts as one unit.
"""

from __future__ import annotations


def length(text: str) -> int:
    """How many units `text` has."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def first(text: str, n_units: int) -> str:
    """The first `n_units` units of `text`; half a character at their end is left out."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * n_units].decode("utf-16-le", "ignore")


def of_utf8(line: str, n_bytes: int) -> int:
    """The column after the first `n_bytes` UTF-8 bytes of a line, in units. What follows on them is not looked at."""
    if line.isascii():
        return min(n_bytes, len(line))
    return length(line[:n_bytes].encode("utf-8", "surrogatepass")[:n_bytes].decode("utf-8", "ignore"))
