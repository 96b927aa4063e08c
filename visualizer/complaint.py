"""One sentence about what could not be done, in a box over the window."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget


def complain(parent: QWidget, title: str, sentence: str) -> None:
    """Open the box and return at once."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, sentence, parent=parent)
    box.setObjectName("complaint")
    box.finished.connect(box.deleteLater)
    box.open()
