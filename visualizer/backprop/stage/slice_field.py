"""A field for an index, as Python writes it: what stands on the stage is then that part of the tensor."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from engine.protocol.keys import NodeGradKey, NodeValueKey, SliceKey, TensorKey, VariableGradKey, VariableKey
from visualizer.look import icons, theme
from visualizer.look.spoken import speak

_TYPING_MS = 250
_SLICED = VariableKey | VariableGradKey | NodeValueKey | NodeGradKey


class SliceField(QWidget):
    """Emits `wanted(TensorKey, name)`, the whole tensor where nothing is typed, and `line_wanted(line, name)` with a
    line of the program about a variable."""

    wanted = Signal(object, str)
    line_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: TensorKey | None = None
        self._name = ""
        self.subject, self.field, self.into = QLabel(self), QLineEdit(self), QToolButton(self)
        self.field.setObjectName("stage_slice")
        self.field.setPlaceholderText("[:, 0, ::2]")
        self.field.setClearButtonEnabled(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.subject, self.field, self.into):
            row.addWidget(widget)
        row.addStretch(1)
        speak(self.field.setToolTip, "An index as Python writes it: numbers, slices, ..., None and lists")
        speak(self.field.setAccessibleName, "Part of the tensor, as an index")
        speak(self.into.setToolTip, "Put this line into the program")
        speak(self.into.setAccessibleName, "Put this line into the program")
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._ask)
        self.field.textEdited.connect(lambda text: self._typing.start())
        self.field.returnPressed.connect(self._ask)
        self.into.clicked.connect(lambda: self.line_wanted.emit(f"{self._name}{self.index}", self._name))
        theme.current().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        look = theme.current()
        for widget in (self.subject, self.field):
            widget.setFont(look.mono(13))
        self.field.setFixedWidth(look.px(200))
        self.into.setIcon(icons.icon("plus"))
        self.into.setIconSize(QSize(look.px(14), look.px(14)))

    @property
    def index(self) -> str:
        """What is typed, in brackets; "" for nothing."""
        text = self.field.text().strip()
        return text if not text or text.startswith("[") else f"[{text}]"

    def set_tensor(self, key: TensorKey, name: str) -> None:
        """Of which a part can be seen. Another one than before is whole again; a part of this one changes nothing."""
        if isinstance(key, SliceKey):
            return
        if key != self._key:
            self._typing.stop()
            self.field.clear()
        self._key, self._name = key, name
        self.subject.setText(name)
        self._show_button()

    @property
    def applies(self) -> bool:
        """Whether a part of what is shown can be seen."""
        return isinstance(self._key, _SLICED)

    def _show_button(self) -> None:
        self.into.setEnabled(bool(self.index) and re.fullmatch(r"[\w.]+", self._name) is not None)

    def _ask(self) -> None:
        self._typing.stop()
        self._show_button()
        if isinstance(self._key, _SLICED):
            key = SliceKey(self._key, self.index) if self.index else self._key
            self.wanted.emit(key, f"{self._name}{self.index}")
