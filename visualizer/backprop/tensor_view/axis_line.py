"""Where along one axis the slice lies: its name, a slider and a number."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QSpinBox, QWidget

from engine.shared.language import grouped, tr
from visualizer.look import theme
from visualizer.look.countable import countable


class AxisLine:
    """Three widgets of `parent`, on the window's thread; `moved(axis, position)` after the person moved one of them.
    They serve one tensor after another: made anew for each step of a pass, they would take longer than all else."""

    def __init__(self, axis: int, parent: QWidget, moved: Callable[[int, int], None]) -> None:
        self._axis, self._row = axis, -1
        self.label = QLabel(parent)
        self.label.setProperty("role", "caption")
        self.slider = QSlider(Qt.Orientation.Horizontal, parent, objectName=f"axis_slider_{axis}")
        self.slider.setMinimumWidth(theme.current().px(32))
        self.spin = QSpinBox(parent, objectName=f"axis_spin_{axis}")
        self.spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.spin.setWrapping(True)
        self.slider.valueChanged.connect(self.spin.setValue)
        self.spin.valueChanged.connect(self.slider.setValue)
        self.spin.valueChanged.connect(lambda position: moved(axis, position))
        self._all = (self.label, self.slider, self.spin)

    def show(self, grid: QGridLayout, row: int, words: str, size: int, position: int) -> None:
        """An axis of `size` places, at one of them, in a row of the grid. No signal."""
        self.label.setText(words)
        self.spin.setSuffix(f" / {grouped(max(size - 1, 0))}")
        self.slider.setPageStep(max(1, countable(size // 10)))
        for control in (self.slider, self.spin):
            with QSignalBlocker(control):
                control.setAccessibleName(tr("Position along axis {number}", number=self._axis))
                control.setRange(0, countable(size - 1))
                control.setValue(countable(position))
                control.setEnabled(size > 1)
        if row != self._row:
            self._row = row
            for column, widget in enumerate(self._all):
                grid.addWidget(widget, row, column)

    def remove(self, grid: QGridLayout) -> None:
        """It is an axis of nothing any more."""
        for widget in self._all:
            grid.removeWidget(widget)
            widget.hide()  # it may be the sender of the signal that led here
            widget.deleteLater()
