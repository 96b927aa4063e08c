"""What a tensor's section says of itself, by the kind of tensor that it shows."""

from __future__ import annotations

from typing import NamedTuple

from engine.shared.language import mark


class Words(NamedTuple):
    """Sources, which `tr` says."""

    title: str
    name: str  # in a sentence
    copy: str
    copy_tip: str
    heat_map: str


WORDS = {
    "value": Words(
        mark("Value"),
        mark("value"),
        mark("Copy the value as text"),
        mark("Copy the value as text (Ctrl+C)"),
        mark("Value heat map"),
    ),
    "second": Words(
        mark("Beside"),
        mark("beside"),
        mark("Copy the second tensor as text"),
        mark("Copy the second tensor as text"),
        mark("Heat map of the second tensor"),
    ),
    "gradient": Words(
        mark("Gradient"),
        mark("gradient"),
        mark("Copy the gradient as text"),
        mark("Copy the gradient as text (Ctrl+C)"),
        mark("Gradient heat map"),
    ),
}
