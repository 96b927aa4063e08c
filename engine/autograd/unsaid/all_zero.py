"""Weights that are all 0 and stay so, for every gradient that they get is 0 as well."""

from __future__ import annotations

from collections.abc import Iterator

from torch import Tensor
from torch.nn import Parameter

from engine.autograd.optimizer_groups import held_by
from engine.autograd.unsaid.run import Run
from engine.autograd.untrained import listed
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native

_FEWEST_STEPS = 2  # a weight that starts at 0, as a second factor may, has left it after the first
_MOST = 1 << 22  # elements that are looked at


def all_zero(run: Run) -> Iterator[Notice]:
    """One for all of them, matrices and larger, that an optimizer has stepped on."""
    names, steps = run.names(), run.recorder.seen.events.steps
    trained = {
        id(one) for _, optimizer in run.optimizers() for one in held_by(optimizer)
        if optimizer in steps and steps[optimizer].n >= _FEWEST_STEPS
    }  # fmt: skip
    found = [
        names[id(leaf)] for leaf in run.current.call.leaves
        if id(leaf) in trained and id(leaf) in names and type(leaf) is Parameter and leaf.dim() > 1 and _stays(leaf)
    ]  # fmt: skip
    if found:
        said = Sentence.of(
            "notice.all_zero",
            "{names}: every weight is 0, and every gradient that arrives is, so that no step changes them: what is "
            "multiplied by 0 sends nothing back. Let weights begin at random, as nn.init.kaiming_uniform_ does.",
            names=listed(sorted(found)),
        )
        yield Notice(said)


def _stays(leaf: Tensor) -> bool:
    grad = native.grad(leaf)
    if grad is None or not 0 < native.numel(leaf) <= _MOST or native.is_nested(grad):
        return False
    bare = [native.bare(one) for one in (leaf, grad)]
    return all(native.is_cpu(one) and not bool((one != 0).any()) for one in bare)
