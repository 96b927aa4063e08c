"""One column of Pretraining at a time, by a double click on its title or a key, and all of them again as they were."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from visualizer.look.scrolled_places import ScrolledPlaces
from visualizer.pretraining.columns_layout import ColumnsLayout


class LargeColumn(QObject):
    """`titles` are those of the panels, each with the number of its column from the left; `stops` what takes the
    keyboard in them. `changed()`: one has all the room now, or none. On the window's thread."""

    changed = Signal()

    def __init__(
        self, columns: ColumnsLayout, titles: Mapping[QWidget, int], stops: list[QWidget], middle: int, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._columns, self._titles, self._stops, self._middle = columns, titles, stops, middle
        self._places = ScrolledPlaces(columns)
        for title in titles:
            title.installEventFilter(self)

    @property
    def is_on(self) -> bool:
        """Whether one column has all the room."""
        return self._columns.alone >= 0

    def toggle(self, place: int) -> None:
        """Give a column all the room, or bring all of them back if it has that."""
        self.show(-1 if self._columns.alone == place else place)

    def toggle_focused(self) -> None:
        """The same of the column with the keyboard, else of the middle one."""
        self.toggle(self._columns.alone if self.is_on else self._holding(QApplication.focusWidget()))

    def show(self, place: int) -> None:
        """Give a column all the room; -1 brings all of them back."""
        if place != self._columns.alone:
            focused = QApplication.focusWidget()
            if not self.is_on:
                self._places.keep()
            self._columns.show_alone(place)
            if not self.is_on:
                self._places.bring_back()
            if focused is not None and self._columns.isAncestorOf(focused) and not focused.isVisible():
                self.stop().setFocus()
            self.changed.emit()

    def next(self, way: int) -> QWidget:
        """The column beside in place of the one that has all the room; what takes the keyboard in it."""
        self.show((self._columns.alone + way) % self._columns.count())
        return self.stop()

    def stop(self) -> QWidget:
        """What takes the keyboard in what is shown."""
        return next((one for one in self._stops if one.isVisible()), self._columns.widget(max(self._columns.alone, 0)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_meant = event.type() == QEvent.Type.MouseButtonDblClick and isinstance(watched, QWidget)
        if not is_meant or event.button() != Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            return False
        self.toggle(self._titles[watched])  # type: ignore[index]
        return True

    def _holding(self, focused: QWidget | None) -> int:
        columns = [self._columns.widget(place) for place in range(self._columns.count())]
        holds = [focused is not None and column.isAncestorOf(focused) for column in columns]
        return holds.index(True) if True in holds else self._middle
