"""What a thousand passes of a training loop, kept so that they can be opened again, take of the process."""

from __future__ import annotations

import psutil

from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.bench.training_loop import SmallLoop
from engine.protocol.messages import Passes
from engine.shared.measurement import Measurement

_N_WARM_UP = 20
_MB = 1e6


def kept_passes(n_passes: int = 1000) -> list[Measurement]:
    """How much the process has grown, against the budget that the window shows, after passes that are not kept."""
    told: list[Passes] = []
    recorder = Recorder()
    recorder.program_paths.add(SmallLoop.path)
    controller = BackwardController(recorder, lambda event: told.append(event) if isinstance(event, Passes) else None)
    loop = SmallLoop(32, 8)
    loop.run_s(_N_WARM_UP)
    before = psutil.Process().memory_info().rss
    with recorder.watching(), controller.installed(stepping=False):
        loop.run_s(n_passes)
    grown = psutil.Process().memory_info().rss - before
    n_whole = len(told[-1].whole)
    name = f"memory of {n_passes:,} kept passes of a small network, {n_whole:,} of them whole"
    budget = told[-1].budget_bytes
    return [Measurement(name=name, ours=grown / _MB, unit="MB", other=budget / _MB, against="their budget", aim="≤ 1")]
