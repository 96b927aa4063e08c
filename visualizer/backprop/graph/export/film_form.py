"""What is asked of an animation alone: the view, the size, the speed, and from where to where."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QHBoxLayout, QLabel, QSpinBox, QWidget

from engine.shared.language import grouped, tr, trn
from visualizer.backprop.graph.export.choice import LEAST_SPEED, MOST_SPEED, WIDTHS_PX, ExportChoice
from visualizer.look import theme
from visualizer.look.spoken import say_again, speak, speak_by

_LABEL_WIDTH = 76


class FilmForm(QWidget):
    """`newest` is the last position of the recorded pass; `changed()` with every touch."""

    changed = Signal()

    def __init__(self, newest: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._newest = newest
        self.view = QComboBox(self, objectName="export_following")
        self.view.addItem("", False)
        self.view.addItem("", True)
        self.size = QComboBox(self, objectName="export_size")
        for width_px in WIDTHS_PX:
            self.size.addItem("", width_px)
        self.speed = QDoubleSpinBox(self, objectName="export_speed")
        self.speed.setRange(LEAST_SPEED, MOST_SPEED)
        self.speed.setDecimals(1)
        speak(self.speed.setSuffix, " steps per second")
        self.first, self.last = QSpinBox(self, objectName="export_first"), QSpinBox(self, objectName="export_last")
        self.first.setRange(0, newest)
        self.last.setRange(0, newest)
        for box in (self.speed, self.first, self.last):
            box.lineEdit().setTextMargins(theme.current().px(5), 0, 0, 0)
        self._build()
        say_again(self, self._say_choices)
        self.view.currentIndexChanged.connect(self.changed)
        self.size.currentIndexChanged.connect(self.changed)
        self.speed.valueChanged.connect(self.changed)
        self.first.valueChanged.connect(self._keep_order)
        self.last.valueChanged.connect(self._keep_order)

    def fill(self, choice: ExportChoice) -> None:
        """Show a choice, over all of this pass where it names no end."""
        self.view.setCurrentIndex(self.view.findData(choice.is_following))
        place = self.size.findData(choice.longest_px)
        self.size.setCurrentIndex(place if place >= 0 else self.size.findData(ExportChoice().longest_px))
        self.speed.setValue(choice.steps_per_second)
        self.last.setValue(self._newest if choice.last < 0 else choice.last)
        self.first.setValue(choice.first)

    def given(self) -> dict[str, object]:
        """The fields of an ExportChoice."""
        return {
            "is_following": self.view.currentData(),
            "longest_px": self.size.currentData(),
            "steps_per_second": round(self.speed.value(), 1),
            "first": self.first.value(),
            "last": self.last.value(),
        }

    def _keep_order(self) -> None:
        self.first.setMaximum(self.last.value())
        self.last.setMinimum(self.first.value())
        self.changed.emit()

    def _say_choices(self) -> None:
        self.view.setItemText(0, tr("Stays on the whole graph"))
        self.view.setItemText(1, tr("Follows the current node"))
        for line, width_px in enumerate(WIDTHS_PX):
            self.size.setItemText(line, trn("{n} pixel", "{n} pixels", width_px))

    def _build(self) -> None:
        look = theme.current()
        span = QHBoxLayout()
        span.setSpacing(look.px(8))
        span.addWidget(self.first)
        to, of_total = QLabel(self), QLabel(self, objectName="export_span")
        speak(to.setText, "to")
        newest = self._newest
        speak_by(of_total.setText, lambda: tr("of {total}; 0 is before the first node", total=grouped(newest)))
        span.addWidget(to)
        span.addWidget(self.last)
        span.addWidget(of_total)
        span.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(8))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, look.px(_LABEL_WIDTH))
        view, size, speed, steps = (QLabel(self) for _ in range(4))
        for line, (label, widget) in enumerate(((view, self.view), (size, self.size), (speed, self.speed))):
            grid.addWidget(label, line, 0)
            grid.addWidget(widget, line, 1)
        for setter in (view.setText, self.view.setAccessibleName):
            speak(setter, "View")
        for setter in (size.setText, self.size.setAccessibleName):
            speak(setter, "Longer side")
        for setter in (speed.setText, self.speed.setAccessibleName):
            speak(setter, "Speed")
        speak(steps.setText, "Steps")
        speak(self.first.setAccessibleName, "First step")
        speak(self.last.setAccessibleName, "Last step")
        grid.addWidget(steps, 3, 0)
        grid.addLayout(span, 3, 1)
