"""The variables of a program while it runs: asked for now and then, less often where the answer costs much."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from engine.protocol.messages import AskVariables, Variables
from visualizer.model.engine_process import EngineProcess
from visualizer.model.newest import counts_due

_SOONEST_MS, _LATEST_MS = 500, 5000
# The engine reads between two operations of the program, which waits meanwhile: for at most a 20th of its time.
_SHARE = 20


class LiveVariables(QObject):
    """`arrived` carries each answer between `start` and `stop`. What is counted in large tensors takes as long as many
    operations of the program: the first question leaves it out, for most programs are over before a second one."""

    arrived = Signal(object)

    def __init__(self, engine: EngineProcess, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._since_asked = QElapsedTimer()
        self._is_on = False
        self._is_counting = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ask)

    def start(self) -> None:
        """Begin to ask; nothing changes where it has begun."""
        if not self._is_on:
            self._is_on, self._is_counting = True, False
            self._timer.start(_SOONEST_MS)

    def stop(self) -> None:
        """Ask no more; an answer that is under way is nobody's."""
        self._is_on = False
        self._timer.stop()

    def _ask(self) -> None:
        self._since_asked.start()
        question = AskVariables(counting="rest" if self._is_counting else "later")
        self._engine.ask(question, self._take, lambda sentence: None, may_wait=True)

    def _take(self, event: Variables) -> None:
        if self._is_on:
            self._is_counting = self._is_counting or counts_due(event.rows)
            self._timer.start(min(max(_SOONEST_MS, _SHARE * self._since_asked.elapsed()), _LATEST_MS))
            self.arrived.emit(event)
