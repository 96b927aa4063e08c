"""`make bench`: a table of numbers measured side by side in one run, because machines are shared and noisy.

Each measurement is made five times, each time in a process of its own; the table shows medians and spreads. To add a
row, write a function that returns a list of `Measurement`s, in a module of this folder, and name it in _MEASURES; or,
where it needs torch and no window, in `engine/bench/` and its `rows.py`. What it repeats within one process it
reduces to one number itself. One process should not take longer than 15 s.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from engine.shared.measurement import Measurement, decode, encode
from visualizer.bench.attached import attached
from visualizer.bench.earlier_pass import earlier_pass
from visualizer.bench.graph_frames import graph_frame
from visualizer.bench.graph_paint import graph_paint
from visualizer.bench.graph_search import graph_search
from visualizer.bench.graph_size import following, gpt2_xl, long_rnn
from visualizer.bench.long_run import long_run
from visualizer.bench.response import response
from visualizer.bench.startup import startup
from visualizer.bench.step_cost import step_cost
from visualizer.bench.table import Row, rows, table
from visualizer.bench.tensor_frames import tensor_frames

_MEASURES: dict[str, Callable[[], list[Measurement]]] = {
    "startup": startup,
    "frame 1,000": partial(graph_frame, 1_000),
    "frame 10,000": partial(graph_frame, 10_000, "≤ 8 ms"),
    "frame 50,000": partial(graph_frame, 50_000, "≤ 16.7 ms"),
    "search 50,000": partial(graph_search, 50_000),
    "graph paint": graph_paint,
    "gpt2 xl": gpt2_xl,
    "long rnn": long_rnn,
    "following": following,
    "earlier pass": earlier_pass,
    "step": step_cost,
    "response": response,
    "long run": long_run,
    "tensor frames": tensor_frames,
    "attached": attached,
}
_N_REPEATS = 5
_LONGEST_S = 300  # one process
_PLACES = ("VISUALIZER_SETTINGS", "VISUALIZER_STATE", "VISUALIZER_RUNS")


def main(arguments: list[str]) -> int:
    """Measure everything and print the table; with --only NAME, that once, in this process, as JSON."""
    parser = argparse.ArgumentParser(prog="python -m visualizer.bench", description=__doc__)
    parser.add_argument("--only", choices=_MEASURES, help="measure this alone, in this process, and print JSON")
    only = parser.parse_args(arguments).only
    with (
        tempfile.TemporaryDirectory() as scratch
    ):  # the person's own settings and runs are left alone, and not followed
        os.environ |= {name: str(Path(scratch) / name) for name in _PLACES}
        if only:
            print(encode(_MEASURES[only]()))
            return 0
        return _measure_all()


def _measure_all() -> int:
    lines: list[Row] = []
    for name, command in _commands().items():
        print(f"… {name}", file=sys.stderr, flush=True)
        measured = _measured(name, command)
        for line in measured:  # at once: nothing measured is lost where the rest is not waited for
            print("  " + " | ".join(filter(None, line)), file=sys.stderr, flush=True)
        lines += measured
    print(table(lines))
    return 1 if any(line[1] == "not measured" for line in lines) else 0


def _commands() -> dict[str, list[str]]:
    engine = subprocess.run([sys.executable, "-P", "-m", "engine", "bench", "--list"], capture_output=True, text=True)
    return {name: ["visualizer.bench", "--only", name] for name in _MEASURES} | {
        name: ["engine", "bench", "--only", name] for name in engine.stdout.splitlines()
    }


def _measured(name: str, command: list[str]) -> list[Row]:
    try:
        return rows([_elsewhere(command) for _ in range(_N_REPEATS)])
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        return [(name, "not measured", str(error), "", "")]


def _elsewhere(command: list[str]) -> list[Measurement]:
    run = subprocess.run([sys.executable, "-P", "-m", *command], capture_output=True, text=True, timeout=_LONGEST_S)
    if run.returncode:
        raise RuntimeError((run.stderr.strip().splitlines() or [f"it ended with {run.returncode}"])[-1])
    return decode(run.stdout.splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
