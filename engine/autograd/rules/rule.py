"""What a record says of one kind of node: its rule in symbols, what that means, and the rule as a function.

Formulas are LaTeX. `@` before a name stands for a symbol that a node fills in: `@g` is the gradient that arrives, `@x`
an operand or something saved. The same text with numbers in place of the symbols is the arithmetic of one cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from torch import Tensor

from engine.autograd.rules.values import NodeValues
from engine.protocol.sentence import Sentence

Gradient = Callable[[Any], Tensor]  # of the node's values; what was broadcast is summed by whoever calls
Factors = Callable[[NodeValues, tuple[int, ...]], tuple["Part | float", ...]]
Reach = Callable[[NodeValues, tuple[int, ...]], tuple[tuple[Any, ...], "Part | None", float]]
Along = Callable[[Any], int]


class Part(NamedTuple):
    """Elements of what arrives, "g", or of a saved value: an index of numbers, slices and at most one mask."""

    name: str
    where: tuple[Any, ...]


class Operand(NamedTuple):
    """One input of the operation that a gradient goes to.

    `factors`: of a cell of this gradient, as many elements of each part, whose products are its terms; the first is of
    the gradient that arrives. Without them the terms are found from the function, which is linear in what arrives.
    `reach`: of a cell of the output, which elements of this operand it is made of, and what each is multiplied by: as
    many elements of a saved value, and a number. Without it the function tells that, too.
    `along`: the dim whose lines are each worked by themselves: of a cell the function is asked of its line alone.
    """

    symbol: str
    formula: str
    gradient: Gradient
    factors: Factors | None = None
    reach: Reach | None = None
    along: Along | None = None


@dataclass(frozen=True)
class Rule:
    """The record of one or several kinds of nodes.

    `operands` in the order of the node's `next_functions`; the last stands for all that follow where `is_list`.
    `saved`: which of its saved values a symbol stands for, by PyTorch's own name. `is_pointwise`: each cell is made of
    the same cell of what arrives and of the saved values, so that the formula holds for numbers as well.
    """

    nodes: tuple[str, ...]
    forward: str
    operands: tuple[Operand, ...]
    meaning: str
    saved: Mapping[str, str] = field(default_factory=dict)
    is_pointwise: bool = False
    is_list: bool = False

    @property
    def said(self) -> Sentence:
        """The meaning, as data."""
        return Sentence(f"meaning.{self.nodes[0]}", self.meaning)

    def operand(self, position: int) -> Operand:
        """Of the input at this place."""
        return self.operands[min(position, len(self.operands) - 1)]


def nodes(*names: str) -> tuple[str, ...]:
    """ "Exp0" as PyTorch names the node: "ExpBackward0"."""
    return tuple(f"{name[:-1]}Backward{name[-1]}" for name in names)


def pointwise(names: str, forward: str, meaning: str, *operands: Operand, **saved: str) -> Rule:
    """Of operations on each cell by itself; `names` are parted by spaces."""
    return Rule(nodes(*names.split()), forward, operands, meaning, saved, is_pointwise=True)


def unary(names: str, forward: str, formula: str, gradient: Gradient, meaning: str, **saved: str) -> Rule:
    """Of a function of one operand, `x`."""
    return pointwise(names, forward, meaning, Operand("x", formula, gradient), **saved)


def whole(names: str, forward: str, meaning: str, *operands: Operand, is_list: bool = False, **saved: str) -> Rule:
    """Of operations whose gradient's cells mix several of what arrives, or move them."""
    return Rule(nodes(*names.split()), forward, operands, meaning, saved, is_list=is_list)
