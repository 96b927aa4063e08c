"""Of what time the numbers are where the program was too busy to be asked, and a button that asks again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from engine.protocol.notes import Earlier, Note
from visualizer.look.labels import Pill
from visualizer.look.spoken import speak
from visualizer.model import note_words


class AgeBar(QWidget):
    """Hidden for numbers of now. Emits `again_wanted()`."""

    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note, self.button = Pill(self), QToolButton(self, objectName="stage_again")
        speak(self.button.setText, "Read again")
        speak(self.button.setToolTip, "Ask the engine for these numbers once more")
        self.button.clicked.connect(self.again_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.note)
        row.addWidget(self.button)
        self.hide()

    def set_note(self, note: Note | None) -> None:
        """What is to be known of the answer."""
        self.note.set_text(note_words.words(note) if isinstance(note, Earlier) else "")
        self.setVisible(isinstance(note, Earlier))
