"""A table of text as the call that reads it: its separator, its decimal mark, what stands above and beside its
numbers."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from visualizer.app.table_dtype import dtype_of

_HEAD_BYTES = 1 << 16
_MOST_ROWS = 20  # that are looked at
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class _Reader(NamedTuple):
    name: str  # of NumPy
    skip: str  # what the lines above the numbers are called there
    options: tuple[str, ...]


# The first takes a cell without a number as NaN, of integers as -1 without a word; the second refuses it.
_NUMBERS = _Reader("genfromtxt", "skip_header", ("loose=False",))
_INTEGERS = _Reader("loadtxt", "skiprows", ())


class _Row(NamedTuple):
    line: int  # of the file, counted from 0
    cells: list[str]


def table_call(path: Path) -> tuple[str, tuple[str, ...]]:
    """An expression whose value is an array, a comment where something is left out, and the imports that it needs
    beside numpy and torch. Raises ValueError and csv.Error for what has no numbers."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        text = file.read(_HEAD_BYTES).splitlines()
    lines = [(number, line) for number, line in enumerate(text) if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        raise ValueError("empty")
    mark = _separator([line for _, line in lines[:_MOST_ROWS]])
    rows = [_Row(number, _cells(line, mark)) for number, line in lines[:_MOST_ROWS]]
    has_commas = mark != "," and _has_decimal_commas(rows)
    names, body = _without_head(rows, has_commas=has_commas)
    columns = list(zip(*(_are_numbers(row, has_commas=has_commas) for row in body), strict=False))
    columns = columns or [(True,)] * len(names.cells)
    kept = [place for place, column in enumerate(columns) if all(column)]
    if not kept:
        raise ValueError("no numbers")
    source, delimiter, imports = _source(path, rows, mark, encoding, has_commas=has_commas)
    skipped = body[0].line if body else names.line + 1
    options = [f"delimiter={delimiter!r}"] if delimiter else []
    dtype = dtype_of(path, encoding, lambda line: _cells(line, mark), kept, [row.cells for row in body])
    reader = _INTEGERS if dtype.name == "int64" else _NUMBERS
    options += [f"{reader.skip}={skipped}"] if skipped else []
    options += [f"usecols={tuple(kept)}"] if len(kept) < len(columns) else []
    options += [*reader.options, f"dtype=np.{dtype.name}"] + (["ndmin=2"] if len(kept) > 1 else [])
    has_names = len(names.cells) == len(columns) and not (body and names is body[0])
    left_out = [names.cells[place] if has_names else str(place) for place in range(len(columns)) if place not in kept]
    remarks = ([f"without {', '.join(left_out)}"] if left_out else []) + ([dtype.remark] if dtype.remark else [])
    comment = f"  # {'; '.join(remarks)}" if remarks else ""
    return f"torch.from_numpy(np.{reader.name}({source}, {', '.join(options)})){comment}", imports


def _encoding(path: Path) -> str:
    """By its first bytes; Latin-1 of what is no UTF-8."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    found = next((name for mark, name in _MARKS.items() if head.startswith(mark)), None)
    if found is not None:
        return found
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _separator(lines: list[str]) -> str:
    """What stands in most of the lines; "" for spaces."""
    counts = {mark: sum(mark in line for line in lines) for mark in ";\t,"}
    best = max(counts, key=lambda mark: counts[mark])
    return best if 2 * counts[best] >= len(lines) else ""


def _cells(line: str, mark: str) -> list[str]:
    return next(csv.reader([line], delimiter=mark)) if mark else line.split()


def _without_head(rows: list[_Row], *, has_commas: bool) -> tuple[_Row, list[_Row]]:
    """The row of names above the numbers, else their first one; and what is below it. What stands higher, in fewer
    columns, belongs to neither."""
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    first = next(place for place, row in enumerate(rows) if len(row.cells) == width)
    names, below = rows[first], rows[first + 1 :]
    here = _are_numbers(names, has_commas=has_commas)
    others = list(zip(*(_are_numbers(row, has_commas=has_commas) for row in below), strict=False))
    is_named = any(not is_number and all(column) for is_number, column in zip(here, others, strict=False))
    return names, below if is_named or not any(here) else rows[first:]


def _are_numbers(row: _Row, *, has_commas: bool) -> list[bool]:
    return [_is_number(cell.replace(",", ".") if has_commas else cell) for cell in row.cells]


def _source(
    path: Path, rows: list[_Row], mark: str, encoding: str, *, has_commas: bool
) -> tuple[str, str, tuple[str, ...]]:
    """The file, or its lines with what numpy does not read as a number changed; the separator in it, and imports."""
    opened = f"open({str(path)!r}, encoding={encoding!r})"
    if mark and any(mark in cell for row in rows for cell in row.cells):
        changed = "'\\t'.join(row)" + (".replace(',', '.')" if has_commas else "")
        return f"({changed} for row in csv.reader({opened}, delimiter={mark!r}))", "\t", ("import csv",)
    with path.open(encoding=encoding, errors="replace") as file:
        is_quoted = '"' in file.read(_HEAD_BYTES)
    changes = (".replace('\"', '')" if is_quoted else "") + (".replace(',', '.')" if has_commas else "")
    if changes:
        return f"(line{changes} for line in {opened})", mark, ()
    return repr(str(path)) + (f", encoding={encoding!r}" if encoding != "utf-8" else ""), mark, ()


def _has_decimal_commas(rows: list[_Row]) -> bool:
    """Whether a cell is a number with a comma, and none is one with a point."""
    cells = [cell for row in rows for cell in row.cells]
    with_comma = [cell for cell in cells if "," in cell and _is_number(cell.replace(",", "."))]
    return bool(with_comma) and not any("." in cell and _is_number(cell) for cell in cells)


def _is_number(text: str) -> bool:
    try:
        float(text.strip().strip('"') or "nan")
    except ValueError:
        return False
    return True
