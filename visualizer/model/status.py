"""What the workspace's engine is doing, in one word of a few."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

_WORDS = {
    "starting": "Starting the engine",
    "ready": "Engine ready",
    "running": "Running",
    "paused": "Paused",
    "held": "Held at a number that is not finite",
    "stepping": "Running on",
    "input": "Waiting for input",
    "ended": "Engine ended",
}


class Status(QObject):
    """`state` is a key of _WORDS."""

    changed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.state = "starting"

    def set(self, state: str) -> None:
        """It does something else now."""
        if state != self.state:
            self.state = state
            self.changed.emit(state)

    @property
    def is_busy(self) -> bool:
        return self.state in ("running", "paused", "held", "stepping", "input")

    @property
    def words(self) -> str:
        return _WORDS[self.state]
