"""When Python looks for cycles: on the window's thread alone, and among all objects while nothing is made."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from visualizer.model.turns import rested_s

_YOUNG_OBJECTS = 10_000  # before a first look for cycles among them; Python's own is 700
_MIDDLE_OBJECTS = 100_000  # before a look among those that outlived one, too
_OBJECTS = 1_200_000  # before a look at all
_LOOK_MS, _REST_S = 50, 1.0


class RestingCollector(QObject):
    """Python would look in whichever thread makes one object too many, and take widgets in cycles apart there, which
    ends the process: from now on that is done between two events of the window.

    A graph that comes in is thousands of objects more for a moment: the look at all of them, due as often as ever,
    waits until no work has been done in turns for a while. On the window's thread.
    """

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        gc.disable()
        self._n_since_middle = self._n_since_all = 0  # objects that a look among the young has met
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._collect)
        self._look.start()

    def _collect(self) -> None:
        n_young = gc.get_count()[0]
        if self._n_since_all > _OBJECTS and rested_s() > _REST_S:
            self._n_since_middle = self._n_since_all = 0
            gc.collect()
        elif n_young > _YOUNG_OBJECTS:
            self._n_since_middle += n_young
            self._n_since_all += n_young
            is_middle = self._n_since_middle > _MIDDLE_OBJECTS
            self._n_since_middle *= not is_middle
            gc.collect(1 if is_middle else 0)
