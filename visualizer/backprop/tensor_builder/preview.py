"""What the tensor will be that the builder describes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from engine.protocol.tensor_values import TensorSummary
from engine.shared.language import tr
from visualizer.look import color_maps, theme
from visualizer.look.elision import elided
from visualizer.look.painting import guarded
from visualizer.look.spoken import Words, speak
from visualizer.model.tensor_line import line_of


class TensorPreview(QWidget):
    """The tensor as one line of numbers and a heat map."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("builder_preview")
        speak(self.setAccessibleName, "Preview")
        self.summary: TensorSummary | None = None
        self._why: Words | None = None
        self.setMinimumHeight(theme.current().px(120))

    @property
    def waits(self) -> bool:
        """Whether it says why there is no tensor yet."""
        return self._why is not None

    def wait(self, why: Words) -> None:
        """Nothing is known yet, and why."""
        self.show_summary(None)
        self._why = why
        self.setAccessibleDescription(why())

    def show_summary(self, summary: TensorSummary | None) -> None:
        """None while nothing is known."""
        self.summary, self._why = summary, None
        self.setAccessibleDescription(line_of(summary) if summary is not None else tr("no preview"))
        self.update()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme.current()
        painter.setFont(look.mono(11))
        if self.summary is None:
            painter.setPen(look.color("text.muted"))
            words = self._why() if self._why is not None else tr("The tensor appears here.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
            return
        painter.setPen(look.color("text.secondary"))
        height = painter.fontMetrics().height()
        text = elided(painter.fontMetrics(), line_of(self.summary), self.width())
        painter.drawText(0, painter.fontMetrics().ascent(), text)
        grid = self.summary.thumbnail
        if grid is None or not grid.rows:
            return
        image = color_maps.grid_image(grid, "value", is_dark=look.is_dark)
        room = self.height() - height - look.px(8)
        cell = max(min(room / grid.rows, self.width() / grid.columns, look.px(28)), 1)
        box = QRectF(0, height + look.px(8), cell * grid.columns, cell * grid.rows)
        painter.drawImage(box, image, QRectF(image.rect()))
