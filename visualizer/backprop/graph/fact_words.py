"""How facts of nodes are written: beside what was found, and on the scale of a colour."""

from __future__ import annotations

from engine.shared.language import grouped, mark, tr
from engine.shared.local_numbers import compact, percent, scaled
from visualizer.model.fact_columns import FactColumns

_BYTES = ("bytes", "kB", "MB", "GB", "TB")
_BAD = {"nan": "NaN", "inf": "Inf"}
_WORDS = {
    "min": mark("min {value}"),
    "max": mark("max {value}"),
    "norm": mark("norm {value}"),
    "ratio": mark("ratio {value}"),
    "zeros": mark("{value} zeros"),
    "bytes": mark("{value} saved"),
}


def bytes_text(n_bytes: float) -> str:
    """ "12.6 MB", in powers of 1,000; "1.07 GB" for 2^30."""
    return scaled(n_bytes, _BYTES)


def time_text(dt_ms: float) -> str:
    """ "1.23 ms", "12 µs", "1.2 s"."""
    return scaled(1000 * dt_ms, ("µs", "ms", "s"))


def fact_text(columns: FactColumns, fact: str, index: int) -> str:
    """One fact of one node, with what it is: "norm 0.0123", "94 % zeros", "3 NaN"; "" where it has none."""
    if fact in _BAD:
        return _bad_text(columns, fact, index)
    column = columns.column(fact)
    if not column.has[index]:
        return ""
    value = float(column.values[index])
    if fact == "time":
        return time_text(value)
    text = percent(value) if fact == "zeros" else bytes_text(value) if fact == "bytes" else compact(value)
    return tr(_WORDS[fact], value=text)


def _bad_text(columns: FactColumns, kind: str, index: int) -> str:
    facts = columns.of(index)
    count = 0 if facts is None else facts.n_nan if kind == "nan" else facts.n_inf
    return f"{grouped(count)} {_BAD[kind]}" if count else tr("gradient {kind}", kind=_BAD[kind])
