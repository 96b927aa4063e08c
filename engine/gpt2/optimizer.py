"""AdamW with the usual two groups, and the learning rate's warm-up and cosine."""

from __future__ import annotations

import math

import torch
from torch import nn

from engine.gpt2.config import RunConfig


def make_optimizer(model: nn.Module, run: RunConfig, device: torch.device) -> torch.optim.AdamW:
    """Fused AdamW; matrices and embeddings decay, biases and norms do not."""
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    groups = [
        {"params": [parameter for parameter in parameters if parameter.dim() >= 2], "weight_decay": run.weight_decay},
        {"params": [parameter for parameter in parameters if parameter.dim() < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(
        groups, lr=run.learning_rate, betas=(run.beta1, run.beta2), fused=device.type in ("cpu", "cuda")
    )


def learning_rate(run: RunConfig, step: int) -> float:
    """The rate of step 1, 2 …: linear warm-up, then half a cosine down to `min_learning_rate` at `max_steps`."""
    if step <= run.warmup_steps:
        return run.learning_rate * step / max(run.warmup_steps, 1)
    share = min((step - run.warmup_steps) / max(run.max_steps - run.warmup_steps, 1), 1.0)
    low = min(run.min_learning_rate, run.learning_rate)
    return low + 0.5 * (1 + math.cos(math.pi * share)) * (run.learning_rate - low)
