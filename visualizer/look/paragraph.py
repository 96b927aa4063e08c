"""A label of several lines that shortens itself where it has less room."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QWidget

from visualizer.look.elision import elided
from visualizer.look.painting import guarded

_PARTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[._:/])(?=[^\W_])")  # between which a name may go on in another line
_MAY_BREAK = "\u200b"


class Paragraph(QLabel):
    """Whole lines from the top, the last of them with "…" where more would follow. All of it is its tool tip."""

    def __init__(self, parent: QWidget | None = None, *, name: str) -> None:
        super().__init__(parent, objectName=name)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    @property
    def n_lines_seen(self) -> int:
        """How many lines there is room for."""
        return max(1, self.height() // self.fontMetrics().lineSpacing())

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        lines = self.lines()
        spacing = self.fontMetrics().lineSpacing()
        top = max(0, (self.height() - len(lines) * spacing) // 2) + self.fontMetrics().ascent()
        for row, line in enumerate(lines):
            painter.drawText(QPointF(0, top + row * spacing), line)

    def lines(self) -> list[str]:
        """What is seen of it."""
        rows = broken(" ".join(self.text().split()), self.font(), self.width())
        seen, more = rows[: self.n_lines_seen], rows[self.n_lines_seen :]
        return [*seen[:-1], elided(self.fontMetrics(), "".join([seen[-1], *more]), self.width())] if seen else []


def broken(text: str, font: QFont, width: float) -> list[str]:
    """The lines of a text in `width` pixels: between its words, and inside of one that is wider than that, between its
    parts where these have room ("BinaryCrossEntropy", "Backward0")."""
    metrics = QFontMetricsF(font)
    parted = "".join(
        _PARTS.sub(_MAY_BREAK, word) if metrics.horizontalAdvance(word) > width else word
        for word in re.split(r"(\s+)", text)
    )
    layout = QTextLayout(parted, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    starts = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    lines = (parted[start:end] for start, end in zip(starts, [*starts[1:], len(parted)], strict=True))
    return [line.replace(_MAY_BREAK, "") for line in lines]
