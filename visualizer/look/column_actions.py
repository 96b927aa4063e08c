"""What the mouse does on the header of a table, in the menu of its rows: sorting, and which columns are shown."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu

from visualizer.look.spoken import speak


class SortMenu(QMenu):
    """The columns on the screen; one that sorts already turns its order round."""

    def __init__(self, view: QAbstractItemView, header: QHeaderView) -> None:
        super().__init__(view)
        self._header = header
        speak(self.setTitle, "Sort by")
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        header = self._header
        for column in sorted(range(header.count()), key=header.visualIndex):
            title = header.model().headerData(column, Qt.Orientation.Horizontal)
            if title and not header.isSectionHidden(column):
                action = self.addAction(title)
                action.setCheckable(True)
                action.setChecked(header.isSortIndicatorShown() and header.sortIndicatorSection() == column)
                action.triggered.connect(lambda _, column=column: self._sort(column))

    def _sort(self, column: int) -> None:
        header, up, down = self._header, Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        if not header.isSortIndicatorShown():  # the view sorts by what is clicked
            header.sectionClicked.emit(column)
            return
        is_turned = header.sortIndicatorSection() == column and header.sortIndicatorOrder() == up
        header.setSortIndicator(column, down if is_turned else up)


def offer_columns(view: QAbstractItemView, header: QHeaderView) -> None:
    """Both in the menu of the rows; the header has the menu of its columns already."""
    columns = QAction(view)
    speak(columns.setText, "Columns…")
    columns.triggered.connect(lambda: header.customContextMenuRequested.emit(QPoint(0, header.height())))
    view.addActions([SortMenu(view, header).menuAction(), columns])
