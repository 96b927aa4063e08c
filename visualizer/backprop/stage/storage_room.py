"""Under the cells: the storage that they lie in, with what shares it, once somebody opens it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from engine.protocol.keys import NodeValueKey, TensorKey, VariableKey
from engine.protocol.storage import AskStorage, StorageShown
from engine.shared.language import said
from visualizer.backprop.stage.storage_strip import StorageStrip
from visualizer.look import icons, theme
from visualizer.look.spoken import speak


class StorageRoom(QWidget):
    """Open or closed by `button`, and the same for the next tensor. `storage_wanted(AskStorage)` is answered by
    `show_storage`, after which it emits `shown_anew()`; while it is closed nothing is asked."""

    storage_wanted = Signal(object)
    shown_anew = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QToolButton(parent, objectName="stage_storage")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._open)
        speak(self.button.setToolTip, "Storage: which elements lie where, who shares them, and strides as steps")
        speak(self.button.setAccessibleName, "Storage")
        self.strip, self.words = StorageStrip(self), QLabel(self, objectName="stage_storage_said")
        self.words.setWordWrap(True)
        self._request: AskStorage | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.strip)
        column.addWidget(self.words)
        theme.current().changed.connect(self._dress)
        self._dress()
        self.hide()

    def _dress(self) -> None:
        look = theme.current()
        self.button.setIcon(icons.icon("storage"))
        self.button.setIconSize(QSize(look.px(16), look.px(16)))
        self.words.setFont(look.font(12))
        self.words.setStyleSheet(f"color: {look.color('text.secondary').name()}; background: transparent;")

    def set_tensor(self, key: TensorKey, name: str) -> None:
        """Another tensor, or the same with other values."""
        self._request = AskStorage(key=key, name=name) if isinstance(key, VariableKey | NodeValueKey) else None
        self.button.setEnabled(self._request is not None)
        self._ask()

    def _open(self) -> None:
        self.setVisible(self.button.isChecked() and self._request is not None)
        self._ask()

    def _ask(self) -> None:
        is_wanted = self.button.isChecked() and self._request is not None
        self.setVisible(is_wanted)
        if is_wanted:
            self.storage_wanted.emit(self._request)

    def show_storage(self, asked: AskStorage, shown: StorageShown | None, sentence: str = "") -> None:
        """The answer; an old one is passed over."""
        if asked == self._request:
            self.strip.show_storage(shown or StorageShown())
            self.words.setText(sentence if shown is None else " ".join(said(one) for one in shown.said))
            self.shown_anew.emit()
