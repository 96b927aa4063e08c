"""How much longer a watched forward pass takes than a plain one, on a GPT-2 124M with 64 tokens."""

from __future__ import annotations

import statistics
import time

import torch

from engine.autograd.recorder import Recorder
from engine.bench import backward
from engine.shared.measurement import Measurement


def watched_forward(n_rounds: int = 6, n_tokens: int = 64) -> list[Measurement]:
    """Medians of interleaved passes, after one of each that does not count."""
    model = backward.GPT2()
    tokens = torch.randint(0, 50257, (1, n_tokens))
    recorder = Recorder()
    recorder.program_paths.add(backward.__file__)
    plain_ms, watched_ms = [], []
    for _ in range(n_rounds + 1):
        start_s = time.perf_counter()
        model(tokens)
        plain_ms.append(1000 * (time.perf_counter() - start_s))
        with recorder.watching():
            start_s = time.perf_counter()
            model(tokens)
            watched_ms.append(1000 * (time.perf_counter() - start_s))
    plain, watched = statistics.median(plain_ms[1:]), statistics.median(watched_ms[1:])
    name = f"forward pass under capture, GPT-2 124M, {n_tokens} tokens"
    return [Measurement(name=name, ours=watched, other=plain, against="plain", aim="≤ 1.1")]
