"""The record of a leaf's node, where a gradient ends."""

from __future__ import annotations

from engine.autograd.rules.rule import Rule

RULES = (
    Rule(
        ("torch::autograd::AccumulateGrad",),
        r"@y\mathrm{.grad} \leftarrow @y\mathrm{.grad} + @g",
        (),
        "Here a gradient ends: it is added to what the leaf's .grad holds. Without zero_grad that goes on growing from "
        "pass to pass.",
    ),
)
