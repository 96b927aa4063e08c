"""What watching costs a training loop of tiny tensors, where an operation itself takes next to nothing."""

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
    """(32, 8) inputs through three layers, with a loss, a backward and an optimizer's step."""

    def __init__(self) -> None:
        self.model = nn.Sequential(nn.Linear(8, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 1))
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.01)
        self.inputs, self.targets = torch.randn(32, 8), torch.randn(32, 1)

    def run_s(self) -> float:
        start_s = time.perf_counter()
        for _ in range(_N_STEPS):
            self.optimizer.zero_grad()
            loss = ((self.model(self.inputs) - self.targets) ** 2).mean()
            loss.backward()
            self.optimizer.step()
        return time.perf_counter() - start_s


def watched_training_loop(n_rounds: int = 6) -> list[Measurement]:
    """Medians of interleaved rounds of 50 steps, after one round of each that does not count."""
    loop, recorder = _Loop(), Recorder()
    recorder.program_paths.add(__file__)
    controller = BackwardController(recorder, lambda event: None)
    plain_s, watched_s = [], []
    for _ in range(n_rounds + 1):
        plain_s.append(loop.run_s())
        with recorder.watching(), controller.installed(stepping=False):
            watched_s.append(loop.run_s())
    plain_ms, watched_ms = (1000 * statistics.median(times[1:]) / _N_STEPS for times in (plain_s, watched_s))
    name = "a step of a training loop of tiny tensors, watched"
    return [Measurement(name=name, ours=watched_ms, other=plain_ms, against="plain")]
