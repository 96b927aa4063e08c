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
_GROUPED = {",": re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?"), ".": re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d*)?")}
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class _Reader(NamedTuple):
    name: str  # of NumPy
    skip: str  # what the lines above the numbers are called there
    options: tuple[str, ...]


# The first takes a cell without a number as NaN, of integers as -1 without a word; the second refuses it, and takes a
# third of the time.
_NUMBERS = _Reader("genfromtxt", "skip_header", ("loose=False",))
_STRICT = _Reader("loadtxt", "skiprows", ())
_LARGE_BYTES = 1 << 20  # from here on a table takes seconds
_LOOKED_THROUGH = 1 << 23  # characters of it


class _Marks(NamedTuple):
    """What stands in a number beside its digits: between groups of three, "" for nothing, and before decimals."""

    group: str = ""
    decimal: str = "."

    def plain(self, cell: str) -> str:
        """A number as Python writes it; what is none stays so."""
        text = cell.strip().strip('"')
        if self.group and self.group in text and not _GROUPED[self.group].fullmatch(text):
            return "no number"
        return (text.replace(self.group, "") if self.group else text).replace(self.decimal, ".")

    @property
    def call(self) -> str:
        """What does the same to a line, "" where there is nothing to do."""
        groups = f".replace({self.group!r}, '')" if self.group else ""
        return groups + (f".replace({self.decimal!r}, '.')" if self.decimal != "." else "")


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
    lines, has_remarks = _without_remarks(lines[:_MOST_ROWS])
    mark = _separator([line for _, line in lines])
    rows = [_Row(number, _cells(line, mark)) for number, line in lines]
    marks = _marks(rows, mark)
    names, body = _without_head(rows, marks)
    if not body:
        raise EngineError("file.no_row_of_numbers", "{path} has names of columns, and no row of numbers.", path=path)
    columns = list(zip(*(_are_numbers(row, marks) for row in body), strict=False))
    kept = [place for place, column in enumerate(columns) if all(column) and not _is_bare(place, [names, *body])]
    if not kept:
        raise EngineError("file.no_column_of_numbers", "{path} has no column of numbers.", path=path)
    source, delimiter, imports = _source(path, rows, mark, encoding, marks)
    skipped = body[0].line
    options = [f"delimiter={delimiter!r}"] if delimiter else []
    options += [] if has_remarks else ["comments=None"]
    dtype = dtype_of(path, encoding, lambda line: _cells(line, mark), marks.plain, kept, [row.cells for row in body])
    if marks.group and dtype.name == "float32":  # groups of digits are no run of them, which is looked for
        dtype = dtype._replace(name="float64")
    missing = any(cell.strip().strip('"') in _MISSING for row in body for cell in row.cells)
    is_strict = dtype.name == "int64" or not (missing or _has_gaps(path, encoding, mark))
    reader = _STRICT if is_strict else _NUMBERS
    options += [f"{reader.skip}={skipped}"] if skipped else []
    options += [f"usecols={tuple(kept)}"] if len(kept) < len(columns) else []
    if missing and not is_strict:
        options.append(f"missing_values={','.join(_MISSING)!r}")
    options += [*reader.options, f"dtype=np.{dtype.name}", *_n_axes(len(kept), len(body))]
    has_names = len(names.cells) == len(columns) and not (body and names is body[0])
    left_out = [(has_names and names.cells[place]) or str(place) for place in range(len(columns)) if place not in kept]
    remarks = ([f"without {', '.join(left_out)}"] if left_out else []) + ([dtype.remark] if dtype.remark else [])
    comment = f"  # {'; '.join(remarks)}" if remarks else ""
    return f"torch.from_numpy(np.{reader.name}({source}, {', '.join(options)})){comment}", imports


def _has_gaps(path: Path, encoding: str, mark: str) -> bool:
    """Whether a cell of a large table has no number, as far as that is looked through; True of any other."""
    if path.stat().st_size < _LARGE_BYTES:
        return True
    with path.open(encoding=encoding, errors="replace") as file:
        text = f"\n{file.read(_LOOKED_THROUGH)}\n"
    ends = (f"\n{mark}", f"{mark}\n", f"{mark} \n", mark * 2, f"{mark} {mark}") if mark else ()
    return "_" in text or any(end in text for end in ends)


