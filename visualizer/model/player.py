"""When Play steps, and over how many nodes: as many a second as are wanted, or as fast as they come."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

_FRAME_MS = 20  # a faster pace steps over several nodes at once: nobody sees more frames
_MOST_S = 0.2  # of a pace that are caught up at once, after a wait


class Player(QObject):
    """`due(n)` says that n nodes are to be stepped now."""

    due = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._nodes_per_s = 1.0
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    def start(self, nodes_per_s: float) -> None:
        """From now on."""
        self.set_speed(nodes_per_s)
        self._since.start()
        self._timer.start()

    def stop(self) -> None:
        """No more."""
        self._timer.stop()

    def set_speed(self, nodes_per_s: float) -> None:
        """Another pace, also while it plays."""
        self._nodes_per_s = nodes_per_s
        self._timer.setInterval(max(round(1000 / nodes_per_s), _FRAME_MS))

    def _tick(self) -> None:
        elapsed_s = min(self._since.restart() / 1000, _MOST_S)
        is_one_by_one = self._nodes_per_s * _FRAME_MS <= 1000  # however late the tick
        self.due.emit(1 if is_one_by_one else max(round(elapsed_s * self._nodes_per_s), 1))
