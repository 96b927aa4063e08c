"""What the trainer does its own way in a step gives what PyTorch's plain way gives."""

import math

import msgspec
import pytest
import torch
from torch import nn

from engine.runs.config import PRESETS
from engine.train.optimizer import clip_and_step, make_optimizer

RUN = msgspec.structs.replace(PRESETS["nano"], learning_rate=1e-2)


def _layer() -> nn.Module:
    layer = nn.Linear(8, 8)
    with torch.no_grad():
        for number, parameter in enumerate(layer.parameters()):
            parameter.copy_(torch.randn(parameter.shape, generator=torch.Generator().manual_seed(number)))
    return layer


@pytest.mark.parametrize("fused", [True, False])
@pytest.mark.parametrize("longest", [0.5, 1e6, math.inf])
def test_a_clipped_step_is_that_of_clip_grad_norm_and_adamw(fused: bool, longest: float) -> None:
    ours, theirs = _layer(), _layer()
    optimizer, plain = (make_optimizer(layer, RUN, torch.device("cpu")) for layer in (ours, theirs))
    if not fused:  # as on a device without the fused kernel
        optimizer = torch.optim.AdamW(optimizer.param_groups)
    for _ in range(3):
        for layer in (ours, theirs):
            layer.zero_grad()
            layer(torch.ones(4, 8)).square().sum().backward()
        norm = clip_and_step(optimizer, torch.tensor(1.0), longest)
        expected = nn.utils.clip_grad_norm_(theirs.parameters(), longest)
        plain.step()
        torch.testing.assert_close(norm, expected)
    for a, b in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(a, b)


@pytest.mark.parametrize("fused", [True, False])
@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_step_that_is_not_finite_changes_no_weight(fused: bool, bad: float) -> None:
    layer = _layer()
    optimizer = make_optimizer(layer, RUN, torch.device("cpu"))
    if not fused:
        optimizer = torch.optim.AdamW(optimizer.param_groups)
    layer(torch.ones(4, 8)).sum().backward()
    layer.weight.grad[0, 0] = bad
    before = [parameter.clone() for parameter in layer.parameters()]
    assert not math.isfinite(clip_and_step(optimizer, torch.tensor(1.0), 1.0))
    assert all(torch.equal(a, b) for a, b in zip(before, layer.parameters(), strict=True))
