"""Tokens per second of the trainer's own step against the GPT-2 of `transformers` in the same plain loop, on a CPU."""

from __future__ import annotations

import math
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec
import torch
from torch import nn

from engine.protocol.errors import EngineError
from engine.runs.config import PRESETS, RunConfig
from engine.runs.run_folder import new_folder
from engine.runs.schedule import learning_rate
from engine.shared.measurement import Measurement
from engine.train.data import Batches
from engine.train.journal import Journal
from engine.train.optimizer import make_optimizer
from engine.train.trainer import Trainer

_WARM_UP_STEPS = 10


class _Peer:
    """`GPT2LMHeadModel` with fused attention, the same sizes, dropout, dtype, optimizer, clipping and batches."""

    def __init__(self, run: RunConfig, batches: Batches) -> None:
        try:  # not among the package's dependencies
            from transformers import GPT2Config, GPT2LMHeadModel
        except ImportError as error:
            raise EngineError(
                "bench.no_transformers", "`transformers` is not installed: pip install -e '.[bench]'"
            ) from error

        sizes = run.model
        config = GPT2Config(
            vocab_size=sizes.vocab_size, n_positions=sizes.context_length, n_embd=sizes.emb_dim,
            n_layer=sizes.n_layers, n_head=sizes.n_heads, resid_pdrop=sizes.drop_rate, embd_pdrop=sizes.drop_rate,
            attn_pdrop=sizes.drop_rate, use_cache=False, bos_token_id=0, eos_token_id=0, attn_implementation="sdpa",
        )  # fmt: skip
        self.run, self.batches, self.n_steps = run, batches, 0
        self.model = GPT2LMHeadModel(config).train()
        self.optimizer = make_optimizer(self.model, run, torch.device("cpu"))

    def step(self) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(self.run, self.n_steps + 1)
        inputs, targets = self.batches.next()
        logits = self.model(input_ids=inputs).logits
        loss = nn.functional.cross_entropy(logits.view(-1, logits.shape[-1]), targets.reshape(-1))
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), self.run.grad_clip or math.inf)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.n_steps += 1
        loss.item()


def trainer_speed(n_pairs: int = 16, n_steps: int = 5) -> list[Measurement]:
    """Groups of `n_steps` take turns, the order within a pair changing; the ratio is the median over pairs.

    Ours is `Trainer.one_step`, with the record that it makes. Raises EngineError without `transformers`.
    """
    never = 1 << 30
    nano = PRESETS["nano"]
    run = msgspec.structs.replace(
        nano,
        model=msgspec.structs.replace(nano.model, qkv_bias=True),  # the peer has no other form
        device="cpu", max_steps=100_000, eval_every=never, sample_every=0, checkpoint_every=never,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as root:
        trainer = Trainer(Journal(new_folder(Path(root), run, "nano")), lambda record: None)
        trainer.model.train()
        peer = _Peer(run, Batches(trainer.tokens.train, run, trainer.device, run.seed + 1))
        for step in (trainer.one_step, peer.step):
            _seconds(step, _WARM_UP_STEPS)
        ours_s: list[float] = []
        peers_s: list[float] = []
        for index in range(n_pairs):
            turns = [(trainer.one_step, ours_s), (peer.step, peers_s)]
            for step, times in turns if index % 2 else reversed(turns):
                times.append(_seconds(step, n_steps))
    tokens = run.tokens_per_step * n_steps
    ours, peers = (tokens / statistics.median(times) for times in (ours_s, peers_s))
    return [
        Measurement(
            name="speed of the trainer, nano, CPU",
            ours=ours,
            unit="tokens/s",
            other=peers,
            against="`transformers` GPT-2",
            ratio=statistics.median(b / a for a, b in zip(ours_s, peers_s, strict=True)),
            aim="≥ 1.3",
        )
    ]


def _seconds(step: Any, n_steps: int) -> float:
    start_s = time.perf_counter()
    for _ in range(n_steps):
        step()
    return time.perf_counter() - start_s
