"""What watching costs a training loop of tiny tensors, where an operation itself takes next to nothing; what looking
for NaN and Inf in each result and gradient adds to that, there and in passes of a few milliseconds."""

from __future__ import annotations

import statistics
import time

import torch
from torch import nn

from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.shared.measurement import Measurement

_N_STEPS = 50


class _Loop:
    """(`n_rows`, `width`) inputs through three layers, with a loss, a backward and an optimizer's step."""

    def __init__(self, n_rows: int, width: int, n_steps: int) -> None:
        self.model = nn.Sequential(
            nn.Linear(width, 2 * width), nn.Tanh(), nn.Linear(2 * width, 2 * width), nn.Tanh(), nn.Linear(2 * width, 1)
        )
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.01)
        self.inputs, self.targets = torch.randn(n_rows, width), torch.randn(n_rows, 1)
        self.n_steps = n_steps

    def run_s(self) -> float:
        start_s = time.perf_counter()
        for _ in range(self.n_steps):
            self.optimizer.zero_grad()
            loss = ((self.model(self.inputs) - self.targets) ** 2).mean()
            loss.backward()
            self.optimizer.step()
        return time.perf_counter() - start_s


def watched_training_loop(n_rounds: int = 6) -> list[Measurement]:
    """Medians of interleaved rounds of 50 steps, after one round of each that does not count."""
    plain_ms, watched_ms, _ = _medians_ms(_Loop(32, 8, _N_STEPS), n_rounds)
    name = "a step of a training loop of tiny tensors, watched"
    return [Measurement(name=name, ours=watched_ms, other=plain_ms, against="plain")]


def training_loop_that_pauses(n_rounds: int = 12) -> list[Measurement]:
    """The same with the pause on NaN against without, for steps of 0.2 ms and of 5 ms."""
    measured = []
    for words, loop in (("0.2 ms", _Loop(32, 8, 30)), ("5 ms", _Loop(256, 256, 8))):
        _, watched_ms, paused_ms = _medians_ms(loop, n_rounds)
        measured.append(
            Measurement(
                name=f"a step of a training loop, plainly {words}, watched with the pause on NaN",
                ours=paused_ms,
                other=watched_ms,
                against="without the pause",
                aim="≤ 1.05",
            )
        )
    return measured


def _medians_ms(loop: _Loop, n_rounds: int) -> tuple[float, float, float]:
    """Of a step plainly, watched, and watched with the pause on NaN."""
    recorder = Recorder()
    recorder.program_paths.add(__file__)
    controller = BackwardController(recorder, lambda event: None)
    times_s: list[list[float]] = [[], [], []]
    for _ in range(n_rounds + 1):
        times_s[0].append(loop.run_s())
        for is_on in (False, True):
            recorder.finite.watch.begin_run(is_on=is_on)
            with recorder.watching(), controller.installed(stepping=False):
                times_s[1 + is_on].append(loop.run_s())
    plain, watched, paused = (1000 * statistics.median(times[1:]) / loop.n_steps for times in times_s)
    return plain, watched, paused
