"""The three ways to describe a tensor's values: a shape with a fill, a literal, a grid to fill in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.shared.language import mark, tr
from visualizer.backprop.tensor_builder.expression import FILLS
from visualizer.look import theme
from visualizer.look.spoken import say_again, speak

_LEAST_LABEL = 56  # pixels at 100 %
_FIELDS = {
    "zeros": ("shape",),
    "ones": ("shape",),
    "full": ("shape", "value"),
    "arange": ("start", "end", "step"),
    "linspace": ("start", "end", "steps"),
    "eye": ("n", "m"),
    "rand": ("shape", "seed"),
    "randn": ("shape", "seed"),
}
_LABELS = {
    "shape": (mark("Shape"), "4, 3", mark("Lengths of the axes; empty for a scalar")),
    "value": (mark("Value"), "1.0", mark("The number in every cell")),
    "start": (mark("Start##of a range"), "0", mark("The first number")),
    "end": (mark("End"), "10", mark("arange stops before it, linspace ends on it")),
    "step": (mark("Step"), "1", mark("From one number to the next")),
    "steps": (mark("Steps"), "5", mark("How many numbers")),
    "n": (mark("Rows"), "3", mark("Rows, and columns where those are empty")),
    "m": (mark("Columns"), "", mark("Empty for a square")),
    "seed": (
        mark("Seed"),
        "0",
        mark("The same seed gives the same numbers; the program's random state is not touched"),
    ),
}


def label_width() -> int:
    """Pixels: the labels of dialog and forms stand in one column, as wide as the longest of them."""
    look = theme.current()
    labels = (mark("Name"), mark("Fill"), mark("Device"), *(label for label, _, _ in _LABELS.values()))
    metrics = QFontMetrics(look.font(12))
    return max(look.px(_LEAST_LABEL), *(metrics.horizontalAdvance(tr(label)) + 1 for label in labels))


class FillForm(QWidget):
    """A shape and how to fill it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fill = QComboBox(self, objectName="builder_fill")
        speak(self._fill.setAccessibleName, "Fill")
        self._fill.addItems(FILLS)
        self._fill.setCurrentText("randn")
        self._fields: dict[str, QLineEdit] = {}
        self._labels: dict[str, QLabel] = {}
        look = theme.current()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 12, 0, 0)
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(8))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, label_width())
        fill = QLabel(self)
        speak(fill.setText, "Fill")
        grid.addWidget(fill, 0, 0)
        grid.addWidget(self._fill, 0, 1)
        for row, (name, (_label, start, _tip)) in enumerate(_LABELS.items(), 1):
            field = QLineEdit(start, self, objectName=f"builder_{name}")
            field.setFont(look.mono(12))
            field.textChanged.connect(self.changed)
            self._fields[name], self._labels[name] = field, QLabel(self)
            grid.addWidget(self._labels[name], row, 0)
            grid.addWidget(field, row, 1)
        grid.setRowStretch(len(_LABELS) + 1, 1)
        self._fill.currentTextChanged.connect(self._show_fields)
        self._show_fields()
        say_again(self, self._say_fields)

    def _say_fields(self) -> None:
        for name, (label, _start, tip) in _LABELS.items():
            self._labels[name].setText(tr(label))
            self._fields[name].setAccessibleName(tr(label))
            self._fields[name].setToolTip(tr(tip))
            self._fields[name].setPlaceholderText(tr(tip))

    def fill(self) -> str:
        """One of FILLS."""
        return self._fill.currentText()

    def shape(self) -> str:
        """As typed."""
        return self._fields["shape"].text()

    def arguments(self) -> dict[str, str]:
        """Every other field as typed."""
        return {name: field.text() for name, field in self._fields.items() if name != "shape"}

    def _show_fields(self) -> None:
        for name, field in self._fields.items():
            visible = name in _FIELDS[self.fill()]
            field.setVisible(visible)
            self._labels[name].setVisible(visible)
        self.changed.emit()


class ValuesForm(QWidget):
    """A literal such as [[1, 2], [3, 4]]."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QPlainTextEdit("[[1.0, 2.0],\n [3.0, 4.0]]", self, objectName="builder_literal")
        self._text.setProperty("kind", "field")
        self._text.setFont(theme.current().mono(12))
        self._text.setTabChangesFocus(True)
        speak(self._text.setAccessibleName, "Values")
        self._text.textChanged.connect(self.changed)
        hint = QLabel(self)
        speak(hint.setText, "Numbers in brackets, one pair of brackets for each axis.")
        hint.setProperty("role", "caption")
        hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self._text, 1)
        column.addWidget(hint)

    def text(self) -> str:
        """As typed."""
        return self._text.toPlainText()


class GridForm(QWidget):
    """A table of numbers, as large as wanted; cells can be pasted from a spreadsheet."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._columns = QSpinBox(self), QSpinBox(self)
        for box, name in ((self._rows, "rows"), (self._columns, "columns")):
            box.setObjectName(f"builder_{name}")
            box.setAlignment(Qt.AlignmentFlag.AlignRight)
            box.setRange(1, 200)
            box.setValue(3)
        self.table = _Cells(self)
        head = QHBoxLayout()
        head.setSpacing(8)
        rows, columns = QLabel(self), QLabel(self)
        speak(rows.setText, "Rows")
        speak(columns.setText, "Columns")
        speak(self._rows.setAccessibleName, "Rows")
        speak(self._columns.setAccessibleName, "Columns")
        for label, box in ((rows, self._rows), (columns, self._columns)):
            head.addWidget(label)
            head.addWidget(box)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        self._rows.valueChanged.connect(self._resize)
        self._columns.valueChanged.connect(self._resize)
        self.table.cellChanged.connect(lambda row, cell: self.changed.emit())
        self.table.pasted.connect(self._grow)
        self._resize()

    def cells(self) -> tuple[tuple[str, ...], ...]:
        """Every cell as typed; an empty one counts as 0."""
        return tuple(
            tuple(self._text(row, column) for column in range(self.table.columnCount()))
            for row in range(self.table.rowCount())
        )

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text().strip() if item is not None else ""

    def _resize(self) -> None:
        self.table.setRowCount(self._rows.value())
        self.table.setColumnCount(self._columns.value())
        self.table.setHorizontalHeaderLabels([str(column) for column in range(self.table.columnCount())])
        self.table.setVerticalHeaderLabels([str(row) for row in range(self.table.rowCount())])
        self.changed.emit()

    def _grow(self, row: int, column: int, cells: list[list[str]]) -> None:
        self._rows.setValue(max(self._rows.value(), row + len(cells)))
        self._columns.setValue(max(self._columns.value(), column + max(len(line) for line in cells)))
        for i, line in enumerate(cells):
            for j, text in enumerate(line):
                self.table.setItem(row + i, column + j, QTableWidgetItem(text))


class _Cells(QTableWidget):
    pasted = Signal(int, int, list)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("builder_cells")
        speak(self.setAccessibleName, "Values")
        look = theme.current()
        self.setFont(look.mono(11.5))
        self.horizontalHeader().setDefaultSectionSize(look.px(64))
        self.verticalHeader().setDefaultSectionSize(look.px(28))
        self.verticalHeader().setMinimumWidth(look.px(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text().strip("\n")
            cells = [[cell.strip() for cell in line.split("\t")] for line in text.split("\n")]
            self.pasted.emit(max(self.currentRow(), 0), max(self.currentColumn(), 0), cells)
            return
        if event.key() == Qt.Key.Key_Delete:
            for item in self.selectedItems():
                item.setText("")
            return
        super().keyPressEvent(event)
