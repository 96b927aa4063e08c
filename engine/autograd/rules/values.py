"""What a rule reads of one node: the gradients that arrived, what it saved, the shapes of its operands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from engine.tensors.gate import GATE

_WRAPPED = 1 << 63  # a negative int that the node gives out as an unsigned one


class MissingError(Exception):
    """A saved value is neither with the node any more nor in the recorder's snapshots."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NodeValues:
    """Saved values by PyTorch's own names as attributes: `values.self`, `values.dim`. Tensors are detached.

    `arriving`: by output slot, None where no gradient came. `shapes`: of the operands, in the order of the node's
    `next_functions`. `read` gives a saved value and raises MissingError. With `dtype` floating-point tensors are
    converted to it.
    """

    def __init__(
        self,
        read: Callable[[str], Any],
        arriving: Sequence[Tensor | None],
        shapes: Sequence[tuple[int, ...]],
        dtype: torch.dtype | None = None,
    ) -> None:
        self._read = read
        self._dtype = dtype
        self.arriving = tuple(self._converted(gradient) for gradient in arriving)
        self.shapes = tuple(shapes)
        self.nth = 0  # the operand whose gradient is asked for

    @property
    def g(self) -> Tensor:
        """What arrived at the first output. Raises MissingError."""
        if self.arriving[0] is None:
            raise MissingError("grad")
        return self.arriving[0]

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the operand whose gradient is asked for."""
        return self.shapes[self.nth]

    def with_arriving(self, arriving: Sequence[Tensor | None]) -> NodeValues:
        """The same node with other gradients."""
        other = NodeValues(self._read, arriving, self.shapes, self._dtype)
        other.__dict__.update({name: value for name, value in self.__dict__.items() if name not in other.__dict__})
        other.nth = self.nth
        return other

    def in_float64(self) -> NodeValues:
        """The same with floating-point tensors in float64."""
        other = NodeValues(self._read, self.arriving, self.shapes, torch.float64)
        other.nth = self.nth
        return other

    def watched(self, seen: dict[str, Tensor]) -> NodeValues:
        """As `in_float64`; floating-point tensors that are read are put into `seen`, as leaves of a graph."""

        def read(name: str) -> Any:
            value = self._read(name)
            if isinstance(value, Tensor) and value.is_floating_point():
                GATE.give_way()
                value = seen[name] = value.detach().to(torch.float64).requires_grad_()
            return value

        other = NodeValues(read, self.arriving, self.shapes, torch.float64)
        other.nth = self.nth
        return other

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        value = self._converted(signed(self._read(name)))
        self.__dict__[name] = value
        return value

    def _converted(self, value: Any) -> Any:
        if self._dtype is None or not isinstance(value, Tensor) or not value.is_floating_point():
            return value
        GATE.give_way()
        return value.to(self._dtype)


def signed(value: Any) -> Any:
    """`_saved_dim` of a negative dim is 2**64 too large."""
    if type(value) is int and value >= _WRAPPED:
        return value - 2 * _WRAPPED
    if isinstance(value, list | tuple):
        return tuple(map(signed, value))
    return value


def sum_to(gradient: Tensor, shape: Sequence[int]) -> Tensor:
    """As the engine sums what was broadcast, to the operand's shape."""
    return gradient if tuple(gradient.shape) == tuple(shape) else gradient.sum_to_size(tuple(shape))
