"""A heat map in words, for a screen reader: how large it is, and the cell that is chosen."""

from __future__ import annotations

from collections.abc import Callable

from engine.shared.language import grouped, local, tr
from visualizer.backprop.tensor_view.camera import Camera
from visualizer.backprop.tensor_view.complex_words import spaced

_MOST = 20  # numbers that are read at once


def cell_words(camera: Camera, row: int, column: int, text: str) -> str:
    """A cell as its headers name it, and its number where that is known: "row 3, column 5, value −0.41"."""
    words: list[str] = []
    if camera.n_axes > 1:
        words.append(tr("row {place}", place=camera.name_row(row)))
        words.append(tr("column {place}", place=camera.name_column(column)))
    elif camera.n_axes:
        words.append(tr("element {place}", place=camera.name_column(column)))
    if text:
        words.append(tr("value {number}", number=local(spaced(text))))
    return ", ".join(words)


def line_words(camera: Camera, text_at: Callable[[int, int], str], at: tuple[int, int], *, is_row: bool) -> str:
    """A row or a column from its first number that is known to the last, no more than _MOST of them, from the chosen
    cell on where there are more: "row 3: 0.14, −0.19; columns 0 to 1 of 5". "" where none is known."""
    row, column = at
    n, here = (camera.n_columns, column) if is_row else (camera.n_rows, row)
    first = here if n > _MOST else 0
    places = range(first, min(first + _MOST, n))
    texts = [(place, text_at(row, place) if is_row else text_at(place, column)) for place in places]
    known = [(place, local(spaced(text))) for place, text in texts if text]
    if not known:
        return ""
    start, end = known[0][0], known[-1][0]
    named = camera.name_column if is_row else camera.name_row
    line = (
        tr("row {place}", place=camera.name_row(row))
        if is_row
        else tr("column {place}", place=camera.name_column(column))
    )
    numbers = f"{line}: {'; '.join(text for _, text in known)}"
    if len(known) == n:
        return numbers
    of_all = {"first": named(start), "last": named(end), "n": grouped(n)}
    part = tr("columns {first} to {last} of {n}", **of_all) if is_row else tr("rows {first} to {last} of {n}", **of_all)
    return f"{numbers}. {part}"


def size_words(camera: Camera) -> str:
    """ "3 × 5 cells"."""
    rows, columns = grouped(camera.n_rows), grouped(camera.n_columns)
    return tr("{rows} × {columns} cells", rows=rows, columns=columns)
