"""Units that are 0 whatever comes in, and results that lie at the ends of their range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor

from engine.autograd.health.layers import Layers
from engine.autograd.health.pieces import count, samples_of
from engine.autograd.health.subject import Subject, place
from engine.protocol.graph_values import Node
from engine.protocol.health import Finding, Severity
from engine.protocol.sentence import Sentence
from engine.shared.health_rules import (
    FEWEST_CHOICES,
    FEWEST_INPUTS,
    NOTABLE_DEAD,
    NOTABLE_SATURATED,
    SERIOUS_DEAD,
    SERIOUS_SATURATED,
    SIGMOID_LIMIT,
    SOFTMAX_LIMIT,
    TANH_LIMIT,
)
from engine.shared.numbers import percent
from engine.shared.phrases import passes

_RECTIFYING = re.compile(r"(Relu|Threshold|ClampMin|Hardtanh|Gelu)Backward\d*")
_SATURATING = re.compile(r"(Sigmoid|Tanh|Softmax)Backward\d*")
_WITH_CHANNELS = re.compile(r"\w*(Convolution|Conv\dd|BatchNorm|GroupNorm|InstanceNorm)\w*")
_FAR = 6  # nodes back, within which what made a rectifier's input tells where its channels are
_MOST_SHARES = 64


class Looked(NamedTuple):
    """What one node told. `finding`: what is wrong there. `limit`: what it could not tell."""

    finding: Finding | None = None
    limit: str = ""  # "sampled" | "few" | "lost"


def are_rectified(node: Node) -> bool:
    """Whether its results may be 0 for good."""
    return bool(_RECTIFYING.fullmatch(node.name))


def may_saturate(node: Node, layers: Layers) -> bool:
    """Whether its results have ends where the derivative is nearly 0, and a layer uses them: at the end of a network
    they are meant to be there."""
    return layers.is_inside(node.sequence) and bool(_SATURATING.fullmatch(node.name))


# -- dead units


def dead(subject: Subject, node: Node) -> Iterator[Looked | None]:
    """None after each piece, and what was found at the end."""
    n_used, n_inputs, n_passes, is_sampled = None, 0, 0, False
    for value in subject.values(node.id):
        samples = samples_of(value, channels_last=not _has_channels(subject, node))
        is_sampled = is_sampled or samples.is_sampled
        if n_used is not None and samples.tensor.shape[1] != len(n_used):
            break
        n_passes += 1
        for piece in samples.pieces():
            n_used = _used(piece) if n_used is None else n_used + _used(piece)
            n_inputs += piece.numel() // max(1, piece.shape[1])
            yield None
    yield Looked(limit="lost") if n_used is None else _dead(node, n_used, n_inputs, n_passes, is_sampled)


def _used(piece: Tensor) -> Tensor:
    """By channel, (n_channels,) int64: how many of its elements are not 0."""
    axes = [axis for axis in range(piece.dim()) if axis != 1]
    return torch.count_nonzero(piece, dim=axes)


def _has_channels(subject: Subject, node: Node) -> bool:
    """Whether axis 1 has them, as after a convolution; else the last one."""
    at = node
    for _ in range(_FAR):
        if _WITH_CHANNELS.fullmatch(at.name):
            return True
        below = subject.operands.get(at.id, ())
        if not below or at.category == "matmul":
            return False
        at = subject.nodes[below[0].target]
    return False


def _dead(node: Node, n_used: Tensor, n_inputs: int, n_passes: int, is_sampled: bool) -> Looked:
    n_units, n_dead = len(n_used), int((n_used == 0).sum())
    share = n_dead / max(1, n_units)
    limit = "sampled" if is_sampled else ""
    if n_inputs < FEWEST_INPUTS and not (share == 1 and n_inputs * n_units >= FEWEST_INPUTS):
        return Looked(limit="few")
    if share < NOTABLE_DEAD:
        return Looked(limit=limit)
    said = Sentence.of(
        "health.dead",
        "{n:,} of {units} of {place} are 0 for each of {inputs} in {passes}: no gradient goes through them.",
        n=n_dead,
        units=Sentence.counted("count.units", "{n} unit", "{n:,} units", n_units),
        place=place(node),
        inputs=Sentence.counted("count.inputs", "{n} input", "{n:,} inputs", n_inputs),
        passes=passes(n_passes),
    )
    cure = Sentence.of(
        "health.cure_dead",
        "Usual cure: biases that start at 0, a lower rate, normalization before it, or F.leaky_relu, which lets a "
        "little through.",
    )
    severity: Severity = "serious" if share >= SERIOUS_DEAD else "notable"
    shares = (1 - n_used.double() / max(1, n_inputs)).sort(descending=True).values
    told = tuple(round(float(one), 4) for one in shares[:: max(1, -(-n_units // _MOST_SHARES))])
    return Looked(Finding("dead", severity, said, cure, node.id, place=node.source, shares=told), limit)


# -- saturated results


def saturated(subject: Subject, node: Node) -> Iterator[Looked | None]:
    """As `dead`, of this pass alone."""
    n_bad, n_all, is_sampled = 0, 0, False
    is_softmax = node.name.startswith("Softmax")
    for value in subject.values(node.id):
        if is_softmax and (value.dim() == 0 or value.shape[-1] < FEWEST_CHOICES):
            break
        samples = samples_of(value, channels_last=True)
        is_sampled = samples.is_sampled
        for piece in samples.pieces():
            bad = _at_the_end(node, piece)
            n_bad, n_all = n_bad + count(bad), n_all + bad.numel()
            yield None
        break
    yield Looked(limit="lost" if not is_softmax else "") if not n_all else _saturated(node, n_bad, n_all, is_sampled)


def _at_the_end(node: Node, piece: Tensor) -> Tensor:
    """Of each result, of a softmax of each row, whether its derivative is nearly 0."""
    if node.name.startswith("Softmax"):
        return piece.amax(-1) > SOFTMAX_LIMIT
    if node.name.startswith("Tanh"):
        return piece.abs() > TANH_LIMIT
    return (piece - 0.5).abs() > SIGMOID_LIMIT - 0.5


def _saturated(node: Node, n_bad: int, n_all: int, is_sampled: bool) -> Looked:
    is_softmax = node.name.startswith("Softmax")
    share, limit = n_bad / n_all, "sampled" if is_sampled else ""
    if n_all < FEWEST_INPUTS:
        return Looked(limit="few")
    if share < (SERIOUS_SATURATED if is_softmax else NOTABLE_SATURATED):
        return Looked(limit=limit)
    if is_softmax:
        said = Sentence.of(
            "health.saturated_rows",
            "{share} of {rows} of {place} give more than {limit} to one entry: hardly any gradient goes through them.",
            share=percent(share),
            rows=Sentence.counted("count.rows", "{n} row", "{n:,} rows", n_all),
            place=place(node),
            limit=SOFTMAX_LIMIT,
        )
        cure = Sentence.of(
            "health.cure_saturated_rows",
            "Usual cure: scores that are divided by the root of their width, a higher temperature, or normalized "
            "queries and keys.",
        )
        return Looked(Finding("saturated", "notable", said, cure, node.id, place=node.source), limit)
    said = Sentence.of(
        "health.saturated",
        "{share} of {results} of {place} lie at the ends of the range: there the derivative is below 6 % of its "
        "largest.",
        share=percent(share),
        results=Sentence.counted("count.results", "{n} result", "{n:,} results", n_all),
        place=place(node),
    )
    cure = Sentence.of(
        "health.cure_saturated",
        "Usual cure: a smaller input (weights by fan-in, nn.init.xavier_uniform_), normalization before it, or a lower "
        "rate.",
    )
    severity: Severity = "serious" if share >= SERIOUS_SATURATED else "notable"
    return Looked(Finding("saturated", severity, said, cure, node.id, place=node.source), limit)
