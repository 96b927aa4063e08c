"""Words of any length: as tall as they are, up to some lines and to the room that there is, and scrolled beyond."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QWidget

_CLEAR = "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }"


def _line_height(widget: QWidget) -> int:
    """Of wrapped words, in pixels: Qt rounds each line of them up, and the spacing of a font down."""
    return math.ceil(QFontMetricsF(widget.font()).lineSpacing())


class ScrollingText(QScrollArea):
    """Shows `label`, which wraps its words."""

    def __init__(self, label: QLabel, most_lines: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._label, self._most_lines = label, most_lines
        self._room: int | None = None  # px
        self._told = QTimer(self, singleShot=True, interval=0)
        self._told.timeout.connect(self._tell)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(_CLEAR)
        self.setWidget(label)

    def set_room(self, height: int) -> None:
        """No more than so many pixels: as many whole lines as that is, one at least."""
        if height != self._room:
            self._room = height
            self.fit()

    def fit(self) -> None:
        """The text or its font has changed."""
        wanted, line = self._label.heightForWidth(max(self.viewport().width(), 1)), _line_height(self._label)
        lines = self._most_lines if self._room is None else min(max(self._room // line, 1), self._most_lines)
        height = max(min(wanted, lines * line), 1)
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
            self._told.start()
        self.verticalScrollBar().setValue(0)

    def _tell(self) -> None:
        """A height that it takes in the middle of a layout is not heard of further out."""
        parent = self.parentWidget()
        around = parent.parentWidget().layout() if parent is not None and parent.parentWidget() is not None else None
        for layout in (parent.layout() if parent is not None else None, around):
            if layout is not None:
                layout.invalidate()
                layout.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class ScrollingRows(QScrollArea):
    """Shows `rows`, whose layout wraps their words; where there is no room for all, they give way down to one line."""

    def __init__(self, rows: QWidget, most_lines: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._most_lines = most_lines
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setStyleSheet(_CLEAR)
        self.setWidget(rows)
        rows.installEventFilter(self)

    def sizeHint(self) -> QSize:
        rows = self.widget()
        most = self._most_lines * _line_height(rows)
        return QSize(rows.minimumSizeHint().width(), min(rows.heightForWidth(max(self.width(), 1)), most))

    def minimumSizeHint(self) -> QSize:
        rows = self.widget()
        return QSize(rows.minimumSizeHint().width(), _line_height(rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
