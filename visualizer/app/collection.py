"""When Python looks for cycles among all objects: while nothing is made."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from visualizer.model.turns import rested_s

_YOUNG_OBJECTS = 10_000  # before a first look for cycles among them; Python's own is 700
_MIDDLE_LOOKS = 10  # among those that outlived one, before a look at all
_NEVER = 1 << 30
_LOOK_MS, _REST_S = 500, 1.0


class RestingCollector(QObject):
    """A graph that comes in is thousands of objects more for a moment: the look at all of them, due as often as ever,
    waits until no work has been done in turns for a while. On the window's thread."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        gc.set_threshold(_YOUNG_OBJECTS, _MIDDLE_LOOKS, _NEVER)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._collect)
        self._look.start()

    def _collect(self) -> None:
        if gc.get_count()[2] > _MIDDLE_LOOKS and rested_s() > _REST_S:
            gc.collect()
