"""`make bench`: each row a ratio measured side by side in one run, because machines are shared and noisy."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, astuple, dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from engine.protocol.messages import RunProgram
from visualizer.app.application import make_application
from visualizer.app.main_window import MainWindow
from visualizer.app.settings import Settings
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.bench.attached import attached_ratio
from visualizer.bench.graph_frames import frame_times
from visualizer.bench.program import GPT2_124M

_LONGEST_S = 600  # a row
_PLACES = ("VISUALIZER_SETTINGS", "VISUALIZER_STATE", "VISUALIZER_RUNS")


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, ours, the other, the ratio and what we aim for."""

    name: str
    ours: str
    other: str
    ratio: str
    aim: str = ""


def main(arguments: list[str]) -> int:
    """Measure every row in a process of its own and print the table; with --only NAME, that row here, as JSON."""
    parser = argparse.ArgumentParser(prog="python -m visualizer.bench", description=__doc__)
    parser.add_argument("--only", choices=_MEASURES, help="measure this alone, in this process, and print JSON")
    only = parser.parse_args(arguments).only
    if only:
        print(json.dumps([asdict(row) for row in _MEASURES[only]()]))
        return 0
    rows = []
    with tempfile.TemporaryDirectory() as scratch:  # the person's own settings and runs are left alone
        os.environ |= {name: str(Path(scratch) / name) for name in _PLACES}
        for name, command in _commands().items():
            print(f"… {name}", file=sys.stderr, flush=True)
            rows += _elsewhere(name, command)
    print(table(rows))
    return 0 if all(row.ratio for row in rows) else 1


def table(rows: list[Row]) -> str:
    """Markdown with its columns in line."""
    cells = [("what", "ours", "against", "ratio", "aim"), *(astuple(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in cells
    ]
    return "\n".join([lines[0], "| " + " | ".join("-" * width for width in widths) + " |", *lines[1:]])


def _commands() -> dict[str, list[str]]:
    window = {name: ["visualizer.bench", "--only", name] for name in _MEASURES}
    engine = {name: ["engine", "bench", "--json", "--only", name] for name in _ENGINE_ROWS}
    return window | engine


def _elsewhere(name: str, command: list[str]) -> list[Row]:
    try:
        run = subprocess.run([sys.executable, "-P", "-m", *command], capture_output=True, text=True, timeout=_LONGEST_S)
    except subprocess.TimeoutExpired:
        return [Row(name, "not measured", f"it took more than {_LONGEST_S} s", "")]
    if run.returncode == 0:
        return [Row(**row) for row in json.loads(run.stdout.splitlines()[-1])]
    reason = (run.stderr.strip().splitlines() or [f"it ended with {run.returncode}"])[-1]
    return [Row(name, "not measured", reason, "")]


def _timed(command: list[str]) -> float:
    start = time.perf_counter()
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(f"a process ended with {run.returncode}: {(run.stderr.strip().splitlines() or [''])[-1]}")
    return (time.perf_counter() - start) * 1000


_SHOWN = """
import sys, time
from PySide6.QtCore import QTimer
from visualizer.app.application import make_application
from visualizer.bench.program import GPT2_124M
from visualizer.app.main_window import MainWindow
from visualizer.app.settings import Settings
application = make_application(Settings())
window = MainWindow(Settings())
window.show()
application.processEvents()
assert window.isVisible() and "torch" not in sys.modules
if sys.argv[1] == "ready":
    window.session.ready.connect(lambda event: application.quit())
    QTimer.singleShot(0, lambda: window.begin(None))
    application.exec()
window.close()
application.processEvents()
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
        rows.append(Row(name, f"{ours:,.0f} ms", f"`import torch` {base:,.0f} ms", _ratio(ours, base)))
    return rows


def _frame_rows(n_nodes: int, aim: str) -> list[Row]:
    make_application(Settings())
    (row,) = frame_times((n_nodes,))
    name, naive = f"frame of the whole graph, {n_nodes:,} nodes", f"one paint() per node {row.naive_ms:.0f} ms"
    return [Row(name, f"{row.batched_ms:.1f} ms", naive, f"1/{row.ratio:.0f}", aim)]


def _paint_rows(name: str, aim: str) -> list[Row]:
    """GPT-2 124M with 64 tokens: from asking for the graph behind the loss to its first paint."""
    application = make_application(Settings())
    window = MainWindow(Settings())
    window.resize(1400, 900)
    window.show()
    window.session.start_engine()
    _until(window.session.ready)
    start = time.perf_counter()
    window.engine.send(RunProgram(text=GPT2_124M, path="gpt2_bench.py"))
    _until(window.session.program_finished)
    program_ms = (time.perf_counter() - start) * 1000
    act = window.graph.unfold_all if name == "unfolded" else None
    ours_ms = statistics.median(_graph_ms(window, act) for _ in range(5))
    window.close()
    application.processEvents()
    what = f"GPT-2 124M, 64 tokens, from loss to first paint, {name}"
    return [Row(what, f"{ours_ms:.0f} ms", f"the program itself {program_ms:.0f} ms", _ratio(ours_ms, program_ms), aim)]


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


def _attached_rows() -> list[Row]:
    make_application(Settings())
    result = attached_ratio()
    return [
        Row(
            "tokens per second with the window attached",
            f"{result['attached']:,.0f}",
            f"without it {result['alone']:,.0f}",
            f"{result['ratio']:.3f}",
            "≥ 0.99",
        )
    ]


def _ratio(ours: float, other: float) -> str:
    return f"{ours / other:.2f}"


def _until(signal: object, timeout_ms: int = 120_000) -> None:
    loop = QEventLoop()
    signal.connect(lambda *arguments: loop.exit(0))  # type: ignore[attr-defined]
    QTimer.singleShot(timeout_ms, lambda: loop.exit(1))
    if loop.exec():
        raise TimeoutError(f"Nothing happened for {timeout_ms // 1000} s.")


_ENGINE_ROWS = ("forward", "backward", "trainer")
_MEASURES: dict[str, Callable[[], list[Row]]] = {
    "start": _start_rows,
    "frame 1,000": partial(_frame_rows, 1_000, ""),
    "frame 10,000": partial(_frame_rows, 10_000, "≤ 8 ms"),
    "frame 50,000": partial(_frame_rows, 50_000, "≤ 16.7 ms"),
    "folded": partial(_paint_rows, "folded", "≤ 300 ms"),
    "unfolded": partial(_paint_rows, "unfolded", "≤ 600 ms"),
    "attached": _attached_rows,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
