"""What watching costs a step of a training loop, of tiny tensors, where an operation itself takes next to nothing, and
of a few milliseconds; and what looking for NaN and Inf in each result and gradient adds to that."""

from __future__ import annotations

import statistics
import time
from typing import NamedTuple

import torch
from torch import nn

from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.shared.measurement import Measurement


class SmallLoop:
    """(`n_rows`, `width`) inputs through three layers, with a loss, a backward and an optimizer's step."""

    path = __file__  # of its program

    def __init__(self, n_rows: int, width: int) -> None:
        self.model = nn.Sequential(
            nn.Linear(width, 2 * width), nn.Tanh(), nn.Linear(2 * width, 2 * width), nn.Tanh(), nn.Linear(2 * width, 1)
        )
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.01)
        self.inputs, self.targets = torch.randn(n_rows, width), torch.randn(n_rows, 1)

    def run_s(self, n_steps: int) -> float:
        """How long so many steps take."""
        start_s = time.perf_counter()
        for _ in range(n_steps):
            self.optimizer.zero_grad()
            loss = ((self.model(self.inputs) - self.targets) ** 2).mean()
            loss.backward()
            self.optimizer.step()
        return time.perf_counter() - start_s


class _Size(NamedTuple):
    plainly: str  # what a step takes
    n_rows: int
    width: int
    n_steps: int  # in one round
    aim: str  # of the step watched, against plain


_SIZES = (_Size("0.2 ms", 32, 8, 30, "≤ 1.5"), _Size("5 ms", 256, 256, 8, "≤ 1.25"))


def watched_training_loop(n_rounds: int = 12) -> list[Measurement]:
    """Medians of interleaved rounds, after one round of each that does not count."""
    measured = []
    for size in _SIZES:
        plain_ms, watched_ms, _ = _times_ms(size, n_rounds)
        name = f"a step of a training loop, plainly {size.plainly}, watched"
        measured.append(_against(name, watched_ms, plain_ms, "plain", size.aim))
    return measured


def training_loop_that_pauses(n_rounds: int = 12) -> list[Measurement]:
    """The same with the pause on NaN against without."""
    measured = []
    for size in _SIZES:
        _, watched_ms, paused_ms = _times_ms(size, n_rounds)
        name = f"a step of a training loop, plainly {size.plainly}, watched with the pause on NaN"
        measured.append(_against(name, paused_ms, watched_ms, "without the pause", "≤ 1.05"))
    return measured


def _against(name: str, ours_ms: list[float], others_ms: list[float], against: str, aim: str) -> Measurement:
    return Measurement(
        name=name,
        ours=statistics.median(ours_ms),
        other=statistics.median(others_ms),
        against=against,
        ratio=statistics.median(ours / other for ours, other in zip(ours_ms, others_ms, strict=True)),
        aim=aim,
    )


def _times_ms(size: _Size, n_rounds: int) -> tuple[list[float], list[float], list[float]]:
    """Of a step plainly, watched, and watched with the pause on NaN, round by round."""
    loop = SmallLoop(size.n_rows, size.width)
    recorder = Recorder()
    recorder.program_paths.add(SmallLoop.path)
    controller = BackwardController(recorder, lambda event: None)
    times_ms: tuple[list[float], list[float], list[float]] = [], [], []
    for _ in range(n_rounds + 1):
        times_ms[0].append(1000 * loop.run_s(size.n_steps) / size.n_steps)
        for is_on in (False, True):
            recorder.finite.watch.begin_run(is_on=is_on)
            with recorder.watching(), controller.installed(stepping=False):
                times_ms[1 + is_on].append(1000 * loop.run_s(size.n_steps) / size.n_steps)
    plain, watched, paused = (times[1:] for times in times_ms)
    return plain, watched, paused
