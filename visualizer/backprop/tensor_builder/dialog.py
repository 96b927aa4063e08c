"""The dialog that makes a tensor without typing code: it writes the line into the program."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from itertools import count

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from engine.protocol.errors import EngineError
from engine.protocol.tensor_values import TensorSummary
from engine.shared.language import said, tr
from visualizer.backprop.tensor_builder import expression as expressions
from visualizer.backprop.tensor_builder.expression import DTYPES, Description
from visualizer.backprop.tensor_builder.forms import FillForm, GridForm, ValuesForm, label_width
from visualizer.backprop.tensor_builder.preview import TensorPreview
from visualizer.look import theme
from visualizer.look.reading_order import tab_as_read
from visualizer.look.spoken import Words, say_again, speak, speak_by
from visualizer.look.tall_scroll import TallScroll

_WAYS = ("fill", "values", "grid")


class TensorBuilder(QDialog):
    """Emits `preview_wanted(expression)` as the person types, and `line_built(line)` at the end."""

    preview_wanted = Signal(str)
    line_built = Signal(str)

    def __init__(self, devices: tuple[str, ...], parent: QWidget | None = None, *, used: Collection[str] = ()) -> None:
        """`used` are the names that the program has given already."""
        super().__init__(parent)
        self._used = used
        self.setObjectName("tensor_builder")
        speak(self.setWindowTitle, "Build a tensor")
        self.name = QLineEdit(_free_name(used), self, objectName="builder_name")
        self.fill, self.values, self.grid = FillForm(self), ValuesForm(self), GridForm(self)
        self.tabs = _Ways(self, objectName="builder_ways")
        for form in (self.fill, self.values, self.grid):
            self.tabs.addTab(form, "")
        self.dtype = QComboBox(self, objectName="builder_dtype")
        self.dtype.addItem("", "")
        for dtype in DTYPES:
            self.dtype.addItem(dtype, dtype)
        self.device = QComboBox(self, objectName="builder_device")
        self.device.addItems(list(devices) or ["cpu"])
        self.requires_grad = QCheckBox(self)
        speak(self.requires_grad.setText, "requires_grad: autograd records what is made of it")
        self.requires_grad.setObjectName("builder_requires_grad")
        speak(self.name.setAccessibleName, "Name")
        self.dtype.setAccessibleName("dtype")
        speak(self.device.setAccessibleName, "Device")
        self._line = QLabel(self, objectName="builder_line")
        self._line.setWordWrap(True)
        self._line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._preview = TensorPreview(self)
        self._words = QLabel(self, objectName="builder_words")
        self._words.setWordWrap(True)
        self._cancel = QPushButton(self)
        speak(self._cancel.setText, "Cancel")
        self.insert_button = QPushButton(self, objectName="builder_insert")
        speak(self.insert_button.setText, "Insert")
        self.insert_button.setProperty("kind", "primary")
        self.insert_button.setDefault(True)
        self._asked = QTimer(self, singleShot=True, interval=200)
        self._asked.timeout.connect(self._ask)
        self._build()
        self._connect()
        self._dress()
        say_again(self, self._say_choices)
        tab_as_read(self)
        self.name.selectAll()

    def _say_choices(self) -> None:
        self.dtype.setItemText(0, tr("inferred"))
        for place, title in enumerate((tr("Shape and fill"), tr("Values"), tr("Grid"))):
            self.tabs.setTabText(place, title)
        self._refresh()

    # -- what the engine says

    @property
    def has_preview(self) -> bool:
        """Whether the tensor that is shown is the one described."""
        return self._preview.summary is not None and not self._asked.isActive()

    def show_preview(self, summary: TensorSummary) -> None:
        """The tensor itself."""
        self._preview.show_summary(summary)

    def show_preview_waits(self, why: Words) -> None:
        """The engine is not free for it: said where the tensor will be, until `ask_again`."""
        self._preview.wait(why)

    def ask_again(self) -> None:
        """The engine may be free for a preview that waits."""
        if self._preview.waits:
            self._asked.start()

    def show_preview_error(self, why: Words) -> None:
        """Why there is no such tensor."""
        self._preview.show_summary(None)
        self._say(why, is_error=True)

    # -- construction

    def _build(self) -> None:
        self._box = self._make_box()
        body = QWidget(self)
        self._column = column = QVBoxLayout(body)
        column.setSpacing(12)
        column.addLayout(self._name_row())
        column.addWidget(self.tabs)
        column.addLayout(self._rows())
        column.addWidget(self._box)
        column.setContentsMargins(16, 16, 16, 0)
        scroll = TallScroll(body, "builder_scroll")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields come into view as they get the keyboard
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(scroll, 1)
        outer.addLayout(self._buttons())
        self._share_height()
        look, room = theme.current(), self.screen().availableSize()
        self.resize(min(look.px(520), room.width() - 40), min(look.px(640), room.height() - 40))
        self.name.setFocus()
        self.name.selectAll()

    def _name_row(self) -> QGridLayout:
        top = QGridLayout()
        top.setHorizontalSpacing(theme.current().px(12))
        top.setColumnMinimumWidth(0, label_width())
        name = QLabel(self)
        speak(name.setText, "Name")
        top.addWidget(name, 0, 0)
        top.addWidget(self.name, 0, 1)
        return top

    def _rows(self) -> QGridLayout:
        """What every way of filling has: dtype, device, and whether autograd records it."""
        look = theme.current()
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(8))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, label_width())
        device = QLabel(self)
        speak(device.setText, "Device")
        for row, (label, widget) in enumerate(((QLabel("dtype", self), self.dtype), (device, self.device))):
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        grid.addWidget(self.requires_grad, 2, 0, 1, 2)  # whose words need all of it in large letters
        return grid

    def _make_box(self) -> QFrame:
        """The line of the program and the tensor that it makes."""
        box = QFrame(self, objectName="builder_box")
        box.setProperty("role", "raised")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(12, 12, 12, 12)
        inner.setSpacing(8)
        inner.addWidget(self._line)
        inner.addWidget(self._preview, 1)
        return box

    def _buttons(self) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._words, 1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.insert_button)
        buttons.setContentsMargins(16, 0, 16, 16)
        return buttons

    def _share_height(self) -> None:
        """The fields of a fill are as high as they are, and the preview has the rest; values and a grid have more."""
        is_fill = self.tabs.currentWidget() is self.fill
        height = QSizePolicy.Policy.Fixed if is_fill else QSizePolicy.Policy.Expanding
        self.tabs.setSizePolicy(QSizePolicy.Policy.Preferred, height)
        self._column.setStretchFactor(self.tabs, 0 if is_fill else 1)
        self._column.setStretchFactor(self._box, 1 if is_fill else 0)

    def _connect(self) -> None:
        self.name.textChanged.connect(self._refresh)
        self.tabs.currentChanged.connect(self._share_height)
        self.tabs.currentChanged.connect(self._refresh)
        for form in (self.fill, self.values, self.grid):
            form.changed.connect(self._refresh)
        self.dtype.currentIndexChanged.connect(self._refresh)
        self.device.currentIndexChanged.connect(self._refresh)
        self.requires_grad.toggled.connect(self._refresh)
        self._cancel.clicked.connect(self.reject)
        self.insert_button.clicked.connect(self._insert)
        theme.current().changed.connect(self._dress)

    def _dress(self) -> None:
        look = theme.current()
        for field in (self.name, self._line):
            field.setFont(look.mono(12))
        self._line.setMinimumHeight(2 * QFontMetrics(look.mono(12)).lineSpacing())  # nothing moves at an error
        self._words.setFont(look.font(12))

    # -- the description

    def description(self) -> Description:
        """What the dialog holds now."""
        return Description(
            name=self.name.text().strip(),
            way=_WAYS[self.tabs.currentIndex()],
            literal=self.values.text(),
            cells=self.grid.cells(),
            fill=self.fill.fill(),
            shape=self.fill.shape(),
            arguments=self.fill.arguments(),
            dtype=self.dtype.currentData(),
            device=self.device.currentText(),
            requires_grad=self.requires_grad.isChecked(),
        )

    def _refresh(self) -> None:
        description = self.description()
        self._preview.show_summary(None)
        self._asked.stop()
        try:
            line = expressions.line(description)
        except EngineError as error:
            self._line.clear()
            self._say(partial(said, error.sentence), is_error=True)
            self.insert_button.setEnabled(False)
            return
        self._line.setText(line)
        self._say(partial(expressions.name_warning, description.name, self._used), is_error=False)
        self.insert_button.setEnabled(True)
        self._asked.start()

    def _ask(self) -> None:
        try:
            self.preview_wanted.emit(expressions.expression(self.description()))
        except EngineError as error:
            self._say(partial(said, error.sentence), is_error=True)

    def _insert(self) -> None:
        self.line_built.emit(expressions.line(self.description()))
        self.accept()

    def _say(self, words: Words, *, is_error: bool) -> None:
        token = "error.text" if is_error else "warn.text"
        self._words.setStyleSheet(f"color: {theme.current().color(token).name()};")
        speak_by(self._words.setText, words)


def _free_name(used: Collection[str]) -> str:
    """ "t", or the first of t2, t3, … that is free."""
    return "t" if "t" not in used else next(name for n in count(2) if (name := f"t{n}") not in used)


class _Ways(QTabWidget):
    """As high as the form in front wants to be, not as the highest of them."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height(self.currentWidget().sizeHint()))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._height(self.currentWidget().minimumSizeHint()))

    def _height(self, form: QSize) -> int:
        return self.tabBar().sizeHint().height() + form.height()
