"""GPT-2 124M with 64 tokens: from asking for the graph behind the loss to its first paint."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from engine.protocol.messages import RunProgram
from engine.shared.measurement import Measurement
from visualizer.app.main_window import MainWindow
from visualizer.bench.opened import opened_window
from visualizer.bench.program import GPT2_124M
from visualizer.bench.waiting import until


def graph_paint(n_rounds: int = 3) -> list[Measurement]:
    """Folded and unfolded, medians of the rounds, against the program itself. With a real window and engine."""
    window = opened_window()
    start_s = time.perf_counter()
    window.engine.send(RunProgram(text=GPT2_124M, path="gpt2_bench.py"))
    until(window.session.program_finished)
    program_ms = (time.perf_counter() - start_s) * 1000
    measured = []
    for how, act, aim in (("folded", None, "≤ 300 ms"), ("unfolded", window.graph.unfold_all, "≤ 600 ms")):
        ours_ms = statistics.median(_graph_ms(window, act) for _ in range(n_rounds))
        name = f"GPT-2 124M, 64 tokens, from loss to first paint, {how}"
        measured.append(Measurement(name=name, ours=ours_ms, other=program_ms, against="the program itself", aim=aim))
    window.close()
    return measured


def _graph_ms(window: MainWindow, act: Callable[[], None] | None) -> float:
    window.graph.set_graph(None)
    start_s = time.perf_counter()
    window.session.show_graph("loss")
    until(window.graph.painted)
    if act is not None:
        act()
        until(window.graph.painted)
    return (time.perf_counter() - start_s) * 1000
