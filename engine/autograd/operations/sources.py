"""Which cells of its operands a cell of a result was made of, and which cells of the result an operand's cell made.

The operation is made again of other numbers, of float64 and all different from 0, and PyTorch's own engine asked for
the derivative of one cell, or along one: where that is not 0 there is a way from the one to the other. So it holds for
any operation that has a derivative, views and indices among them, without a table. What has none (a comparison) goes
cell by cell where its operands are broadcast to the result.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from engine.autograd.operations.arguments import Arguments, filled
from engine.protocol.errors import EngineError

MAX_ELEMENTS = 1 << 20  # of an operand, or of the result
MAX_CELLS = 4096  # that are told
_MOST_INDICES = 3
_RANDOM = frozenset({
    "alpha_dropout", "feature_alpha_dropout", "bernoulli", "bernoulli_",
    "rand_like", "randn_like", "multinomial", "normal", "normal_", "poisson", "uniform_", "exponential_",
})  # fmt: skip
# Which numbers go where hangs on the numbers: these are asked with their own.
_BY_CELL = frozenset({"dropout", "dropout_", "dropout1d", "dropout2d", "dropout3d", "feature_dropout"})  # drawn, or not
_BY_VALUE = frozenset({
    "max", "min", "amax", "amin", "aminmax", "sort", "topk", "median", "nanmedian", "kthvalue", "mode", "cummax",
    "cummin", "clamp", "clip", "relu", "relu_", "maximum", "minimum", "fmax", "fmin", "quantile", "msort",
    "hardtanh", "threshold", "max_pool1d", "max_pool2d", "max_pool3d", "adaptive_max_pool1d", "adaptive_max_pool2d",
})  # fmt: skip


class Cells(NamedTuple):
    """Flat indices of cells, ascending, at most MAX_CELLS of `n_cells`."""

    indices: tuple[int, ...]
    n_cells: int


_NONE = Cells((), 0)


class Again:
    """One operation, made again. `values` are its operands as they were, `result` what came of it, at a place among
    all that it returned.

    Raises EngineError where it cannot be made again: its arguments are not kept, it is random, too large, or no number
    of its operands goes into it. On any thread, inside `Unseen`.
    """

    def __init__(
        self, function: Any, arguments: Arguments | None, values: Sequence[Tensor], result: Tensor, place: int = 0
    ) -> None:
        name = getattr(function, "__name__", "")
        if arguments is None:
            raise EngineError("operation.arguments", "Its arguments were not kept.")
        if name in _RANDOM:
            raise EngineError("operation.random", "It draws random numbers, and would draw others.")
        if max(one.numel() for one in (*values, result)) > MAX_ELEMENTS:
            raise EngineError("operation.large", "It is too large to be followed cell by cell.")
        self._shape, self._place = tuple(result.shape), place
        self._shapes = [tuple(value.shape) for value in values]
        self._stand_ins: list[Tensor] = []
        is_by_cell = name in _BY_CELL and self._shapes == [self._shape]
        self._made = None if is_by_cell else self._make(function, arguments, values, is_by_value=name in _BY_VALUE)
        if self._made is None and not all(map(self._is_broadcast, self._shapes)):
            raise EngineError("operation.no_way", "Its numbers tell where others lie; none goes into another.")

    def _make(self, function: Any, arguments: Arguments, values: Sequence[Tensor], *, is_by_value: bool) -> Any:
        """The result with a graph; None where it has none. Whole numbers may be an index, or be counted with."""
        for indices in _which_are_indices(values):
            self._stand_ins = [
                _stand_in(value, is_index=place in indices, is_by_value=is_by_value)
                for place, value in enumerate(values)
            ]
            try:
                made = self._call(function, arguments)
            except Exception:
                continue
            found = _tensors(made)[self._place :][:1]
            if found and tuple(found[0].shape) == self._shape and found[0].requires_grad:
                return found[0]
        return None

    def _call(self, function: Any, arguments: Arguments) -> Any:
        with torch.enable_grad(), torch.random.fork_rng(devices=[]):
            args, kwargs = filled(arguments, [one.clone() for one in self._stand_ins])
            if "dtype" in kwargs:
                kwargs["dtype"] = torch.float64
            return function(*(torch.float64 if type(one) is torch.dtype else one for one in args), **kwargs)

    def sources(self, cell: tuple[int, ...]) -> tuple[Cells, ...]:
        """By operand, the cells that a cell of the result was made of."""
        if self._made is None:
            return tuple(self._broadcast_from(shape, cell) for shape in self._shapes)
        wanted = [one for one in self._stand_ins if one.requires_grad]
        gradients = iter(torch.autograd.grad(self._made[cell], wanted, retain_graph=True, allow_unused=True))
        return tuple(_cells(next(gradients)) if one.requires_grad else _NONE for one in self._stand_ins)

    def targets(self, position: int, cell: tuple[int, ...]) -> Cells:
        """The cells of the result that a cell of an operand goes into."""
        if self._made is None:
            return self._broadcast_to(self._shapes[position], cell)
        operand = self._stand_ins[position]
        if not operand.requires_grad:
            return _NONE
        # The derivative by what is handed in of the derivative: so no operation needs a rule for forward mode.
        handed = torch.ones_like(self._made, requires_grad=True)
        options: dict[str, Any] = {"retain_graph": True, "allow_unused": True}
        (gradient,) = torch.autograd.grad(self._made, operand, handed, create_graph=True, **options)
        if gradient is None or not gradient.requires_grad:
            return _NONE
        return _cells(torch.autograd.grad(gradient[cell], handed, **options)[0])

    # -- cell by cell

    def _is_broadcast(self, shape: tuple[int, ...]) -> bool:
        try:
            return tuple(np.broadcast_shapes(shape, self._shape)) == self._shape
        except ValueError:
            return False

    def _broadcast_from(self, shape: tuple[int, ...], cell: tuple[int, ...]) -> Cells:
        own = cell[len(cell) - len(shape) :]
        place = tuple(0 if size == 1 else at for size, at in zip(shape, own, strict=True))
        return Cells((int(np.ravel_multi_index(place, shape)) if shape else 0,), 1)

    def _broadcast_to(self, shape: tuple[int, ...], cell: tuple[int, ...]) -> Cells:
        marked = np.zeros(shape, dtype=bool)
        marked[cell] = True
        return _cells(torch.from_numpy(np.broadcast_to(marked, self._shape).copy()))


def _which_are_indices(values: Sequence[Tensor]) -> list[tuple[int, ...]]:
    """Which operands of whole numbers may tell places, in the order to try: none, then few, the last ones first."""
    whole = [place for place, value in enumerate(values) if _is_whole(value)]
    few = range(min(len(whole), _MOST_INDICES) + 1)
    return [chosen for size in few for chosen in itertools.combinations(reversed(whole), size)]


def _is_whole(value: Tensor) -> bool:
    return not (value.dtype.is_floating_point or value.dtype.is_complex or value.dtype is torch.bool)


def _stand_in(value: Tensor, *, is_index: bool, is_by_value: bool) -> Tensor:
    """As large and laid out in the same way, but for what is an index or a mask."""
    if value.dtype is torch.bool or is_index:
        return value
    bare = value.detach().to("cpu", torch.float64)
    if bare.data_ptr() == value.data_ptr():
        bare = bare.clone()
    if not is_by_value:
        bare = bare.copy_(
            torch.linspace(0.5, 1.5, max(bare.numel(), 1)).to(torch.float64)[: bare.numel()].view(bare.shape)
        )
    return bare.requires_grad_()


def _tensors(made: Any) -> list[Tensor]:
    return [one for one in (made if isinstance(made, (tuple, list)) else (made,)) if isinstance(one, Tensor)]


def _cells(marked: Tensor | None) -> Cells:
    if marked is None:
        return _NONE
    found = marked.reshape(-1).nonzero().reshape(-1)
    return Cells(tuple(found[:MAX_CELLS].tolist()), len(found))
