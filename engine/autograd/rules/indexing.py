"""Records of gathering, scattering and looking up by index."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules.rule import Operand, Part, whole

_LOOKED_UP = "Elements were looked up by index. Each gets the gradient of its place, summed where it was taken twice."
_OVERWRITTEN = (
    "What was overwritten has no part in the output, and gets none. What was written gets the gradient there."
)


def _zeros(v: Any) -> Tensor:
    return v.g.new_zeros(v.shape)


def _embedding(v: Any) -> Tensor:
    indices, gradient = v.indices.flatten(), v.g.flatten(0, -2) if v.g.dim() > 1 else v.g.unsqueeze(0)
    is_kept = indices != v.padding_idx
    if v.scale_grad_by_freq:
        gradient = gradient / torch.bincount(indices)[indices].unsqueeze(-1)
    return _zeros(v).index_add(0, indices, gradient * is_kept.unsqueeze(-1))


def _embedding_factors(v: Any, cell: tuple[int, ...]) -> tuple[Part | float, ...]:
    rows = (v.indices == cell[0]) & (v.indices != v.padding_idx)
    taken = Part("g", (rows, cell[1]))
    return (taken, 1 / max(int(rows.sum()), 1)) if v.scale_grad_by_freq else (taken,)


def _looked_up(v: Any, cell: tuple[int, ...]) -> tuple[tuple[Any, ...], None, float]:
    return (int(v.indices[cell[:-1]]), cell[-1]), None, 1


def _put(v: Any) -> Tensor:
    if v.accumulate:
        return v.g * 1
    gradient: Tensor = torch.ops.aten.index_put(v.g, list(v.indices), v.g.new_zeros(()))
    return gradient


RULES = (
    whole(
        "Embedding0", r"@y_i = @W_{\text{row } t_i}",
        "Each token looked up one row of the table. A row gets the sum of the gradients of all its tokens, and a row "
        "that no token used gets zero.",
        Operand("W", r"\sum_{i:\, t_i = \text{row}} \frac{\partial L}{\partial @y_i}", _embedding, _embedding_factors,
                _looked_up),
    ),
    whole("Index0", r"@y = @x_{\text{index}}", _LOOKED_UP,
          Operand("x", r"\sum @g \text{ of what was taken there}",
                  lambda v: torch.ops.aten.index_put(_zeros(v), list(v.indices), v.g, True))),
    whole("IndexSelect0", r"@y = @x_{\text{index}}", _LOOKED_UP,
          Operand("x", r"\sum @g \text{ of what was taken there}",
                  lambda v: _zeros(v).index_add(v.dim, v.index, v.g))),
    whole("Gather0", r"@y = @x_{\text{index}}", _LOOKED_UP,
          Operand("x", r"\sum @g \text{ of what was taken there}",
                  lambda v: _zeros(v).scatter_add(v.dim, v.index, v.g))),
    whole("Take0", r"@y = @x_{\text{index}}", _LOOKED_UP,
          Operand("x", r"\sum @g \text{ of what was taken there}",
                  lambda v: _zeros(v).flatten().index_add(0, v.index.flatten(), v.g.flatten()).view(v.shape))),
    whole("MaskedSelect0", r"@y = @x \text{ where the mask is true}",
          "The elements under the mask were taken. They get their gradients, and all others zero.",
          Operand("x", r"@g \text{ under the mask},\; 0 \text{ elsewhere}",
                  lambda v: _zeros(v).masked_scatter(v.mask.expand(v.shape), v.g))),
    whole("IndexPut0 IndexPutImpl0", r"@y = @x \text{ with } @w \text{ at the indices}", _OVERWRITTEN,
          Operand("x", r"@g,\; 0 \text{ where it was overwritten}", _put),
          Operand("w", r"@g \text{ at the indices}", lambda v: torch.ops.aten.index(v.g, list(v.indices)))),
    whole("Scatter0", r"@y = @x \text{ with } @w \text{ at the indices}", _OVERWRITTEN,
          Operand("x", r"@g,\; 0 \text{ where it was overwritten}", lambda v: v.g.scatter(v.dim, v.index, 0)),
          Operand("w", r"@g \text{ at the indices}", lambda v: v.g.gather(v.dim, v.index))),
    whole("Scatter1 IndexFill0", r"@y = @x \text{ with a number at the indices}", _OVERWRITTEN,
          Operand("x", r"@g,\; 0 \text{ where it was overwritten}",
                  lambda v: v.g.scatter(v.dim, v.index, 0) if v.index.dim() == v.g.dim()
                  and v.index.dim() > 1 else v.g.index_fill(v.dim, v.index, 0))),
    whole("IndexCopy0", r"@y = @x \text{ with } @w \text{ at the indices}", _OVERWRITTEN,
          Operand("x", r"@g,\; 0 \text{ where it was overwritten}", lambda v: v.g.index_fill(v.dim, v.index, 0)),
          Operand("w", r"@g \text{ at the indices}", lambda v: v.g.index_select(v.dim, v.index))),
    whole("ScatterAdd0", r"@y = @x \text{ plus } @w \text{ at the indices}",
          "What was added is one part of a sum. Both get the gradient unchanged, each at its own places.",
          Operand("x", "@g", lambda v: v.g * 1),
          Operand("w", r"@g \text{ at the indices}", lambda v: v.g.gather(v.dim, v.index))),
    whole("IndexAdd0", r"@y = @x \text{ plus } @alpha\cdot @w \text{ at the indices}",
          "What was added is one part of a sum. Both get the gradient unchanged, each at its own places.",
          Operand("x", "@g", lambda v: v.g * 1),
          Operand("w", r"@alpha\cdot @g \text{ at the indices}", lambda v: v.alpha * v.g.index_select(v.dim, v.index)),
          alpha="alpha"),
    whole("SelectScatter0", r"@y = @x \text{ with } @w \text{ at one place of a dim}", _OVERWRITTEN,
          Operand("x", r"@g,\; 0 \text{ where it was overwritten}",
                  lambda v: torch.select_scatter(v.g, torch.zeros_like(v.g.select(v.dim, v.index)), v.dim, v.index)),
          Operand("w", r"@g \text{ at that place}", lambda v: v.g.select(v.dim, v.index))),
)  # fmt: skip
