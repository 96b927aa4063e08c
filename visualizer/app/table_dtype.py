"""The dtype in which no whole number of a table of text is rounded, and what a person is told where one is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

_SCANNED = 1 << 23  # characters of a table that are looked through, in a tenth of a second
_LONG = re.compile(r"(?<![\d.])\d{8,}(?![\d.])")  # digits of which float32 may round the last
_EXPONENT = re.compile(r"(?<=[\d.,])[eE][+-]?0*(?:[2-9]\d|[1-9]\d\d)")  # of numbers that may lie beyond float32
_NEAR = re.compile(r"(?<!\d)0[.,]0{30}")  # zero, likewise
_LONG_DIGITS, _NEAR_ZEROS = 8, "0" * 30  # without which none of these is found
_MOST_DIGITS = 9  # with which any float32 is written


class TableDtype(NamedTuple):
    """Of all kept columns. `remark` goes beside the line that reads them, "" where nothing is to be said."""

    name: str  # "float32", "float64", "int64"
    remark: str


def dtype_of(
    path: Path,
    encoding: str,
    cells_of: Callable[[str], list[str]],
    plain: Callable[[str], str],
    kept: Collection[int],
    body: list[list[str]],
) -> TableDtype:
    """float32, as PyTorch's own, unless whole numbers need more, or others lie beyond it: float64, and int64 where
    whole numbers need that and the rows of `body` hold nothing else. `kept` are columns, `cells_of` splits a line as
    the program will, `plain` writes a cell's number as Python does."""
    shown = [cells[place].strip().strip('"') for cells in body for place in kept]
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        text = file.read(_SCANNED)
        is_whole = not file.read(1)
    wide = next((n for n in _long_numbers(text, cells_of, kept) if not _holds(np.float32, n)), None)
    if wide is None:
        patterns = (_EXPONENT, *((_NEAR,) if _NEAR_ZEROS in text else ()))
        found = itertools.chain.from_iterable(_cells_with(one, text, cells_of, kept) for one in patterns)
        far = next((cell for cell in found if _is_beyond(plain(cell))), None)
        if far is not None:
            return TableDtype("float64", f"float32 has no {far}")
        is_open = not is_whole and any(_whole(cell) is not None for cell in shown)
        return TableDtype("float32", "whole numbers beyond 16,777,216 would be rounded" if is_open else _digits(shown))
    wider = next((n for n in _long_numbers(text, cells_of, kept) if not _holds(np.float64, n)), None)
    if wider is None:
        return TableDtype("float64", f"float32 would round {wide}")
    if abs(wider) < 1 << 63 and all(_whole(cell) is not None for cell in shown):
        return TableDtype("int64", f"float64 would round {wider}")
    return TableDtype("float64", f"{wider} is rounded")


def _digits(shown: list[str]) -> str:
    """What is rounded of the first number with more digits than any float32 needs."""
    long = (cell for cell in shown if len(re.sub(r"[eE].*|\D", "", cell).lstrip("0")) > _MOST_DIGITS)
    first = next((cell for cell in long if "." in cell or "," in cell), None)
    return "" if first is None else f"float32 rounds {first}"


def _long_numbers(text: str, cells_of: Callable[[str], list[str]], kept: Collection[int]) -> Iterator[int]:
    """The whole numbers of many digits in these columns, in order."""
    if not _has_long_run(text):
        return iter(())
    whole = (_whole(cell) for cell in _cells_with(_LONG, text, cells_of, kept))
    return (number for number in whole if number is not None)


def _has_long_run(text: str) -> bool:
    """Whether so many digits stand side by side: a fiftieth of the time in which a pattern finds none."""
    letters = np.frombuffer(text.encode("ascii", "replace"), np.uint8)
    runs = letters - np.uint8(ord("0")) < np.uint8(10)
    n_digits = 1
    while n_digits < _LONG_DIGITS and len(runs):  # of twice as many, where two of these follow each other
        runs = runs[:-n_digits] & runs[n_digits:]
        n_digits *= 2
    return bool(runs.any())


def _cells_with(
    pattern: re.Pattern[str], text: str, cells_of: Callable[[str], list[str]], kept: Collection[int]
) -> Iterator[str]:
    """The cells of these columns in the lines where a pattern is found, in order."""
    end = 0
    while (found := pattern.search(text, end)) is not None:
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.end())
        end = len(text) if end < 0 else end
        cells = cells_of(text[start:end])
        yield from (cells[place] for place in kept if place < len(cells))


def _is_beyond(text: str) -> bool:
    """Whether float32 makes an infinity or zero of a number, or so near zero keeps less of its digits than are
    written."""
    try:
        number = float(text)
    except ValueError:
        return False
    with np.errstate(over="ignore", under="ignore"):
        rounded = np.float32(number)
    if np.isinf(rounded):
        return bool(np.isfinite(number))
    return abs(rounded) < np.finfo(np.float32).tiny and float(str(rounded)) != number


def _whole(cell: str) -> int | None:
    cell = cell.strip().strip('"')
    return int(cell) if re.fullmatch(r"[+-]?\d+", cell) else None


def _holds(kind: type[np.floating], number: int) -> bool:
    """Whether it is the same number in this dtype."""
    with np.errstate(over="ignore"):
        rounded = float(kind(float(number))) if abs(number) < 1 << 1000 else np.inf
    return np.isfinite(rounded) and int(rounded) == number
