"""AdamW with the usual two groups, and a step that clips the gradients' norm."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from engine.runs.config import RunConfig


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


def clip_and_step(optimizer: torch.optim.AdamW, loss: Tensor, longest: float) -> Tensor:
    """One step with gradients of at most `longest` in norm, and none where loss or norm are not finite.

    Returns the norm before clipping, a scalar on the device.
    """
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    fused = bool(optimizer.defaults["fused"])
    norm = nn.utils.get_total_norm([p.grad for p in parameters if p.grad is not None], foreach=True if fused else None)
    if fused:
        # Fused AdamW divides the gradients by the one and leaves everything as it is where the other is 1: neither a
        # pass over the gradients nor a value that leaves the device.
        optimizer.grad_scale = (norm / longest).clamp(min=1.0)  # type: ignore[attr-defined]
        optimizer.found_inf = (~torch.isfinite(loss + norm)).float()  # type: ignore[attr-defined]
        optimizer.step()
    elif math.isfinite(float(loss + norm)):
        nn.utils.clip_grads_with_norm_(parameters, longest, norm)
        optimizer.step()
    return norm
