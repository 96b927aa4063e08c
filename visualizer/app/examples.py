"""The programs that ship with the window: small enough to read, with something for every panel to show."""

from __future__ import annotations

from engine.shared.assets import asset

NAMES = (
    "two_layers",
    "tensors",
    "neuron",
    "training_loop",
    "attention",
    "recurrent",
    "vanishing",
    "not_a_number",
)


def example(name: str) -> str:
    """The text of one of NAMES."""
    return (asset("examples") / f"{name}.py").read_text("utf-8")


TWO_LAYERS = example("two_layers")  # what a first start opens with
