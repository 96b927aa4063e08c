"""What stands where the plots will be: words about what to do first, and what is put above them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from visualizer.look import theme
from visualizer.look.balanced_label import BalancedLabel


class NoRun(QScrollArea):
    """In the middle; what has no room is scrolled."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("no_run")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words = BalancedLabel(name="training_empty")
        self._above = QHBoxLayout()
        body = QWidget()
        self._column = column = QVBoxLayout(body)
        column.addStretch(1)
        column.addLayout(self._above)
        column.addWidget(self._words)
        column.addStretch(1)
        self.setWidget(body)
        theme.current().changed.connect(self._dress)
        self._dress()

    def put_above(self, widget: QWidget) -> None:
        """What belongs to the draft of a run."""
        self._above.addStretch(1)
        self._above.addWidget(widget, 100)
        self._above.addStretch(1)

    def say(self, words: str) -> None:
        """Its first line strong, the rest below it."""
        first, _, rest = words.partition("\n")
        self._words.say(first, rest)

    def _dress(self) -> None:
        look = theme.current()
        self._column.setSpacing(look.px(16))
        self._words.setFont(look.font(13))
        self._words.setStyleSheet(f"color: {look.color('text.secondary').name()};")
