"""What is asked of an animation alone: the view, the size, the speed, and from where to where."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QHBoxLayout, QLabel, QSpinBox, QWidget

from engine.shared.language import grouped, tr, trn
from visualizer.backprop.graph.export.choice import LEAST_SPEED, MOST_SPEED, WIDTHS_PX, ExportChoice
from visualizer.look import theme

_LABEL_WIDTH = 76


class FilmForm(QWidget):
    """`newest` is the last position of the recorded pass; `changed()` with every touch."""

    changed = Signal()

    def __init__(self, newest: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._newest = newest
        self.view = QComboBox(self, objectName="export_following")
        self.view.addItem(tr("Stays on the whole graph"), False)
        self.view.addItem(tr("Follows the current node"), True)
        self.size = QComboBox(self, objectName="export_size")
        for width_px in WIDTHS_PX:
            self.size.addItem(trn("{n} pixel", "{n} pixels", width_px), width_px)
        self.speed = QDoubleSpinBox(self, objectName="export_speed")
        self.speed.setRange(LEAST_SPEED, MOST_SPEED)
        self.speed.setDecimals(1)
        self.speed.setSuffix(tr(" steps per second"))
        self.first, self.last = QSpinBox(self, objectName="export_first"), QSpinBox(self, objectName="export_last")
        self.first.setRange(0, newest)
        self.last.setRange(0, newest)
        for box in (self.speed, self.first, self.last):
            box.lineEdit().setTextMargins(theme.current().px(5), 0, 0, 0)
        self._build()
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

    def _build(self) -> None:
        look = theme.current()
        span = QHBoxLayout()
        span.setSpacing(look.px(8))
        span.addWidget(self.first)
        span.addWidget(QLabel(tr("to"), self))
        span.addWidget(self.last)
        span.addWidget(
            QLabel(
                tr("of {total}; 0 is before the first node", total=grouped(self._newest)),
                self,
                objectName="export_span",
            )
        )
        span.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(8))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, look.px(_LABEL_WIDTH))
        for line, (label, widget) in enumerate(
            ((tr("View"), self.view), (tr("Longer side"), self.size), (tr("Speed"), self.speed))
        ):
            widget.setAccessibleName(label)
            grid.addWidget(QLabel(label, self), line, 0)
            grid.addWidget(widget, line, 1)
        self.first.setAccessibleName(tr("First step"))
        self.last.setAccessibleName(tr("Last step"))
        grid.addWidget(QLabel(tr("Steps"), self), 3, 0)
        grid.addLayout(span, 3, 1)
