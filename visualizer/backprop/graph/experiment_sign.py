"""The standing sign above the canvas that what is shown is an experiment's, and not the program's."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QToolButton, QWidget

from engine.shared.language import mark
from visualizer.look import icons, theme
from visualizer.look.segments import Segments
from visualizer.look.spoken import speak
from visualizer.model.experiments import VIEW_TIPS, VIEW_WORDS, VIEWS

_CARDS = mark(
    "On each card: old above, new below, new − old left of it; in a row of a leaf from left to right. Edges have no "
    "norms meanwhile."
)


class ExperimentSign(QFrame):
    """Between title and canvas, so that it lies over no card. `view_chosen(View)`; `left()`: show the program's own
    again. Where the words and the choice of a view have no room beside each other they are two rows."""

    view_chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("experiment_sign")
        self.setProperty("role", "sign")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = QLabel(self, objectName="experiment_words")
        self.words.setWordWrap(True)
        speak(self.setToolTip, _CARDS)
        self.views = Segments(VIEW_WORDS, VIEW_TIPS, "sign_view", self)
        self.views.chosen.connect(lambda place: self.view_chosen.emit(VIEWS[place]))
        self.leave = QToolButton(self, objectName="leave_experiment")
        speak(self.leave.setToolTip, "Leave: show the program's own gradients again (Ctrl+Alt+X)")
        speak(self.leave.setAccessibleName, "Leave the experiment")
        self.leave.clicked.connect(self.left)
        self._grid = QGridLayout(self)
        self._grid.addWidget(self.words, 0, 0)
        self._grid.addWidget(self.leave, 0, 2, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, 1)
        self._is_beside: bool | None = None
        theme.current().changed.connect(self._dress)
        self._dress()
        self.hide()

    def show_words(self, words: str, place: int = -1) -> None:
        """What is shown, in which of the views, -1 where that cannot be chosen; "" takes the sign away."""
        self.words.setText(words)
        self.views.setVisible(place >= 0)
        self.leave.setVisible(place >= 0)
        if place >= 0:
            self.views.set_chosen(place)
        self._arrange()
        self.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margins, space = self._grid.contentsMargins(), self._grid.spacing()
        words = self.words.fontMetrics().horizontalAdvance(self.words.text())
        beside = self.views.sizeHint().width() + self.leave.sizeHint().width() + 2 * space
        is_beside = words + beside <= self.width() - margins.left() - margins.right()
        if is_beside != self._is_beside:
            self._is_beside = is_beside
            self._grid.removeWidget(self.views)
            row, column, n_columns = (0, 1, 1) if is_beside else (1, 0, 3)
            self._grid.addWidget(self.views, row, column, 1, n_columns, Qt.AlignmentFlag.AlignLeft)

    def _dress(self) -> None:
        look = theme.current()
        self.words.setFont(look.font(12.5, 600))
        self.words.setStyleSheet(f"color: {look.color('warn.text').name()}; background: transparent;")
        self._grid.setContentsMargins(look.px(12), look.px(4), look.px(6), look.px(4))
        self._grid.setSpacing(look.px(8))
        self.leave.setIcon(icons.icon("close"))
        self.leave.setIconSize(QSize(look.px(14), look.px(14)))
        self._arrange()
