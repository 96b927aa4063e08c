"""One result that is not finite, as the table of causes asks about it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import torch
from torch import Tensor

from engine.autograd.finite.check import Extremes, extremes, has_numbers
from engine.autograd.finite.operands import said_name
from engine.autograd.records import dtype_name, elements_of
from engine.protocol.sentence import Sentence
from engine.shared.numbers import number
from engine.shared.phrases import every
from engine.tensors.native import ALIAS

_NONE = Extremes(False, False, 0.0, 0.0)
_SHOWN = 6  # cells
_MOST_NAMED = 2


class Case(NamedTuple):
    """`operands` are those of the operation in their order, numbers and bare tensors; of a node of a backward pass the
    values of what its operation took. `made` is bare, too. Inside `Unseen`."""

    name: str  # bare, of the public function or of the node: "log", "softmax"
    kind: str  # "NaN" | "Inf"
    operands: tuple[Any, ...]
    made: Tensor
    cell: tuple[int, ...]  # of the first bad element of `made`
    arriving: Tensor | None = None  # at a node of a backward pass
    is_write: bool = False  # of a library, into one of its operands: an optimizer's step
    names: tuple[str, ...] = ()  # of the operands

    @property
    def dtype(self) -> str:
        """As the window writes it, "float16"."""
        return dtype_name(self.made.dtype)

    def value(self, position: int) -> float:
        """An operand where `made` is bad; NaN where it has no element for that place."""
        return number_at(self.operands[position], self.cell, self.made) if position < len(self.operands) else math.nan

    @property
    def gets_zero(self) -> bool:
        """Whether 0 arrives at a node: in the very cell, of a node that works cell by cell; else everywhere."""
        if self.arriving is None:
            return False
        if self.arriving.shape == self.made.shape:
            return bool(self.arriving[self.cell] == 0)
        found = extremes(self.arriving)
        return found.is_finite and found.low == found.high == 0

    @property
    def where(self) -> Sentence:
        """What the operands are there, "where x is 0"; "there", of those that have no one element for the place."""
        named = zip(self.names, self.operands, strict=False)
        known = [(name, place_in(one, self.cell, self.made), one) for name, one in named if isinstance(one, Tensor)]
        values = [
            Sentence.phrase("words.is", "{name} is {value}", name=said_name(name), value=number(one[place].item()))
            for name, place, one in known
            if place is not None
        ]
        if not values:
            return Sentence.phrase("words.there", "there")
        return Sentence.phrase("words.where", "where {values}", values=every(values[:_MOST_NAMED]))

    def row(self, position: int = 0) -> Extremes:
        """The last axis of an operand through the bad place."""
        operand = self.operands[position] if position < len(self.operands) else None
        if not isinstance(operand, Tensor) or operand.dim() == 0:
            return _NONE
        shared = self.cell[: operand.dim() - 1]
        if len(shared) < operand.dim() - 1 or any(i >= n for i, n in zip(shared, operand.shape, strict=False)):
            return _NONE
        return extremes(operand[shared])

    @property
    def largest(self) -> float:
        """The largest magnitude in any operand."""
        return max((_largest(one) for one in self.operands if isinstance(one, Tensor)), default=0.0)

    @property
    def largest_arriving(self) -> float:
        """The largest magnitude of what arrives."""
        return 0.0 if self.arriving is None else _largest(self.arriving)

    @property
    def has_infinite(self) -> bool:
        """Whether an operand holds an infinity."""
        return any(extremes(one).has_inf for one in self.operands if isinstance(one, Tensor))

    @property
    def n_taken(self) -> int:
        """Elements of the first operand."""
        first = self.operands[0] if self.operands else None
        return first.numel() if isinstance(first, Tensor) else -1


def _largest(tensor: Tensor) -> float:
    """Of a tensor that is finite; 0 of any other."""
    found = extremes(tensor)
    return max(abs(found.low), abs(found.high)) if found.is_finite else 0.0


def place_in(operand: Tensor, index: tuple[int, ...], made: Tensor) -> tuple[int, ...] | None:
    """The index of the element of an operand that was broadcast to `index` of `made`; None where that is not so."""
    own = tuple(operand.shape)
    if len(own) > len(index) or any(n not in (1, m) for n, m in zip(own[::-1], tuple(made.shape)[::-1], strict=False)):
        return None
    shared = index[len(index) - len(own) :]
    return tuple(0 if n == 1 else i for i, n in zip(shared, own, strict=True))


def number_at(operand: Any, index: tuple[int, ...], made: Tensor) -> float:
    """NaN where there is none, or no real one but 0."""
    if isinstance(operand, Tensor):
        place = place_in(operand, index, made)
        operand = math.nan if place is None else operand[place].item()
    if isinstance(operand, complex) and operand == 0:
        return 0.0
    return float(operand) if isinstance(operand, int | float) else math.nan


def bad_cells(made: Tensor) -> tuple[list[tuple[int, ...]], int]:
    """The indices of the first elements that are not finite, and how many there are."""
    bad = ~torch.isfinite(made)
    flat = bad.reshape(-1)
    first = flat.nonzero()[:_SHOWN, 0].tolist() if flat.numel() else []
    return [_unravelled(one, tuple(made.shape)) for one in first], int(flat.sum())


def _unravelled(position: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    index = []
    for n in reversed(shape):
        position, place = divmod(position, n)
        index.append(place)
    return tuple(reversed(index))


def flat(arguments: Any) -> Iterator[Any]:
    """Tensors, bare, and numbers among arguments, also in lists and tuples; None for a tensor that only the program's
    code can read."""
    for one in arguments:
        kind = type(one)
        if issubclass(kind, Tensor):
            yield ALIAS(Tensor, one) if has_numbers(one) else None
        elif kind in (int, float):
            yield one
        elif issubclass(kind, list | tuple) and len(one) <= 64:
            yield from flat(elements_of(one))
