"""What one step of a large pass costs the window: its handlers, from the news of the engine on, and its painting."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer

from visualizer.app.main_window import MainWindow
from visualizer.app.settings import Settings

# Four nodes an iteration: Mul, Sin, Add and the AccumulateGrad of a weight.
CHAIN = """\
import torch
weights = [torch.ones(8, 8, requires_grad=True) for _ in range({n_iterations})]
h = torch.ones(8, 8, requires_grad=True)
for weight in weights:
    h = torch.sin(h * weight) + h
loss = h.sum()
loss.backward()
"""
_QUIET_MS = 250  # after which a step and all that it asked for is done
_LONGEST_MS = 120_000


@dataclass(frozen=True)
class StepCost:
    """Medians over the steps, milliseconds: the window's own time, without what it waits for."""

    n_nodes: int
    handlers_ms: float
    paint_ms: float
    handlers_spread_ms: float  # half the distance between the quartiles
    paint_spread_ms: float


def step_costs(n_nodes: int = 5_000, n_steps: int = 15) -> dict[str, StepCost]:
    """By zoom, "whole graph" and "reading": steps with a real window and a real engine. Needs a QApplication."""
    window = MainWindow(Settings())
    window.resize(1400, 900)
    window.show()
    clock = _BusyClock(window)
    window.session.start_engine()
    _until(window.session.ready)
    window.session.run(CHAIN.format(n_iterations=n_nodes // 4), "chain.py", step=True)
    _until(window.graph.painted)
    costs = {}
    for zoom, show in (("whole graph", window.graph.fit), ("reading", lambda: window.graph.canvas.zoom_to(1.0))):
        show()
        costs[zoom] = _measure(window, clock, n_steps)
    window.close()
    return costs


def _measure(window: MainWindow, clock: _BusyClock, n_steps: int) -> StepCost:
    handlers_ms, paint_ms = [], []
    for index in range(n_steps + 3):
        _settle()
        window.actions_by_id["step"].trigger()
        clock.restart()  # what the key itself costs is over before the engine has heard of it
        _settle()
        if index >= 3:  # the first ones fill caches
            busy_ms = clock.busy_ms
            handlers_ms.append(busy_ms - clock.paint_ms)
            paint_ms.append(clock.paint_ms)
    graph = window.session.graph
    assert graph is not None
    return StepCost(
        len(graph.nodes),
        statistics.median(handlers_ms),
        statistics.median(paint_ms),
        _spread(handlers_ms),
        _spread(paint_ms),
    )


def _spread(values: list[float]) -> float:
    low, _, high = statistics.quantiles(values, n=4)
    return (high - low) / 2


class _BusyClock(QObject):
    """Processor time of the window's thread, and how much of it painted. Waiting costs nothing of it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._is_painting = False
        self.restart()
        window.installEventFilter(self)

    def restart(self) -> None:
        """Count from now on."""
        self.paint_ms = 0.0
        self._start_s = time.thread_time()

    @property
    def busy_ms(self) -> float:
        return (time.thread_time() - self._start_s) * 1000

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest or self._is_painting:
            return False
        start_s = time.thread_time()
        self._is_painting = True
        watched.event(event)
        self._is_painting = False
        self.paint_ms += (time.thread_time() - start_s) * 1000
        return True


def _settle() -> None:
    """Run the event loop until nothing of a step is left to do."""
    loop = QEventLoop()
    QTimer.singleShot(_QUIET_MS, loop.quit)
    loop.exec()


def _until(signal: object) -> None:
    loop = QEventLoop()
    signal.connect(lambda *arguments: loop.exit(0))  # type: ignore[attr-defined]
    QTimer.singleShot(_LONGEST_MS, lambda: loop.exit(1))
    if loop.exec():
        raise TimeoutError(f"Nothing happened for {_LONGEST_MS // 1000} s.")
