"""How much longer a watched forward pass takes than a plain one, on a GPT-2 124M with 64 tokens."""

from __future__ import annotations

import statistics
import sys
import time
from typing import Any

import torch

from engine.autograd.recorder import Recorder
from engine.bench import backward

AIM = 1.5


def forward_ratio(n_rounds: int = 15, n_tokens: int = 64) -> dict[str, Any]:
    """Medians of interleaved passes, after one of each that does not count, and the graph that the last one left."""
    model = backward._GPT2()
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
            loss = model(tokens)
            watched_ms.append(1000 * (time.perf_counter() - start_s))
    start_s = time.perf_counter()
    graph = recorder.graph(loss, "loss", {"loss": loss, "model": model})
    graph_ms = 1000 * (time.perf_counter() - start_s)
    plain, watched = statistics.median(plain_ms[1:]), statistics.median(watched_ms[1:])
    return {
        "name": f"forward pass under capture, GPT-2 124M, {n_tokens} tokens",
        "ours": f"{watched:.0f} ms",
        "other": f"{plain:.0f} ms plain",
        "ratio": round(watched / plain, 3),
        "aim": f"≤ {AIM}×",
        "plain_ms": round(plain, 1),
        "watched_ms": round(watched, 1),
        "graph_ms": round(graph_ms, 1),
        "n_nodes": len(graph.nodes),
        "n_not_recorded": graph.n_not_recorded,
    }


if __name__ == "__main__":
    sys.stdout.write(f"{forward_ratio()}\n")
