"""The call that ended a run with an exception: what it took, and below that why nothing was made of it."""

from __future__ import annotations

from collections.abc import Container

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.protocol.keys import TensorKey, VariableKey
from engine.protocol.operations import OperationSeen
from engine.protocol.program_values import ProgramError
from engine.protocol.storage import AskStorage, StorageShown
from engine.protocol.tensor_values import TensorDetails
from engine.shared.language import said
from visualizer.backprop.stage.operands_row import OperandsRow
from visualizer.backprop.stage.storage_strip import StorageStrip
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel, on_one_line
from visualizer.look.spoken import Words

_OF_STRIDES = "view"  # what fails by the places of the elements, not by how many there are
_STORAGE_PX = 90  # at 100 %


class FailedOperation(QWidget):
    """Holds no tensor: `details_wanted(OperandKey)` is answered by `set_details`, and
    `rectangle_wanted(AskRectangle, Feed)` by the feed's `take`; `storage_wanted(AskStorage)`, of what cannot be viewed
    in another shape, by `show_storage`."""

    details_wanted = Signal(object)
    rectangle_wanted = Signal(object, object)
    storage_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("failed_operation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = ElidedLabel(20, "text.primary", weight=600, mono=True, is_code=True, smallest_px=13, parent=self)
        self.kind = ElidedLabel(13, "error.text", whole=True, parent=self)
        self.operands = OperandsRow(self, end="= ?")
        self.operands.is_above = True
        self.words = QLabel(self, objectName="failed_operation_said")
        self.words.setProperty("role", "error")
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.storage = StorageStrip(self)
        self._asked: AskStorage | None = None
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.kind)
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self.operands, 1)
        self._column.addWidget(self.storage)
        self._column.addWidget(self.words)
        self.operands.details_wanted.connect(self.details_wanted)
        self.operands.rectangle_wanted.connect(self.rectangle_wanted)
        theme.current().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        look = theme.current()
        self._column.setContentsMargins(*(look.px(side) for side in (20, 16, 20, 20)))
        self._column.setSpacing(look.px(12))
        self.words.setFont(look.font(14))
        self.storage.set_room(look.px(_STORAGE_PX))

    def show_failure(self, seen: OperationSeen, error: ProgramError, variables: Container[str] = ()) -> None:
        """A call of the newest run, and the exception that it raised. `variables`: names that hold tensors."""
        sentence = said(error.said)
        self.title.set_text(on_one_line(seen.text) or seen.sign)
        self.kind.set_text(error.type_name)
        self.words.setText(sentence)
        self.setAccessibleName(f"{self.title.text()}, {error.type_name}")
        self.setAccessibleDescription(sentence)
        self.operands.show_operation(seen)
        name = seen.operands[0].name
        is_of_strides = seen.sign == _OF_STRIDES and name in variables
        self._asked = AskStorage(key=VariableKey(name), name=name) if is_of_strides else None
        self.storage.setVisible(is_of_strides)
        if is_of_strides:
            self.storage_wanted.emit(self._asked)

    def show_storage(self, asked: AskStorage, shown: StorageShown) -> None:
        """The answer; an old one is passed over."""
        if asked == self._asked:
            self.storage.show_storage(shown)

    def set_details(self, details: TensorDetails) -> None:
        """What the engine says of an operand; of any other tensor, nothing happens."""
        self.operands.set_details(details)

    def request_failed(self, key: TensorKey, why: Words) -> None:
        """An operand that was asked for cannot be shown."""
        self.operands.request_failed(key, why)

    @property
    def stop(self) -> QWidget:
        """What takes the keyboard."""
        maps = [one.sheets.sheets[0].heat_map for one in self.operands.blocks if one.sheets.sheets]
        return maps[0] if maps else self
