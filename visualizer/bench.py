"""`make bench`: each row a ratio measured side by side in one run, because machines are shared and noisy."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from engine.messages import RunProgram
from engine.values import Graph
from visualizer import app
from visualizer.bench_program import GPT2_124M
from visualizer.graph.bench import frame_times
from visualizer.graph.panel import GraphPanel
from visualizer.main_window import MainWindow
from visualizer.settings import Settings
from visualizer.training.bench import attached_ratio


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, ours, the other, the ratio and what we aim for."""

    name: str
    ours: str
    other: str
    ratio: str
    aim: str = ""


def main() -> int:
    """Measure every row and print the table."""
    application = app.make_application(Settings())
    rows: list[Row] = []
    for measure in (_start_rows, _frame_rows, lambda: _paint_rows(application), _engine_rows, _attached_rows):
        rows += measure()
        _print(rows[-1:])
    print("\n| what | ours | against | ratio | aim |\n| --- | --- | --- | --- | --- |")
    for row in rows:
        print(f"| {row.name} | {row.ours} | {row.other} | {row.ratio} | {row.aim} |")
    return 0


def _print(rows: list[Row]) -> None:
    for row in rows:
        print(f"… {row.name}: {row.ours} against {row.other}, {row.ratio}", file=sys.stderr, flush=True)


def _timed(command: list[str], environment: dict[str, str] | None = None) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **(environment or {})})
    return (time.perf_counter() - start) * 1000


_SHOWN = """
import sys, time
from PySide6.QtCore import QTimer
from visualizer import app
from visualizer.bench_program import GPT2_124M
from visualizer.main_window import MainWindow
from visualizer.settings import Settings
application = app.make_application(Settings())
window = MainWindow(Settings())
window.show()
application.processEvents()
assert window.isVisible() and "torch" not in sys.modules
if sys.argv[1] == "ready":
    window.session.ready.connect(lambda event: application.quit())
    QTimer.singleShot(0, lambda: window.begin(None))
    application.exec()
    window.session.close()
window.graph.close()
"""


def _start_rows() -> list[Row]:
    """Whole processes, in turn: `import torch`, window on the screen, window with its engine ready."""
    torch_ms, shown_ms, ready_ms = [], [], []
    for _ in range(5):
        torch_ms.append(_timed([sys.executable, "-c", "import torch"]))
        shown_ms.append(_timed([sys.executable, "-c", _SHOWN, "shown"]))
        ready_ms.append(_timed([sys.executable, "-c", _SHOWN, "ready"]))
    base = statistics.median(torch_ms)
    rows = []
    for name, times in (("window visible", shown_ms), ("window and engine ready", ready_ms)):
        ours = statistics.median(times)
        rows.append(Row(name, f"{ours:,.0f} ms", f"`import torch` {base:,.0f} ms", f"{ours / base:.2f}"))
    return rows


def _frame_rows() -> list[Row]:
    aims = {10_000: "≤ 8 ms", 50_000: "≤ 16.7 ms"}
    return [
        Row(
            f"frame of the whole graph, {row.n_nodes:,} nodes",
            f"{row.batched_ms:.1f} ms",
            f"one paint() per node {row.naive_ms:.0f} ms",
            f"{row.ratio:.0f}×",
            aims.get(row.n_nodes, ""),
        )
        for row in frame_times()
    ]


def _paint_rows(application: QApplication) -> list[Row]:
    """GPT-2 124M with 64 tokens: from asking for the graph behind the loss to its first paint."""
    window = MainWindow(Settings())
    window.resize(1400, 900)
    window.show()
    window.session.start_engine()
    _until(window.session.ready)
    shown: list[Graph] = []
    window.session.graph_changed.connect(lambda graph: shown.append(graph) if graph is not None else None)
    window.engine.send(RunProgram(text=GPT2_124M, path="gpt2_bench.py"))
    _until(window.session.program_finished)
    rows = []
    for name, aim, act in (("folded", "0.3 s", None), ("unfolded", "0.6 s", window.graph.unfold_all)):
        times = [_graph_ms(window, act) for _ in range(3)]
        rows.append(
            Row(f"GPT-2 124M, from loss to first paint, {name}", f"{statistics.median(times):.0f} ms", "", "", aim)
        )
    window.session.close()
    window.graph.close()
    window.close()
    application.processEvents()
    return rows


def _graph_ms(window: MainWindow, act: Callable[[], None] | None) -> float:
    panel: GraphPanel = window.graph
    panel.set_graph(None)
    start = time.perf_counter()
    window.session.show_graph("loss")
    _until(panel.painted)
    if act is not None:
        act()
        _until(panel.painted)
    return (time.perf_counter() - start) * 1000


def _engine_rows() -> list[Row]:
    """The engine's own rows, measured in a process of its own without Qt."""
    run = subprocess.run(
        [sys.executable, "-P", "-m", "engine", "bench", "--json"], check=True, capture_output=True, text=True
    )
    return [Row(**row) for row in json.loads(run.stdout)]


def _attached_rows() -> list[Row]:
    result = attached_ratio()
    return [
        Row(
            "tokens per second with the window attached",
            f"{result['attached']:,.0f}",
            f"without it {result['alone']:,.0f}",
            f"{result['ratio']:.3f}",
            "0.99",
        )
    ]


def _until(signal: object, timeout_ms: int = 120_000) -> None:
    loop = QEventLoop()
    signal.connect(lambda *arguments: loop.quit())  # type: ignore[attr-defined]
    QTimer.singleShot(timeout_ms, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
