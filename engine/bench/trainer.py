"""Tokens per second of the trainer's own step against the GPT-2 of `transformers` in the same plain loop, on a CPU."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec

from engine.bench.peer import Peer
from engine.runs.config import PRESETS
from engine.runs.run_folder import new_folder
from engine.shared.measurement import Measurement
from engine.train.batches import Batches
from engine.train.journal import Journal
from engine.train.micro_batches import Split
from engine.train.trainer import Trainer

_WARM_UP_STEPS = 10
_NEVER = 1_000_000_000  # steps
_NANO = PRESETS["nano"]
RUN = msgspec.structs.replace(
    _NANO,
    model=msgspec.structs.replace(_NANO.model, qkv_bias=True),  # the peer has no other form
    device="cpu", max_steps=100_000, eval_every=_NEVER, sample_every=0, checkpoint_every=_NEVER,
)  # fmt: skip


def trainer_speed(n_pairs: int = 16, n_steps: int = 5) -> list[Measurement]:
    """Groups of `n_steps` take turns, the order within a pair changing; the ratio is the median over pairs.

    Ours is `Trainer.one_step`, with the record that it makes. Raises EngineError without `transformers`.
    """
    run = RUN
    with tempfile.TemporaryDirectory() as root:
        trainer = Trainer(Journal(new_folder(Path(root), run, "nano")), lambda record: None)
        trainer.model.train()
        batches = Batches(trainer.tokens.train, run, trainer.device, run.seed + 1)
        peer = Peer(run, batches, Split(run.batch_size, 1), trainer.device)
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
