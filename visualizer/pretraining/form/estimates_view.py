"""What a configuration adds up to: its parameters by part, then memory, compute and the corpus, line by line."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.shared.language import grouped
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel
from visualizer.look.spoken import speak
from visualizer.pretraining.form.form_model import Estimates
from visualizer.pretraining.form.parameter_bar import ParameterBar

_GAP = 8  # pixels between a name and its number


class EstimatesView(QWidget):
    """Shows Estimates; `size`: of its letters beside those of the form, `of`: what its names begin with."""

    def __init__(self, size: float = 1.0, of: str = "") -> None:
        super().__init__()
        self._size, self._of = size, of
        self.bar = ParameterBar(size)
        self.bar.setObjectName(f"{of}parameter_bar")
        self._total = QLabel(objectName=f"{of}parameter_total")
        self._head_words = QLabel(objectName=f"{of}tied_words")
        self._head_words.setWordWrap(True)
        self._head_words.setProperty("role", "caption")
        self._numbers: list[tuple[ElidedLabel, QLabel]] = []
        self._grid = QGridLayout()
        self._room = 0  # pixels for a line
        self._placed = False, 0  # whether numbers stand below their names, and how many
        self._line = QFrame()
        self._line.setFixedHeight(1)
        self._build()

    def show_estimates(self, estimates: Estimates) -> None:
        """Replace what is shown."""
        self._total.setText(grouped(estimates.n_parameters) if estimates.n_parameters else "–")
        self.bar.show_parts(estimates.parts)
        self._head_words.setText(estimates.head_words)
        while len(self._numbers) < len(estimates.lines):
            self._add_line()
        for labels, line in zip_longest(self._numbers, estimates.lines):
            for label in labels:
                label.setVisible(line is not None)
            labels[0].set_text(line[0] if line else "")
            labels[1].setText(line[1] if line else "")
        self.arrange(self._room)

    def arrange(self, room: int) -> None:
        """In so many pixels numbers stand beside their names, or all below, where one name would not be whole."""
        self._room = room
        wanted = (name.sizeHint().width() + _GAP + number.sizeHint().width() for name, number in self._numbers)
        is_below = max(wanted, default=0) > room
        if (is_below, len(self._numbers)) == self._placed:
            return
        self._placed = is_below, len(self._numbers)
        for line, labels in enumerate(self._numbers):
            for place, label in enumerate(labels):
                self._grid.removeWidget(label)
                self._grid.addWidget(label, 2 * line + place * is_below, place * (not is_below))

    def dress(self) -> None:
        """Fonts and colours in today's look."""
        look = theme.current()
        self._total.setFont(look.mono(13 * self._size, 500))
        self._line.setStyleSheet(f"background: {look.color('line.subtle').name()};")
        for _, value in self._numbers:
            value.setFont(look.mono(11.5 * self._size))

    def _add_line(self) -> None:
        row = len(self._numbers)
        name = ElidedLabel(12 * self._size, "text.secondary", least="m…")
        labels = name, QLabel(objectName=f"{self._of}estimate_{row}")
        labels[1].setAlignment(Qt.AlignmentFlag.AlignRight)
        labels[1].setFont(theme.current().mono(11.5 * self._size))
        for column, label in enumerate(labels):  # before it is shown: without a parent it would be a window
            self._grid.addWidget(label, 2 * row, column)
        self._numbers.append(labels)

    def _build(self) -> None:
        title = ElidedLabel(12.5 * self._size, "text.primary", weight=600, least="m…", smallest_px=10.5, parent=self)
        speak(title.set_text, "Parameters")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._total)
        parts = QVBoxLayout()
        parts.setContentsMargins(12, 2, 12, 2)
        parts.setSpacing(6)
        parts.addLayout(head)
        parts.addWidget(self.bar)
        parts.addWidget(self._head_words)
        self._grid.setContentsMargins(12, 2, 12, 2)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(parts)
        column.addWidget(self._line)
        column.addLayout(self._grid)
