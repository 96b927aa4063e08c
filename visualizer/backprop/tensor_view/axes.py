"""Which two axes of an n-d tensor are rows and columns, and where along each of the others the slice lies."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSlider, QSpinBox, QWidget

from engine.protocol.tensor_values import AxisName, TensorSummary
from engine.shared.language import mark, tr
from visualizer.backprop.tensor_view.axis_line import AxisLine
from visualizer.backprop.tensor_view.axis_words import labelled, name_of, sources_text
from visualizer.backprop.tensor_view.pictures import color_axes, first_planes, range_words
from visualizer.backprop.tensor_view.planes import Planes
from visualizer.backprop.tensor_view.rank_words import axis_words
from visualizer.look import spoken, theme
from visualizer.look.choice_box import ChoiceBox
from visualizer.look.countable import countable
from visualizer.look.flow_layout import FlowLayout
from visualizer.look.spoken import speak
from visualizer.look.wrapped_label import WrappedLabel


class AxisControls(QWidget):
    """Emits `changed` after the person chose; `index`, `row_axis`, `column_axis`, `colors` then say what. Below 3 axes
    there is nothing to choose: it says what they are called, or is hidden."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("axis_controls")
        self._shape: tuple[int, ...] = ()
        self._names: tuple[AxisName, ...] = ()
        self._positions: list[int] = []
        self._shown = (-2, -1)
        self.colors: int | None = None  # the axis whose places are red, green and blue
        self._color_axes: tuple[int, ...] = ()
        self._range = ""  # which numbers are dark and bright in these
        self._is_first = True  # no tensor of this shape has been seen
        self._rows, self._columns, self._channels = ChoiceBox(self), ChoiceBox(self), ChoiceBox(self)
        self._head = FlowLayout()
        self._pairs: dict[ChoiceBox, QWidget] = {}
        self._make_choices()
        self.words = WrappedLabel(self, name="axis_words")
        self.words.setProperty("role", "caption")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addLayout(self._head, 0, 0, 1, 3)
        self._grid.addWidget(self.words, 1, 0, 1, 3)
        self._grid.setColumnStretch(1, 1)
        self._lines: dict[int, AxisLine] = {}  # by axis
        theme.current().changed.connect(self._on_theme)
        spoken.current().changed.connect(self._rebuild)
        self._on_theme()
        self.hide()

    def _make_choices(self) -> None:
        for box, name, tip in (
            (self._rows, "rows", mark("Axis of the rows")),
            (self._columns, "columns", mark("Axis of the columns")),
            (self._channels, "colours", mark("Axis of red, green and blue")),
        ):
            box.setObjectName(f"axis_{name}")
            speak(box.setAccessibleName, tip)
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)  # the axes' names come later
            box.activated.connect(self._color if box is self._channels else self._choose)
        for word, box in (
            (mark("Rows"), self._rows), (mark("Columns"), self._columns), (mark("Colours"), self._channels),
        ):  # fmt: skip
            label = QLabel(self)
            speak(label.setText, word)
            label.setProperty("role", "caption")
            label.setBuddy(box)
            pair = QWidget(self)
            line = QHBoxLayout(pair)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(label)
            line.addWidget(box)
            self._head.addWidget(pair)
            self._pairs[box] = pair

    def _on_theme(self) -> None:
        look = theme.current()
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(look.px(4))
        self._head.setSpacing(look.px(6))
        for box in (self._rows, self._columns, self._channels):
            box.setMinimumWidth(look.px(60))
        for slider in self.findChildren(QSlider):
            slider.setMinimumWidth(look.px(32))

    def minimumSizeHint(self) -> QSize:
        """Narrower than the choices side by side, which go on in another row there."""
        return QSize(theme.current().px(150), super().minimumSizeHint().height())

    @property
    def index(self) -> tuple[int, ...]:
        """Positions along the axes that are not shown, in their order."""
        if len(self._shape) < 2:
            return ()
        others = (axis for axis in range(len(self._shape)) if axis not in self._shown)
        return tuple(0 if axis == self.colors else self._positions[axis] for axis in others)

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
        if self.colors is not None:
            places[self.colors] = 0
        return tuple(places)

    def cell_of(self, element: tuple[int, ...]) -> tuple[int, int] | None:
        """The cell of the slice that shows an element; None where it lies in another slice."""
        if len(element) != len(self._shape):
            return None
        if len(element) < 2:
            return 0, sum(element)
        seen = (*self._shown, self.colors)
        is_here = all(place == self._positions[axis] for axis, place in enumerate(element) if axis not in seen)
        return (element[self._shown[0]], element[self._shown[1]]) if is_here else None

    def show_element(self, element: tuple[int, ...]) -> None:
        """Turn to the slice that holds it. Emits `changed` where it is another."""
        if len(element) == len(self._shape):
            for axis, place in enumerate(element):
                spin = self.findChild(QSpinBox, f"axis_spin_{axis}")
                if spin is not None and axis not in self._shown:
                    spin.setValue(countable(place))

    def set_shape(self, shape: tuple[int, ...]) -> None:
        """Another tensor: the last two axes, and the first slice; a tensor of the same shape keeps what was chosen."""
        if shape == self._shape:
            return
        self._shape = shape
        self._positions = [0] * len(shape)
        self._shown = (len(shape) - 2, len(shape) - 1) if len(shape) > 1 else (-2, -1)
        self.colors, self._color_axes, self._is_first = None, (), True
        self._rebuild()

    def set_summary(self, summary: TensorSummary) -> None:
        """Of the tensor: which axes may be colours. The first of a shape that is a picture is seen as one; emits
        `changed` where so another plane is seen."""
        if summary.shape != self._shape:
            return
        before = self._color_axes, self._range, self.colors
        self._color_axes = color_axes(summary)
        planes = first_planes(summary)
        if self.colors is None and self._is_first and planes.colors is not None:
            self._shown, self.colors = (planes.row_axis, planes.column_axis), planes.colors
        self._is_first = False
        if self.colors not in self._color_axes:
            self.colors = None
        n_channels = 3 if self.colors is None else self._shape[self.colors]
        self._range = range_words(summary, n_channels) if self._color_axes else ""
        if before != (self._color_axes, self._range, self.colors):
            self._rebuild()
            if before[2] != self.colors:
                self.changed.emit()

    def set_names(self, axes: tuple[AxisName, ...]) -> None:
        """What the axes are called."""
        if axes != self._names:
            self._names = axes
            self.setToolTip(sources_text(axes))
            self._rebuild()

    def _word(self, axis: int) -> str:
        return labelled(_numbered(axis), self._names, axis)

    def _rebuild(self) -> None:
        others = [axis for axis in range(len(self._shape)) if axis not in (*self._shown, self.colors)]
        others = others if len(self._shape) > 2 else []
        for gone in self._lines.keys() - set(others):
            self._lines.pop(gone).remove(self._grid)
        self._say()
        self.setVisible(len(self._shape) > 2 or not self.words.isHidden())
        for box, pair in self._pairs.items():
            pair.setVisible(bool(self._color_axes) if box is self._channels else len(self._shape) > 2)
        if len(self._shape) < 3:
            return
        for box, axis in zip((self._rows, self._columns), self._shown, strict=True):
            _offer(box, [(self._word(number), number) for number in range(len(self._shape))])
            box.setCurrentIndex(axis)
        _offer(self._channels, [(tr("none"), None), *((self._word(axis), axis) for axis in self._color_axes)])
        self._channels.setCurrentIndex(max(self._channels.findData(self.colors), 0))
        self._channels.setToolTip(self._range)
        for row, axis in enumerate(others, start=2):
            line = self._lines.get(axis) or self._lines.setdefault(axis, AxisLine(axis, self, self._move))
            line.show(self._grid, row, self._word(axis), self._shape[axis], self._positions[axis])

    def _say(self) -> None:
        """What the axes of a vector or a matrix are called, where they have names; of a picture what is bright."""
        text = self._range if self.colors is not None else ""
        if len(self._shape) in (1, 2) and any(name_of(self._names, axis) for axis in range(len(self._shape))):
            text = ", ".join(axis_words(Planes(self._shape), self._names, _numbered))
        self.words.setText(text)
        self.words.setVisible(bool(text))

    def _move(self, axis: int, position: int) -> None:
        if position != self._positions[axis]:
            self._positions[axis] = position
            self.changed.emit()

    def _color(self) -> None:
        axis = self._channels.currentData()
        if axis != self.colors:
            planes = Planes(self._shape, self._shown).colored(axis)
            self._shown, self.colors = (planes.row_axis, planes.column_axis), axis
            self._rebuild()
            self.changed.emit()

    def _choose(self) -> None:
        rows, columns = self._rows.currentIndex(), self._columns.currentIndex()
        if rows == columns:  # the axis that was chosen for one is taken from the other: they change places
            rows, columns = (rows, self._shown[0]) if rows != self._shown[0] else (self._shown[1], columns)
        if (rows, columns) != self._shown:
            self._shown = (rows, columns)
            self.colors = None if self.colors in self._shown else self.colors
            self._rebuild()
            self.changed.emit()


def _offer(box: ChoiceBox, choices: list[tuple[str, int | None]]) -> None:
    """These, unless they are offered: to fill a box takes longer than to look."""
    if choices != [(box.itemText(place), box.itemData(place)) for place in range(box.count())]:
        box.clear()
        for words, data in choices:
            box.addItem(words, data)


def _numbered(axis: int) -> str:
    return tr("axis {number}", number=axis)
