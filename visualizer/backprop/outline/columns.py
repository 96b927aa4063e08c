"""The columns of the outline: what a cell says, by what it is sorted, and what the number of a branch is."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from engine.protocol.facts import NodeFacts
from engine.shared.language import grouped, mark, tr, trn
from engine.shared.local_numbers import brief, compact, interval, percent, scaled, short_count
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
_SO_FAR = mark("values of {read} of {total} nodes have come so far")
COLUMNS = (
    Column(
        "name", mark("name"), 150, lambda row: "", lambda row: None, mark("In the order of the forward pass"), "", True
    ),
    Column(
        "norm",
        mark("grad norm"),
        84,
        lambda row: "" if row.norm is None else compact(row.norm),
        _norm,
        mark("Norm of the gradient of the loss with respect to the output, as far as the pass has come"),
        mark("root of the sum of squares over the results of its operations"),
        is_ascending=True,
    ),
    Column(
        "range",
        mark("value range"),
        118,
        _range,
        _magnitude,
        mark("Smallest … largest value of the output; sorts by magnitude, NaN and Inf first"),
        mark("smallest and largest over the results of its operations"),
    ),
    Column(
        "nodes",
        mark("nodes"),
        46,
        lambda row: grouped(row.n_nodes),
        lambda row: row.n_nodes,
        mark("How many nodes a backward pass runs here"),
        mark("sum"),
    ),
    Column(
        "parameters",
        mark("params"),
        54,
        lambda row: short_count(row.n_parameters) if row.n_parameters else "",
        lambda row: row.n_parameters,
        mark("Elements of the leaves that get a gradient"),
        mark("sum"),
    ),
    Column(
        "saved",
        mark("saved"),
        62,
        lambda row: scaled(row.n_saved_bytes, _UNITS) if row.n_saved_bytes else _unread(row),
        lambda row: row.n_saved_bytes,
        mark("Memory that is kept for the backward pass, parameters included"),
        mark("sum, memory that several nodes saved counted once"),
    ),
    Column(
        "zeros",
        mark("zeros"),
        48,
        _zeros,
        _share,
        mark("Share of elements of the output that are 0"),
        mark("share among all elements of the results of its operations"),
    ),
)


def numbers_tip(row: RowFacts, facts: NodeFacts | None, *, is_branch: bool) -> list[str]:
    """The numbers of a row in full, a line each; of a branch with what each one is."""
    lines = []
    if row.norm is not None:
        lines.append(tr("gradient norm {norm}", norm=brief(row.norm, 9)))
    if row.n_parameters:
        lines.append(trn("{n} parameter", "{n} parameters", row.n_parameters))
    if row.minimum is not None and row.maximum is not None:
        lines.append(tr("values from {low} to {high}", low=brief(row.minimum, 9), high=brief(row.maximum, 9)))
    lines += [f"{grouped(n)} {name}" for n, name in ((row.n_nan, "NaN"), (row.n_inf, "Inf")) if n]
    if row.n_elements:
        lines.append(
            trn(
                "{zeros} of {n} element are 0",
                "{zeros} of {n} elements are 0",
                row.n_elements,
                zeros=grouped(row.n_zero),
            )
        )
    if row.n_saved_bytes:
        lines.append(trn("{n} byte saved for backward", "{n} bytes saved for backward", row.n_saved_bytes))
    if facts is not None:
        lines += [tr("value: {words}", words=note_words.words(facts.value_note))] if facts.value_note else []
        lines += [tr("saved: {words}", words=note_words.words(facts.saved_note))] if facts.saved_note else []
    if is_branch and row.n_read < row.n_values:
        lines.append(tr(_SO_FAR, read=grouped(row.n_read), total=grouped(row.n_values)))
    return lines
