"""The outline for a tree view: rows are made when they are looked at, in the order and the selection asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from engine.shared.language import tr
from visualizer.backprop.outline.columns import COLUMNS, NAME
from visualizer.backprop.outline.found import FoundRows
from visualizer.backprop.outline.rows import TOP, Outline
from visualizer.backprop.outline.search import Search
from visualizer.backprop.outline.table import FactTable, RowFacts
from visualizer.backprop.outline.words import accessible, tip, title
from visualizer.model.facts import GraphFacts

Index: TypeAlias = QModelIndex | QPersistentModelIndex


_PAGE = 1_000


class OutlineModel(QAbstractItemModel):
    """`internalId` of an index is the row of the outline. What is arranged anew is a reset of the model."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.outline: Outline | None = None
        self.table: FactTable | None = None
        self.search: Search | None = None
        self.found: FoundRows | None = None  # in the graph, by Find
        self.is_flat = False
        self.column, self.is_ascending = NAME, True
        self._shown: dict[int, list[int]] = {}  # rows below a row, as they are shown
        self._n_top = _PAGE  # rows at the top that the view knows of: it looks at each one
        self._places: dict[int, int] = {}  # of shown rows, among their siblings

    # -- what is shown

    def set_outline(self, outline: Outline | None, facts: GraphFacts) -> None:
        """Show another one with what `facts` know, or none."""
        self.beginResetModel()
        self.outline = outline
        self.table = FactTable(outline, facts) if outline is not None else None
        self.search = Search(outline, facts) if outline is not None else None
        self.found = None
        self._forget_order()
        self.endResetModel()

    def arrange(self, *, is_flat: bool, column: int, is_ascending: bool) -> None:
        """In which order; flat: nodes only, without the tree. The name column stands for the order of the program."""
        self.beginResetModel()
        self.is_flat, self.column, self.is_ascending = is_flat, column, is_ascending
        self._forget_order()
        self.endResetModel()

    def find(self, text: str) -> None:
        """Leave only what matches."""
        if self.search is not None:
            self.beginResetModel()
            self.search.set_text(text)
            self._forget_order()
            self.endResetModel()

    def update(self, nodes: Iterable[int]) -> None:
        """More is known of these nodes. What a search leaves may be other rows then."""
        assert self.table is not None and self.search is not None
        nodes = list(nodes)
        self.table.update(nodes)
        if self.search.facts_changed(nodes):
            self.beginResetModel()
            self._forget_order()
            self.endResetModel()

    def _forget_order(self) -> None:
        self._shown, self._places, self._n_top = {}, {}, _PAGE

    def below(self, row: int) -> list[int]:
        """The rows shown below a row, or at the top."""
        found = self._shown.get(row)
        if found is None:
            found = self._shown[row] = self._arranged(row)
            self._places.update((below, place) for place, below in enumerate(found))
        return found

    def _arranged(self, row: int) -> list[int]:
        outline, search = self.outline, self.search
        if outline is None or search is None:
            return []
        rows = list(range(outline.n_nodes)) if self.is_flat and row == TOP else outline.below(row)
        rows = [below for below in rows if search.leaves(below)]
        if self.column == NAME:
            return rows if self.is_ascending else rows[::-1]
        rank = COLUMNS[self.column].rank
        ranked, unknown = [], []
        for below in rows:
            found = rank(self.facts(below))
            if found is None:
                unknown.append(below)
            else:
                ranked.append((found, below))
        return [below for _, below in sorted(ranked, reverse=not self.is_ascending)] + unknown

    # -- rows and indices

    def facts(self, row: int) -> RowFacts:
        """The numbers of a row."""
        assert self.table is not None
        return self.table.row(row)

    @property
    def largest_norm(self) -> float:
        """Of the gradients of all nodes; 0 where none has arrived."""
        return self.table.largest_norm() if self.table is not None else 0.0

    def index_of(self, row: int, column: int = NAME) -> QModelIndex:
        """The index of a row of the outline; an invalid one where it is not shown."""
        if self.outline is None or row < 0:
            return QModelIndex()
        self.below(TOP if self.is_flat else self.outline.parent(row))
        place = self._places.get(row, -1)
        return self.createIndex(place, column, row) if place >= 0 else QModelIndex()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        rows = self.below(parent.internalId() if parent.isValid() else TOP)
        return self.createIndex(row, column, rows[row]) if 0 <= row < len(rows) else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or self.is_flat or self.outline is None:
            return QModelIndex()
        return self.index_of(self.outline.parent(index.internalId()))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        if parent.isValid() and (self.is_flat or parent.column() > 0):
            return 0
        return len(self.below(parent.internalId())) if parent.isValid() else min(self._n_top, len(self.below(TOP)))

    def show_more(self) -> None:
        """The view has come to the end of what it knows of."""
        self._show_top(self._n_top + _PAGE)

    def show_row(self, row: int) -> None:
        """Let the view know of a row."""
        if self.is_flat and row >= 0:
            self.below(TOP)
            self._show_top(self._places.get(row, -1) + 1)

    def _show_top(self, n_rows: int) -> None:
        n_rows = min(n_rows, len(self.below(TOP)))
        if n_rows > self._n_top:
            self.beginInsertRows(QModelIndex(), self._n_top, n_rows - 1)
            self._n_top = n_rows
            self.endInsertRows()

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:
        if not parent.isValid() or self.outline is None:
            return self.outline is not None
        return not self.is_flat and parent.column() == NAME and bool(self.outline.below(parent.internalId()))

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return len(COLUMNS)

    # -- words

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if way != Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = ("↑ " if self.is_ascending else "↓ ") if section == self.column and section != NAME else ""
            return f"{arrow}{tr(column.title)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            hint = tr(column.hint)
            branch = tr("Of a module or line: {words}", words=tr(column.of_branch))
            return f"{hint}\n{branch}" if column.of_branch else hint
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == NAME else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.outline is None or self.table is None:
            return None
        row = index.internalId()
        if role == Qt.ItemDataRole.DisplayRole:
            return title(self.outline, row, is_flat=self.is_flat)[0] if index.column() == NAME else self.text(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return accessible(self.outline, row, COLUMNS[index.column()], self.text(index))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.outline, self.table, row)
        return None

    def text(self, index: Index) -> str:
        """What a cell of numbers says."""
        return self.number(index) or self.why_not(index)

    def number(self, index: Index) -> str:
        """That of a cell, "" where it has none. A single node needs no count."""
        assert self.outline is not None
        column, row = COLUMNS[index.column()], index.internalId()
        is_counted = column.name != "nodes" or self.outline.node(row) is None
        return column.text(self.facts(row)) if is_counted else ""

    def why_not(self, index: Index) -> str:
        """What stands in a cell that has no number."""
        assert self.outline is not None and self.table is not None
        node = self.outline.node(index.internalId())
        return "" if node is None else self.table.why_not(COLUMNS[index.column()].name, node)
