"""Which cells of its operands a cell of a result was made of, and which cells of the result an operand's cell made.

The operation is made again of other numbers, of float64 and all different from 0, and PyTorch's own engine asked for
the derivative of one cell, or along one: where that is not 0 there is a way from the one to the other. So it holds for
any operation that has a derivative, views and indices among them, without a table. What has none (a comparison) goes
cell by cell where its operands are broadcast to the result.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from engine.autograd.operations.arguments import Arguments, filled, places_of_out, without_out
from engine.autograd.operations.choices import Choices
from engine.autograd.operations.equivalents import with_derivative
from engine.autograd.operations.rounding import is_rounded, without_rounding
from engine.autograd.operations.shape_only import SHAPE_ONLY
from engine.autograd.operations.stand_ins import is_by_value, stand_ins, without
from engine.autograd.operations.writing import UNHEARD
from engine.protocol.errors import EngineError
from engine.tensors.reading import dense

MAX_ELEMENTS = 1 << 20  # of an operand, or of the result
MAX_CELLS = 4096  # that are told
_RANDOM = frozenset({
    "alpha_dropout", "feature_alpha_dropout", "bernoulli", "bernoulli_",
    "rand_like", "randn_like", "multinomial", "normal", "normal_", "poisson", "uniform_", "exponential_",
})  # fmt: skip
_BY_CELL = frozenset({
    "dropout", "dropout_", "dropout1d", "dropout2d", "dropout3d", "feature_dropout",  # drawn, or not
    "round", "round_", "floor", "floor_", "ceil", "ceil_", "trunc", "trunc_", "fix", "fix_", "sign", "sign_", "sgn",
    "sgn_", "signbit",  # in steps, with a derivative of 0
})  # fmt: skip
# Of several numbers that an index brings to one place the last one stays, and PyTorch's derivative goes to all of them.
_OVERWRITING = frozenset({
    "scatter", "scatter_", "index_copy", "index_copy_", "index_put", "index_put_", "put", "put_", "__setitem__",
})  # fmt: skip
_MOST_TRIED = 64  # of them
_IMAGINARY_SHARE = 0.7548776662466927  # of a complex number, beside its real part: no angle makes their sum 0
_NUDGE = 1e-4


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
        self._shape, self._shapes = tuple(result.shape), [tuple(value.shape) for value in values]
        is_by_function = function in UNHEARD and all(map(self._is_broadcast, self._shapes))
        if is_by_function:
            arguments = (), {}
        if arguments is None:
            raise EngineError("operation.arguments", "Its arguments were not kept.")
        if name in _RANDOM:
            raise EngineError("operation.random", "It draws random numbers, and would draw others.")
        if max(one.numel() for one in (*values, result)) > MAX_ELEMENTS:
            raise EngineError("operation.large", "It is too large to be followed cell by cell.")
        if name in SHAPE_ONLY:
            raise EngineError("operation.only_shape", "It takes the shape of its operand, and none of its numbers.")
        self._function, self._arguments = with_derivative(function, name, result), arguments
        self._place, self._is_overwriting = place, name in _OVERWRITING
        self._of_out = places_of_out(arguments, len(values))  # what it writes its results into
        self._stand_ins: list[Tensor] = []
        is_by_cell = is_by_function or (name in _BY_CELL and self._shapes == [self._shape])
        self._is_finite, self._is_rounded = _is_finite(result), is_rounded(name)
        self._made = None if is_by_cell else self._make(name, values)
        if self._made is None and not (is_by_cell or self._goes_cell_by_cell(values)):
            raise _no_way(values, result)
        self._choices = None if self._made is None else Choices(self._call, name, self._stand_ins, self._made)

    def _make(self, name: str, values: Sequence[Tensor]) -> Tensor | None:
        """The result with a graph; None where it has none. One with NaN, as the logarithm of a determinant below 0,
        only where no other numbers do without, or the result has some itself."""
        not_finite: tuple[Tensor, list[Tensor]] | None = None
        for tried in stand_ins(name, values, is_by_value=is_by_value(name, self._arguments, values[0].dim())):
            self._stand_ins = tried
            try:
                made = self._call(tried)
            except Exception as error:
                made = self._without_some(tried) if "not differentiable with respect to" in str(error) else None
                if made is None:
                    continue
            if made is None or not made.requires_grad or not self._has_derivative(made):
                return None
            if not self._is_finite or _is_finite(made):
                return made
            not_finite = not_finite or (made, self._stand_ins)
        if not_finite is None:
            return None
        made, self._stand_ins = not_finite
        return made

    def _without_some(self, tried: list[Tensor]) -> Tensor | None:
        """Where one or two operands have no derivative, as running statistics: nothing is told of these."""
        for places in itertools.chain.from_iterable(itertools.combinations(range(len(tried)), n) for n in (1, 2)):
            self._stand_ins = without(tried, places)
            with contextlib.suppress(Exception):
                return self._call(self._stand_ins)
        return None

    def _call(self, operands: Sequence[Tensor]) -> Tensor | None:
        """What it returns at the place that is asked about, if that is of the shape that it had."""
        with torch.enable_grad(), torch.random.fork_rng(devices=[]):
            args, kwargs = without_out(filled(self._arguments, [one.clone() for one in operands]))
            args = tuple(_precise(one) for one in args)
            kwargs = {word: _precise(one) for word, one in kwargs.items()}
            found = _tensors(self._function(*args, **kwargs))[self._place :][:1]
        return found[0] if found and tuple(found[0].shape) == self._shape else None

    def _has_derivative(self, made: Tensor) -> bool:
        """Some operations have a graph, and say only when they are asked that they have no derivative."""
        try:
            self._gradients(made[(0,) * made.dim()]) if made.numel() else ()
        except (RuntimeError, NotImplementedError):
            return False
        return True

    def _gradients(self, number: Tensor) -> tuple[Tensor | None, ...]:
        wanted = [one for one in self._stand_ins if one.requires_grad]
        return torch.autograd.grad(_real(number), wanted, retain_graph=True, allow_unused=True)

    def sources(self, cell: tuple[int, ...]) -> tuple[Cells, ...]:
        """By operand, the cells that a cell of the result was made of."""
        if self._made is None:
            return tuple(self._broadcast_from(place, cell) for place in range(len(self._shapes)))
        number = self._made[cell]
        gradients = iter(self._gradients(number))
        told = [self._cells(next(gradients), one, number) if one.requires_grad else _NONE for one in self._stand_ins]
        return tuple(self._left(place, one, cell) for place, one in enumerate(told))

    def _left(self, position: int, cells: Cells, cell: tuple[int, ...]) -> Cells:
        """Without those that others have overwritten since."""
        if not (self._is_overwriting and 1 < cells.n_cells <= _MOST_TRIED):
            return cells
        flat, shape = int(np.ravel_multi_index(cell, self._shape)), self._shapes[position]
        left = [one for one in cells.indices if flat in self._nudged(position, _unraveled(one, shape)).indices]
        return Cells(tuple(left), len(left))

    def _cells(self, derivative: Tensor | None, operand: Tensor, made: Tensor) -> Cells:
        """Where a derivative of `made` by `operand` is not 0."""
        if derivative is not None and self._is_rounded and derivative.numel():
            derivative = without_rounding(derivative, operand.detach(), made.detach())
        return _cells(derivative)

    def targets(self, position: int, cell: tuple[int, ...]) -> Cells:
        """The cells of the result that a cell of an operand goes into."""
        if self._made is None:
            return self._broadcast_to(position, cell)
        operand = self._stand_ins[position]
        if not operand.requires_grad:
            return _NONE
        if self._is_overwriting:
            return self._nudged(position, cell)
        # The derivative by what is handed in of the derivative: so no operation needs a rule for forward mode.
        handed = torch.ones_like(self._made, requires_grad=True)
        options: dict[str, Any] = {"retain_graph": True, "allow_unused": True}
        try:
            (gradient,) = torch.autograd.grad(self._made, operand, handed, create_graph=True, **options)
            if gradient is None or not gradient.requires_grad:
                return _NONE
            (along,) = torch.autograd.grad(_real(gradient[cell]), handed, **options)
            return self._cells(along, operand[cell], self._made)
        except (RuntimeError, NotImplementedError):  # no derivative of its derivative, as of attention
            return self._nudged(position, cell)

    def _nudged(self, position: int, cell: tuple[int, ...]) -> Cells:
        """The cells of the result that are another number once the cell is."""
        assert self._made is not None
        others = [one.detach().clone() for one in self._stand_ins]
        others[position][cell] += _NUDGE
        made = self._call(others)
        return _NONE if made is None else _cells(made.detach() != self._made.detach())

    # -- what was chosen

    def choosing(self, cell: tuple[int, ...]) -> tuple[Cells, ...]:
        """By operand, the cell of a mask or an index that chose what a cell of the result is; empty where none did."""
        if self._choices is None:
            return ()
        told = [_NONE] * len(self._stand_ins)
        for place in self._masks_and_indices():
            if self._choices.is_selecting(place):
                told[place] = self.sources(cell)[0]
            elif (found := self._choices.of(place, cell)) is not None:
                told[place] = Cells((found,), 1)
        return tuple(told) if any(one.n_cells for one in told) else ()

    def chosen_by(self, position: int, cell: tuple[int, ...]) -> tuple[Cells, ...]:
        """The cells of the result that a cell of a mask or an index chose; empty of any other operand."""
        if self._choices is None or position not in self._masks_and_indices():
            return ()
        if self._choices.is_selecting(position):
            return (self.targets(0, cell),)
        return (_cells(self._choices.by(position, cell)),)

    def _masks_and_indices(self) -> list[int]:
        """Operands that stay what they are, by their place."""
        every = enumerate(self._stand_ins)
        return [at for at, one in every if not one.requires_grad and not _has_fractions(one) and at not in self._of_out]

    # -- cell by cell

    def _goes_cell_by_cell(self, values: Sequence[Tensor]) -> bool:
        """Whether the operands are broadcast to the result, and its cells change places as theirs do: those of a
        comparison do, those of what sorts do not."""
        if not all(map(self._is_broadcast, self._shapes)):
            return False
        cells = [value.detach().expand(self._shape).reshape(-1) for value in values]
        order = torch.randperm(cells[0].numel(), generator=torch.Generator().manual_seed(0))
        if torch.equal(order, order.sort().values):
            order = order.roll(1)  # of few cells: in their own order a sort leaves them, too
        try:
            with torch.no_grad():
                plain, mixed = (
                    _tensors(self._function(*args, **kwargs))[self._place].reshape(-1)
                    for each in (cells, [one[order] for one in cells])
                    for given in [filled(self._arguments, [one.reshape(self._shape).clone() for one in each])]
                    for args, kwargs in [without_out(given)]
                )
        except Exception:
            return False
        return torch.equal(plain[order].nan_to_num(), mixed.nan_to_num())

    def _is_broadcast(self, shape: tuple[int, ...]) -> bool:
        try:
            return tuple(np.broadcast_shapes(shape, self._shape)) == self._shape
        except ValueError:
            return False

    def _broadcast_from(self, position: int, cell: tuple[int, ...]) -> Cells:
        if position in self._of_out:
            return _NONE
        shape = self._shapes[position]
        own = cell[len(cell) - len(shape) :]
        place = tuple(0 if size == 1 else at for size, at in zip(shape, own, strict=True))
        return Cells((int(np.ravel_multi_index(place, shape)) if shape else 0,), 1)

    def _broadcast_to(self, position: int, cell: tuple[int, ...]) -> Cells:
        if position in self._of_out:
            return _NONE
        marked = np.zeros(self._shapes[position], dtype=bool)
        marked[cell] = True
        return _cells(torch.from_numpy(np.broadcast_to(marked, self._shape).copy()))


def _no_way(operands: Sequence[Tensor], result: Tensor) -> EngineError:
    if _has_fractions(result) and any(map(_has_fractions, operands)):
        return EngineError(
            "operation.no_derivative", "PyTorch has no derivative of it that tells which cells go where."
        )
    return EngineError("operation.no_way", "Its numbers tell where others lie; none goes into another.")


def _has_fractions(tensor: Tensor) -> bool:
    return tensor.is_floating_point() or tensor.is_complex()


def _precise(argument: Any) -> Any:
    """In place of a dtype the one that is calculated with."""
    if type(argument) is not torch.dtype:
        return argument
    return torch.complex128 if argument.is_complex else torch.float64


def _is_finite(tensor: Tensor) -> bool:
    """Whether it has neither NaN nor Inf; False of a kind that cannot be asked."""
    try:
        return bool(torch.isfinite(tensor.detach()).all())
    except (RuntimeError, NotImplementedError):
        return False


def _unraveled(flat: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(int(place) for place in np.unravel_index(flat, shape))


def _real(number: Tensor) -> Tensor:
    return number.real + _IMAGINARY_SHARE * number.imag if number.is_complex() else number


def _tensors(made: Any) -> list[Tensor]:
    return [one for one in (made if isinstance(made, (tuple, list)) else (made,)) if isinstance(one, Tensor)]


def _cells(marked: Tensor | None) -> Cells:
    if marked is None:
        return _NONE
    marked = marked if marked.layout is torch.strided else dense(marked)
    found = marked.reshape(-1).nonzero().reshape(-1)
    return Cells(tuple(found[:MAX_CELLS].tolist()), len(found))
