"""Records of fused attention: PyTorch makes one node of it, whatever kernel ran."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.rule import Operand, whole
from engine.autograd.rules.values import MissingError


def _scale(v: Any) -> float:
    return 1 / math.sqrt(v.query.shape[-1]) if v.scale is None else float(v.scale)


def _weights(v: Any) -> Tensor:
    """The attention weights, made again from the saved queries, keys and the logarithm of their sums."""
    if v.dropout_p:
        raise MissingError("dropout mask")
    scores = v.query @ v.key.mT * _scale(v)
    if v.is_causal:
        scores = scores.masked_fill(~torch.ones_like(scores, dtype=torch.bool).tril(), -math.inf)
    if _mask(v) is not None:
        scores = scores + _mask(v)
    return torch.softmax(scores, -1)


def _mask(v: Any) -> Tensor | None:
    try:
        found: Tensor | None = v.attn_mask
    except (MissingError, AttributeError):
        return None
    return found


def _scores(v: Any) -> Tensor:
    """The gradient of the scores, through the softmax."""
    weights = _weights(v)
    arriving = v.g @ v.value.mT
    return weights * (arriving - (arriving * weights).sum(-1, keepdim=True))


_FORWARD = r"@y = P\, @V, \quad P = \mathrm{softmax}(s\, @Q\, @K^{\top})"
_MEANING = (
    "A value gets the gradients of all queries that looked at it, by how much they did. Query and key get the gradient "
    "of their score, which softmax has passed on less the mean of its row."
)
_S = r"\quad S = P \odot (@g\, @V^{\top} - \mathrm{rowsum})"

RULES = (
    whole(
        "ScaledDotProductFlashAttentionForCpu0 ScaledDotProductFlashAttention0", _FORWARD, _MEANING,
        Operand("Q", r"s\, S\, @K, " + _S, lambda v: _scale(v) * (_scores(v) @ v.key)),
        Operand("K", r"s\, S^{\top} @Q", lambda v: _scale(v) * (_scores(v).mT @ v.query)),
        Operand("V", r"P^{\top} @g", lambda v: _weights(v).mT @ v.g),
        Q="query", K="key", V="value",
    ),
)  # fmt: skip
