"""Where the panels of the Pretraining workspace stand: three columns, the right one of two rows, all to be dragged."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QDataStream, QIODevice, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from visualizer.look import theme


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
        """The columns back to their first widths."""
        look = theme.current()
        left, right = look.px(272), look.px(340 if self.width() >= look.px(1200) else 248)
        self.setSizes([left, max(self.width() - left - right, look.px(300)), right])
        self._right.setSizes([400, 600])

    def save(self) -> QByteArray:
        """The widths and heights of the panels, for `restore`."""
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
        if self._is_laid_out and self._scale != theme.current().scale:
            self.sizes_wanted.emit()
        self._scale = theme.current().scale
