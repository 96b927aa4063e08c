"""The worst cells of a check: autograd's number, the finite difference, and how far apart they are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem, QWidget

from engine.protocol.differences import CellDifference
from engine.shared.language import mark, tr
from engine.shared.local_numbers import brief
from visualizer.look import theme
from visualizer.look.spoken import speak

_COLUMNS = (mark("cell"), mark("autograd"), mark("finite"), mark("difference"))
_KINK = mark("A kink or a jump: the slope is {left} below and {right} above")
_MOST_ROWS = 6  # on screen at once


class DifferencesTable(QTableWidget):
    """Emits `cell_chosen(index)`: a row leads to its cell in the heat map."""

    cell_chosen = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_COLUMNS), parent)
        self.setObjectName("differences_cells")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(1)  # it never widens the panel: it is scrolled instead
        speak(self.setAccessibleName, "The cells that are furthest apart, by autograd and by finite differences")
        speak(self.setToolTip, "A row leads to its cell in the heat map")
        self.cellClicked.connect(self._on_cell)
        self.cellActivated.connect(self._on_cell)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        self._cells: tuple[CellDifference, ...] = ()
        theme.current().changed.connect(self._dress)
        self.show_cells(())

    def show_cells(self, cells: tuple[CellDifference, ...]) -> None:
        """The worst first; without any it takes no room."""
        self._cells = cells
        self.setHorizontalHeaderLabels([tr(name) for name in _COLUMNS])
        self.setRowCount(len(cells))
        for column in range(len(_COLUMNS)):
            self.horizontalHeaderItem(column).setTextAlignment(_side(column))
        for row, cell in enumerate(cells):
            for column, text in enumerate(_texts(cell)):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_side(column))
                if cell.kind == "kink":
                    item.setToolTip(tr(_KINK, left=brief(cell.left), right=brief(cell.right)))
                self.setItem(row, column, item)
        self.setVisible(bool(cells))
        self._dress()

    def _dress(self) -> None:
        look = theme.current()
        self.setFont(look.mono(12))
        tokens = {"differs": "error.text", "kink": "text.muted", "agrees": "text.primary"}
        for row, cell in enumerate(self._cells):
            for column in range(len(_COLUMNS)):
                self.item(row, column).setForeground(look.color(tokens[cell.kind]))
        row_height = self.fontMetrics().height() + look.px(6)
        self.verticalHeader().setDefaultSectionSize(row_height)
        around = self.horizontalHeader().sizeHint().height() + self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(around + row_height * max(1, min(len(self._cells), _MOST_ROWS)))

    def _on_cell(self, row: int, column: int) -> None:
        self.cell_chosen.emit(self._cells[row].cell)


def _side(column: int) -> Qt.AlignmentFlag:
    """Of a column: numbers stand under each other."""
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _texts(cell: CellDifference) -> tuple[str, str, str, str]:
    if cell.kind == "kink":
        slopes = f"{brief(cell.left)} … {brief(cell.right)}"
        return str(list(cell.cell)), brief(cell.autograd), slopes, tr("kink")
    return str(list(cell.cell)), brief(cell.autograd), brief(cell.finite), brief(cell.autograd - cell.finite, 2)
