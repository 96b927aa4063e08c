"""The columns of the outline: what a cell says, by what it is sorted, and what the number of a branch is."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from engine.protocol.facts import NodeFacts
from engine.shared.local_numbers import brief, compact, interval, percent, scaled, short_count
from engine.shared.numbers import count
from visualizer.backprop.outline.table import RowFacts
from visualizer.model import note_words

_UNITS = ("B", "kB", "MB", "GB", "TB")
_COMING = "…"


@dataclass(frozen=True)
class Column:
    """`text` and `rank` of a row; a rank of None comes last. `is_ascending`: the smallest come first, at the first
    click. `width`: px at 100 % that its numbers need. `of_branch` says what the number of a branch is."""

    name: str
    title: str
    width: int
    text: Callable[[RowFacts], str]
    rank: Callable[[RowFacts], float | None]
    hint: str
    of_branch: str
    is_ascending: bool = False


def _range(row: RowFacts) -> str:
    bad = [f"{short_count(n)} {name}" for n, name in ((row.n_nan, "NaN"), (row.n_inf, "Inf")) if n]
    finite = interval(row.minimum, row.maximum)
    return ", ".join([*bad, finite] if finite else bad) or _unread(row)


def _unread(row: RowFacts) -> str:
    return _COMING if row.n_read < row.n_values else ""


def _magnitude(row: RowFacts) -> float | None:
    """NaN and Inf come before all numbers."""
    if row.n_nan or row.n_inf:
        return math.inf
    return None if row.minimum is None or row.maximum is None else max(abs(row.minimum), abs(row.maximum))


def _share(row: RowFacts) -> float | None:
    return row.n_zero / row.n_elements if row.n_elements else None


def _zeros(row: RowFacts) -> str:
    share = _share(row)
    return _unread(row) if share is None else percent(share)


def _norm(row: RowFacts) -> float | None:
    return math.inf if row.norm is not None and math.isnan(row.norm) else row.norm


NAME = 0
COLUMNS = (
    Column("name", "name", 150, lambda row: "", lambda row: None, "In the order of the forward pass", "", True),
    Column(
        "norm",
        "grad norm",
        84,
        lambda row: "" if row.norm is None else compact(row.norm),
        _norm,
        "Norm of the gradient of the loss with respect to the output, as far as the pass has come",
        "root of the sum of squares over the results of its operations",
        is_ascending=True,
    ),
    Column(
        "range",
        "value range",
        118,
        _range,
        _magnitude,
        "Smallest … largest value of the output; sorts by magnitude, NaN and Inf first",
        "smallest and largest over the results of its operations",
    ),
    Column(
        "nodes",
        "nodes",
        46,
        lambda row: f"{row.n_nodes:,}",
        lambda row: row.n_nodes,
        "How many nodes a backward pass runs here",
        "sum",
    ),
    Column(
        "parameters",
        "params",
        54,
        lambda row: short_count(row.n_parameters) if row.n_parameters else "",
        lambda row: row.n_parameters,
        "Elements of the leaves that get a gradient",
        "sum",
    ),
    Column(
        "saved",
        "saved",
        62,
        lambda row: scaled(row.n_saved_bytes, _UNITS) if row.n_saved_bytes else _unread(row),
        lambda row: row.n_saved_bytes,
        "Memory that is kept for the backward pass, parameters included",
        "sum, memory that several nodes saved counted once",
    ),
    Column(
        "zeros",
        "zeros",
        48,
        _zeros,
        _share,
        "Share of elements of the output that are 0",
        "share among all elements of the results of its operations",
    ),
)


def numbers_tip(row: RowFacts, facts: NodeFacts | None, *, is_branch: bool) -> list[str]:
    """The numbers of a row in full, a line each; of a branch with what each one is."""
    lines = []
    if row.norm is not None:
        lines.append(f"gradient norm {brief(row.norm, 9)}")
    if row.n_parameters:
        lines.append(count(row.n_parameters, "parameter"))
    if row.minimum is not None and row.maximum is not None:
        lines.append(f"values from {brief(row.minimum, 9)} to {brief(row.maximum, 9)}")
    lines += [f"{n:,} {name}" for n, name in ((row.n_nan, "NaN"), (row.n_inf, "Inf")) if n]
    if row.n_elements:
        lines.append(f"{row.n_zero:,} of {count(row.n_elements, 'element')} are 0")
    if row.n_saved_bytes:
        lines.append(f"{row.n_saved_bytes:,} bytes saved for backward")
    if facts is not None:
        lines += [f"value: {note_words.words(facts.value_note)}"] if facts.value_note else []
        lines += [f"saved: {note_words.words(facts.saved_note)}"] if facts.saved_note else []
    if is_branch and row.n_read < row.n_values:
        lines.append(f"values of {row.n_read:,} of {row.n_values:,} nodes have come so far")
    return lines
