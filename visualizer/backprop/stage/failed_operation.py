"""The call that ended a run with an exception: what it took, and below that why nothing was made of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.protocol.keys import TensorKey
from engine.protocol.operations import OperationSeen
from engine.protocol.program_values import ProgramError
from engine.protocol.tensor_values import TensorDetails
from engine.shared.language import said
from visualizer.backprop.stage.operands_row import OperandsRow
from visualizer.look import theme
from visualizer.look.labels import ElidedLabel
from visualizer.look.spoken import Words


class FailedOperation(QWidget):
    """Holds no tensor: `details_wanted(OperandKey)` is answered by `set_details`, and
    `rectangle_wanted(AskRectangle, Feed)` by the feed's `take`."""

    details_wanted = Signal(object)
    rectangle_wanted = Signal(object, object)

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
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.kind)
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self.operands, 1)
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

    def show_failure(self, seen: OperationSeen, error: ProgramError) -> None:
        """A call of the newest run, and the exception that it raised."""
        sentence = said(error.said)
        self.title.set_text(seen.text or seen.sign)
        self.kind.set_text(error.type_name)
        self.words.setText(sentence)
        self.setAccessibleName(f"{self.title.text()}, {error.type_name}")
        self.setAccessibleDescription(sentence)
        self.operands.show_operation(seen)

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
