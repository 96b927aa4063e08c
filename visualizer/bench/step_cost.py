"""What one step of a large pass costs the window: its handlers, from the news of the engine on, and its painting."""

from __future__ import annotations

import statistics
import time

from PySide6.QtCore import QEvent, QObject

from engine.protocol.messages import BackwardProgress
from engine.shared.measurement import Measurement
from visualizer.app.application import make_application
from visualizer.app.main_window import MainWindow
from visualizer.app.settings import Settings
from visualizer.bench.waiting import run_events, until

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
_FRAME_MS = 1000 / 60
_QUIET_S = 0.15  # after which a step and all that it asked for is done
_N_FIRST = 3  # steps, which fill caches


def step_cost(n_nodes: int = 5_000, n_steps: int = 9) -> list[Measurement]:
    """Medians over steps with a real window and a real engine, the whole graph in view and in reading zoom.

    Processor time of the window's thread: waiting costs nothing of it. Handlers are those of the news that the next
    node is held, until every panel has taken it in; against them stands all but painting: the answers to what the
    panels asked for then, layouts, and Qt's own work.
    """
    make_application(Settings())
    window = MainWindow(Settings())
    window.resize(1400, 900)
    window.show()
    clock = _Clock(window)
    window.session.start_engine()
    until(window.session.ready)
    window.session.run(CHAIN.format(n_iterations=n_nodes // 4), "chain.py", step=True)
    until(window.graph.painted)
    measured = []
    for zoom, show in (("whole graph", window.graph.fit), ("reading", lambda: window.graph.canvas.zoom_to(1.0))):
        show()
        steps = [_step(window, clock) for _ in range(n_steps + _N_FIRST)][_N_FIRST:]
        handlers_ms, all_ms, frame_ms = (statistics.median(times) for times in zip(*steps, strict=True))
        name = f"a step at {n_nodes:,} nodes, {zoom}"
        measured += [
            Measurement(
                name=f"{name}: its handlers", ours=handlers_ms, other=all_ms, against="with all answers", aim="≤ 4 ms"
            ),
            Measurement(
                name=f"{name}: its longest paint", ours=frame_ms, other=_FRAME_MS, against="a frame", aim="≤ 16.7 ms"
            ),
        ]
    window.close_unasked()  # the program may have computed for long, on a busy machine
    run_events(_QUIET_S)
    return measured


def _step(window: MainWindow, clock: _Clock) -> tuple[float, float, float]:
    """(handlers, all but painting, longest paint) of one step, milliseconds."""
    run_events(_QUIET_S)
    window.actions_by_id["step"].trigger()
    clock.restart()  # what the key itself costs is over before the engine has heard of it
    run_events(_QUIET_S)
    return clock.handlers_ms, clock.busy_ms - sum(clock.frames_ms), max(clock.frames_ms)


class _Clock(QObject):
    """Processor time of the window's thread since `restart`."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._is_painting = False
        self._session = window.session
        window.engine.event_arrived.disconnect(window.session.take_in)
        window.engine.event_arrived.connect(self._take_in)
        window.installEventFilter(self)
        self.restart()

    def restart(self) -> None:
        """Count from now on."""
        self.handlers_ms = 0.0
        self.frames_ms: list[float] = []
        self._start_s = time.thread_time()

    @property
    def busy_ms(self) -> float:
        return (time.thread_time() - self._start_s) * 1000

    def _take_in(self, event: object) -> None:
        start_s = time.thread_time()
        self._session.take_in(event)
        if isinstance(event, BackwardProgress):
            self.handlers_ms += (time.thread_time() - start_s) * 1000

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest or self._is_painting:
            return False
        start_s = time.thread_time()
        self._is_painting = True
        watched.event(event)
        self._is_painting = False
        self.frames_ms.append((time.thread_time() - start_s) * 1000)
        return True
