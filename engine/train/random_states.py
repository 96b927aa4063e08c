"""The states of the random generators that decide a run: which batches come, and what dropout drops."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from engine.train.batches import Batches


def random_states(batches: Batches, device: torch.device) -> dict[str, Tensor]:
    """Of `batches`, torch's own and, on CUDA, the device's: uint8 each."""
    states = {"batches": batches.generator.get_state(), "torch": torch.get_rng_state()}
    if device.type == "cuda":
        states["cuda"] = torch.cuda.get_rng_state(device)
    return states


def put_back(states: Mapping[str, Tensor], batches: Batches, device: torch.device) -> None:
    """What `random_states` gave, perhaps on another device."""
    batches.generator.set_state(states["batches"])
    torch.set_rng_state(states["torch"])
    if "cuda" in states and device.type == "cuda":
        torch.cuda.set_rng_state(states["cuda"], device)
