"""Numbers in the window's words: three decimals where they say enough, an exponent where they do not."""

from __future__ import annotations

import math


def compact(value: float | None, *, sign: bool = False) -> str:
    """ "-0.998", "1.535", "0", "3", "12346", "1.24e-05", "inf"; "–" for None. `sign` writes the plus, too."""
    if value is None:
        return "–"
    plus = "+" if sign and value > 0 else ""
    if not math.isfinite(value):
        return f"{plus}{value}"
    if value == round(value) and abs(value) < 1e6:
        return f"{plus}{round(value)}"
    if abs(value) < 0.0005 or abs(value) >= 1e6:
        return f"{plus}{value:.2e}"
    return f"{plus}{value:.{3 if abs(value) < 100 else 1}f}"


def interval(low: float | None, high: float | None) -> str:
    """ "-2.179 … 1.541"; "" where nothing is known."""
    return "" if low is None or high is None else f"{compact(low)} … {compact(high)}"


def count(n: int, noun: str) -> str:
    """ "1 element", "10,000 elements"."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
