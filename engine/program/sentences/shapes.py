"""Sentences for shapes that do not fit."""

from __future__ import annotations

import math
import os
import re

import torch

from engine.program.sentences.failing_call import FailingCall
from engine.program.sentences.products import matmul
from engine.program.sentences.sizes import Shape, memory_words, shape, sizes
from engine.protocol.sentence import Sentence
from engine.shared.phrases import both, every
from engine.shared.strides import gaps
from engine.tensors import native
from engine.tensors.unseen import Unseen

_FEW = 3  # tensors whose shapes are all told


def _broadcast(match: re.Match[str], call: FailingCall) -> Sentence | None:
    tensors = call.tensors
    if call.name in ("matmul", "rmatmul"):
        return matmul(match, call)
    if call.name == "scaled_dot_product_attention" and (said := _mask(call)) is not None:
        return said
    if len(tensors) > 2:
        tensors = _disagreeing(tensors, int(match[3]), {int(match[1]), int(match[2])})
    if len(tensors) < 2:
        return Sentence.of(
            "broadcast.sizes",
            "{expression}: sizes {first} and {second} meet on axis {axis} and do not broadcast.",
            expression=call.expression,
            first=match[1],
            second=match[2],
            axis=match[3],
        )
    shapes = [shape(tensor) for tensor in tensors[:3]]
    listed = both(shapes)
    axis = int(match[3]) - max(len(shape(tensor)) for tensor in call.tensors)
    if axis == -1:
        return Sentence.of(
            "broadcast.last_axes",
            "{expression}: shapes {shapes} do not broadcast: the last axes have sizes {first} and {second}.",
            expression=call.expression,
            shapes=listed,
            first=match[1],
            second=match[2],
        )
    return Sentence.of(
        "broadcast.axes",
        "{expression}: shapes {shapes} do not broadcast: axes {axis} have sizes {first} and {second}.",
        expression=call.expression,
        shapes=listed,
        axis=axis,
        first=match[1],
        second=match[2],
    )


def _disagreeing(tensors: list[torch.Tensor], axis: int, wanted: set[int]) -> list[torch.Tensor]:
    """Of three operands and more those that have the two sizes at the axis, counted from the last; none where these are
    not sizes of theirs."""
    from_last = axis - max(len(shape(tensor)) for tensor in tensors)
    found = [tensor for tensor in tensors if len(shape(tensor)) >= -from_last and shape(tensor)[from_last] in wanted]
    return found if {shape(tensor)[from_last] for tensor in found} == wanted else []


def _mask(call: FailingCall) -> Sentence | None:
    """Attention, whose mask does not fit its scores."""
    mask, tensors = call.argument(3, "attn_mask"), call.tensors
    if not issubclass(type(mask), torch.Tensor) or len(tensors) < 3:
        return None
    query, key = shape(tensors[0]), shape(tensors[1])
    return Sentence.of(
        "attention.mask",
        "{expression}: a mask of shape {shape} does not fit scores of shape {scores}, a row for each query and a "
        "column for each key.",
        expression=call.expression,
        shape=shape(mask),
        scores=(*query[:-1], *key[-2:-1]),
    )


def _expand(match: re.Match[str], call: FailingCall) -> Sentence:
    target, given = sizes(match[1]), sizes(match[2])
    if call.name == "setitem":
        return _no_place(given, target, call)
    return Sentence.of(
        "expand.other_sizes",
        "{expression}: shape {given} cannot be expanded to {target}: only axes of size 1 can grow.",
        expression=call.expression,
        given=given,
        target=target,
    )


def _assignment(match: re.Match[str], call: FailingCall) -> Sentence:
    return _no_place(sizes(match[1]), sizes(match[2]), call)


def _no_place(given: Shape, place: Shape, call: FailingCall) -> Sentence:
    return Sentence.of(
        "assignment.shape",
        "{expression}: a value of shape {given} does not fit into the place of shape {place}.",
        expression=call.expression,
        given=given,
        place=place,
    )


