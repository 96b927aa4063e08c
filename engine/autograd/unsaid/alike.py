"""Layers whose units are all the same and stay so: they begin with the same weights, and get the same gradient."""

from __future__ import annotations

from collections.abc import Iterator

from torch import Tensor, nn
from torch.nn.modules.conv import _ConvNd

from engine.autograd.optimizer_groups import held_by
from engine.autograd.unsaid.run import Run
from engine.autograd.untrained import listed
from engine.program.module_tree import modules_in, table
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native

_FEWEST_STEPS = 2
_MOST = 1 << 22  # elements that are looked at


def alike(run: Run) -> Iterator[Notice]:
    """One for all of them. Weights that are all 0 are told by themselves."""
    steps = run.recorder.seen.events.steps
    trained = {
        id(one) for _, optimizer in run.optimizers() for one in held_by(optimizer)
        if optimizer in steps and steps[optimizer].n >= _FEWEST_STEPS
    }  # fmt: skip
    found: dict[str, int] = {}
    for name, module in run.modules():
        for path, one in modules_in(module, name):
            weight = table(one, "_parameters").get("weight")
            if weight is None or type(weight) is not nn.Parameter or id(weight) not in trained:
                continue
            if issubclass(type(one), nn.Linear | _ConvNd) and _are_alike(run, weight):
                found.setdefault(f"{path}.weight", weight.shape[0])
    if found:
        said = Sentence.of(
            "notice.alike",
            "{names}: all {n:,} units have the same weights and get the same gradient, so that they stay one unit for "
            "ever. Let weights begin at random, as nn.init.kaiming_uniform_ does.",
            names=listed(list(found)),
            n=max(found.values()),
        )
        yield Notice(said)


def _are_alike(run: Run, weight: Tensor) -> bool:
    grad = native.grad(weight)
    if grad is None or not run.current.has_reached(weight) or weight.shape[0] < 2 or native.numel(weight) > _MOST:
        return False
    for one in map(native.bare, (weight, grad)):
        if not native.is_cpu(one) or bool((one != one[:1]).any()) or not bool((one != 0).any()):
            return False
    return True
