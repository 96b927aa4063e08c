"""The numbers of the shown runs as a table in CSV, a part at a time: in the visible range, a line for each record."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.shared.numbers import plain
from visualizer.pretraining.curves import Curves
from visualizer.pretraining.plots.shown import Shown

_ROWS = 10_000  # of a part
_COLUMNS = ("learning_rate", "grad_norm", "tokens_per_second", "memory_gib")


@dataclass(frozen=True)
class Dialect:
    """How a table is written: as Python reads it, or as a spreadsheet does that has a decimal comma."""

    delimiter: str = ","
    point: str = "."
    head: str = ""  # what a spreadsheet knows UTF-8 by


PYTHON, DECIMAL_COMMA = Dialect(), Dialect(";", ",", "\ufeff")


def n_parts(shown: Shown, low: float, high: float) -> int:
    """How many parts `parts` has."""
    return 1 + sum(len(_starts(*_bounds(run, shown.unit, low, high))) for run, _, _ in shown.runs)


def parts(shown: Shown, low: float, high: float, dialect: Dialect = PYTHON) -> Iterator[str]:
    """The head, and the records and validations of every run between two places on the axis."""
    smoothed = [f"loss_smoothed_{plain(shown.weight)}"] if shown.weight > 0 else []
    names = ("learning_rate", "gradient_norm", "tokens_per_second", "memory_gib", "validation_loss")
    yield dialect.head + _written(dialect, [["run", "step", "tokens", "hours", "loss", *smoothed, *names]])
    for run, _, _ in shown.runs:
        first, last = _bounds(run, shown.unit, low, high)
        validations = {
            int(step): (int(tokens), float(loss))
            for step, tokens, loss, x in np.stack(
                (run.val_step, run.val_tokens, run.val_loss, run.val_x(shown.unit)), axis=1
            ).tolist()
            if low <= x <= high
        }
        for start in _starts(first, last):
            yield _written(dialect, _rows(shown, run, start, min(start + _ROWS, last), validations))
        yield _written(dialect, _alone(run, shown, validations))


def _rows(
    shown: Shown, run: Curves, start: int, stop: int, validations: dict[int, tuple[int, float]]
) -> Iterator[Sequence[object]]:
    part = slice(start, stop)
    steps = run.step[part].astype(np.int64).tolist()
    columns: list[Sequence[object]] = [[run.name] * len(steps), steps, run.tokens[part].astype(np.int64).tolist()]
    columns += [run.hours[part].tolist(), run.loss[part].tolist()]
    if shown.weight > 0:
        columns.append(shown.smoothed(run).values[part].tolist())
    columns += [getattr(run, name)[part].tolist() for name in _COLUMNS]
    columns.append([validations.pop(step)[1] if step in validations else "" for step in steps])
    return zip(*columns, strict=True)


def _alone(run: Curves, shown: Shown, validations: dict[int, tuple[int, float]]) -> list[Sequence[object]]:
    """Validations that no record stands for, as the one before the first step."""
    gap = [""] * (len(_COLUMNS) + 2 + (shown.weight > 0))
    return [[run.name, step, tokens, *gap, loss] for step, (tokens, loss) in validations.items()]


def _bounds(run: Curves, unit: str, low: float, high: float) -> tuple[int, int]:
    x = run.x(unit)
    return int(np.searchsorted(x, low)), int(np.searchsorted(x, high, side="right"))


def _starts(first: int, last: int) -> range:
    return range(first, last, _ROWS)


def _written(dialect: Dialect, rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    if dialect.point != ".":
        rows = ([_with_point(value, dialect.point) for value in row] for row in rows)
    csv.writer(text, delimiter=dialect.delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _with_point(value: object, point: str) -> object:
    return str(value).replace(".", point) if isinstance(value, float) else value