def _view(match: re.Match[str], call: FailingCall) -> Sentence:
    target, n_elements = sizes(match[1]), int(match[2])
    n_wanted = math.prod(size for size in target if size != -1)
    if -1 in target:
        return _no_multiple(n_elements, n_wanted, target, call)
    if not call.tensors:
        return Sentence.of(
            "view.other_size",
            "{expression}: a tensor with {n_elements:,} elements cannot be given shape {target}, which takes "
            "{n_wanted:,}.",
            expression=call.expression,
            n_elements=n_elements,
            target=target,
            n_wanted=n_wanted,
        )
    return Sentence.of(
        "view.other_size_of_shape",
        "{expression}: a tensor of shape {shape} with {n_elements:,} elements cannot be given shape {target}, "
        "which takes {n_wanted:,}.",
        expression=call.expression,
        shape=shape(call.tensors[0]),
        n_elements=n_elements,
        target=target,
        n_wanted=n_wanted,
    )


def _no_multiple(n_elements: int, n_wanted: int, target: Shape, call: FailingCall) -> Sentence:
    """The other axes of a view leave no whole number for its -1."""
    if not call.tensors:
        return Sentence.of(
            "view.no_multiple",
            "{expression}: a tensor with {n_elements:,} elements cannot be given shape {target}: {n_elements:,} is "
            "not a multiple of {n_wanted:,}.",
            expression=call.expression,
            n_elements=n_elements,
            target=target,
            n_wanted=n_wanted,
        )
    return Sentence.of(
        "view.no_multiple_of_shape",
        "{expression}: a tensor of shape {shape} with {n_elements:,} elements cannot be given shape {target}: "
        "{n_elements:,} is not a multiple of {n_wanted:,}.",
        expression=call.expression,
        shape=shape(call.tensors[0]),
        n_elements=n_elements,
        target=target,
        n_wanted=n_wanted,
    )


def _stride(match: re.Match[str], call: FailingCall) -> Sentence:
    if not call.tensors:
        return Sentence.of(
            "view.not_contiguous",
            "{expression}: the elements of this tensor do not lie one after another in memory, as view needs "
            "(it was transposed or sliced); use reshape.",
            expression=call.expression,
        )
    with Unseen():
        tensor = native.bare(call.tensors[0])
        found = gaps(tuple(tensor.shape), tuple(tensor.stride())) if tensor.layout is torch.strided else ()
    if found:
        return Sentence.of(
            "view.axes_do_not_join",
            "{expression}: this tensor of shape {shape} has strides {stride}, so that its elements do not lie one "
            "after another: a step along axis {axis} is {step}, and would have to be {needed} for axes {axis} and "
            "{after} to be read as one, as view needs (it was transposed or sliced); use reshape, which copies.",
            expression=call.expression,
            shape=shape(call.tensors[0]),
            stride=tuple(tensor.stride()),
            axis=found[0].axis,
            after=found[0].after,
            step=found[0].step,
            needed=found[0].needed,
        )
    return Sentence.of(
        "view.shape_not_contiguous",
        "{expression}: the elements of this tensor of shape {shape} do not lie one after another in memory, as view "
        "needs (it was transposed or sliced); use reshape.",
        expression=call.expression,
        shape=shape(call.tensors[0]),
    )


def _odd_one(call: FailingCall) -> Sentence | None:
    """Of many, as of a list of batches, the first that does not fit the first one of all."""
    axis, shapes = _axis_of(call), [shape(tensor) for tensor in call.tensors]
    first = shapes[0]
    odd = next((place for place, one in enumerate(shapes) if _beside(one, axis) != _beside(first, axis)), None)
    if odd is None:
        return None
    if call.name == "stack":
        return Sentence.of(
            "join.odd_one",
            "{expression}: of {n} tensors number {number}, counted from 0, has shape {shape}, and the first {first}; "
            "they must be equal.",
            expression=call.expression,
            n=len(shapes),
            number=odd,
            shape=shapes[odd],
            first=first,
        )
    return Sentence.of(
        "join.odd_one_along",
        "{expression}: of {n} tensors number {number}, counted from 0, has shape {shape}, and the first {first}; "
        "they must be equal on every axis but {axis}.",
        expression=call.expression,
        n=len(shapes),
        number=odd,
        shape=shapes[odd],
        first=first,
        axis=axis,
    )


