"""Above the list of runs: a line to search in, and the order of what is listed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QToolButton, QWidget

from engine.shared.language import tr
from visualizer.look import icons, theme
from visualizer.look.choice_box import ChoiceBox
from visualizer.look.search_field import SearchField
from visualizer.look.spoken import say_again, speak
from visualizer.look.turned_box import turn
from visualizer.pretraining.runs.order import ORDERS

_ORDER_LETTERS = 5


class RunFinder(QWidget):
    """`changed` when something else is to be listed; `left` when the keyboard goes on to the list."""

    changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField(self)
        self.search.setObjectName("runs_search")
        speak(self.search.setPlaceholderText, "Search")
        speak(self.search.setAccessibleName, "Search the runs")
        speak(self.search.setToolTip, "Words of a run's name, folder or state (Ctrl+F); Esc clears it")
        self.search.textChanged.connect(self.changed)
        self.search.left.connect(self.left)
        self.search.returnPressed.connect(self.left)
        self.order = ChoiceBox(self)
        self.order.setObjectName("runs_order")
        # The longest of its words would widen the column at the cost of the plots; they end in "…", whole when open.
        self.order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.order.setMinimumContentsLength(_ORDER_LETTERS)
        speak(self.order.setAccessibleName, "Order of the runs")
        speak(self.order.setToolTip, "The order of the runs")
        for order in ORDERS:
            self.order.addItem("", order)
        say_again(self.order, self._say_orders)
        self.order.currentIndexChanged.connect(self.changed)
        self.direction = QToolButton(self, objectName="runs_direction")
        self.direction.setCheckable(True)
        speak(self.direction.setToolTip, "The other way round")
        speak(self.direction.setAccessibleName, "The other way round")
        self.direction.toggled.connect(self._turn)
        second = QHBoxLayout()
        second.setSpacing(6)
        second.addWidget(self.order, 1)
        second.addWidget(self.direction)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(12, 0, 12, 6)
        self._box.setSpacing(6)
        self._box.addWidget(self.search, 1)
        self._box.addLayout(second)
        theme.current().changed.connect(self._dress)
        self._dress()

    def _say_orders(self) -> None:
        for index, order in enumerate(ORDERS):
            self.order.setItemText(index, tr(order))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= theme.current().px(300)
        turn(self._box, is_below=not is_wide)

    def _turn(self) -> None:
        self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        look = theme.current()
        self.search.setMinimumWidth(look.px(60))
        self.direction.setIcon(icons.icon("chevron-up" if self.direction.isChecked() else "chevron-down"))
        self.direction.setIconSize(QSize(look.px(14), look.px(14)))
