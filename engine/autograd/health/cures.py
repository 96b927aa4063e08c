"""What is usually done where the gradient vanishes or explodes on its way through the layers."""

from __future__ import annotations

import re

from engine.protocol.graph_values import Node
from engine.protocol.sentence import Sentence

_SQUASHING = re.compile(r"(Sigmoid|Tanh|Softmax|Hardsigmoid|Hardtanh\w*)Backward\d*")


def cure_of_fall(steep: Node, is_in_time: bool) -> Sentence:
    """Of a gradient that vanishes, most of all at `steep`."""
    if is_in_time:
        return Sentence.of(
            "health.cure_in_time",
            "Usual, unless the task needs what is far back: then a loss at each step, an LSTM or GRU, orthogonal "
            "recurrent weights or attention.",
        )
    if _SQUASHING.fullmatch(steep.name):
        return Sentence.of(
            "health.cure_squashing",
            "Usual cure: ReLU or GELU in its place, normalization before it, or a path around each block.",
        )
    return Sentence.of(
        "health.cure_fall",
        "Usual cure: weights that start by their fan-in (nn.init.kaiming_normal_), normalization, or a path around "
        "each block.",
    )


def cure_of_rise(is_in_time: bool) -> Sentence:
    """Of a gradient that explodes."""
    if is_in_time:
        return Sentence.of(
            "health.cure_rise_in_time",
            "Usual cure: clip it (torch.nn.utils.clip_grad_norm_), and let the recurrent weights start orthogonal, "
            "nn.init.orthogonal_.",
        )
    return Sentence.of(
        "health.cure_rise",
        "Usual cure: weights that start smaller, by their fan-in (nn.init.kaiming_normal_), normalization, a lower "
        "rate, or clip it (torch.nn.utils.clip_grad_norm_).",
    )
