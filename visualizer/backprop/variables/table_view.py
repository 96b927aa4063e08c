"""The view of the variables table: its rows unfold into what they hold."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from engine.protocol.program_values import Variable
from visualizer.backprop.variables.delegate import name_indent
from visualizer.backprop.variables.table_model import VariablesModel, VariablesProxy
from visualizer.look.entering import choosing_nothing
from visualizer.look.spoken import speak

_UNFOLDING, _FOLDING = (Qt.Key.Key_Right, Qt.Key.Key_Plus), (Qt.Key.Key_Left, Qt.Key.Key_Minus)


class VariablesTable(QTableView):
    """`unfolding_wanted(name, is_on)`: by a click on the sign before a name, by Right and Left, by + and −."""

    unfolding_wanted = Signal(str, bool)

    def __init__(self, proxy: VariablesProxy, model: VariablesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("variables_table")
        speak(self.setAccessibleName, "Variables")
        self._model = model
        self.setModel(proxy)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.setCornerWidget(QWidget(self))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(choosing_nothing(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        name = self._sign_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and name:
            self._want(name, is_on=not self._model.is_unfolded(name))
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._sign_at(event.position().toPoint()):
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        variable = self.currentIndex().data(Qt.ItemDataRole.UserRole) if self.currentIndex().isValid() else None
        if variable is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        is_unfolded = self._model.is_unfolded(variable.name)
        if event.key() in _UNFOLDING and variable.inside and not is_unfolded:
            self._want(variable.name, is_on=True)
        elif event.key() in _FOLDING and is_unfolded:
            self._want(variable.name, is_on=False)
        elif event.key() in _FOLDING and variable.part_of:
            self._go_to(variable.part_of)
        else:
            super().keyPressEvent(event)

    def _want(self, name: str, *, is_on: bool) -> None:
        self.unfolding_wanted.emit(name, is_on)

    def _go_to(self, name: str) -> None:
        rows = (self.model().index(row, 0) for row in range(self.model().rowCount()))
        found = next((index for index in rows if index.data(Qt.ItemDataRole.UserRole).name == name), None)
        if found is not None:
            self.setCurrentIndex(found)

    def _sign_at(self, point: QPoint) -> str:
        """The name of the row whose sign is there; "" where there is none."""
        index = self.indexAt(point)
        variable: Variable | None = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if variable is None or index.column() != 0 or not variable.inside:
            return ""
        return variable.name if point.x() - self.visualRect(index).left() < name_indent(variable) else ""
