"""A run of a million steps, from its folder: how long the window takes to show it, in what memory, and to pan it."""

from __future__ import annotations

import json
import math
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import psutil
import pyqtgraph
from PySide6.QtCore import QCoreApplication

from engine.runs.config import PRESETS
from engine.runs.run_facts import RunFacts
from engine.runs.run_folder import RunFolder, Status, StepRecord
from engine.shared.measurement import Measurement
from visualizer.app.application import make_application
from visualizer.app.settings import Settings
from visualizer.bench.waiting import until, until_true
from visualizer.pretraining.workspace import PretrainingWorkspace

_N_STEPS = 1_000_000
_N_AT_ONCE = 10_000
_N_FRAMES = 60
_MB = 1e6


def long_run() -> list[Measurement]:
    """The records are those that the trainer writes. Times are the process's own, whatever else the machine does, and
    the file is read once before, so that no disk is measured."""
    make_application(Settings())
    with tempfile.TemporaryDirectory() as root:
        folder = _written(Path(root) / "long-run")
        plain_ms = _read_plainly(folder)
        others = Path(root) / "others"
        window, begun_ms, unkept_ms = _opened(folder, others)
        window.runs.select(None)  # which holds nothing of it any more
        window.close()
        window, _, opened_ms = _opened(folder, others)
        memory_mb = psutil.Process().memory_info().rss / _MB
        frames_ms, peers_ms = _panned(window)
        window.close()
    name = "a run of 1,000,000 steps"
    slowest_ms, slowest_peer_ms = (float(np.percentile(each, 95)) for each in (frames_ms, peers_ms))
    return [
        Measurement(name=f"{name}, from its folder to the plots", ours=opened_ms, other=plain_ms,
                    against="the columns by json.loads", aim="≤ 1,000 ms"),
        Measurement(name=f"{name}, the same where no columns are kept yet", ours=unkept_ms, other=plain_ms,
                    against="the columns by json.loads"),
        Measurement(name=f"{name}, the same, to the first picture, which then fills", ours=begun_ms, aim="≤ 1,000 ms"),
        Measurement(name=f"{name}, memory of the window", ours=memory_mb, unit="MB", aim="≤ 400 MB"),
        Measurement(name=f"{name}, a frame of all plots while panning", ours=statistics.median(frames_ms),
                    other=statistics.median(peers_ms), against="the loss alone in pyqtgraph", aim="≤ 16.7 ms"),
        Measurement(name=f"{name}, the same, 95th percentile", ours=slowest_ms, other=slowest_peer_ms,
                    against="the loss alone in pyqtgraph", aim="≤ 16.7 ms"),
    ]  # fmt: skip


def _opened(folder: RunFolder, others: Path) -> tuple[PretrainingWorkspace, float, float]:
    """A window that shows the run, and the milliseconds until the first picture and until that of all steps."""
    window = PretrainingWorkspace(root=others)
    window.resize(1440, 900)
    window.show()
    start = time.process_time()
    window.open_run(folder.path)
    until(window.runs.shown_changed)
    first_ms = _painted_ms(window, start)
    until_true(lambda: len(window.runs.shown.curves.step) == _N_STEPS)  # type: ignore[union-attr]
    return window, first_ms, _painted_ms(window, start)


def _painted_ms(window: PretrainingWorkspace, start: float) -> float:
    """Since `start`, once what is read is drawn."""
    window.plots.show_curves(window.runs.shown.curves)  # type: ignore[union-attr]
    window.plots.repaint()
    return (time.process_time() - start) * 1000


def _written(path: Path) -> RunFolder:
    """With a spike and a NaN here and there, as the journal writes them."""
    folder, run = RunFolder(path), msgspec.structs.replace(PRESETS["nano"], max_steps=_N_STEPS)
    folder.write_facts(RunFacts(config=run, created=time.time(), vocabulary=65, unigram_entropy=3.31))
    folder.write_status(Status(state="finished", step=_N_STEPS))
    noise, encoder = np.random.default_rng(0).normal(size=_N_AT_ONCE).tolist(), msgspec.json.Encoder()
    with (path / "records.jsonl").open("wb") as file:
        for first in range(1, _N_STEPS + 1, _N_AT_ONCE):
            records = [_record(first + at, each, run.tokens_per_step) for at, each in enumerate(noise)]
            file.write(encoder.encode_lines(records))
    return folder


def _record(step: int, noise: float, tokens_per_step: int) -> StepRecord:
    loss = 1.6 + 2.6 * math.exp(-step / 20_000) + 0.1 * noise
    return StepRecord(
        step=step,
        tokens=step * tokens_per_step,
        loss=None if step % 333_333 == 0 else 9.0 if step % 250_001 == 0 else loss,
        learning_rate=1e-3 * (1 - step / (2 * _N_STEPS)),
        gradient_norm=0.8 + 0.3 * abs(noise),
        tokens_per_second=9000 + 300 * noise,
        dt_ms=50 + noise,
        memory_gib=0.36,
        time=1.7e9 + step / 20,
    )


def _read_plainly(folder: RunFolder) -> float:
    """Milliseconds of a part of the file, for all of it: as a whole it takes ten seconds and a gigabyte."""
    with (folder.path / "records.jsonl").open("rb") as file:
        while file.read(1 << 22):  # from the disk
            pass
        file.seek(0)
        lines = [file.readline() for _ in range(_N_STEPS // 20)]
    start = time.process_time()
    records = [json.loads(line) for line in lines]
    for column in ("step", "tokens", "loss", "learning_rate", "gradient_norm", "tokens_per_second", "memory_gib"):
        np.array([record[column] for record in records], dtype=np.float64)
    return (time.process_time() - start) * 20_000


def _panned(window: PretrainingWorkspace) -> tuple[list[float], list[float]]:
    """Frames in turns, milliseconds: (of all our plots, of the raw loss in pyqtgraph)."""
    run, axis = window.runs.shown.curves, window.plots.axis  # type: ignore[union-attr]
    peer = pyqtgraph.PlotWidget()
    peer.resize(window.plots.loss.size())
    peer.plotItem.setClipToView(True)
    peer.plotItem.setDownsampling(auto=True, mode="peak")
    peer.plot(run.step, run.loss, connect="finite", antialias=False)
    peer.show()
    axis.zoom(_N_STEPS * 0.1, _N_STEPS * 0.6)
    ours_ms, peer_ms = [], []
    for _ in range(_N_FRAMES):
        ours_ms.append(_timed_ms(lambda: axis.pan(0.01)))
        peer_ms.append(_timed_ms(lambda: peer.setXRange(*axis.range, padding=0)))
    peer.close()
    return ours_ms, peer_ms


def _timed_ms(act: Callable[[], object]) -> float:
    """With the painting that it leads to."""
    QCoreApplication.processEvents()
    start = time.process_time()
    act()
    QCoreApplication.processEvents()
    return (time.process_time() - start) * 1000
