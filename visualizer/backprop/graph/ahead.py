"""Cards around what is in view get their pictures while nothing else happens, so that a pan and a step that is followed
find them made."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import QObject, QRectF, QTimer

from visualizer.backprop.graph.scene import Scene

Prepare = Callable[[], Iterator[bool]]  # goes card by card, the nearest first; True where it made a picture

_REST_MS = 50  # after a frame; a pan or a key that is held down paints the next before
_TURN_S = 0.003  # so long, or one picture, between two looks at what the person does
_REACH = 0.5  # of the view to each side: as far as a step goes that brings what is at its edge to the middle


class Ahead(QObject):
    """Begins a moment after the last frame, and ends when all is made. On the window's thread."""

    def __init__(self, prepare: Prepare, parent: QObject) -> None:
        super().__init__(parent)
        self._prepare = prepare
        self._under_way: Iterator[bool] | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._begin)
        self._next = QTimer(self, singleShot=True, interval=0)  # after what is due
        self._next.timeout.connect(self._take_turn)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be made for the last frame."""
        return not self._rest.isActive() and self._under_way is None

    def frame_painted(self) -> None:
        """What is in view, or known of it, may be something else: what was under way is given up."""
        self.stop()
        self._rest.start()

    def stop(self) -> None:
        """Until another frame is painted."""
        self._under_way = None
        self._next.stop()
        self._rest.stop()

    def _begin(self) -> None:
        self._under_way = self._prepare()
        self._take_turn()

    def _take_turn(self) -> None:
        end_s = time.perf_counter() + _TURN_S
        for made in self._under_way or ():
            if made or time.perf_counter() >= end_s:
                self._next.start()
                return
        self._under_way = None


def cards_around(scene: Scene, view: QRectF) -> list[int]:
    """The cards beside a part of the scene, the nearest first."""
    dx, dy = view.width() * _REACH, view.height() * _REACH
    cards = scene.cards_in(view.adjusted(-dx, -dy, dx, dy))
    x, y, width, height = scene.rects[cards].T
    across = np.maximum(view.left() - x - width, x - view.right()).clip(min=0)
    down = np.maximum(view.top() - y - height, y - view.bottom()).clip(min=0)
    away = np.hypot(across, down)
    beside: list[int] = cards[np.argsort(away, kind="stable")][np.count_nonzero(away == 0) :].tolist()
    return beside
