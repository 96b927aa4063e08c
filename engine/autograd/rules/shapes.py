"""Records of views and of what puts tensors together: the numbers stay, their places change."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from engine.autograd.rules.rule import Operand, Part, Rule, whole
from engine.tensors.places import unravelled

_SAME = "The same numbers in another shape. The gradient goes back into the operand's."
_MOVED = "The same numbers at other places. The gradient goes back to where each came from."
_PART = "A part of the operand was taken. The gradient goes to that part, and zero to the rest."
_PARTS = (
    "The operand was taken apart. Each part's gradient goes back to its place, and zero to a part that nobody used."
)


def _zeros(v: Any) -> Tensor:
    return v.g.new_zeros(v.shape)


def _selected(v: Any) -> Tensor:
    return torch.select_scatter(_zeros(v), v.g, v.dim, v.index)


def _sliced(v: Any) -> Tensor:
    return torch.slice_scatter(_zeros(v), v.g, v.dim, v.start, v.end, v.step)


def _repeated(v: Any) -> Tensor:
    """The sum over the copies: each dim is parted into its copies and its own size."""
    n_new = len(v.repeats) - len(v.shape)
    own = (1,) * n_new + v.shape
    parted = v.g.reshape([size for pair in zip(v.repeats, own, strict=True) for size in pair])
    return parted.sum(tuple(range(0, 2 * len(own), 2))).reshape(v.shape) if own else v.g


def _rolled(v: Any) -> Tensor:
    back = tuple(-shift for shift in v.shifts)
    return v.g.roll(back, v.dims) if v.dims else v.g.flatten().roll(back[0]).view(v.g.shape)


def _permuted(v: Any) -> Tensor:
    places = [dim % len(v.dims) for dim in v.dims]
    return v.g.permute([places.index(dim) for dim in range(len(places))])


def _concatenated(v: Any) -> Tensor:
    if len(v.shape) == 1 and not v.shape[0]:  # an empty one is left out, whatever the others' shape
        return _zeros(v)
    start = sum(shape[v.dim] for shape in v.shapes[: v.nth] if shape != (0,))
    return v.g.narrow(v.dim, start, v.shape[v.dim])


def _split_sizes(v: Any, size: int) -> list[int]:
    total = v.shape[v.dim]
    return [min(size, total - start) for start in range(0, total, size)] if size else [0]


def _joined(v: Any, sizes: Any) -> Tensor:
    known = next(gradient for gradient in v.arriving if gradient is not None)
    parts = []
    for gradient, size in zip(v.arriving, sizes, strict=True):
        shape = list(v.shape)
        shape[v.dim] = size
        parts.append(known.new_zeros(shape) if gradient is None else gradient)
    return torch.cat(parts, v.dim)


def _stacked_back(v: Any) -> Tensor:
    known = next(gradient for gradient in v.arriving if gradient is not None)
    return torch.stack([torch.zeros_like(known) if part is None else part for part in v.arriving], v.dim)


def _diagonal(v: Any) -> Tensor:
    return torch.diagonal_scatter(_zeros(v), v.g, v.offset, v.dim1, v.dim2)


def _places(v: Any) -> Tensor:
    """The place of each element of the operand, by which any view can be followed back."""
    return torch.arange(_zeros(v).numel(), device=v.g.device).view(v.shape)


def _from_places(v: Any, places: Tensor) -> Tensor:
    return _zeros(v).flatten().index_add(0, places.flatten(), v.g.flatten()).view(v.shape)


def _unfolded(v: Any) -> Tensor:
    return _from_places(v, _places(v).unfold(v.dimension, v.size, v.step))


def _padded(v: Any) -> Tensor:
    return functional.pad(v.g, [-size for size in v.pad])


def _padded_by_copies(mode: str) -> Any:
    def gradient(v: Any) -> Tensor:
        n_dims = len(v.padding) // 2
        places = _places(v).double()
        batched = places if len(v.shape) == n_dims + 2 else places.unsqueeze(0)
        return _from_places(v, functional.pad(batched, list(v.padding), mode=mode).long())

    return gradient


def _same_place(v: Any, cell: tuple[int, ...]) -> tuple[Part]:
    """Of another shape with the elements in the same order."""
    place = sum(index * math.prod(v.shape[dim + 1 :]) for dim, index in enumerate(cell))
    return (Part("g", unravelled(place, v.g.shape)),)


def _exchanged(v: Any, cell: tuple[int, ...]) -> tuple[Part]:
    moved = list(cell)
    moved[v.dim0], moved[v.dim1] = moved[v.dim1], moved[v.dim0]
    return (Part("g", tuple(moved)),)


RULES = (
    whole(
        "View0 UnsafeView0 ReshapeAlias0 MkldnnReshape0", r"@y = @x \text{ in another shape}", _SAME,
        Operand("x", r"@g \text{ in the shape of } @x", lambda v: v.g.reshape(v.shape), _same_place),
    ),
    whole(
        "Squeeze0 Squeeze1 Squeeze2 Squeeze3 Squeeze4 Squeeze5", r"@y = @x \text{ without dims of size } 1", _SAME,
        Operand("x", r"@g \text{ in the shape of } @x", lambda v: v.g.reshape(v.shape), _same_place),
    ),
    whole(
        "Unsqueeze0 Unsqueeze1", r"@y = @x \text{ with a dim of size } 1 \text{ more}", _SAME,
        Operand("x", r"@g \text{ in the shape of } @x", lambda v: v.g.squeeze(v.dim), _same_place),
    ),
    whole("T0 T1", r"@y = @x^{\top}", _MOVED,
          Operand("x", r"@g^{\top}", lambda v: v.g.t(), lambda v, cell: (Part("g", cell[::-1]),))),
    whole(
        "Transpose0 Transpose1", r"@y = @x \text{ with two dims exchanged}", _MOVED,
        Operand("x", r"@g \text{ with the same dims exchanged}", lambda v: v.g.transpose(v.dim0, v.dim1),
                _exchanged),
    ),
    whole(
        "Permute0", r"@y = @x \text{ with its dims in another order}", _MOVED,
        Operand("x", r"@g \text{ with its dims in the old order}", _permuted,
                lambda v, cell: (Part("g", tuple(cell[dim] for dim in v.dims)),)),
    ),
    whole("Flip0", r"@y = @x \text{ turned round}", _MOVED,
          Operand("x", r"@g \text{ turned round}", lambda v: v.g.flip(v.dims))),
    whole("Roll0", r"@y = @x \text{ moved in a circle}", _MOVED, Operand("x", r"@g \text{ moved back}", _rolled)),
    whole(
        "PixelShuffle0", r"@y = @x \text{ with channels laid out as pixels}", _MOVED,
        Operand("x", r"@g \text{ with pixels laid out as channels}",
                lambda v: functional.pixel_unshuffle(v.g, v.upscale_factor)),
    ),
    whole(
        "PixelUnshuffle0", r"@y = @x \text{ with pixels laid out as channels}", _MOVED,
        Operand("x", r"@g \text{ with channels laid out as pixels}",
                lambda v: functional.pixel_shuffle(v.g, v.downscale_factor)),
    ),
    whole(
        "Expand0", r"@y = \text{copies of } @x",
        "One number stands at several places of the output. It gets the sum of their gradients.",
        Operand("x", r"\sum_{\text{copies}} @g", lambda v: v.g.sum_to_size(v.shape)),
    ),
    whole(
        "Repeat0", r"@y = \text{copies of } @x",
        "One number stands at several places of the output. It gets the sum of their gradients.",
        Operand("x", r"\sum_{\text{copies}} @g", _repeated),
    ),
    whole("Select0", r"@y = @x_{i}", _PART, Operand("x", r"@g \text{ at } i,\; 0 \text{ elsewhere}", _selected)),
    whole("Slice0", r"@y = @x_{\text{start}:\text{end}:\text{step}}", _PART,
          Operand("x", r"@g \text{ in the slice},\; 0 \text{ elsewhere}", _sliced)),
    Rule(("DiagonalBackward0", "DiagonalBackward0_copy"), r"@y = \text{the diagonal of } @x",
         (Operand("x", r"@g \text{ on the diagonal},\; 0 \text{ elsewhere}", _diagonal),), _PART),
    whole(
        "DiagEmbed0", r"@y = \text{a matrix with } @x \text{ as its diagonal}",
        "The operand stands on the diagonal. Its gradient is that of the diagonal; what lies beside it are constants.",
        Operand("x", r"\text{the diagonal of } @g", lambda v: v.g.diagonal(v.offset, v.dim1, v.dim2)),
    ),
    whole(
        "Unfold0", r"@y = \text{windows of } @x",
        "Windows overlap, so one element may stand in several. It gets the sum of their gradients.",
        Operand("x", r"\sum_{\text{windows}} @g", _unfolded),
    ),
    whole(
        "Cat0", r"@y = [@x_1, @x_2, \ldots]",
        "Tensors were put side by side. Each gets the part of the gradient that lies at its place.",
        Operand("x", r"\text{the part of } @g \text{ at its place}", _concatenated), is_list=True,
    ),
    whole(
        "Stack0", r"@y = [@x_1, @x_2, \ldots]",
        "Tensors were laid on each other. Each gets its own layer of the gradient.",
        Operand("x", r"\text{its layer of } @g", lambda v: v.g.select(v.dim, v.nth)), is_list=True,
    ),
    whole("Split0 UnsafeSplit0", r"@y_1, @y_2, \ldots = @x", _PARTS,
          Operand("x", r"[\frac{\partial L}{\partial @y_1}, \frac{\partial L}{\partial @y_2}, \ldots]",
                  lambda v: _joined(v, _split_sizes(v, v.split_size)))),
    whole("SplitWithSizes0 UnsafeSplitWithSizes0", r"@y_1, @y_2, \ldots = @x", _PARTS,
          Operand("x", r"[\frac{\partial L}{\partial @y_1}, \frac{\partial L}{\partial @y_2}, \ldots]",
                  lambda v: _joined(v, v.split_sizes))),
    whole("Unbind0", r"@y_1, @y_2, \ldots = @x", _PARTS,
          Operand("x", r"[\frac{\partial L}{\partial @y_1}, \frac{\partial L}{\partial @y_2}, \ldots]",
                  _stacked_back)),
    whole(
        "ConstantPadNd0", r"@y = @x \text{ with a constant around it}",
        "The gradient of the inner part goes to the operand. What was put around it is constant.",
        Operand("x", r"\text{the inner part of } @g", _padded),
    ),
    whole(
        "ReflectionPad1D0 ReflectionPad2D0", r"@y = @x \text{ with its mirror image around it}",
        "What lies near the edge stands twice in the output. It gets the sum of the gradients of all its places.",
        Operand("x", r"\sum_{\text{places}} @g", _padded_by_copies("reflect")),
    ),
    whole(
        "ReplicationPad1D0 ReplicationPad2D0", r"@y = @x \text{ with its edge repeated around it}",
        "What lies on the edge stands several times in the output. It gets the sum of the gradients of all its places.",
        Operand("x", r"\sum_{\text{places}} @g", _padded_by_copies("replicate")),
    ),
)  # fmt: skip
