"""A table of text as the call that reads it: its separator, its decimal mark, what stands above and beside its
numbers."""

from __future__ import annotations

import csv
from pathlib import Path

_HEAD_BYTES = 1 << 16
_MOST_ROWS = 20  # that are looked at
_BOM = b"\xef\xbb\xbf"


def table_call(path: Path) -> str:
    """An expression whose value is an array, and a comment where something is left out. Raises ValueError and
    csv.Error for what has no numbers."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        lines = [line for line in file.read(_HEAD_BYTES).splitlines()[:_MOST_ROWS] if line.strip()]
    if not lines:
        raise ValueError("empty")
    mark = next((one for one in ";\t," if all(one in line for line in lines)), "")
    rows = list(csv.reader(lines, delimiter=mark)) if mark else [line.split() for line in lines]
    has_commas = mark != "," and _has_decimal_commas(rows)
    numbers = [[_is_number(cell.replace(",", ".") if has_commas else cell) for cell in row] for row in rows]
    has_header = not all(numbers[0])
    columns = list(zip(*numbers[has_header:], strict=False)) or [(True,)] * len(rows[0])
    kept = [place for place, column in enumerate(columns) if all(column)]
    if not kept:
        raise ValueError("no numbers")
    options = [f"delimiter={mark!r}"] if mark else []
    options += ["skip_header=1"] if has_header else []
    options += [f"usecols={tuple(kept)}"] if len(kept) < len(columns) else []
    options += ["dtype=np.float32"] + (["ndmin=2"] if len(kept) > 1 else [])
    call = f"np.genfromtxt({_source(path, lines, has_commas=has_commas)}, {', '.join(options)})"
    left_out = [rows[0][place] if has_header else str(place) for place in range(len(columns)) if place not in kept]
    return f"torch.from_numpy({call})" + (f"  # without {', '.join(left_out)}" if left_out else "")


def _source(path: Path, lines: list[str], *, has_commas: bool) -> str:
    """The file, or its lines with what numpy does not read as a number changed."""
    with path.open("rb") as file:
        encoding = "utf-8-sig" if file.read(len(_BOM)) == _BOM else "utf-8"
    changes = (".replace('\"', '')" if any('"' in line for line in lines) else "") + (
        ".replace(',', '.')" if has_commas else ""
    )
    if changes:
        return f"(line{changes} for line in open({str(path)!r}, encoding={encoding!r}))"
    return repr(str(path)) + (f", encoding={encoding!r}" if encoding != "utf-8" else "")


def _has_decimal_commas(rows: list[list[str]]) -> bool:
    """Whether a cell is a number with a comma, and none is one with a point."""
    cells = [cell for row in rows for cell in row]
    with_comma = [cell for cell in cells if "," in cell and _is_number(cell.replace(",", "."))]
    return bool(with_comma) and not any("." in cell and _is_number(cell) for cell in cells)


def _is_number(text: str) -> bool:
    try:
        float(text.strip().strip('"') or "nan")
    except ValueError:
        return False
    return True
