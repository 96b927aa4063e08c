"""Numbers as text: short enough for a cell, and never more precise than they are."""

from __future__ import annotations

import math


def number(value: float | int | bool | complex) -> str:
    """About five significant digits: "0.4694", "-12.346", "1.235e-07", "3", "True", "nan", "-inf", "0.5+1.2j"."""
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, complex):
        return f"{number(value.real)}{'-' if math.copysign(1, value.imag) < 0 else '+'}{number(abs(value.imag))}j"
    if not math.isfinite(value):
        return str(value)
    return _fixed(value, digits=5, decimals=4)


def brief(value: float) -> str:
    """About three significant digits, for one-line summaries: "-0.998", "12.3", "0", "4.1e-07"."""
    if not math.isfinite(value):
        return str(value)
    if value == int(value) and abs(value) < 1e6:
        return str(int(value))
    text = _fixed(value, digits=4, decimals=3)
    return text if "e" in text or "." not in text else text.rstrip("0").rstrip(".")


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


def _fixed(value: float, *, digits: int, decimals: int) -> str:
    if value == 0:
        return "0"
    magnitude = math.floor(math.log10(abs(value)))
    if magnitude >= digits + 1 or magnitude < -3:
        return f"{value:.{decimals - 1}e}"
    return f"{value:.{max(0, min(decimals, digits - 1 - magnitude))}f}"
