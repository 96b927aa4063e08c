"""Measurements that were repeated, as lines of a Markdown table: each figure a median with its least and greatest."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from engine.shared.measurement import Measurement

HEAD = ("what", "ours", "against", "ratio", "aim")
Row = tuple[str, str, str, str, str]


def rows(repeats: Sequence[Sequence[Measurement]]) -> list[Row]:
    """One row for each measurement that every repeat has made, in the same order."""
    return [_row(same) for same in zip(*repeats, strict=True)]


def table(lines: list[Row]) -> str:
    """Markdown with its columns in line."""
    cells = [HEAD, *lines]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    text = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in cells]
    return "\n".join([text[0], "| " + " | ".join("-" * width for width in widths) + " |", *text[1:]])


def _row(same: Sequence[Measurement]) -> Row:
    first = same[0]
    ours = f"{_spread([one.ours for one in same])} {first.unit}"
    if first.other is None:
        return first.name, ours, first.against, "", first.aim
    others = [one.other for one in same if one.other is not None]
    ratios = [one.ratio or one.ours / other for one, other in zip(same, others, strict=True)]
    against = f"{first.against} {_spread(others)} {first.unit}"
    return first.name, ours, against, _spread(ratios), first.aim


def _spread(values: Sequence[float]) -> str:
    middle = _number(statistics.median(values))
    return f"{middle} ({_number(min(values))}–{_number(max(values))})" if len(values) > 1 else middle


def _number(value: float) -> str:
    """Three digits, or all of a larger one before its point."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}"