def _axis_of(call: FailingCall) -> int | None:
    """That tensors are joined along; None of `stack`, which makes a new one."""
    if call.name == "stack":
        return None
    axis = call.argument(1, "dim")
    axis = call.kwargs.get("axis") if axis is None else axis
    return axis if type(axis) is int else 0


def _beside(sizes: tuple[int, ...], axis: int | None) -> tuple[int | None, ...]:
    """The sizes without the one of an axis."""
    at = axis % len(sizes) if axis is not None and sizes else -1
    return tuple(None if place == at else size for place, size in enumerate(sizes))


def _joined(match: re.Match[str], call: FailingCall) -> Sentence | None:
    shapes = list(dict.fromkeys(shape(tensor) for tensor in call.tensors))
    if len(shapes) < 2:
        return None
    if len(call.tensors) > _FEW:
        return _odd_one(call)
    listed = every(shapes)
    if len({len(each) for each in shapes}) > 1:
        return Sentence.of(
            "join.number_of_axes",
            "{expression}: shapes {shapes} must have the same number of axes.",
            expression=call.expression,
            shapes=listed,
        )
    if call.name == "stack":
        return Sentence.of(
            "join.unequal",
            "{expression}: shapes {shapes} must be equal.",
            expression=call.expression,
            shapes=listed,
        )
    return Sentence.of(
        "join.other_axes",
        "{expression}: shapes {shapes} must be equal on every axis but {axis}.",
        expression=call.expression,
        shapes=listed,
        axis=_axis_of(call),
    )


def _channels(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "channels.differ",
        "{expression}: the channels of the input of shape {shape} number {n_channels}, but the weight of "
        "shape {weight_shape} takes {n_taken}.",
        expression=call.expression,
        shape=sizes(match[3]),
        n_channels=match[5],
        weight_shape=sizes(match[2]),
        n_taken=match[4],
    )


def _memory(match: re.Match[str], call: FailingCall) -> Sentence:
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Sentence.of(
        "memory.too_little",
        "{expression}: this needs {needed} of memory at once; the machine has {there}.",
        expression=call.expression,
        needed=memory_words(int(match[1])),
        there=memory_words(machine),
    )


def _overflow(match: re.Match[str], call: FailingCall) -> Sentence:
    return Sentence.of(
        "memory.no_machine",
        "{expression}: a tensor of shape {shape} has more elements than any memory can hold.",
        expression=call.expression,
        shape=sizes(match[1]),
    )


_SIZES = r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\) at non-singleton dimension (\d+)"
_CHANNELS = (
    r"Given (?:groups|transposed)=(\d+), weight of size (\[.*?\]), expected input(\[.*?\]) to have (\d+) channels, "
    r"but got (\d+)"
)
_NUMBER_OF_AXES = r"Tensors must have same number of dimensions"
_JOINED = (
    rf"Sizes of tensors must match except in dimension|stack expects each tensor to be equal size|{_NUMBER_OF_AXES}"
)
RULES = (
    (_SIZES, _broadcast),
    (r"The expanded size of the tensor .*Target sizes: (\[.*?\])\. +Tensor sizes: (\[.*?\])", _expand),
    (r"value tensor of shape (\[.*?\]) cannot be broadcast to indexing result of shape (\[.*?\])", _assignment),
    (r"shape '(\[.*?\])' is invalid for input of size (\d+)", _view),
    (r"view size is not compatible with input tensor's size and stride", _stride),
    (_JOINED, _joined),
    (_CHANNELS, _channels),
    (r"you tried to allocate (\d+) bytes", _memory),
    (r"Storage size calculation overflowed with sizes=(\[.*?\])", _overflow),
)
