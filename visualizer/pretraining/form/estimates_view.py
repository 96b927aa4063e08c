"""What a configuration adds up to: its parameters by part, then memory, compute and the corpus, line by line."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.shared.language import grouped
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel
from visualizer.look.spoken import speak
from visualizer.pretraining.form.form_model import Estimates
from visualizer.pretraining.form.parameter_bar import ParameterBar

_NAME, _NUMBER = 12.0, 11.5  # px at 100 %, of letters in the form
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
        self._column, self._lines = QVBoxLayout(), list[QBoxLayout]()
        self._room = 0  # pixels for a line
        self._placed = self._size, 0  # letters of lines whose numbers stand beside, 0 of such below, and how many lines
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
        """In so many pixels numbers stand beside their names: in letters as small as those of the form where that keeps
        every name whole, else all below."""
        self._room = room
        sizes = (size for size in dict.fromkeys((self._size, 1.0)) if self._wanted(size) <= room)
        size = next(sizes, 0.0)
        if (size, len(self._numbers)) == self._placed:
            return
        self._placed = size, len(self._numbers)
        way = QBoxLayout.Direction.LeftToRight if size else QBoxLayout.Direction.TopToBottom
        for line in self._lines:
            line.setDirection(way)
        self.dress()

    def _wanted(self, size: float) -> int:
        """px, of the widest line in letters of this size beside those of the form."""
        look = theme.current()
        words, digits = (QFontMetrics(face).horizontalAdvance for face in (look.font(_NAME * size), self._mono(size)))
        return max((words(name.text()) + 1 + _GAP + digits(number.text()) for name, number in self._numbers), default=0)

    def _mono(self, size: float) -> QFont:
        return theme.current().mono(_NUMBER * size)

    def dress(self) -> None:
        """Fonts and colours in today's look."""
        look = theme.current()
        self._total.setFont(look.mono(13 * self._size, 500))
        self._line.setStyleSheet(f"background: {look.color('line.subtle').name()};")
        size = self._placed[0] or self._size
        for name, value in self._numbers:
            name.set_px(_NAME * size)
            value.setFont(self._mono(size))

    def _add_line(self) -> None:
        name = ElidedLabel(_NAME * self._size, "text.secondary", least="m…", parent=self)
        labels = name, QLabel(self, objectName=f"{self._of}estimate_{len(self._numbers)}")
        labels[1].setAlignment(Qt.AlignmentFlag.AlignRight)
        labels[1].setFont(self._mono(self._size))
        line = QHBoxLayout()
        line.setSpacing(_GAP)
        line.addWidget(labels[0], 1)
        line.addWidget(labels[1])
        self._column.addLayout(line)
        self._lines.append(line)
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
        self._column.setContentsMargins(12, 2, 12, 2)
        self._column.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(parts)
        column.addWidget(self._line)
        column.addLayout(self._column)
