"""A table of text as the call that reads it: its separator, its decimal mark, what stands above and beside its
numbers."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from engine.protocol.errors import EngineError
from visualizer.app.table_dtype import dtype_of

_HEAD_BYTES = 1 << 16
_MOST_ROWS = 20  # that are looked at
_MISSING = ("NA", "N/A", "n/a", "NULL", "null", "None", "-", "?")  # in place of a number
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
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
    beside numpy and torch. Raises EngineError for what has no numbers, ValueError and
    csv.Error for what is no table."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        text = file.read(_HEAD_BYTES).splitlines()
    lines = [(number, line) for number, line in enumerate(text) if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        raise ValueError("empty")
    mark = _separator([line for _, line in lines[:_MOST_ROWS]])
    rows = [_Row(number, _cells(line, mark)) for number, line in lines[:_MOST_ROWS]]
    comma = _comma(rows, mark)
    names, body = _without_head(rows, comma)
    columns = list(zip(*(_are_numbers(row, comma) for row in body), strict=False))
    columns = columns or [(True,)] * len(names.cells)
    kept = [place for place, column in enumerate(columns) if all(column)]
    if not kept:
        raise EngineError("file.no_column_of_numbers", "{path} has no column of numbers.", path=path)
    source, delimiter, imports = _source(path, rows, mark, encoding, comma)
    skipped = body[0].line if body else names.line + 1
    options = [f"delimiter={delimiter!r}"] if delimiter else []
    dtype = dtype_of(path, encoding, lambda line: _cells(line, mark), kept, [row.cells for row in body])
    if comma == "" and dtype.name == "float32":  # groups of digits are no run of them, which is looked for
        dtype = dtype._replace(name="float64")
    reader = _INTEGERS if dtype.name == "int64" else _NUMBERS
    options += [f"{reader.skip}={skipped}"] if skipped else []
    options += [f"usecols={tuple(kept)}"] if len(kept) < len(columns) else []
    if any(cell.strip().strip('"') in _MISSING for row in body for cell in row.cells):
        options.append(f"missing_values={','.join(_MISSING)!r}")
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


def _without_head(rows: list[_Row], comma: str) -> tuple[_Row, list[_Row]]:
    """The row of names above the numbers, else their first one; and what is below it. What stands higher, in fewer
    columns, belongs to neither."""
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    first = next(place for place, row in enumerate(rows) if len(row.cells) == width)
    names, below = rows[first], rows[first + 1 :]
    here = _are_numbers(names, comma)
    others = list(zip(*(_are_numbers(row, comma) for row in below), strict=False))
    is_named = any(not is_number and all(column) for is_number, column in zip(here, others, strict=False))
    return names, below if is_named or not any(here) else rows[first:]


def _are_numbers(row: _Row, comma: str) -> list[bool]:
    return [_is_number(cell.replace(",", comma)) for cell in row.cells]


def _source(path: Path, rows: list[_Row], mark: str, encoding: str, comma: str) -> tuple[str, str, tuple[str, ...]]:
    """The file, or its lines with what numpy does not read as a number changed; the separator in it, and imports."""
    opened = f"open({str(path)!r}, encoding={encoding!r})"
    of_commas = f".replace(',', {comma!r})" if comma != "," else ""
    if mark and any(mark in cell for row in rows for cell in row.cells):
        changed = "'\\t'.join(row)" + of_commas
        return f"({changed} for row in csv.reader({opened}, delimiter={mark!r}))", "\t", ("import csv",)
    with path.open(encoding=encoding, errors="replace") as file:
        is_quoted = '"' in file.read(_HEAD_BYTES)
    changes = (".replace('\"', '')" if is_quoted else "") + of_commas
    if changes:
        return f"(line{changes} for line in {opened})", mark, ()
    return repr(str(path)) + (f", encoding={encoding!r}" if encoding != "utf-8" else ""), mark, ()


def _comma(rows: list[_Row], mark: str) -> str:
    """What a comma in a number stands for: a point, nothing where it parts groups of three digits, else itself."""
    cells = [cell.strip() for row in rows for cell in row.cells]
    with_comma = [cell for cell in cells if "," in cell]
    grouped = [cell for cell in with_comma if _GROUPED.fullmatch(cell)]
    decimal = [cell for cell in with_comma if _is_number(cell.replace(",", "."))]
    has_points = any("." in cell and _is_number(cell.replace(",", "")) for cell in cells)
    if grouped and len(grouped) >= len(decimal) and (mark == "," or has_points):
        return ""
    return "." if decimal and not has_points else ","


def _is_number(text: str) -> bool:
    plain = text.strip().strip('"')
    try:
        float("nan" if plain in _MISSING else plain or "nan")
    except ValueError:
        return False
    return True
