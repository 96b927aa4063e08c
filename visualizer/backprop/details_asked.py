"""Details of the tensors on screen: asked of the engine one at a time, and not before the frame that shows the tensor.

While a pass is stepped another tensor comes with each step. The engine counts the numbers of a large one for longer
than the window paints: what was passed over meanwhile is not asked for at all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from engine.protocol.keys import SliceKey, TensorKey
from engine.protocol.messages import AskDetails, Details
from visualizer.look.spoken import Words
from visualizer.model.engine_process import EngineProcess

_Kind = tuple[type, type]


def _kind(key: TensorKey) -> _Kind:
    """A part of a value and one of a gradient are two."""
    return type(key), type(key.of if isinstance(key, SliceKey) else key)


class DetailsAsked(QObject):
    """`take` gets each answer, `fail` the tensor and why. Value and gradient do not wait for each other. What is
    still to be read of a large tensor is asked for again and again while `may_go_on()`, while no program waits for it.
    """

    def __init__(
        self,
        engine: EngineProcess,
        take: Callable[[Details], None],
        fail: Callable[[TensorKey, Words], None],
        may_go_on: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._engine, self._take, self._fail, self._may_go_on = engine, take, fail, may_go_on
        self._wanted: dict[_Kind, TensorKey] = {}  # the newest of each kind of key
        self._asked: dict[_Kind, TensorKey] = {}  # those whose answers are on their way
        self._soon = QTimer(self, singleShot=True, interval=0)  # a frame comes before timers
        self._soon.timeout.connect(self._send)
        engine.ready.connect(self._forget)

    def want(self, key: TensorKey) -> None:
        """It is on screen, or has other numbers than before."""
        self._wanted[_kind(key)] = key
        self._soon.start()

    def _send(self) -> None:
        for kind in self._wanted.keys() - self._asked.keys():
            key = self._asked[kind] = self._wanted.pop(kind)
            answered, failed = partial(self._answered, kind), partial(self._failed, key)
            self._engine.ask(AskDetails(key=key), answered, failed, may_wait=True)

    def _answered(self, kind: _Kind, event: Details) -> None:
        key = self._asked.get(kind)
        if key is not None and event.details.summary.counts_due and self._may_go_on():
            self._wanted.setdefault(kind, key)
        self._end(kind)
        self._take(event)

    def _failed(self, key: TensorKey, why: Words) -> None:
        self._end(_kind(key))
        self._fail(key, why)

    def _end(self, kind: _Kind) -> None:
        self._asked.pop(kind, None)
        if self._wanted:
            self._soon.start()

    def _forget(self) -> None:
        """Another engine answers nothing of what the one before was asked."""
        self._asked.clear()
        self._soon.start()
