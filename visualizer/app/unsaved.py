"""The text of the editor, kept on the disk while it is in no file of its own, for when its window does not end well."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol.errors import EngineError
from engine.shared.language import said
from visualizer.app.documents import Recovery

_SETTLED_MS = 1000
_LONGEST_MS = 5000  # also of a person who types on and on
Kept: TypeAlias = tuple[Path | None, str]  # the file that it is of, and the text


class Unsaved(QObject):
    """Of one window, on its thread. `text` tells what is to be kept, None where nothing is unsaved."""

    failed = Signal(object)  # why it could not be kept

    def __init__(self, parent: QObject, text: Callable[[], Kept | None]) -> None:
        super().__init__(parent)
        self._text = text
        self._recovery = Recovery()
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._overdue = QTimer(self, singleShot=True, interval=_LONGEST_MS)
        for timer in (self._settled, self._overdue):
            timer.timeout.connect(self.keep)

    def changed(self) -> None:
        """The text is another: it is kept soon."""
        self._settled.start()
        if not self._overdue.isActive():
            self._overdue.start()

    def keep(self) -> None:
        """At once."""
        self._settled.stop()
        self._overdue.stop()
        kept = self._text()
        if kept is None:
            self.forget()
            return
        try:
            self._recovery.save(*kept)
        except EngineError as error:
            self.failed.emit(partial(said, error.sentence))

    def forget(self) -> None:
        """Nothing is unsaved any more."""
        self._recovery.clear()
