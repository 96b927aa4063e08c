"""Operations in float64, also those that have none: what they are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor
from torch._decomp import decomposition_table
from torch._decomp.decompositions import one_layer_lstm

_LSTM = 2  # a mode of oneDNN's recurrent layers


def run(operation: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """The result of an operation of `torch.ops`. Raises RuntimeError where neither it nor its parts take these."""
    try:
        return operation(*args, **kwargs)
    except (RuntimeError, NotImplementedError):
        parts: Callable[..., Any] | None = _PARTS.get(operation) or decomposition_table.get(operation)
        if parts is None:
            raise
        return parts(*args, **kwargs)


def _recurrent_layer(sequence: Tensor, *rest: Any) -> tuple[Tensor, Tensor, Tensor]:
    """As `mkldnn_rnn_layer`, of an LSTM in one direction; the last of its results, a workspace, is of no use here."""
    params, (hidden, cell, is_reverse, _, mode, _, _, has_biases, *_) = rest[:4], rest[4:]
    if mode != _LSTM:
        raise RuntimeError("of oneDNN's recurrent layers only the LSTM is known in float64")
    state = (hidden.reshape(hidden.shape[-2:]), cell.reshape(cell.shape[-2:]))
    output, (last_hidden, last_cell) = one_layer_lstm(sequence, state, params, has_biases, is_reverse)
    return output, last_hidden.reshape(hidden.shape), last_cell.reshape(cell.shape)


_PARTS: dict[Any, Callable[..., Any]] = {torch.ops.aten.mkldnn_rnn_layer.default: _recurrent_layer}
