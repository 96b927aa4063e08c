"""Which axes of a tensor are rows and columns, where along the outer ones it is seen, and which sheets."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSlider, QSpinBox, QWidget

from engine.protocol.tensor_values import AxisName, TensorSummary
from engine.shared.language import grouped, mark, tr
from visualizer.backprop.tensor_view.axis_words import labelled
from visualizer.backprop.tensor_view.pictures import color_axes, range_words
from visualizer.backprop.tensor_view.planes import Planes
from visualizer.backprop.tensor_view.rank_words import letter
from visualizer.look import spoken, theme
from visualizer.look.choice_box import ChoiceBox
from visualizer.look.countable import countable
from visualizer.look.flow_layout import FlowLayout
from visualizer.look.labels import ElidedLabel
from visualizer.look.spoken import speak

_MANY_LINES = 3  # that stand in two columns: below each other they would leave no room for cells
_TIGHT = 340  # px at 100 %, below which many lines have no sliders: the numbers alone stand in three columns
_NARROWEST = 150  # px at 100 %
_LINE_CELLS = 3  # label, slider and number


class PlacesBar(QWidget):
    """Emits `turned(Planes)` after other axes or places were chosen, `moved(first)` with the first sheet to be seen.
    Hidden below three axes."""

    turned = Signal(object)
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._planes = Planes(())
        self._axes: tuple[AxisName, ...] = ()
        self._summary: TensorSummary | None = None
        self._color_axes: tuple[int, ...] = ()
        self._rows, self._columns, self._colors = ChoiceBox(self), ChoiceBox(self), ChoiceBox(self)
        self._said = ElidedLabel(12, "text.secondary", parent=self)
        self._head, self._pairs = FlowLayout(), list[QWidget]()
        for word, tip, box in (
            (mark("Rows"), mark("Axis of the rows"), self._rows),
            (mark("Columns"), mark("Axis of the columns"), self._columns),
            (mark("Colours"), mark("Axis of red, green and blue"), self._colors),
        ):
            label = QLabel(self)
            speak(label.setText, word)
            label.setProperty("role", "caption")
            label.setBuddy(box)
            box.setObjectName(f"stage_{word.lower()}")
            speak(box.setAccessibleName, tip)
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)  # the axes' names come later
            box.activated.connect(self._color if box is self._colors else self._choose)
            self._pair = QWidget(self)  # the last one is that of colours
            line = QHBoxLayout(self._pair)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(label)
            line.addWidget(box)
            self._head.addWidget(self._pair)
            self._pairs.append(self._pair)
        self._head.addWidget(self._said)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addLayout(self._head, 0, 0, 1, 2 * _LINE_CELLS)
        self._range = 0, 1  # the first sheet that is seen, and how many are
        self._is_low = self._is_tight = self._is_building = False
        self._lines: list[QWidget] = []
        self._sheets: tuple[QLabel, QSlider, QSpinBox] | None = None
        theme.current().changed.connect(self._dress)
        spoken.current().changed.connect(self._rebuild)
        self._dress()
        self.hide()

    def _dress(self) -> None:
        look = theme.current()
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(look.px(4))
        self._head.setSpacing(look.px(6))
        for box in (self._rows, self._columns, self._colors):
            box.setMinimumWidth(look.px(60))

    def minimumSizeHint(self) -> QSize:
        """Narrower than the choices side by side, which go on in another row there."""
        return QSize(theme.current().px(_NARROWEST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """With sliders, or where many lines have little room without. Not while lines are made: what is shown then may
        give the bar another size."""
        if self._is_building:
            return
        is_many = len(self._walked) + 1 >= _MANY_LINES
        is_tight = is_many and self.width() < theme.current().px(_TIGHT)
        if is_tight != self._is_tight:
            self._is_tight = is_tight
            self._rebuild()

    def set_names(self, axes: tuple[AxisName, ...]) -> None:
        """What the axes are called."""
        if axes != self._axes:
            self._axes = axes
            self._rebuild()

    def set_summary(self, summary: TensorSummary) -> None:
        """Of the tensor: which axes may be colours, and which numbers are dark and bright there."""
        self._summary, before = summary, self._color_axes
        self._color_axes = color_axes(summary)
        self._show_choices()
        self._say_range()
        if before != self._color_axes:
            self._rebuild()

    def _say_range(self) -> None:
        colors, shape = self._planes.colors, self._planes.shape
        n_channels = shape[colors] if colors is not None else 3
        words = range_words(self._summary, n_channels) if self._summary is not None and self._color_axes else ""
        self._said.set_text(words)
        self._colors.setToolTip(words)

    def set_low(self, is_low: bool) -> None:
        """Where it is low only what is turned to stays: which axes are seen is chosen where there is more room."""
        self._is_low = is_low
        self._show_choices()

    def _show_choices(self) -> None:
        for pair in self._pairs:
            pair.setVisible(not self._is_low and (pair is not self._pair or bool(self._color_axes)))
        self._said.setVisible(not self._is_low and self._planes.colors is not None)

    @property
    def applies(self) -> bool:
        """Whether there is anything to choose."""
        return len(self._planes.shape) > 2

    def set_planes(self, planes: Planes, first: int, n_shown: int) -> None:
        """What is seen: all lines for a tensor of another shape, else the range of the sheets."""
        before = self._planes
        is_same = (planes.shape, planes.shown, planes.colors) == (before.shape, before.shown, before.colors)
        self._planes = planes
        self._show_choices()
        self._range = first, n_shown
        self._say_range()
        if not is_same:
            self._rebuild()
        self._show_range()

    def _show_range(self) -> None:
        planes, (first, n_shown) = self._planes, self._range
        n_hidden = max(planes.n_sheets - n_shown, 0)
        for widget in self._sheets or ():
            widget.setVisible(n_hidden > 0 and not (self._is_tight and isinstance(widget, QSlider)))
        if self._sheets is not None:
            for control in self._sheets[1:]:
                control.blockSignals(True)
                control.setRange(0, countable(n_hidden))
                control.setValue(countable(first))
                control.blockSignals(False)
            self._sheets[1].setPageStep(max(countable(n_shown), 1))
            self._sheets[2].setSuffix(_of_sheets(first + n_shown - 1, planes.n_sheets, n_shown))

    def _rebuild(self) -> None:
        self._is_building = True
        try:
            self._build()
        finally:
            self._is_building = False
        self._fit()
        self._show_range()

    def _build(self) -> None:
        for widget in (*self._lines, *(self._sheets or ())):
            self._grid.removeWidget(widget)
            widget.hide()  # it may be the sender of the signal that led here
            widget.deleteLater()
        self._lines, self._sheets = [], None
        planes = self._planes
        if len(planes.shape) < 3:
            return
        for box, axis in ((self._rows, planes.row_axis), (self._columns, planes.column_axis)):
            box.clear()
            box.addItems([f"{self._word(number)}: {grouped(size)}" for number, size in enumerate(planes.shape)])
            box.setCurrentIndex(axis)
        self._colors.clear()
        self._colors.addItem(tr("none"), None)
        for axis in self._color_axes if len(planes.shape) > 2 else ():
            self._colors.addItem(self._word(axis), axis)
        self._colors.setCurrentIndex(max(self._colors.findData(planes.colors), 0))
        walked = self._walked
        for line, (outer, axis) in enumerate(walked):
            self._lines += self._add_line(
                line, self._word(axis), tr("Position along axis {number}", number=self._word(axis)), planes.shape[axis]
            )
            spin = self._lines[-1]
            spin.valueChanged.connect(lambda place, outer=outer: self._go(outer, place))
        self._sheets = self._add_line(len(walked), tr("sheets"), tr("The first sheet that is seen"), 1)
        self._sheets[2].valueChanged.connect(self.moved)

    @property
    def _walked(self) -> list[tuple[int, int]]:
        """The axes beyond a grid of sheets along which there is more than one place, by their number among these."""
        planes = self._planes
        return [(outer, axis) for outer, axis in enumerate(planes.outer_axes) if planes.shape[axis] > 1]

    def _word(self, axis: int) -> str:
        return labelled(letter(axis), self._axes, axis)

    def _add_line(self, line: int, word: str, name: str, size: int) -> tuple[QLabel, QSlider, QSpinBox]:
        label = QLabel(word, self)
        label.setProperty("role", "caption")
        slider, spin = QSlider(Qt.Orientation.Horizontal, self), QSpinBox(self)
        spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        spin.setSuffix(f" / {grouped(max(size - 1, 0))}")
        for control in (slider, spin):
            control.setAccessibleName(name)
            control.setRange(0, countable(size - 1))
        slider.valueChanged.connect(spin.setValue)
        spin.valueChanged.connect(slider.setValue)
        across = 1 if len(self._walked) + 1 < _MANY_LINES else 3 if self._is_tight else 2
        shown = (label, spin) if self._is_tight else (label, slider, spin)
        row, first = 1 + line // across, line % across * len(shown)
        is_last = line == len(self._walked)  # whose number has more words
        for column, widget in enumerate(shown, start=first):
            rest = 2 * _LINE_CELLS - column if is_last and self._is_tight and widget is spin else 1
            self._grid.addWidget(widget, row, column, 1, rest)
            widget.show()
        slider.setVisible(not self._is_tight)
        return label, slider, spin

    def _go(self, outer: int, place: int) -> None:
        places = list(self._planes.places)
        places[outer] = place
        self.turned.emit(self._planes.at(tuple(places)))

    def _color(self) -> None:
        axis = self._colors.currentData()
        if axis != self._planes.colors:
            self.turned.emit(self._planes.colored(axis))

    def _choose(self) -> None:
        rows, columns = self._rows.currentIndex(), self._columns.currentIndex()
        before = self._planes.row_axis, self._planes.column_axis
        if rows == columns:  # the axis that was chosen for one is taken from the other: they change places
            rows, columns = (rows, before[0]) if rows != before[0] else (before[1], columns)
        if (rows, columns) != before:
            self.turned.emit(self._planes.turned((rows, columns)))


def _of_sheets(last: int, n_sheets: int, n_shown: int) -> str:
    """Behind the number of the first that is seen."""
    if n_shown == 1:
        return f" / {grouped(n_sheets - 1)}"  # as of any other axis
    return tr(" – {last} of {total}", last=grouped(min(last, n_sheets - 1)), total=grouped(n_sheets))
