"""What a trainer says when it makes its steps another way."""

from __future__ import annotations

import torch

from engine.protocol.sentence import Sentence
from engine.train.micro_batches import Split


def is_out_of_memory(error: Exception) -> bool:
    """Of a device or of the machine."""
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or "can't allocate memory" in str(error)


def smaller_micro_batch(before: Split, after: Split) -> Sentence:
    """A step did not fit into the memory and is made again in smaller parts."""
    return Sentence.of(
        "training.smaller_micro_batch",
        "There was not enough memory for {before:,} sequences at once: a step now takes {parts:,} times {after:,}, "
        "which are as many in all.",
        before=before.n_sequences,
        after=after.n_sequences,
        parts=after.n_parts,
    )


def not_compiled(reason: str) -> Sentence:
    """Steps are made eagerly."""
    return Sentence.of(
        "training.not_compiled",
        "The step could not be compiled: {reason}. Training goes on with uncompiled steps, which are slower.",
        reason=reason,
    )
