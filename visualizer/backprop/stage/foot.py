"""Under the cells: their statistics and the scale of their colours."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.protocol.tensor_values import TensorSummary
from visualizer.backprop.tensor_view.color_bar import ColorBar
from visualizer.backprop.tensor_view.statistics import Statistics
from visualizer.backprop.tensor_view.summary_look import limits_of


class Foot(QWidget):
    """Of a tensor of one element nothing is said: its cell says it all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar, self.statistics = ColorBar("value", self), Statistics(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.statistics, 1)
        row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignTop)

    def set_summary(self, summary: TensorSummary | None, *, is_part: bool = False) -> None:
        """Of the tensor that is shown, which may be a part of another."""
        shown = summary if summary is not None and summary.n_elements > 1 else None
        self.bar.set_limits(limits_of(shown, "value") if shown is not None else None)
        self.statistics.set_summary(shown, is_part=is_part)
