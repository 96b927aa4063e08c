"""What the workspace's engine is doing, in one word of a few."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.shared.language import mark, tr

_WORDS = {
    "starting": mark("Starting the engine"),
    "ready": mark("Engine ready"),
    "running": mark("Running"),
    "paused": mark("Paused"),
    "held": mark("Held at a number that is not finite"),
    "stepping": mark("Running on"),
    "input": mark("Waiting for input"),
    "ended": mark("Engine ended"),
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
        """Whether a program or a pass runs or is held."""
        return self.state in ("running", "paused", "held", "stepping", "input")

    @property
    def words(self) -> str:
        """The state, in the language of the window."""
        return tr(_WORDS[self.state])
