"""Run folders as the trainer writes them, made with its own journal, and tiny runs that train in seconds."""

from __future__ import annotations

import math
import time
from pathlib import Path

import msgspec

from engine.runs.config import PRESETS, GPTConfig, RunConfig, parameters
from engine.runs.run_facts import RunFacts
from engine.runs.run_folder import Evaluation, RunFolder, Sample, StepRecord
from engine.train.journal import Journal

TINY = RunConfig(
    model=GPTConfig(
        vocab_size=62, context_length=16, emb_dim=16, n_heads=2, n_layers=1, drop_rate=0.0, qkv_bias=False, tied=True
    ),
    tokenizer="characters",
    corpus="the-verdict",
    device="cpu",
    batch_size=2,
    max_steps=100_000,
    warmup_steps=10,
    eval_every=50,
    eval_batches=1,
    sample_every=100,
    sample_tokens=10,
    checkpoint_every=50,
)


def write_run(
    path: Path,
    n_steps: int,
    *,
    config: RunConfig | None = None,
    state: str = "finished",
    first: int = 1,
    **status: object,
) -> RunFolder:
    """A folder with `n_steps` records from step `first`, validations every 100 steps and samples every 200."""
    run = config or msgspec.structs.replace(PRESETS["nano"], max_steps=2 * n_steps, sample_every=200)
    folder = RunFolder(path)
    n = parameters(run.model).total
    facts = RunFacts(
        config=run, created=time.time(), n_parameters=n, n_train_tokens=1000, n_validation_tokens=100, vocabulary=65,
        unigram_entropy=3.31,
    )  # fmt: skip
    folder.write_facts(facts)
    append(folder, first, n_steps, run)
    journal = Journal(folder)
    journal.set(urgent=True, state=state, step=first + n_steps - 1, elapsed_s=n_steps / 20, pid=0, started=0, **status)
    return folder


def append(folder: RunFolder, first: int, n_steps: int, run: RunConfig, **changes: object) -> None:
    """More records, as the trainer appends them; `changes` replace fields of all of them."""
    journal = Journal(folder)
    for step in range(first, first + n_steps):
        loss = 1.9 + 2.3 * math.exp(-step / 150) + 0.08 * math.sin(step * 1.7)
        record = StepRecord(
            step=step,
            tokens=step * run.tokens_per_step,
            loss=loss,
            learning_rate=run.learning_rate,
            gradient_norm=0.9 + 2 * math.exp(-step / 40) + 0.2 * math.sin(step),
            tokens_per_second=9000 + 300 * math.sin(step / 3),
            dt_ms=50.0,
            memory_gib=0.36,
            time=time.time(),
        )
        journal.add(msgspec.structs.replace(record, **changes))
        if step % 100 == 0 or step == 1:
            journal.add(Evaluation(step=step, tokens=record.tokens, train_loss=loss, validation_loss=loss + 0.1))
        if step % 200 == 0:
            journal.add(Sample(step=step, prompt="ROMEO:", text=f"ROMEO: step <{step}>\nis & was", validation_loss=2.0))
    journal.flush()