def _n_axes(n_columns: int, n_rows: int) -> list[str]:
    """NumPy leaves out an axis of one: a row of a table would be a vector, and its only number none."""
    return ["ndmin=2"] if n_columns > 1 else ["ndmin=1"] if n_rows <= 1 else []


def _without_remarks(lines: list[tuple[int, str]]) -> tuple[list[tuple[int, str]], bool]:
    """The lines without what stands behind a `#`, as NumPy reads them, and True; as they are, and False, where it
    belongs to a cell: the rows would not be equally long."""
    if not any("#" in line for _, line in lines):
        return lines, True
    before = [(number, line.partition("#")[0].rstrip()) for number, line in lines]
    mark = _separator([line for _, line in lines])
    has_remarks = len({len(_cells(line, mark)) for _, line in before}) == 1
    return (before, True) if has_remarks else (lines, False)


def _is_bare(place: int, rows: list[_Row]) -> bool:
    """Whether a column is there by a separator at the end of each line alone."""
    return place > 0 and all(len(row.cells) == place + 1 and not row.cells[place].strip() for row in rows)


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


def _without_head(rows: list[_Row], marks: _Marks) -> tuple[_Row, list[_Row]]:
    """The row of names above the numbers, else their first one; and what is below it. What stands higher, in fewer
    columns, belongs to neither."""
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    first = next(place for place, row in enumerate(rows) if len(row.cells) == width)
    names, below = rows[first], rows[first + 1 :]
    here = _are_numbers(names, marks)
    others = list(zip(*(_are_numbers(row, marks) for row in below), strict=False))
    is_named = any(not is_number and all(column) for is_number, column in zip(here, others, strict=False))
    return names, below if is_named or not any(here) else rows[first:]


def _are_numbers(row: _Row, marks: _Marks) -> list[bool]:
    return [_is_number(marks.plain(cell)) for cell in row.cells]


def _source(path: Path, rows: list[_Row], mark: str, encoding: str, marks: _Marks) -> tuple[str, str, tuple[str, ...]]:
    """The file, or its lines with what numpy does not read as a number changed; the separator in it, and imports."""
    opened = f"open({str(path)!r}, encoding={encoding!r})"
    if mark and any(mark in cell for row in rows for cell in row.cells):
        changed = "'\\t'.join(row)" + marks.call
        return f"({changed} for row in csv.reader({opened}, delimiter={mark!r}))", "\t", ("import csv",)
    with path.open(encoding=encoding, errors="replace") as file:
        is_quoted = '"' in file.read(_HEAD_BYTES)
    changes = (".replace('\"', '')" if is_quoted else "") + marks.call
    if changes:
        return f"(line{changes} for line in {opened})", mark, ()
    return repr(str(path)) + (f", encoding={encoding!r}" if encoding != "utf-8" else ""), mark, ()


def _marks(rows: list[_Row], mark: str) -> _Marks:
    """How the numbers of a table are written, by those that can be read in one way alone."""
    cells = [cell.strip() for row in rows for cell in row.cells]
    with_comma = [cell for cell in cells if "," in cell]
    grouped = [cell for cell in with_comma if _GROUPED[","].fullmatch(cell)]
    decimal = [cell for cell in with_comma if _is_number(cell.replace(",", "."))]
    if any(_GROUPED["."].fullmatch(cell) for cell in with_comma):
        return _Marks(".", ",")
    has_points = any("." in cell and _is_number(cell.replace(",", "")) for cell in cells)
    if grouped and len(grouped) >= len(decimal) and (mark == "," or has_points):
        return _Marks(",", ".")
    return _Marks("", ",") if decimal and not has_points else _Marks()


def _is_number(text: str) -> bool:
    plain = text.strip().strip('"')
    try:
        float("nan" if plain in _MISSING else plain or "nan")
    except ValueError:
        return False
    return True
