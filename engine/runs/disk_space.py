"""Whether a disk has room for a run before it begins. No torch."""

from __future__ import annotations

import shutil
from pathlib import Path

from engine.protocol.errors import EngineError
from engine.runs import corpus
from engine.runs.config import RunConfig, parameters
from engine.shared.numbers import scaled

_UNITS = ("B", "kB", "MB", "GB", "TB")
_CHECKPOINTS = 3  # the two that are kept, and the one that is being written
_BYTES_A_PARAMETER = 12  # its weight and AdamW's two moments, in float32
_BYTES_A_STEP = 250  # of records.jsonl


def needed_bytes(run: RunConfig) -> int:
    """At most what a run of this configuration writes, samples left out. Raises ConfigError without a corpus."""
    bytes_a_token = 2 if run.model.vocab_size <= 1 << 16 else 4
    tokens = corpus.size_bytes(run.corpus) * bytes_a_token // (3 if run.tokenizer == "gpt2" else 1)
    weights = parameters(run.model).total * _BYTES_A_PARAMETER * _CHECKPOINTS
    return weights + tokens + run.max_steps * _BYTES_A_STEP


def check(run: RunConfig, folder: Path) -> None:
    """Of the disk that `folder` is on, or will be. Raises EngineError with both numbers."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    needed, free = needed_bytes(run), shutil.disk_usage(folder).free
    if needed > free:
        raise EngineError(
            "run.no_room",
            "The run needs about {needed} for its checkpoints and tokens, and {folder} has {free} free.",
            needed=scaled(needed, _UNITS, 1000),
            free=scaled(free, _UNITS, 1000),
            folder=folder,
        )
