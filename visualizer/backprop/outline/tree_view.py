"""The view of the outline: which rows are open, the order of the columns, and what of it is seen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from visualizer.backprop.outline.columns import COLUMNS, NAME
from visualizer.backprop.outline.delegate import OutlineDelegate
from visualizer.backprop.outline.found import FoundRows
from visualizer.backprop.outline.header import OutlineHeader
from visualizer.backprop.outline.rows import TOP, Outline
from visualizer.backprop.outline.search import Search
from visualizer.backprop.outline.table import FactTable
from visualizer.backprop.outline.tree_model import OutlineModel
from visualizer.look import theme
from visualizer.look.column_actions import offer_columns
from visualizer.look.entering import choosing_nothing
from visualizer.look.painting import guarded
from visualizer.look.spoken import speak
from visualizer.model.facts import GraphFacts

_SORT_AFTER_MS = 400  # of quiet: rows do not change places while the numbers that they are sorted by come in
_SORTED_AGAIN = 5_000  # rows
_PAINTED_ALONE = 64  # nodes, up to which their rows are looked for
_OPENED_FOR_SEARCH = 400  # matches, up to which all that holds one is opened


class OutlineView(QTreeView):
    """`row_chosen` and `row_opened` name a row of the outline, `rows_seen` those that have come into view;
    `sorted_anew` says that another order was asked for."""

    row_chosen = Signal(int)
    row_opened = Signal(int)
    rows_seen = Signal(list)
    sorted_anew = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("outline_tree")
        speak(self.setAccessibleName, "Outline")
        self._model = OutlineModel(self)
        self.setModel(self._model)
        self.setItemDelegate(OutlineDelegate(self))
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # what is scrolled is not painted anew
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # The current row is the one selected. Beside it Qt would keep ranges of selected cells, at half a millisecond
        # for each step of a pass.
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._header = OutlineHeader(self)
        offer_columns(self, self._header)
        self._open: set[str] = set()  # keys of open branches, while the tree is whole
        self._found: frozenset[int] = frozenset()  # ids of nodes
        self._is_quiet = False
        self._seen: set[int] = set()  # rows that were told
        self._looking = QTimer(self, singleShot=True, interval=0)
        self._sorting = QTimer(self, singleShot=True, interval=_SORT_AFTER_MS)
        self._connect()

    def _connect(self) -> None:
        self._header.sectionClicked.connect(self._on_header)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.activated.connect(lambda index: self.row_opened.emit(index.internalId()))
        self.expanded.connect(lambda index: self._on_opened(index, is_open=True))
        self.collapsed.connect(lambda index: self._on_opened(index, is_open=False))
        self.verticalScrollBar().valueChanged.connect(lambda value: self._looking.start())
        self._looking.timeout.connect(self._look)
        self._sorting.timeout.connect(self._sort_again)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(choosing_nothing(event))

    @property
    def outline(self) -> Outline | None:
        return self._model.outline

    @property
    def table(self) -> FactTable | None:
        return self._model.table

    def dress(self) -> None:
        """In today's sizes and colours."""
        self.setIndentation(theme.current().px(14))
        self._header.dress()
        self.scheduleDelayedItemsLayout()

    # -- what is shown

    def set_outline(self, outline: Outline | None, facts: GraphFacts, n_rows: int) -> None:
        """Show another one. What was open stays open where the branches are the same; else about `n_rows` show."""
        before = self.outline
        with _Quiet(self):
            self._model.set_outline(outline, facts)
            if outline is not None and (before is None or _keys(before) != _keys(outline)):
                self._open = {outline.branches[row - outline.n_nodes].key for row in outline.opens(n_rows)}
            self._reopen()
        self.set_found(self._found)
        self._seen.clear()
        self._looking.start()

    def set_found(self, nodes: frozenset[int]) -> None:
        """Mark what Find found in the graph, ids of nodes, and the rows that hold some of it."""
        self._found = nodes
        self._model.found = FoundRows(self.outline, nodes) if self.outline is not None and nodes else None
        self.viewport().update()

    def update_facts(self, nodes: Iterable[int]) -> None:
        """More is known of these nodes. Nothing moves before it has been quiet for a while."""
        if self.table is None:
            return
        nodes, row, n_found, largest = list(nodes), self._current_row(), self.n_found, self._model.largest_norm
        with _Quiet(self):
            self._model.update(nodes)
            if self.n_found != n_found:
                self._reopen()
                self.mark(row)
        self._paint_numbers(None if self._model.largest_norm != largest else nodes)
        if self._is_sorted_again():
            self._sorting.start()

    def _paint_numbers(self, nodes: list[int] | None) -> None:
        """Paint those anew of the rows in view that hold one of these nodes; None of all, as where bars have another
        scale."""
        assert self.outline is not None
        left, view = self.columnViewportPosition(self._header.logicalIndex(NAME + 1)), self.viewport()
        if nodes is None or len(nodes) > _PAINTED_ALONE:
            view.update(QRect(left, 0, view.width(), view.height()))
            return
        places = sorted(map(self.outline.row_of_node, nodes))
        index = self.indexAt(view.rect().topLeft())
        while index.isValid() and (box := self.visualRect(index)).top() < view.height():
            start, stop = self.outline.span(index.internalId())
            if bisect_left(places, start) < bisect_left(places, stop):
                view.update(QRect(left, box.top(), view.width(), box.height()))
            index = self.indexBelow(index)

    def _is_sorted_again(self) -> bool:
        """Whether rows change places when more is known. Thousands do not after each step of a pass."""
        column, outline = COLUMNS[self._model.column].name, self.outline
        if column in ("name", "nodes", "parameters") or outline is None:
            return False
        return column != "norm" or not self._model.is_flat or outline.n_nodes <= _SORTED_AGAIN

    def set_flat(self, is_flat: bool) -> None:
        """Nodes alone, or the tree."""
        self.setRootIsDecorated(not is_flat)
        self._header.show_columns(is_flat=is_flat)
        self._arrange(is_flat=is_flat)

    def find(self, text: str) -> None:
        """Leave only what matches."""
        search = self._model.search
        if search is None or (search.n_found < 0 and not text.strip()):
            return
        with _Quiet(self):
            self._model.find(text)
            self._reopen()
        self._looking.start()

    @property
    def n_found(self) -> int:
        """How many nodes the search leaves, -1 without one."""
        return -1 if self._model.search is None else self._model.search.n_found

    @property
    def search(self) -> Search | None:
        return self._model.search

    def choose_first(self) -> None:
        """Select the first node that is shown."""
        index = self._model.index(0, NAME)
        while index.isValid() and self._model.hasChildren(index):
            self.expand(index)
            index = self._model.index(0, NAME, index)
        if index.isValid():
            self.setCurrentIndex(index)

    def mark(self, row: int) -> None:
        """Make a row the current one and bring it into view, without a signal; none for TOP."""
        self._model.show_row(row)
        index = self._model.index_of(row)
        if index.isValid() and index == self.currentIndex().siblingAtColumn(NAME):
            return
        with _Quiet(self):
            if index.isValid():
                across = self.horizontalScrollBar().value()
                self.setCurrentIndex(index)  # which scrolls to it
                self.horizontalScrollBar().setValue(across)
            else:
                self.selectionModel().clear()

    def _reopen(self) -> None:
        """Open what was open before the model began anew, or what holds the few matches of a search."""
        outline, search = self.outline, self._model.search
        if outline is None or search is None or self._model.is_flat:
            return
        if 0 <= search.n_found <= _OPENED_FOR_SEARCH:
            self.expandAll()
            return
        for number, branch in enumerate(outline.branches):
            if branch.key in self._open:
                self.expand(self._model.index_of(outline.n_nodes + number))

    def _on_opened(self, index: QModelIndex, *, is_open: bool) -> None:
        search = self._model.search
        branch = None if self.outline is None else self.outline.branch(index.internalId())
        if branch is not None and not self._is_quiet and search is not None and search.n_found < 0:
            (self._open.add if is_open else self._open.discard)(branch.key)
        self._looking.start()

    # -- the order

    def _on_header(self, section: int) -> None:
        """The first click sorts as the column wants it, the second the other way, the third as the program runs."""
        model, first = self._model, COLUMNS[section].is_ascending
        if section == NAME or model.column != section:
            self._arrange(column=section, is_ascending=first)
        elif model.is_ascending == first:
            self._arrange(column=section, is_ascending=not first)
        else:
            self._arrange(column=NAME, is_ascending=True)

    def _sort_again(self) -> None:
        self._arrange()

    def _arrange(
        self, *, is_flat: bool | None = None, column: int | None = None, is_ascending: bool | None = None
    ) -> None:
        """Anew with these changes; what is selected stays selected, and at its height where it was seen."""
        model, current, row = self._model, self.currentIndex(), self._current_row()
        height = self.visualRect(current).top() if current.isValid() else 0
        place = self.verticalScrollBar().value()
        with _Quiet(self):
            model.arrange(
                is_flat=model.is_flat if is_flat is None else is_flat,
                column=model.column if column is None else column,
                is_ascending=model.is_ascending if is_ascending is None else is_ascending,
            )
            self._reopen()
        self._header.headerDataChanged(Qt.Orientation.Horizontal, NAME, len(COLUMNS) - 1)
        self._header.dress()  # the title with the arrow needs more room
        is_again = is_flat is None and column is None
        self.mark(row)
        if is_again and 0 <= height < self.viewport().height():
            self.verticalScrollBar().setValue(place)
        if not is_again:
            self.sorted_anew.emit()
        self._looking.start()

    def _current_row(self) -> int:
        current = self.currentIndex()
        return current.internalId() if current.isValid() else TOP

    # -- what is seen and chosen

    def _look(self) -> None:
        """Tell the rows that have come into view. Near the end of a long list it goes on."""
        bar = self.verticalScrollBar()
        if bar.value() + bar.pageStep() >= bar.maximum():
            self._model.show_more()
        index, found = self.indexAt(self.viewport().rect().topLeft()), []
        bottom = self.viewport().height()
        while index.isValid() and self.visualRect(index).top() < bottom:
            if index.internalId() not in self._seen:
                found.append(index.internalId())
            index = self.indexBelow(index)
        self._seen.update(found)
        if found:
            self.rows_seen.emit(found)

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        if not self._is_quiet and current.isValid():
            self.row_chosen.emit(current.internalId())

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.current().color("bg.panel"))
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._header.fit_name()
        self._looking.start()


class _Quiet:
    """What changes inside was not chosen by the person."""

    def __init__(self, view: OutlineView) -> None:
        self._view = view

    def __enter__(self) -> None:
        self._before, self._view._is_quiet = self._view._is_quiet, True

    def __exit__(self, *exception: object) -> None:
        self._view._is_quiet = self._before


def _keys(outline: Outline) -> list[str]:
    return [branch.key for branch in outline.branches]
