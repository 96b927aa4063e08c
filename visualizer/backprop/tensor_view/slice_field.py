"""A field for an index, as Python writes it: what is seen is then that part of the tensor."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from engine.protocol.keys import (
    NodeGradKey,
    NodeValueKey,
    SliceKey,
    TensorKey,
    TriedGradKey,
    VariableGradKey,
    VariableKey,
)
from engine.shared.output_names import as_written
from engine.shared.typed_index import with_brackets
from visualizer.look import icons, theme
from visualizer.look.spoken import speak

_TYPING_MS = 250
_LEAST_PX, _MOST_PX = 70, 200  # of the field
_EXAMPLES = ("[::2]", "[0, ::2]", "[:, 0, ::2]")  # of one axis, two, and more
_NOTHING = re.compile(r"\[?\s*\]?")  # typed so far, or no index in brackets: the whole tensor
_SLICED = VariableKey | VariableGradKey | NodeValueKey | NodeGradKey | TriedGradKey


class SliceField(QWidget):
    """Emits `wanted(TensorKey, name)`, the whole tensor where nothing is typed, and `line_wanted(line, name)` with a
    line of the program about a variable. `caption`: what stands before it, "" for the name of the tensor."""

    wanted = Signal(object, str)
    line_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None, *, caption: str = "", name: str = "stage_slice") -> None:
        super().__init__(parent)
        self._caption = caption
        self._key: TensorKey | None = None
        self._name = ""
        self._n_axes: int | None = None  # None: not known so far
        self.subject, self.field, self.into = QLabel(self), QLineEdit(self), QToolButton(self)
        self.field.setObjectName(name)
        self.field.setPlaceholderText(_EXAMPLES[-1])
        self.field.setClearButtonEnabled(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.subject)
        row.addWidget(self.field, 1)
        row.addWidget(self.into)
        row.addStretch(0)
        if caption:
            self.subject.setProperty("role", "caption")
            self.subject.setBuddy(self.field)
            speak(self.subject.setText, caption)
        speak(self.field.setToolTip, "An index as Python writes it: numbers, slices, ..., None and lists")
        speak(self.field.setAccessibleName, "Part of the tensor, as an index")
        speak(self.into.setToolTip, "Put this line into the program")
        speak(self.into.setAccessibleName, "Put this line into the program")
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._ask)
        self.field.textEdited.connect(lambda text: self._typing.start())
        self.field.returnPressed.connect(self._ask)
        self.into.clicked.connect(self._want_line)
        theme.current().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        look = theme.current()
        self.field.setFont(look.mono(13))
        if not self._caption:
            self.subject.setFont(look.mono(13))
        self.field.setMinimumWidth(look.px(_LEAST_PX))
        self.field.setMaximumWidth(look.px(_MOST_PX))
        self.into.setIcon(icons.icon("plus"))
        self.into.setIconSize(QSize(look.px(14), look.px(14)))

    @property
    def index(self) -> str:
        """What is typed, in brackets; "" for nothing, with or without these."""
        text = self.field.text().strip()
        if _NOTHING.fullmatch(text):
            return ""
        return with_brackets(text, self._name)

    def set_tensor(self, key: TensorKey, name: str) -> None:
        """Of which a part can be seen. Another one than before is whole again; a part of this one changes nothing."""
        if isinstance(key, SliceKey):
            return
        if key != self._key:
            self._typing.stop()
            self.field.clear()
            self._n_axes = None
        self._key, self._name = key, name
        if not self._caption:
            self.subject.setText(name)
        self._show_button()

    def set_n_axes(self, n_axes: int) -> None:
        """Of the whole tensor, once it is known: of a scalar there is no part, and the example has as many axes."""
        self._n_axes = n_axes
        self.field.setPlaceholderText(_EXAMPLES[min(max(n_axes, 1), len(_EXAMPLES)) - 1])

    def clear(self) -> None:
        """The whole tensor is seen again, which whoever asks for it says itself."""
        self._typing.stop()
        self.field.clear()
        self._show_button()

    def part_of(self, key: TensorKey | None) -> TensorKey | None:
        """What is seen of a tensor of the same shape."""
        return SliceKey(key, self.index) if self.index and isinstance(key, _SLICED) else key

    @property
    def applies(self) -> bool:
        """Whether a part of what is shown can be seen."""
        return isinstance(self._key, _SLICED) and self._n_axes != 0

    def _show_button(self) -> None:
        self.into.setEnabled(bool(self.index and as_written(self._name)[0]))

    def _want_line(self) -> None:
        text, variable = as_written(self._name)
        self.line_wanted.emit(f"{text}{self.index}", variable)

    def _ask(self) -> None:
        self._typing.stop()
        self._show_button()
        if isinstance(self._key, _SLICED):
            self.wanted.emit(self.part_of(self._key), f"{self._name}{self.index}")
