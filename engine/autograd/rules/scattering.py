"""Records of what writes one tensor into another, and of further ways to move numbers."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from engine.autograd.rules.rule import Operand, Rule, whole
from engine.autograd.rules.values import MissingError

_WRITTEN = (
    "What was written stands in the place of what was there. It gets the gradient of those places, and the operand "
    "that of all others."
)
_MOVED = "The same numbers at other places. The gradient goes back to where each came from."


def _counts(v: Any, written: Tensor) -> Tensor:
    """By place of the output, how often it was written to."""
    return v.g.new_zeros(v.result.shape).scatter_add(v.dim, v.index, written)


def _shares(v: Any) -> tuple[Tensor, Tensor]:
    """What the operand gets of each place, and what each element that was written gets."""
    g, ones = v.g, torch.ones_like(v.src)
    own = 1.0 if v.include_self else (_counts(v, ones) == 0).to(g.dtype)
    if v.reduce == "sum":
        return g * own, g.gather(v.dim, v.index)
    if v.reduce == "mean":
        each = g / (_counts(v, ones) + int(v.include_self)).clamp(min=1)
        return each * own, each.gather(v.dim, v.index)
    if v.reduce not in ("amax", "amin"):
        raise NotImplementedError
    is_own = (v.self == v.result).to(g.dtype) * own
    is_written = (v.src == v.result.gather(v.dim, v.index)).to(g.dtype)
    each = g / (_counts(v, is_written) + is_own)
    return each * is_own, each.gather(v.dim, v.index) * is_written


def _without_diagonal(v: Any) -> Tensor:
    zeros = torch.zeros_like(v.g.diagonal(v.offset, v.dim1, v.dim2))
    return torch.diagonal_scatter(v.g, zeros, v.offset, v.dim1, v.dim2)


def _slice(v: Any) -> tuple[Any, ...]:
    return (*[slice(None)] * (v.dim % v.g.dim()), slice(v.start, v.end, v.step))


def _without_slice(v: Any) -> Tensor:
    found = v.g.clone()
    found[_slice(v)] = 0
    return found


def _put_over(v: Any) -> Tensor:
    return v.g if v.accumulate else v.g.put(v.index, torch.zeros_like(v.source))


def _under_mask(v: Any) -> Tensor:
    """In the order in which the mask took them; what it did not come to gets none."""
    taken = v.g[v.mask.expand(v.g.shape)]
    found = v.g.new_zeros(v.shape).flatten()
    found[: len(taken)] = taken
    return found.reshape(v.shape)


def _rows_by_step(v: Any) -> list[int]:
    """How many sequences have come as far; counted again where the node has let go of it."""
    try:
        found: list[int] = v.result1.tolist()
    except MissingError:
        lengths = v.lengths.tolist()
        found = [sum(length > step for length in lengths) for step in range(max(lengths))]
    return found


def _packed(v: Any) -> Tensor:
    """Each time step's rows, those of the longest sequences."""
    found, start = v.g.new_zeros(v.shape), 0
    steps = found.transpose(0, 1) if v.batch_first else found
    for step, n_rows in enumerate(_rows_by_step(v)):
        steps[step, :n_rows] = v.g[start : start + n_rows]
        start += n_rows
    return found


def _not_known(v: Any) -> Tensor:
    raise NotImplementedError


RULES = (
    Rule(
        ("torch::autograd::CopySlices",), r"@y = @x \text{ with } @w \text{ in a part of it}",
        (Operand("x", r"@g \text{ outside of the part}", _not_known),
         Operand("w", r"@g \text{ in the part}", _not_known)),
        "A part of a tensor was written in place. What was written gets the gradient of that part by its own "
        "operation, and what stood in the tensor before gets that of the rest.",
    ),
    whole("ScatterReduce0", r"@y = @x \text{ reduced with } @w \text{ at the indices}",
          "What meets at a place is summed, averaged or compared. A sum passes the gradient to each, a mean parts it "
          "evenly, and of extremes the one that was taken gets it.",
          Operand("x", r"\text{its share of } @g", lambda v: _shares(v)[0]),
          Operand("w", r"\text{its share of } @g \text{ at the indices}", lambda v: _shares(v)[1]),
          x="self", w="src"),
    whole("DiagonalScatter0", r"@y = @x \text{ with } @w \text{ on its diagonal}", _WRITTEN,
          Operand("x", r"@g \text{ beside the diagonal}", _without_diagonal),
          Operand("w", r"\text{the diagonal of } @g", lambda v: v.g.diagonal(v.offset, v.dim1, v.dim2))),
    whole("SliceScatter0", r"@y = @x \text{ with } @w \text{ in a slice}", _WRITTEN,
          Operand("x", r"@g \text{ outside of the slice}", _without_slice),
          Operand("w", r"@g \text{ in the slice}", lambda v: v.g[_slice(v)])),
    whole("Put0", r"@y = @x \text{ with } @w \text{ at the indices}", _WRITTEN,
          Operand("x", r"@g \text{ elsewhere}", _put_over),
          Operand("w", r"@g \text{ at the indices}", lambda v: v.g.take(v.index)), w="source"),
    whole("MaskedScatter0", r"@y = @x \text{ with } @w \text{ under the mask}", _WRITTEN,
          Operand("x", r"@g \text{ beside the mask}", lambda v: v.g.masked_fill(v.mask, 0)),
          Operand("w", r"@g \text{ under the mask}", _under_mask)),
    whole("Rot900", r"@y = @x \text{ turned by } @k \cdot 90°", _MOVED,
          Operand("x", r"@g \text{ turned back}", lambda v: v.g.rot90(-v.k, list(v.dims))), k="k"),
    whole("ChannelShuffle0", r"@y = @x \text{ with its channels mixed}", _MOVED,
          Operand("x", r"@g \text{ with its channels put back}",
                  lambda v: functional.channel_shuffle(v.g, v.g.shape[1] // v.groups))),
    whole("PackPaddedSequence0", r"@y = \text{the rows of } @x \text{ without padding}",
          "The steps of all sequences are laid out one after the other, without what pads the shorter ones. Each gets "
          "its own gradient, and padding gets 0.",
          Operand("x", r"@g \text{ at its place},\; 0 \text{ in the padding}", _packed)),
)  # fmt: skip
