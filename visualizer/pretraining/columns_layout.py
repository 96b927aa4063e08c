"""Where the panels of the Pretraining workspace stand: three columns, the right one of two rows, all to be dragged."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QDataStream, QIODevice, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from visualizer.look import theme

_MOST_BESIDE = 0.28  # of the width, for each column beside the plots: large text takes no more from them
_NARROW, _MOST_RIGHT = 760, 0.25  # px at 100 %, where runs and samples leave the numbers in the middle more


class ColumnsLayout(QSplitter):
    """`left` and `centre` beside a column of `right` widgets; `inner`, a splitter in `centre`, is remembered, too.

    `sizes_wanted`: the first sizes are due, as nobody has chosen any, or as the text has another size.
    """

    sizes_wanted = Signal()

    def __init__(self, left: QWidget, centre: QWidget, right: tuple[QWidget, ...], inner: QSplitter) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("training_columns")
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._right.setObjectName("training_right")
        self._inner = inner
        self._is_laid_out = False
        self._scale = theme.current().scale
        self._alone = -1  # the column that has all the room
        self._before = QByteArray()  # the widths that it had
        for splitter in (self, self._right):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        for panel in right:
            self._right.addWidget(panel)
        for panel in (left, centre, self._right):
            self.addWidget(panel)
        self.setStretchFactor(1, 1)
        theme.current().changed.connect(self._rescale)

    def reset(self) -> None:
        """The columns back to their first widths, all of them."""
        if self._alone >= 0:
            self.show_alone(-1)
        look = theme.current()
        most = round(self.width() * _MOST_BESIDE)
        least = most if self.width() >= look.px(_NARROW) else round(self.width() * _MOST_RIGHT)
        left, right = min(look.px(272), most), min(look.px(340 if self.width() >= look.px(1200) else 248), least)
        self.setSizes([left, max(self.width() - left - right, look.px(300)), right])
        self._right.setSizes([400, 600])

    @property
    def alone(self) -> int:
        """The number of the column that has all the room, from the left; -1 of none."""
        return self._alone

    def show_alone(self, place: int) -> None:
        """Give all the room to one column; -1 brings all of them back as they were."""
        if self._alone < 0:
            self._before = self.save()
        self._alone = place
        for number in range(self.count()):
            self.widget(number).setVisible(place in (-1, number))
        if place < 0:
            self.restore(self._before)

    def save(self) -> QByteArray:
        """The widths and heights of the panels, for `restore`."""
        if self._alone >= 0:
            return self._before
        states = QByteArray()
        stream = QDataStream(states, QIODevice.OpenModeFlag.WriteOnly)
        for splitter in self._splitters():
            stream << splitter.saveState()
        return states

    def restore(self, states: QByteArray | None) -> None:
        """The layout of the last time, if there is one."""
        if states is None:
            return
        stream = QDataStream(states)
        for splitter in self._splitters():
            state = QByteArray()
            stream >> state
            if splitter.restoreState(state):
                self._is_laid_out = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_laid_out:
            self._is_laid_out = True
            QTimer.singleShot(0, self, self.sizes_wanted.emit)

    def _splitters(self) -> tuple[QSplitter, ...]:
        return self, self._right, self._inner

    def _rescale(self) -> None:
        if self._is_laid_out and self._alone < 0 and self._scale != theme.current().scale:
            self.sizes_wanted.emit()
        self._scale = theme.current().scale
