"""The names that are not given to members of PyTorch's classes are PyTorch's own."""

from __future__ import annotations

import torch
from torch import nn

from visualizer.backprop.program.foreign_members import FOREIGN


def _public(*names: str) -> set[str]:
    return {name for name in names if not name.startswith("_")}


def test_the_members_of_pytorchs_classes_are_known() -> None:
    optimizer = torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=0.1)
    assert _public(*dir(nn.Module), *vars(nn.Module())) <= FOREIGN["Module"]
    assert _public(*dir(torch.autograd.Function)) <= FOREIGN["Function"]
    assert _public(*dir(torch.optim.Optimizer), *vars(optimizer)) <= FOREIGN["Optimizer"]
