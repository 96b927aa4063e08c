"""What a person waits for when a graph or a tensor is large, and when a pass is stepped through."""

from __future__ import annotations

import queue
import statistics
import threading
import time

import torch

from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.bench.backward import GPT2
from engine.protocol.keys import VariableKey
from engine.protocol.messages import AskRectangle, BackwardProgress
from engine.protocol.until import UntilNext
from engine.shared.measurement import Measurement
from engine.tensors.rectangle import rectangle


def waiting_times() -> list[Measurement]:
    """A long graph, a large tensor and a step of a held pass; each once, after a first time that fills caches."""
    return [_graph_of_a_chain(50_000), _large_rectangle(10_000), _step()]


def _graph_of_a_chain(n_operations: int) -> Measurement:
    recorder = Recorder()
    h = torch.ones(2, requires_grad=True)
    with recorder.watching():
        for _ in range(n_operations):
            h = h + 1
    start_s = time.perf_counter()
    recorder.graph(h, "h", {"h": h})
    return Measurement(
        name=f"graph of a chain of {n_operations:,} operations", ours=_ms_since(start_s), aim="≤ 6,000 ms"
    )


def _large_rectangle(size: int) -> Measurement:
    x = torch.zeros(size, size)
    ask = AskRectangle(key=VariableKey("x"), n_rows=size, n_columns=size, step=size // 250)
    rectangle(ask.key, x, ask)
    start_s = time.perf_counter()
    rectangle(ask.key, x, ask)
    return Measurement(name=f"heat map of {size:,} × {size:,} numbers", ours=_ms_since(start_s), aim="≤ 100 ms")


def _step() -> Measurement:
    """The median time from one step of a held backward to the next node; another thread asks, as the engine does."""
    news: queue.SimpleQueue[object] = queue.SimpleQueue()
    recorder = Recorder()
    recorder.program_paths.add(__file__)
    controller = BackwardController(recorder, lambda event: news.put(event) if _is_held(event) else None)
    gaps_ms: list[float] = []
    stepper = threading.Thread(target=_step_through, args=(controller, news, gaps_ms))
    stepper.start()
    model, tokens = GPT2(n_layers=2, width=64, n_heads=4, vocabulary=128), torch.randint(0, 128, (1, 16))
    with recorder.watching(), controller.installed(stepping=True):
        model(tokens).backward()
    news.put(None)
    stepper.join()
    return Measurement(name="one step of a held backward", ours=statistics.median(gaps_ms), aim="≤ 5 ms")


def _is_held(event: object) -> bool:
    return isinstance(event, BackwardProgress) and event.state.status == "paused"


def _step_through(controller: BackwardController, news: queue.SimpleQueue, gaps_ms: list[float]) -> None:
    last_s = 0.0
    while news.get() is not None:
        if last_s:
            gaps_ms.append(_ms_since(last_s))
        last_s = time.perf_counter()
        controller.holding.step(UntilNext())


def _ms_since(start_s: float) -> float:
    return 1000 * (time.perf_counter() - start_s)
