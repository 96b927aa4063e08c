"""What a trainer says when something went wrong."""

from __future__ import annotations

import math

import torch

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence


def not_finite(step: int, loss: float) -> EngineError:
    """Training stopped at `step`, where the loss, or else the gradient, was NaN or Inf."""
    if math.isfinite(loss):
        return EngineError(
            "training.gradient_not_finite",
            "The gradient norm of step {step:,} is not finite, so training stopped there; the weights are those of "
            "step {before:,}. A lower learning_rate or a longer warm-up usually helps.",
            step=step,
            before=step - 1,
        )
    return EngineError(
        "training.loss_not_finite",
        "The loss of step {step:,} is not finite, so training stopped there; the weights are those of step "
        "{before:,}. A lower learning_rate or a longer warm-up usually helps.",
        step=step,
        before=step - 1,
    )


def without_checkpoint(step: int, kept: int, reason: str) -> Sentence:
    """The checkpoint at `step` could not be written; the newest whole one is of step `kept`, 0 without one."""
    if kept:
        return Sentence.of(
            "checkpoint.not_written_an_older_is_intact",
            "The checkpoint at step {step:,} could not be written: {reason}. The one of step {kept:,} is intact. "
            "Training goes on.",
            step=step,
            reason=reason,
            kept=kept,
        )
    return Sentence.of(
        "checkpoint.not_written_none_before",
        "The checkpoint at step {step:,} could not be written: {reason}. There is none before it. Training goes on.",
        step=step,
        reason=reason,
    )


def failure(error: Exception) -> Sentence:
    """One sentence for what only PyTorch or the machine could refuse."""
    text = str(error)
    if isinstance(error, MemoryError | torch.OutOfMemoryError) or "can't allocate memory" in text:
        return Sentence.of(
            "training.no_memory",
            "There is not enough memory for this run: a smaller batch_size, context_length or model needs less.",
        )
    name = type(error).__name__
    if not text:
        return Sentence.of("error.no_message", "{type_name}: no message.", type_name=name)
    return Sentence.of("error.of_type", "{type_name}: {message}", type_name=name, message=text.splitlines()[0])
