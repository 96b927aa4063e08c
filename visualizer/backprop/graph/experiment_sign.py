"""The standing sign over the canvas that what is shown is an experiment's, and not the program's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from engine.shared.language import mark
from visualizer.look import icons, theme
from visualizer.look.labels import ElidedLabel
from visualizer.look.segments import Segments
from visualizer.look.spoken import speak
from visualizer.model.experiments import VIEW_TIPS, VIEW_WORDS, VIEWS

_MARGIN, _WIDEST = 12, 900  # px
_CARDS = mark(
    "On each card: old above, new below, new − old left of it; in a row of a leaf from left to right. Edges have no "
    "norms meanwhile."
)


class ExperimentSign(QFrame):
    """At the upper edge of the canvas. `view_chosen(View)`; `left()`: show the program's own again."""

    view_chosen = Signal(str)
    left = Signal()

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.setObjectName("experiment_sign")
        self.setProperty("role", "sign")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = ElidedLabel(12.5, "warn.text", weight=600, parent=self)
        speak(self.setToolTip, _CARDS)
        self.views = Segments(VIEW_WORDS, VIEW_TIPS, "sign_view", self)
        self.views.chosen.connect(lambda place: self.view_chosen.emit(VIEWS[place]))
        self._has_views = True
        self.leave = QToolButton(self, objectName="leave_experiment")
        speak(self.leave.setToolTip, "Leave: show the program's own gradients again (Ctrl+Alt+X)")
        speak(self.leave.setAccessibleName, "Leave the experiment")
        self.leave.clicked.connect(self.left)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self.views)
        self._row.addWidget(self.leave)
        canvas.installEventFilter(self)
        theme.current().changed.connect(self._dress)
        self._dress()
        self.hide()

    def show_words(self, words: str, place: int = -1) -> None:
        """What is shown, in which of the views, -1 where that cannot be chosen; "" takes the sign away."""
        self.words.set_text(words)
        self._has_views = place >= 0
        self.leave.setVisible(place >= 0)
        if place >= 0:
            self.views.set_chosen(place)
        self.setVisible(bool(words))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self._place()
        return False

    def _place(self) -> None:
        if self.isHidden():
            return
        look, canvas = theme.current(), self.parentWidget()
        room = min(canvas.width() - 2 * look.px(_MARGIN), look.px(_WIDEST))
        beside = self.views.sizeHint().width() + self._row.spacing()
        without = self.sizeHint().width() - (0 if self.views.isHidden() else beside)
        self.views.setVisible(self._has_views and without + beside <= room)  # the words come first
        width = min(without + (0 if self.views.isHidden() else beside), room)
        height = self.sizeHint().height()
        self.setGeometry((canvas.width() - width) // 2, look.px(_MARGIN), width, height)
        self.raise_()

    def _dress(self) -> None:
        look = theme.current()
        self._row.setContentsMargins(look.px(12), look.px(4), look.px(6), look.px(4))
        self._row.setSpacing(look.px(8))
        self.leave.setIcon(icons.icon("close"))
        self.leave.setIconSize(QSize(look.px(14), look.px(14)))
        self._place()
