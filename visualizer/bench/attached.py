"""The benchmark's row for a followed run: tokens per second of the nano preset with the window on it and without."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import msgspec

from engine.runs.config import PRESETS
from engine.runs.control import control, start_detached
from engine.runs.run_folder import RunFolder, StepRecord, new_folder
from engine.runs.run_reader import RunReader
from engine.shared.measurement import Measurement
from visualizer.app.application import make_application
from visualizer.app.settings import Settings
from visualizer.bench.waiting import run_events
from visualizer.pretraining.workspace import PretrainingWorkspace

_SETTLE_S = 1.0  # after the window opened or closed
_START_S = 60.0
_MOST_STEPS = 50_000  # after which the trainer ends by itself, should nobody be left to stop it


def attached(*, n_pairs: int = 6, period_s: float = 3.0) -> list[Measurement]:
    """One trainer process; periods with a visible window that reads it and without take turns.

    The ratio is the median over pairs, the order within a pair changing, so that what drifts on the machine cancels:
    an even number of them, for as many of each order.
    """
    make_application(Settings())
    with tempfile.TemporaryDirectory() as root:
        folder = _start(Path(root))
        try:
            reader = RunReader(folder)
            _await_steps(reader, 50)
            pairs = [_pair(folder, reader, period_s, first=bool(index % 2)) for index in range(n_pairs)]
        finally:
            _stop(folder)
    return [
        Measurement(
            name="speed of the trainer with the window attached",
            ours=statistics.median(pair[0] for pair in pairs),
            unit="tokens/s",
            other=statistics.median(pair[1] for pair in pairs),
            against="without it",
            ratio=statistics.median(pair[0] / pair[1] for pair in pairs),
            aim="≥ 0.99",
        )
    ]


def _start(root: Path) -> RunFolder:
    never = 1_000_000_000  # nothing but steps, so that every period does the same work
    run = msgspec.structs.replace(
        PRESETS["nano"], device="cpu", max_steps=_MOST_STEPS, eval_every=never, sample_every=0, checkpoint_every=never
    )
    folder = new_folder(root, run, "nano")
    start_detached(folder)
    return folder


def _await_steps(reader: RunReader, n_steps: int) -> None:
    give_up = time.monotonic() + _START_S
    while not any(record.step >= n_steps for record in reader.poll().records):
        if time.monotonic() > give_up:
            raise TimeoutError(f"The trainer did not reach step {n_steps}: {reader.folder.log_tail(500)}")
        time.sleep(0.1)


def _pair(folder: RunFolder, reader: RunReader, period_s: float, *, first: bool) -> tuple[float, float]:
    """(tokens/s with the window, without it)."""
    rates = {}
    for attached in (first, not first):
        rates[attached] = _with_window(folder, reader, period_s) if attached else _without(reader, period_s)
    return rates[True], rates[False]


def _with_window(folder: RunFolder, reader: RunReader, period_s: float) -> float:
    window = PretrainingWorkspace(root=folder.path.parent)
    window.resize(1440, 900)
    window.show()
    window.open_run(folder.path)
    run_events(_SETTLE_S)
    start = time.time()
    run_events(period_s)
    rate = _rate(reader, start, time.time())
    window.close()
    window.deleteLater()
    return rate


def _without(reader: RunReader, period_s: float) -> float:
    time.sleep(_SETTLE_S)
    start = time.time()
    time.sleep(period_s)
    return _rate(reader, start, time.time())


def _rate(reader: RunReader, start: float, end: float) -> float:
    time.sleep(0.5)  # the trainer writes its records four times a second
    inside: list[StepRecord] = [record for record in reader.poll().records if start <= record.time <= end]
    if len(inside) < 2:
        raise TimeoutError("The trainer made no steps while it was measured.")
    return (inside[-1].tokens - inside[0].tokens) / (inside[-1].time - inside[0].time)


def _stop(folder: RunFolder) -> None:
    control(folder, "stop")
    give_up = time.monotonic() + _START_S
    while folder.is_alive() and time.monotonic() < give_up:
        time.sleep(0.05)
