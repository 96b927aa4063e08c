"""Which two axes of an n-d tensor are rows and columns, and where along each of the others the slice lies."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QGridLayout, QHBoxLayout, QLabel, QSlider, QSpinBox, QWidget

from engine.protocol.values import AxisName
from engine.shared.language import grouped, mark, tr
from visualizer.backprop.tensor_view.axis_words import labelled, sources_text
from visualizer.look import spoken, theme
from visualizer.look.spoken import speak

_NARROW = 300  # px


class AxisControls(QWidget):
    """Emits `changed` after the person chose; `index`, `row_axis`, `column_axis` then say what. Hidden below 3 axes."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("axis_controls")
        self._shape: tuple[int, ...] = ()
        self._names: tuple[AxisName, ...] = ()
        self._positions: list[int] = []
        self._shown = (-2, -1)
        self._rows, self._columns = QComboBox(self), QComboBox(self)
        for box, name, tip in (
            (self._rows, "rows", mark("Axis of the rows")),
            (self._columns, "columns", mark("Axis of the columns")),
        ):
            box.setObjectName(f"axis_{name}")
            speak(box.setAccessibleName, tip)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(len(tr("axis {number}", number=0)))
            box.activated.connect(self._choose)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for word, box in ((mark("Rows"), self._rows), (mark("Columns"), self._columns)):
            label = QLabel(self)
            speak(label.setText, word)
            label.setProperty("role", "caption")
            label.setBuddy(box)
            pair = QHBoxLayout()
            pair.addWidget(label)
            pair.addWidget(box, 1)
            self._head.addLayout(pair, 1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addLayout(self._head, 0, 0, 1, 3)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[QWidget] = []
        theme.current().changed.connect(self._on_theme)
        spoken.current().changed.connect(self._rebuild)
        self._on_theme()
        self.hide()

    def _on_theme(self) -> None:
        look = theme.current()
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(look.px(4))
        self._head.setSpacing(look.px(6))
        for box in (self._rows, self._columns):
            box.setMinimumWidth(look.px(60))
        for slider in self.findChildren(QSlider):
            slider.setMinimumWidth(look.px(32))

    def minimumSizeHint(self) -> QSize:
        """Narrower than the two choices side by side, which are put under each other there."""
        return QSize(theme.current().px(150), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The two choices under each other where they do not fit side by side."""
        narrow = self.width() < theme.current().px(_NARROW)
        self._head.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    @property
    def index(self) -> tuple[int, ...]:
        """Positions along the axes that are not shown, in their order."""
        if len(self._shape) < 2:
            return ()
        return tuple(self._positions[axis] for axis in range(len(self._shape)) if axis not in self._shown)

    @property
    def row_axis(self) -> int:
        return self._shown[0]

    @property
    def column_axis(self) -> int:
        return self._shown[1]

    @property
    def n_axes(self) -> int:
        """Of the tensor."""
        return len(self._shape)

    @property
    def matrix_size(self) -> tuple[int, int]:
        """Rows and columns of the slice; a 1-d tensor is one row."""
        if not self._shape:
            return 1, 1
        if len(self._shape) == 1:
            return 1, self._shape[0]
        return self._shape[self._shown[0]], self._shape[self._shown[1]]

    def element(self, row: int, column: int) -> tuple[int, ...]:
        """The whole index of a cell of the slice."""
        if len(self._shape) < 2:
            return (column,) * len(self._shape)
        places = list(self._positions)
        places[self._shown[0]], places[self._shown[1]] = row, column
        return tuple(places)

    def cell_of(self, element: tuple[int, ...]) -> tuple[int, int] | None:
        """The cell of the slice that shows an element; None where it lies in another slice."""
        if len(element) != len(self._shape):
            return None
        if len(element) < 2:
            return 0, sum(element)
        is_here = all(place == self._positions[axis] for axis, place in enumerate(element) if axis not in self._shown)
        return (element[self._shown[0]], element[self._shown[1]]) if is_here else None

    def show_element(self, element: tuple[int, ...]) -> None:
        """Turn to the slice that holds it. Emits `changed` where it is another."""
        if len(element) == len(self._shape):
            for axis, place in enumerate(element):
                spin = self.findChild(QSpinBox, f"axis_spin_{axis}")
                if spin is not None and axis not in self._shown:
                    spin.setValue(place)

    def set_shape(self, shape: tuple[int, ...]) -> None:
        """Another tensor: the last two axes, and the first slice; a tensor of the same shape keeps what was chosen."""
        if shape == self._shape:
            return
        self._shape = shape
        self._positions = [0] * len(shape)
        self._shown = (len(shape) - 2, len(shape) - 1) if len(shape) > 1 else (-2, -1)
        self._rebuild()

    def set_names(self, axes: tuple[AxisName, ...]) -> None:
        """What the axes are called."""
        if axes != self._names:
            self._names = axes
            self.setToolTip(sources_text(axes))
            self._rebuild()

    def _word(self, axis: int) -> str:
        return labelled(tr("axis {number}", number=axis), self._names, axis)

    def _rebuild(self) -> None:
        for widget in self._lines:
            self._grid.removeWidget(widget)
            widget.hide()  # it may be the sender of the signal that led here
            widget.deleteLater()
        self._lines = []
        self.setVisible(len(self._shape) > 2)
        if len(self._shape) < 3:
            return
        for box, axis in zip((self._rows, self._columns), self._shown, strict=True):
            box.clear()
            box.addItems([self._word(number) for number in range(len(self._shape))])
            box.setCurrentIndex(axis)
        others = [axis for axis in range(len(self._shape)) if axis not in self._shown]
        for line, axis in enumerate(others, start=1):
            self._add_line(line, axis)

    def _add_line(self, line: int, axis: int) -> None:
        size = self._shape[axis]
        label = QLabel(self._word(axis), self)
        label.setProperty("role", "caption")
        slider = QSlider(Qt.Orientation.Horizontal, self, objectName=f"axis_slider_{axis}")
        spin = QSpinBox(self, objectName=f"axis_spin_{axis}")
        spin.setSuffix(f" / {grouped(max(size - 1, 0))}")
        for control in (slider, spin):
            control.setAccessibleName(tr("Position along axis {number}", number=axis))
            control.setRange(0, max(0, min(size, 2**31) - 1))
            control.setValue(self._positions[axis])
            control.setEnabled(size > 1)
        slider.setMinimumWidth(theme.current().px(32))
        slider.setPageStep(max(1, size // 10))
        spin.setWrapping(True)
        slider.valueChanged.connect(spin.setValue)
        spin.valueChanged.connect(slider.setValue)
        spin.valueChanged.connect(lambda position, axis=axis: self._move(axis, position))
        for column, widget in enumerate((label, slider, spin)):
            self._grid.addWidget(widget, line, column)
            self._lines.append(widget)

    def _move(self, axis: int, position: int) -> None:
        if position != self._positions[axis]:
            self._positions[axis] = position
            self.changed.emit()

    def _choose(self) -> None:
        rows, columns = self._rows.currentIndex(), self._columns.currentIndex()
        if rows == columns:  # the axis that was chosen for one is taken from the other: they change places
            rows, columns = (rows, self._shown[0]) if rows != self._shown[0] else (self._shown[1], columns)
        if (rows, columns) != self._shown:
            self._shown = (rows, columns)
            self._rebuild()
            self.changed.emit()
