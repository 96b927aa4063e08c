"""The list of breakpoints: where, when, how often hit; a box switches each on and off."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from engine.protocol.breakpoints import AtLine
from engine.shared.language import grouped, mark, tr
from visualizer.look import spoken, theme
from visualizer.look.empty_words import EmptyWords
from visualizer.look.panel_head import PanelHead
from visualizer.look.spoken import speak
from visualizer.model.breakpoints import BreakpointBook, Point, when_words, where_words

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CHANGE = (*_ENTER, Qt.Key.Key_F2)


class _Item(QTreeWidgetItem):
    """One row."""

    point: Point

    def show_point(self, point: Point, n_hits: int) -> None:
        self.point = point
        words = (where_words(point.place), when_words(point.condition), grouped(n_hits) if n_hits else "")
        for column, text in enumerate(words):
            self.setText(column, text)
            self.setToolTip(column, " · ".join(filter(None, words[:2])))  # whole, where the list is narrow
        self.setFlags(self.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        self.setCheckState(0, Qt.CheckState.Checked if point.is_on else Qt.CheckState.Unchecked)
        self.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizeHint(0, QSize(0, theme.current().px(28)))


class BreakpointPanel(QWidget):
    """Shows a book. Emits what the person wants besides what the list itself does: another one, one changed, a line."""

    add_wanted = Signal()
    change_wanted = Signal(object)  # Point
    line_chosen = Signal(int)
    switched = Signal(object)  # Point, as it is now
    removed = Signal(list)  # ids

    def __init__(self, book: BreakpointBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("breakpoints")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._book = book
        self.list = QTreeWidget(self, objectName="breakpoint_list")
        speak(self.list.setAccessibleName, "Breakpoints")
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.list.setColumnCount(3)  # before their modes: of a column that there is not yet nothing is kept
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            self.list.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self.list.selectionModel().currentChanged.connect(self._to_first_column)
        self.list.itemChanged.connect(self._on_switched)
        self.list.itemDoubleClicked.connect(self._on_double_click)
        self.list.itemActivated.connect(self._on_activated)
        words = mark("Click beside a line number, or Add…, to hold passes there.")
        self._empty = EmptyWords(words, self, name="breakpoints_empty")
        self.add_button = QPushButton(self, objectName="add_breakpoint_button")
        speak(self.add_button.setText, "Add…")
        speak(
            self.add_button.setToolTip,
            "Hold passes at an operation, a module, a parameter, a pass, or where a gradient turns NaN",
        )
        self.add_button.clicked.connect(self.add_wanted)
        self.head = PanelHead(mark("Breakpoints"), self)
        self.head.fill((), (self.add_button,), leaving=())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        self._listed = QWidget(self)
        QVBoxLayout(self._listed).addWidget(self.list)
        column.addWidget(self._listed, 1)
        column.addWidget(self._empty, 1)
        for changed in (book.changed, spoken.current().changed):
            changed.connect(self._show)
        theme.current().changed.connect(self._dress)
        self._dress()
        self._show()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(140), theme.current().px(24))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.list.selectedItems():
            self.removed.emit([item.point.id for item in self.list.selectedItems()])
        elif event.key() in _CHANGE and (item := self.list.currentItem()) and not _goes_to_line(event.key(), item):
            self.change_wanted.emit(item.point)
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        points = self._book.points
        self._listed.setVisible(bool(points))
        self._empty.setVisible(not points)
        self.list.setHeaderLabels([tr("where"), tr("when"), tr("hits")])
        self.list.blockSignals(True)
        while self.list.topLevelItemCount() > len(points):
            self.list.takeTopLevelItem(len(points))
        while self.list.topLevelItemCount() < len(points):
            self.list.addTopLevelItem(_Item())
        for row, point in enumerate(points):  # in place: one of them may be the caller
            self.list.topLevelItem(row).show_point(point, self._book.hits.get(point.id, 0))
        self.list.blockSignals(False)

    def _to_first_column(self, current: QModelIndex) -> None:
        """Wherever a row was clicked: its box is in the first column, and Space switches that of the current cell."""
        if current.column() > 0:
            first = current.siblingAtColumn(0)
            self.list.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _on_switched(self, item: _Item) -> None:
        point = item.point
        is_on = item.checkState(0) == Qt.CheckState.Checked
        if is_on != point.is_on:
            self.switched.emit(Point(point.id, point.place, point.condition, is_on))

    def _on_double_click(self, item: _Item) -> None:
        self.change_wanted.emit(item.point)

    def _on_activated(self, item: _Item) -> None:
        place = item.point.place
        if isinstance(place, AtLine):
            self.line_chosen.emit(place.line)

    def _dress(self) -> None:
        look = theme.current()
        self._listed.layout().setContentsMargins(look.px(12), look.px(4), look.px(12), look.px(8))
        self.list.setFont(look.font(12))


def _goes_to_line(key: int, item: _Item) -> bool:
    """Enter at a line goes there, as the list itself does; at any other it changes it, as F2 does at all of them."""
    return key in _ENTER and isinstance(item.point.place, AtLine)
