"""Graphs of real size: a GPT-2 of XL's depth and an RNN of 50,000 nodes, in a real window with a real engine."""

from __future__ import annotations

import time

import numpy as np
import psutil
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.protocol.messages import GraphShown, RunProgram
from engine.shared.measurement import Measurement
from visualizer.app.application import settle
from visualizer.app.main_window import MainWindow
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.bench.opened import opened_window
from visualizer.bench.program import GPT2_124M, GPT2_SMALL
from visualizer.bench.waiting import run_events, until, until_true

# As deep as GPT-2 XL, but narrow: a graph's size is its nodes, and the values would take 6 GB.
_XL = GPT2_SMALL.replace("d=64, h=4, layers=4", "d=16, h=4, layers=48").replace("loss.backward()\n", "")
_RNN = """\
import torch
W, U = (torch.randn(4, 4) * 0.3).requires_grad_(), torch.randn(2, 4, requires_grad=True)
h = torch.zeros(1, 4)
for x in torch.randn(10_000, 1, 2):
    h = torch.tanh(h @ W + x @ U)
loss = h.sum()
"""
_FRAME_MS = 1000 / 60
_N_FRAMES = 60
_RESTS = (0.27, 0.35, 0.5, 0.61, 0.8)  # zooms
_N_STEPS = 30
_REST_S = 0.15  # after which what a step has asked for is there


def gpt2_xl() -> list[Measurement]:
    """From the engine's graph to the first paint, unfolding one block, and frames while panning and zooming."""
    window = _window(_XL)
    measured = _first_paint(window, "GPT-2 of XL's depth", "≤ 500 ms")
    graph = window.graph
    series = next(slot.fold for slot in graph.canvas.scene.shown.cards if slot.stack > 1)  # type: ignore[union-attr]
    _opened_ms(window, series)
    block = next(slot.fold for slot in graph.canvas.scene.shown.cards if slot.fold)  # type: ignore[union-attr]
    name = "unfolding one of its 48 blocks"
    measured.append(Measurement(name=name, ours=_opened_ms(window, block), aim="≤ 100 ms"))
    graph.unfold_all()
    until(graph.painted)
    measured.append(_lit(window))
    return [*measured, *_frames(window, "GPT-2 of XL's depth, unfolded")]


def long_rnn() -> list[Measurement]:
    """The same of an RNN of 10,000 passes, some 50,000 nodes; it stays folded, as it opens."""
    window = _window(_RNN)
    measured = _first_paint(window, "RNN of 50,000 nodes", "≤ 1,000 ms")
    window.close_unasked()
    return measured


def following() -> list[Measurement]:
    """One step of a held pass through GPT-2 124M, wholly unfolded, the view following: from the key to the first
    repaint that shows the next node, without what PyTorch took for the backward of the node that was held."""
    window = _window(GPT2_124M + "loss.backward()\n", step=True)
    window.graph.unfold_all()
    until(window.graph.painted)
    repaint = _Repaint(window)
    steps = [_followed(window, repaint) for _ in range(_N_STEPS)]
    ours_ms, own_ms = (float(np.percentile(times, 95)) for times in zip(*steps, strict=True))
    window.close_unasked()
    run_events(0.5)
    return [
        Measurement(
            name="one step while following, GPT-2 124M unfolded, key to repaint beside the node's own backward, "
            "95th percentile",
            ours=ours_ms,
            other=own_ms,
            against="the node's own backward, 95th percentile",
            aim="≤ 33 ms",
        )
    ]


def _followed(window: MainWindow, repaint: _Repaint) -> tuple[float, float]:
    """(all else, the held node's own backward) of one step, milliseconds."""
    run_events(_REST_S)
    history = window.session.history
    node, start_s = history.held, time.perf_counter()
    assert node is not None
    repaint.expect()
    QTest.keyClick(window, Qt.Key.Key_F10)
    until(repaint.done)
    own_ms = history.time_ms(node.id) or 0.0
    return (repaint.time_s - start_s) * 1000 - own_ms, own_ms


class _Repaint(QObject):
    """`done` follows the first repaint of the window that shows another position of the pass; `time_s` is its end."""

    done = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._history = window.session.history
        self._position = -1  # that was on screen; -1 where no repaint is awaited
        self._is_painting = False
        self.time_s = 0.0
        window.installEventFilter(self)

    def expect(self) -> None:
        """From now on."""
        self._position = self._history.position

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_awaited = 0 <= self._position < self._history.position
        if event.type() != QEvent.Type.UpdateRequest or self._is_painting or not is_awaited:
            return False
        self._is_painting = True
        watched.event(event)
        self._is_painting = False
        self._position, self.time_s = -1, time.perf_counter()
        self.done.emit()
        return True


