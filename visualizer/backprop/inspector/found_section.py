"""In the inspector: why a result is not finite, its first bad cells with the operands there, and the usual cure."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.protocol.keys import FoundKey
from engine.protocol.not_finite import Found, Part
from engine.shared.language import local, said, tr
from visualizer.backprop.inspector.node_section import say, text_label
from visualizer.backprop.inspector.pages import Page
from visualizer.look import theme
from visualizer.look.spoken import speak

_LONGEST_NAME = 18


class FoundPlace(NamedTuple):
    """One element of a part."""

    key: FoundKey
    cell: tuple[int, ...]


class FoundSection(QWidget):
    """Emits `cell_chosen(row of the table, part)`: the person wants to see that cell in the tensor of that part."""

    cell_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("found_section")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # it never widens the panel
        self.said = text_label(self, "found_said", "primary")
        self.cure = text_label(self, "found_cure", "secondary")
        self.cells = QTableWidget(self)
        self.cells.setObjectName("found_cells")
        self.cells.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.cells.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.cells.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cells.verticalHeader().hide()
        self.cells.setShowGrid(False)
        self.cells.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.cells.setMinimumWidth(1)  # it never widens the panel: it is scrolled instead
        speak(self.cells.setAccessibleName, "The first cells that are not finite, with the operands there")
        speak(self.cells.setToolTip, "A cell leads to it in the tensor of its column")
        self.cells.cellClicked.connect(self._on_cell)
        self.cells.cellActivated.connect(self._on_cell)
        self._column = QVBoxLayout(self)
        for widget in (self.said, self.cells, self.cure):
            self._column.addWidget(widget)
        self._found: Found | None = None
        theme.current().changed.connect(self._dress)
        self._dress()
        self.hide()

    def show_found(self, found: Found | None) -> None:
        """None: nothing is held."""
        self._found = found
        self.setVisible(found is not None)
        if found is None:
            return
        say(self.said, said(found.said))
        say(self.cure, said(found.cure) if found.cure is not None else "")
        self._fill(found)
        self._dress()

    def _fill(self, found: Found) -> None:
        names = [_short(name_of(part)) for part in found.parts]
        self.cells.clear()
        self.cells.setColumnCount(1 + len(names))
        self.cells.setHorizontalHeaderLabels([tr("cell"), *names])
        self.cells.setRowCount(len(found.cells))
        for row, cell in enumerate(found.cells):
            for column, text in enumerate([str(list(cell.index)), *(local(text) or "·" for text in cell.texts)]):
                item = QTableWidgetItem(text)
                self.cells.setItem(row, column, item)
        header = self.cells.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)  # as the numbers below
        self.cells.setVisible(bool(found.cells))

    def _dress(self) -> None:
        look = theme.current()
        self._column.setContentsMargins(0, look.px(6), 0, look.px(6))
        self._column.setSpacing(look.px(6))
        self.cells.setFont(look.mono(12))
        found, made = self._found, look.color("error.text")
        for row in range(self.cells.rowCount()):
            for column in range(self.cells.columnCount()):
                is_made = found is not None and column > 0 and found.parts[column - 1].is_made
                item = self.cells.item(row, column)
                if item is not None:
                    item.setForeground(made if is_made else look.color("text.primary"))
        height = (
            self.cells.horizontalHeader().sizeHint().height() + self.cells.horizontalScrollBar().sizeHint().height()
        )
        row_height = self.cells.fontMetrics().height() + look.px(6)
        self.cells.verticalHeader().setDefaultSectionSize(row_height)
        self.cells.setFixedHeight(height + row_height * max(self.cells.rowCount(), 1))

    def _on_cell(self, row: int, column: int) -> None:
        if self._found is not None:
            n_parts = len(self._found.parts)
            self.cell_chosen.emit(row, column - 1 if column else n_parts - 1)


def pages_of(found: Found) -> tuple[Page, ...]:
    """One page for each tensor that took part, what was made first."""
    order = sorted(range(len(found.parts)), key=lambda position: not found.parts[position].is_made)
    return tuple(_page(found, position) for position in order)


def name_of(part: Part) -> str:
    """As the program calls it, else what it is in the language in use."""
    return part.name if part.said is None else said(part.said)


def part_of_page(page: Page) -> int:
    """The position of a page's part."""
    return page.value_key.position if isinstance(page.value_key, FoundKey) else 0


def places_in(found: Found, page: Page) -> tuple[FoundPlace, ...]:
    """Where the first bad cells have an element in the part of a page."""
    position = part_of_page(page)
    places = (cell.places[position] for cell in found.cells)
    return tuple(FoundPlace(FoundKey(found.serial, position), place) for place in places if place is not None)


def _page(found: Found, position: int) -> Page:
    part = found.parts[position]
    return Page(
        label=_short(name_of(part)),
        name=name_of(part),
        shape=part.shape,
        dtype=part.dtype,
        value_key=FoundKey(found.serial, position),
    )


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
