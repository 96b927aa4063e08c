"""The line below a heat map: which part is seen and what a cell stands for, or how far a large tensor has been read."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from engine.protocol.covered import CoveredShown
from engine.protocol.tensor_values import TensorRectangle
from engine.protocol.tiles import Plane
from engine.shared.language import grouped, local, tr
from engine.shared.local_numbers import number, percent, scaled
from visualizer.backprop.tensor_view.camera import Camera
from visualizer.backprop.tensor_view.feed import Feed
from visualizer.backprop.tensor_view.heat_map import HeatMap
from visualizer.look.labels import ElidedLabel
from visualizer.look.spoken import current

_BYTES = ("B", "kB", "MB", "GB")


class ScaleLine(QWidget):
    """Hidden where a cell is one element of a small tensor. While a plane is read its button stops that."""

    def __init__(self, feed: Feed, camera: Camera, heat_map: HeatMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._feed, self._camera, self._heat_map = feed, camera, heat_map
        self._place = ElidedLabel(11, "text.muted", parent=self)
        self._cell = ElidedLabel(11, "text.muted", parent=self)
        self.button = QToolButton(self, objectName="read_on")
        self.button.clicked.connect(self._toggle)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._place, 0, 0)
        grid.addWidget(self._cell, 1, 0)
        grid.addWidget(self.button, 0, 1, 2, 1)
        feed.arrived.connect(self._update)
        camera.changed.connect(self._update)
        camera.hover_changed.connect(self._update)
        camera.selection_changed.connect(self._update)
        current().changed.connect(self._update)
        self.clear()

    def text(self) -> str:
        """What it says."""
        return "; ".join(label.text() for label in (self._place, self._cell) if label.text())

    def clear(self) -> None:
        """There is no tensor."""
        self._say("", "")

    def _update(self) -> None:
        if self._feed.key is None or self._heat_map.message:
            self.clear()
        elif self._camera.is_tiled:
            self._tell_of_tiles()
        else:
            detail = self._feed.detail
            self._say("", "" if detail is None else cell_words(detail.rectangle))

    def _tell_of_tiles(self) -> None:
        tiles = self._feed.tiles
        plane = tiles.plane
        if plane is not None and plane.is_whole:
            place, cell = _place_words(self._heat_map, self._camera)
            hovered = self._hover_words()
            place, cell = (hovered, cell) if hovered else self._cursor_words() or (place, cell)
            self._say(place, cell, kept_words(plane))
            return
        share = percent(plane.n_read / plane.n_elements) if plane is not None else percent(0)
        if tiles.is_stopped:
            self._say(
                tr("Reading stopped after {share}", share=share),
                tr("Zoomed in, its numbers are shown"),
                button=tr("Go on"),
            )
        else:
            n_elements = local(f"{self._camera.n_rows * self._camera.n_columns:,}")
            self._say(tr("Reading {n} elements: {share}", n=n_elements, share=share), "", button=tr("Stop"))

    def _hover_words(self) -> str:
        """Of the cell under the mouse, in this heat map or in one that moves with it; "" of none."""
        hovered, step = self._camera.hovered, self._heat_map.visible().step
        mean = None if hovered is None else self._feed.tiles.mean_at(*hovered, step)
        if hovered is None or mean is None:
            return ""
        rows, columns = (
            local(f"{at:,}" if step == 1 else f"{at // step * step:,}–{min(at // step * step + step, size) - 1:,}")
            for at, size in zip(hovered, (self._camera.n_rows, self._camera.n_columns), strict=True)
        )
        values = {"rows": rows, "columns": columns, "number": number(mean)}
        if step == 1:
            return tr("Row {rows}, column {columns}: {number}", **values)
        return tr("Mean of rows {rows}, columns {columns}: {number}", **values)

    def _cursor_words(self) -> tuple[str, str] | None:
        """Of all elements that the cell stands for which a person has chosen; None of none, and where it shows its
        number itself."""
        selected, step = self._camera.selected, self._heat_map.visible().step
        if selected is None or self._camera.shows_numbers or not self._heat_map.isVisible():
            return None
        place = [at // step * step for at in selected]
        sizes = [min(step, n - at) for at, n in zip(place, (self._camera.n_rows, self._camera.n_columns), strict=True)]
        shown = self._feed.cover.at((place[0], place[1], sizes[0], sizes[1]))
        rows, columns = (
            local(f"{at:,}" if n == 1 else f"{at:,}–{at + n - 1:,}") for at, n in zip(place, sizes, strict=True)
        )
        where = tr("At the cursor: rows {rows}, columns {columns}", rows=rows, columns=columns)
        return where, "…" if shown is None else covered_words(shown)

    def _say(self, place: str, cell: str, tip: str = "", button: str = "") -> None:
        for label, text in ((self._place, place), (self._cell, cell)):
            label.set_text(text)
            label.setToolTip(f"{text}\n\n{tip}" if tip else text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        if self.isHidden() == bool(place or cell):
            self.setVisible(bool(place or cell))

    def _toggle(self) -> None:
        tiles = self._feed.tiles
        if tiles.is_stopped:
            tiles.go_on()
        else:
            tiles.stop()
        self._update()


def _place_words(heat_map: HeatMap, camera: Camera) -> tuple[str, str]:
    """Which elements are seen, and what a cell is of them."""
    row, column, end_row, end_column, step = heat_map.visible()
    rows, columns = (
        local(f"{first:,}–{max(end - 1, first):,}") for first, end in ((row, end_row), (column, end_column))
    )
    place = tr("Rows {rows}, columns {columns}", rows=rows, columns=columns)
    if step == 1:
        return place, tr("Each cell is one element")
    size = local(f"{min(step, camera.n_rows):,} × {min(step, camera.n_columns):,}")
    return place, tr("Each cell: {size} elements, their mean; extremes marked", size=size)


def kept_words(plane: Plane) -> str:
    """How true what is shown is, and what it takes."""
    return tr(
        "Read at version {version}, and anew as soon as the version or one of 1,024 elements of it is another. What is "
        "kept of large tensors takes {taken} of {budget}. NaN and Inf colour a cell whole; what stands out from all "
        "others has a mark in its own colour.",
        version=plane.version,
        taken=scaled(plane.n_bytes, _BYTES),
        budget=scaled(plane.budget_bytes, _BYTES),
    )


def covered_words(shown: CoveredShown) -> str:
    """What the elements of a part come to; of one element its number."""
    words = []
    if shown.n_rows * shown.n_columns == 1 and shown.mean:
        words.append(local(shown.smallest))
    elif shown.mean:
        numbers = {"low": local(shown.smallest), "high": local(shown.largest), "mean": local(shown.mean)}
        size = local(f"{shown.n_rows:,} × {shown.n_columns:,}")
        words.append(tr("min {low}, max {high}, mean {mean} of {size} elements", **numbers, size=size))
    words += [f"{grouped(n)} {name}" for n, name in ((shown.n_nan, "NaN"), (shown.n_inf, "Inf")) if n]
    return "; ".join(words)


def cell_words(part: TensorRectangle) -> str:
    """What a cell stands for where that is not one element; "" otherwise."""
    if part.step == 1:
        return ""
    rows, columns = min(part.step, part.n_rows), min(part.step, part.n_columns)
    if part.colors:
        return tr("A cell is the mean of {rows} × {columns} elements, in each channel", rows=rows, columns=columns)
    if part.sampled:
        return tr(
            "A cell is the largest magnitude of {rows} × {columns} elements, of evenly spaced rows",
            rows=rows,
            columns=columns,
        )
    return tr("A cell is the largest magnitude of {rows} × {columns} elements", rows=rows, columns=columns)
