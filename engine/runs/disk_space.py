"""Whether a disk has room for a run before it begins. No torch."""

from __future__ import annotations

import shutil
from pathlib import Path

from engine.protocol.errors import EngineError
from engine.runs import corpus
from engine.runs.config import RunConfig, parameters
from engine.shared.numbers import scaled

NO_ROOM = "run.no_room"
UNITS = ("B", "kB", "MB", "GB", "TB")
_CHECKPOINTS = 4  # the newest two, the best, and the one that is being written
BYTES_A_PARAMETER = 12  # its weight and AdamW's two moments, in float32
_BYTES_A_STEP = 250  # of records.jsonl


def needed_bytes(run: RunConfig, corpus_bytes: int | None = None) -> int:
    """At most what a run of this configuration writes, samples left out; `corpus_bytes` where the corpus need not be
    looked at. Raises ConfigError without a corpus."""
    bytes_a_token = 2 if run.model.vocab_size <= 1 << 16 else 4
    n_bytes = corpus.size_bytes(run.corpus) if corpus_bytes is None else corpus_bytes
    tokens = n_bytes * bytes_a_token // (3 if run.tokenizer == "gpt2" else 1)
    return checkpoint_bytes(run) + tokens + run.max_steps * _BYTES_A_STEP


def checkpoint_bytes(run: RunConfig) -> int:
    """At most what its checkpoints take at one time."""
    one = parameters(run.model).total * BYTES_A_PARAMETER
    n_milestones = run.max_steps // (run.checkpoint_every * run.keep_every) if run.keep_every else 0
    milestones = min(n_milestones * one, max(int(run.keep_gb * 1e9) - _CHECKPOINTS * one, 0))
    return _CHECKPOINTS * one + milestones


def check(run: RunConfig, folder: Path, corpus_bytes: int | None = None) -> None:
    """Of the disk that `folder` is on, or will be. Raises EngineError with both numbers."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    needed, free = needed_bytes(run, corpus_bytes), shutil.disk_usage(folder).free
    if needed > free:
        raise EngineError(
            "run.no_room",
            "The run needs about {needed} for its checkpoints and tokens, and {folder} has {free} free.",
            needed=scaled(needed, UNITS, 1000),
            free=scaled(free, UNITS, 1000),
            folder=folder,
        )