def _window(program: str, *, step: bool = False) -> MainWindow:
    window = opened_window()
    settle()  # as the program does once the window is all there
    if step:
        window.session.run(program, "size.py", step=True)
        until_true(lambda: window.session.state == "paused")
        until_true(lambda: window.graph.canvas.scene is not None)
    else:
        window.engine.send(RunProgram(text=program, path="size.py"))
        until(window.session.program_finished)
    return window


def _first_paint(window: MainWindow, name: str, aim: str) -> list[Measurement]:
    """The window's part, from the news of the graph on, and its memory, over a window that shows none."""
    window.graph.set_graph(None)
    run_events(0.3)
    before = psutil.Process().memory_info().rss
    arrived, painted = _times_of(window)
    asked_s = time.perf_counter()
    window.session.show_graph("loss")
    until(window.graph.painted)
    graph = window.session.graph
    assert graph is not None
    run_events(0.5)
    per_node = (psutil.Process().memory_info().rss - before) / len(graph.nodes) / 1000
    title = f"{name}, {len(graph.nodes):,} nodes"
    window_ms, walk_ms = (painted[0] - arrived[0]) * 1000, (arrived[0] - asked_s) * 1000
    return [
        Measurement(
            name=f"{title}: to the first paint, folded",
            ours=window_ms,
            other=walk_ms,
            against="the engine's walk through the graph",
            aim=aim,
        ),
        Measurement(name=f"{title}: the window's memory", ours=per_node, unit="kB a node", aim="≤ 2 kB a node"),
    ]


def _times_of(window: MainWindow) -> tuple[list[float], list[float]]:
    """When a graph came, before any panel has heard of it, and when it was painted; filled while events run."""
    arrived, painted = list[float](), list[float]()
    session, engine = window.session, window.engine

    def hear(event: object) -> None:
        if isinstance(event, GraphShown):
            arrived.append(time.perf_counter())
        session.take_in(event)

    engine.event_arrived.disconnect(session.take_in)
    engine.event_arrived.connect(hear)
    window.graph.painted.connect(lambda: painted.append(time.perf_counter()))
    return arrived, painted


def _opened_ms(window: MainWindow, key: str) -> float:
    start_s = time.perf_counter()
    window.graph.canvas.fold_toggled.emit(key)
    until(window.graph.painted)
    return (time.perf_counter() - start_s) * 1000


def _lit(window: MainWindow) -> Measurement:
    """The way through the middle of the graph lights up, all of it in view: from the end of the mouse's rest to the
    repaint, its edges not yet arranged."""
    canvas, light = window.graph.canvas, window.graph.light
    assert canvas.scene is not None
    window.graph.fit()
    light.switch(is_on=False)
    canvas.pointed.emit(canvas.scene.rect(len(canvas.scene.rects) // 2).center())
    _painted_ms(canvas)
    start_s = time.perf_counter()
    light.switch(is_on=True)
    _painted_ms(canvas)
    ours_ms = (time.perf_counter() - start_s) * 1000
    canvas.pointed.emit(None)
    light.dismiss()
    return Measurement(name="the same unfolded: the way of a gradient lights up", ours=ours_ms, aim="≤ 16.7 ms")


def _frames(window: MainWindow, name: str) -> list[Measurement]:
    canvas = window.graph.canvas
    window.graph.fit()
    times: dict[str, list[float]] = {"panning": [], "zooming": []}
    for frame in range(_N_FRAMES):
        canvas.pan(7, 3 if frame % 2 else -3)
        times["panning"].append(_painted_ms(canvas))
        canvas.zoom_to(canvas.camera.zoom * 1.05, QPointF(700, 450))
        times["zooming"].append(_painted_ms(canvas))
    sharp = _sharp_ms(canvas)
    window.close_unasked()
    return [
        *(
            Measurement(
                name=f"{name}: a frame while {how}, 95th percentile",
                ours=float(np.percentile(found, 95)),
                other=_FRAME_MS,
                against="a frame",
                aim="≤ 16.7 ms",
            )
            for how, found in times.items()
        ),
        Measurement(name=f"{name}: the sharp frame once zooming rests, the slowest of {len(_RESTS)}", ours=sharp),
    ]


def _sharp_ms(canvas: GraphCanvas) -> float:
    times = []
    for zoom in _RESTS:
        canvas.zoom_to(zoom, QPointF(700, 450))
        canvas.redraw()
        times.append(_painted_ms(canvas))
    return max(times)


def _painted_ms(canvas: GraphCanvas) -> float:
    """What was asked for is painted once."""
    start_s = time.perf_counter()
    QApplication.sendPostedEvents(canvas.window(), QEvent.Type.UpdateRequest)
    return (time.perf_counter() - start_s) * 1000
