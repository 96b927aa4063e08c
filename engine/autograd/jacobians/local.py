"""The Jacobian of one node, a row for each cell of its result: the node itself is called with one unit vector after
another, or, once a pass has freed what it saved, the function of its record.

A node that is called so runs neither hooks of the program nor those of a pass, frees nothing and draws no random
number: the engine does the first two around a node, and what was random in forward is saved.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import BackwardCFunction
from torch.autograd.graph import Node as GradFn

from engine.autograd.rules.rule import Rule
from engine.autograd.rules.values import NodeValues, sum_to
from engine.autograd.saved import saved_by_name
from engine.tensors import native
from engine.tensors.gate import GATE
from engine.tensors.reading import dense

_MAX_WRITTEN = 1 << 24  # elements of all gradients that a node would make


def may_be_called(node: GradFn) -> bool:
    """Whether to call a node runs no code of the program and changes nothing: neither a Function of the program, nor
    what adds to a `.grad`, nor a node that works with tensors of the program's own classes or whose saved values the
    program's hooks unpack. Inside `Unseen`."""
    if isinstance(node, BackwardCFunction) or native.leaf_of(node) is not None:
        return False
    own: Any = node._input_metadata
    slots = [*own, *(below._input_metadata[slot] for below, slot in node.next_functions if below is not None)]
    if any(slot.is_cpp_nested_tensor or slot.is_nested_tensor for slot in slots):
        return False
    return all(
        _is_plain(saved)
        for _, found in saved_by_name(node)
        for saved in (found if isinstance(found, tuple | list) else (found,))
    )


def _is_plain(saved: Any) -> bool:
    """Of what a node keeps: whether it is as it was saved, with its elements in a memory of its own."""
    if saved.unpack_hook is not None:
        return False
    tensor = saved.data
    if tensor is None:  # freed, or not given
        return True
    return not native.dispatches(tensor) and not native.is_wrapped(tensor) and native.has_own_data(native.bare(tensor))


def by_node(node: GradFn, slot: int, shapes: Sequence[tuple[int, ...] | None]) -> list[Tensor | None]:
    """By each operand, float64 on the CPU; `shapes` are those of the operands, None where no matrix is wanted. Inside
    `unobserved`, and the gate. Raises RuntimeError where the node cannot be asked, or too much would be written."""
    metadata: Any = node._input_metadata
    shape, n_written = tuple(metadata[slot].shape), _n_elements(node)
    n_rows = math.prod(shape)
    if n_rows * n_written > _MAX_WRITTEN:
        raise RuntimeError("too much would be written")
    rows: list[list[Tensor]] = [[] for _ in shapes]
    arguments: list[Tensor | None] = [None] * len(metadata)
    for place in range(n_rows):
        GATE.give_way()
        arguments[slot] = _unit(shape, place, metadata[slot].dtype, metadata[slot].device)
        sent = node(*arguments)
        for one, own, gradient in zip(rows, shapes, sent if isinstance(sent, tuple) else (sent,), strict=True):
            if own is not None:
                one.append(_row(gradient, own))
    return [None if own is None else _stacked(one, own) for one, own in zip(rows, shapes, strict=True)]


def by_record(rule: Rule, place: int, values: NodeValues, slot: int) -> Tensor:
    """By the operand at `place`; what arrives in `values` is taken for its shape alone. Raises MissingError, and what
    the function does with values that do not fit."""
    values.nth = place
    zeros = [None if g is None else torch.zeros_like(g) for g in values.arriving]
    chosen = zeros[slot]
    if chosen is None:
        raise RuntimeError("no shape is known")
    rows = []
    for nth in range(chosen.numel()):
        GATE.give_way()
        unit = _unit(tuple(chosen.shape), nth, chosen.dtype, chosen.device)
        arriving = [unit if number == slot else one for number, one in enumerate(zeros)]
        rows.append(_row(rule.operand(place).gradient(values.with_arriving(arriving)), values.shape))
    return _stacked(rows, values.shape)


def _n_elements(node: GradFn) -> int:
    below = (one._input_metadata[slot] for one, slot in node.next_functions if one is not None)
    return sum(math.prod(known.shape) for known in below)


def _unit(shape: tuple[int, ...], place: int, dtype: torch.dtype, device: torch.device) -> Tensor:
    """A new one for each call: a node may hand on what it got."""
    unit = torch.zeros(math.prod(shape), dtype=dtype, device=device)
    unit[place] = 1
    return unit.view(shape)


def _row(gradient: Tensor | None, shape: tuple[int, ...]) -> Tensor:
    """What was broadcast is summed, as the engine does between two nodes."""
    if gradient is None:
        return torch.zeros(math.prod(shape))
    whole = dense(gradient) if gradient.layout is not torch.strided else gradient
    return sum_to(whole, shape).reshape(-1)


def _stacked(rows: list[Tensor], shape: tuple[int, ...]) -> Tensor:
    if not rows:
        return torch.zeros(0, math.prod(shape), dtype=torch.float64)
    return torch.stack([row.double().cpu() for row in rows])
