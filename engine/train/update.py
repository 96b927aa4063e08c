"""One step of a run: gradients, clipped, and AdamW."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from engine.train.gradients import Gradients
from engine.train.optimizer import clip_and_step


def update(
    gradients: Gradients, optimizer: torch.optim.AdamW, step: int, rate: float, longest: float
) -> tuple[Tensor, Tensor]:
    """Make step `step` with the learning rate `rate` and gradients of at most `longest` in norm, 0 for any.

    Returns the mean loss and the norm before clipping, scalars on the device. Raises what `Gradients.make` does.
    """
    for group in optimizer.param_groups:
        group["lr"] = rate
    loss = gradients.make(step)
    norm = clip_and_step(optimizer, loss, longest or math.inf)
    optimizer.zero_grad(set_to_none=True)
    return loss, norm
