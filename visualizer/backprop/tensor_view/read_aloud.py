"""A heat map in words, for a screen reader: how large it is, and the cell that is chosen."""

from __future__ import annotations

from engine.shared.language import grouped, local, tr
from visualizer.backprop.tensor_view.camera import Camera
from visualizer.backprop.tensor_view.complex_words import spaced


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


def size_words(camera: Camera) -> str:
    """ "3 × 5 cells"."""
    rows, columns = grouped(camera.n_rows), grouped(camera.n_columns)
    return tr("{rows} × {columns} cells", rows=rows, columns=columns)
