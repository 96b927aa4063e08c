"""Which runs the list shows, and in which order."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from engine.shared.language import mark, tr
from visualizer.look.bare import bare
from visualizer.pretraining.run_view import LIVE, WENT_WRONG, RunRow

_STATES = (*LIVE, *WENT_WRONG, "stopped", "finished")

# By its words: what a row is sorted by, None where it has none, and whether the greatest comes first.
ORDERS: dict[str, tuple[Callable[[RunRow], float | str | None], bool]] = {
    mark("newest"): (lambda row: row.created, True),
    mark("name"): (lambda row: row.name.casefold(), False),
    mark("state"): (lambda row: float(_STATES.index(row.state)) if row.state in _STATES else None, False),
    mark("best val loss"): (lambda row: row.best_loss, False),
    mark("newest val loss"): (lambda row: row.val_loss, False),
    mark("steps"): (lambda row: float(row.step), True),
    mark("parameters"): (lambda row: float(row.n_parameters), True),
}


def arranged(rows: Sequence[RunRow], text: str, order: str, *, is_reversed: bool = False) -> tuple[RunRow, ...]:
    """The rows in which every word of `text` occurs, in one of ORDERS; those without a value for it are the last."""
    key, is_descending = ORDERS[order]
    found = [row for row in rows if _matches(row, text)]
    known = [row for row in found if _is_known(key(row))]
    known.sort(key=key, reverse=is_descending != is_reversed)  # type: ignore[arg-type]
    return (*known, *(row for row in found if not _is_known(key(row))))


def _matches(row: RunRow, text: str) -> bool:
    where = f"{row.name} {row.path.name} {row.words} {row.state} {tr(row.state)}"
    return all(word in bare(where) for word in bare(text).split())


def _is_known(value: float | str | None) -> bool:
    return value is not None and (isinstance(value, str) or not math.isnan(value))
