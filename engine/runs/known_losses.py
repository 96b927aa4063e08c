"""What others published for a configuration. No torch."""

from __future__ import annotations

import msgspec

from engine.runs.config import PRESETS, RunConfig


class KnownLoss(msgspec.Struct, frozen=True):
    """Validation loss in nats per token after so many steps, and whose it is."""

    loss: float
    steps: int
    source: str


# The README of nanoGPT: its character-level Shakespeare on a CPU, and on a GPU (the best validation loss of that run).
_PUBLISHED = {"nano": KnownLoss(1.88, 2000, "nanoGPT"), "mini": KnownLoss(1.4697, 5000, "nanoGPT")}


def known_loss(config: RunConfig) -> KnownLoss | None:
    """Of the same model on the same text with as many tokens a step and at least as many steps, whatever its rate."""
    for name, known in _PUBLISHED.items():
        preset = PRESETS[name]
        is_same = all(getattr(preset, field) == getattr(config, field) for field in ("model", "tokenizer", "corpus"))
        if is_same and preset.tokens_per_step == config.tokens_per_step and config.max_steps >= known.steps:
            return known
    return None
