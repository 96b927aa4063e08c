"""Whether what a run is to go on from can be learnt from: weights and moments without NaN and Inf."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from engine.protocol.errors import EngineError

_SQUARES = "exp_avg_sq"  # of gradients; Inf of these lets a weight rest, less than 0 or NaN makes it NaN


def not_finite_name(tensors: Mapping[str, Tensor]) -> str:
    """Of the first that holds NaN or Inf, "" without one. Waits for the device of each."""
    return next((name for name, tensor in tensors.items() if not bool(tensor.isfinite().all())), "")


def check_finite(path: Path, weights: Mapping[str, Tensor], moments: Mapping[str, Tensor]) -> None:
    """Of a checkpoint that was read. Raises EngineError where no step goes on from it, at whatever rate: the weights
    hold NaN or Inf, or the next ones would."""
    squares = {name: tensor for name, tensor in moments.items() if name.startswith(f"{_SQUARES}/")}
    others = {name: tensor for name, tensor in moments.items() if name not in squares}
    wrong = not_finite_name(weights) or not_finite_name(others)
    if wrong:
        raise EngineError(
            "checkpoint.not_finite",
            "{tensor} of {name} holds NaN or infinity: nothing goes on from it, at whatever learning_rate.",
            tensor=wrong,
            name=path.name,
        )
    wrong = next((name for name, tensor in squares.items() if not bool(torch.all(tensor >= 0))), "")
    if wrong:
        raise EngineError(
            "checkpoint.no_squares",
            "{tensor} of {name} holds NaN or less than 0, where squares should be: nothing goes on from it.",
            tensor=wrong,
            name=path.name,
        )
