"""How much longer a recorded backward takes than a plain one, on a GPT-2 124M with 64 tokens."""

from __future__ import annotations

import gc
import statistics
import time

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.shared.measurement import Measurement


class _Block(nn.Module):
    def __init__(self, width: int, n_heads: int) -> None:
        super().__init__()
        self.n_heads = n_heads
        self.ln_1, self.ln_2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x: Tensor) -> Tensor:  # (B, T, C)
        B, T, C = x.shape
        parts = self.qkv(self.ln_1(x)).split(C, dim=2)
        q, k, v = (part.view(B, T, self.n_heads, C // self.n_heads).transpose(1, 2) for part in parts)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)  # (B, nh, T, hs)
        x = x + self.proj(y.transpose(1, 2).reshape(B, T, C))
        return x + self.down(F.gelu(self.up(self.ln_2(x)), approximate="tanh"))


class GPT2(nn.Module):
    """(B, T) tokens -> the loss of predicting them; GPT-2's sizes, with tied embeddings."""

    def __init__(self, n_layers: int = 12, width: int = 768, n_heads: int = 12, vocabulary: int = 50257) -> None:
        super().__init__()
        self.wte, self.wpe = nn.Embedding(vocabulary, width), nn.Embedding(1024, width)
        self.blocks = nn.ModuleList(_Block(width, n_heads) for _ in range(n_layers))
        self.ln_f = nn.LayerNorm(width)
        for table in (self.wte, self.wpe):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.wte(tokens) + self.wpe(torch.arange(tokens.shape[1]))
        for block in self.blocks:
            x = block(x)
        logits = self.ln_f(x) @ self.wte.weight.T  # (B, T, V)
        return F.cross_entropy(logits.flatten(0, 1), tokens.flatten())


class _Meter:
    """Times one backward in either way. The recorded one is what a program's line costs in a plain Run."""

    def __init__(self, n_tokens: int) -> None:
        self.model = GPT2()
        self.tokens = torch.randint(0, 50257, (1, n_tokens))

    def plain_s(self) -> float:
        loss = self._forward()
        start_s = time.perf_counter()
        loss.backward()
        return time.perf_counter() - start_s

    def recorded_s(self) -> float:
        # Of their own, so that what they keep is free again when the plain backward runs.
        recorder = Recorder()
        recorder.program_paths.add(__file__)
        controller = BackwardController(recorder, lambda event: None)
        with recorder.watching():
            with controller.installed(stepping=False):
                loss = self._forward()
                start_s = time.perf_counter()
                loss.backward()
                return time.perf_counter() - start_s

    def _forward(self) -> Tensor:
        self.model.zero_grad()
        gc.collect()  # what the round before left behind is no part of this one
        return self.model(self.tokens)


def recorded_backward(n_rounds: int = 4, n_tokens: int = 64) -> list[Measurement]:
    """Medians of interleaved rounds, after one round of each that does not count."""
    meter = _Meter(n_tokens)
    plain_s, recorded_s = [], []
    for _ in range(n_rounds + 1):
        plain_s.append(meter.plain_s())
        recorded_s.append(meter.recorded_s())
    plain_ms, recorded_ms = (1000 * statistics.median(times[1:]) for times in (plain_s, recorded_s))
    name = "recorded backward, GPT-2 124M, 64 tokens"
    return [Measurement(name=name, ours=recorded_ms, other=plain_ms, against="plain", aim="≤ 1.1")]
