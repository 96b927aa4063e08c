"""What a training run needs of memory, by arithmetic. No torch.

Activations are what GPT-2's operations save for backward, counted with saved_tensors_hooks in float32 on a CPU, and
fitted to the peaks of one H100 under bf16 autocast (GPT-2 124M, torch 2.11): eager 15.3 GiB at 16 × 1,024 tokens;
compiled 8.9, 15.6 and 28.5 GiB at 16, 32 and 64 × 1,024.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.runs.config import GPTConfig, parameters

Way = Literal["float32", "autocast", "compiled"]  # compiled is under autocast, too

# Bytes that a token saves in each unit of width of each block, without dropout and what its masks add.
_SAVED: dict[Way, tuple[int, int]] = {"float32": (64, 8), "autocast": (36, 2), "compiled": (25, 2)}
# Bytes of a logit with all that is made of it until its gradient: in float32 4 of its log-softmax and 4 of each of two
# gradients; under autocast 2 as it is computed, 4 as float32, 4 of its log-softmax; Inductor fuses these.
_A_LOGIT: dict[Way, int] = {"float32": 12, "autocast": 10, "compiled": 4}
_A_SCORE = 12  # bytes: where dropout keeps attention from being fused


class TrainingMemory(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes at the peak of a step, by what they are of."""

    weights: int
    gradients: int
    moments: int  # AdamW's two
    copies: int  # of the weights in bf16, under autocast
    activations: int  # of one micro-batch
    logits: int  # of one micro-batch

    @property
    def total(self) -> int:
        """Of all that stays and of one micro-batch. What the process itself takes is not in it."""
        return self.weights + self.gradients + self.moments + self.copies + self.activations + self.logits


def training_memory(model: GPTConfig, n_sequences: int, way: Way) -> TrainingMemory:
    """Of a step with micro-batches of `n_sequences`. Weights, gradients and moments are exact, the rest is within a
    tenth."""
    n_parameters = parameters(model).total
    n_tokens = n_sequences * model.context_length
    saved, masks = _SAVED[way]
    a_token = model.n_layers * model.emb_dim * (saved + (masks if model.drop_rate else 0))
    if way == "float32" and model.drop_rate:
        a_token += _A_SCORE * model.n_layers * model.n_heads * model.context_length
    return TrainingMemory(
        weights=4 * n_parameters,
        gradients=4 * n_parameters,
        moments=8 * n_parameters,
        copies=0 if way == "float32" else 2 * n_parameters,
        activations=n_tokens * a_token,
        logits=n_tokens * _A_LOGIT[way] * model.vocab_size,
    )
