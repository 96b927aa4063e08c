"""Under the cells: the storage that they lie in, with what shares it, once somebody opens it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollBar, QToolButton, QVBoxLayout, QWidget

from engine.protocol.keys import NodeValueKey, TensorKey, VariableKey
from engine.protocol.storage import AskStorage, StorageShown
from engine.shared.language import said
from visualizer.backprop.stage.storage_strip import StorageStrip
from visualizer.look import icons, theme
from visualizer.look.countable import countable
from visualizer.look.spoken import Words, speak, speak_by


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
        self.bar = QScrollBar(Qt.Orientation.Horizontal, self, objectName="stage_storage_bar")
        self.bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        speak(self.bar.setAccessibleName, "The first element of the storage that is seen")
        self.bar.valueChanged.connect(self._scroll)
        self.bar.hide()
        column.addWidget(self.strip)
        column.addWidget(self.bar)
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

    def _scroll(self, first: int) -> None:
        if self._request is not None:
            self._request = AskStorage(key=self._request.key, name=self._request.name, first=first)
            self._ask()

    def _show_bar(self) -> None:
        shown, n_seen = self.strip.shown, self.strip.n_seen()
        with QSignalBlocker(self.bar):
            self.bar.setRange(0, countable(shown.n_elements - n_seen))
            self.bar.setPageStep(countable(n_seen))
            self.bar.setValue(countable(shown.first))
        self.bar.setVisible(shown.n_elements > n_seen > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is room for more elements, or fewer."""
        self._show_bar()

    def show_storage(self, asked: AskStorage, shown: StorageShown | None, why: Words = str) -> None:
        """The answer; an old one is passed over."""
        if asked == self._request:
            self.strip.show_storage(shown or StorageShown())
            speak_by(self.words.setText, why if shown is None else lambda: " ".join(said(one) for one in shown.said))
            self._show_bar()
            self.shown_anew.emit()
