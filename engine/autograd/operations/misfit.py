"""Which sizes do not agree in a call that failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Shape = tuple[int, ...]
Misfit = tuple[int, int]  # the place of an operand, and an axis of it
_Arguments = tuple[tuple[Any, ...], dict[str, Any]]  # of the call, its tensors among them


def misfits(name: str, shapes: Sequence[Shape], arguments: _Arguments) -> tuple[Misfit, ...]:
    """Of a function's bare name, "matmul", as far as its rule is known here; empty where the sizes are not why."""
    rule = _RULES.get(name, _broadcast if name in _POINTWISE else None)
    return () if rule is None else rule(shapes, arguments)


def _product(shapes: Sequence[Shape], arguments: _Arguments) -> tuple[Misfit, ...]:
    """The last axis of the first with the last but one of the second, which of a vector is its only one; what lies
    before is broadcast."""
    if len(shapes) != _TWO or not all(shapes):
        return ()
    one, other = shapes
    inner = max(len(other) - 2, 0)
    if one[-1] != other[inner]:
        return (0, len(one) - 1), (1, inner)
    return _broadcast((one[:-2], other[:-2]), arguments)


def _linear(shapes: Sequence[Shape], arguments: _Arguments) -> tuple[Misfit, ...]:
    if len(shapes) < _TWO or not shapes[0] or len(shapes[1]) != _TWO or shapes[0][-1] == shapes[1][1]:
        return ()
    return (0, len(shapes[0]) - 1), (1, 1)


def _broadcast(shapes: Sequence[Shape], arguments: _Arguments) -> tuple[Misfit, ...]:
    """From the last axis on, sizes have to be equal, or 1."""
    found: list[Misfit] = []
    for n in range(1, max(map(len, shapes), default=0) + 1):
        there = [(place, len(shape) - n) for place, shape in enumerate(shapes) if len(shape) >= n and shape[-n] != 1]
        if len({shapes[place][axis] for place, axis in there}) > 1:
            found += there
    return tuple(found)


def _joined(shapes: Sequence[Shape], arguments: _Arguments) -> tuple[Misfit, ...]:
    """As `cat`: all sizes are those of the first, but along the axis that it grows in."""
    if any(len(shape) != len(shapes[0]) for shape in shapes):
        return ()
    args, kwargs = arguments
    axis = args[1] if len(args) > 1 else kwargs.get("dim", kwargs.get("axis", 0))
    if type(axis) is not int or not -len(shapes[0]) <= axis < len(shapes[0]):
        return ()
    return _unequal(shapes, axis % len(shapes[0]))


def _stacked(shapes: Sequence[Shape], arguments: _Arguments) -> tuple[Misfit, ...]:
    return _unequal(shapes, -1) if all(len(shape) == len(shapes[0]) for shape in shapes) else ()


def _unequal(shapes: Sequence[Shape], besides: int) -> tuple[Misfit, ...]:
    """The first of all, and each that is not as it is."""
    found: list[Misfit] = []
    for axis in range(len(shapes[0])):
        wrong = [] if axis == besides else [n for n, shape in enumerate(shapes) if shape[axis] != shapes[0][axis]]
        found += [(place, axis) for place in ((0, *wrong) if wrong else ())]
    return tuple(found)


def _of_batch(shapes: Sequence[Shape], arguments: _Arguments) -> tuple[Misfit, ...]:
    """As many answers as there are examples."""
    if len(shapes) < _TWO or not shapes[0] or not shapes[1] or shapes[0][0] == shapes[1][0]:
        return ()
    return (0, 0), (1, 0)


def _channels(shapes: Sequence[Shape], arguments: _Arguments) -> tuple[Misfit, ...]:
    """Of an input with its weight, whose second axis are the channels, where there is one group of them."""
    one, weight = shapes[:2] if len(shapes) >= _TWO else ((), ())
    axis = len(one) - len(weight) + 1
    if len(weight) <= _TWO or axis not in (0, 1) or one[axis] == weight[1] or not _has_one_group(arguments):
        return ()
    return (0, axis), (1, 1)


def _has_one_group(arguments: _Arguments) -> bool:
    args, kwargs = arguments
    return (args[6] if len(args) > _GROUPS else kwargs.get("groups", 1)) == 1


_TWO = 2
_GROUPS = 6  # its place among the arguments of a convolution
_PRODUCTS = ("matmul", "mm", "bmm", "mv", "dot", "rmatmul", "inner", "vdot")
_RULES: dict[str, Callable[[Sequence[Shape], _Arguments], tuple[Misfit, ...]]] = {
    **dict.fromkeys(_PRODUCTS, _product),
    **dict.fromkeys(("cat", "concat", "concatenate"), _joined),
    **dict.fromkeys(("cross_entropy", "nll_loss"), _of_batch),
    **dict.fromkeys(("conv1d", "conv2d", "conv3d"), _channels),
    "linear": _linear,
    "stack": _stacked,
}
_POINTWISE = frozenset({
    "add", "sub", "subtract", "mul", "multiply", "div", "divide", "true_divide", "truediv", "floor_divide", "floordiv",
    "remainder", "mod", "fmod", "pow", "radd", "rsub", "rmul", "rdiv", "rtruediv", "rpow", "iadd", "isub", "imul",
    "idiv", "itruediv", "eq", "ne", "lt", "le", "gt", "ge", "and", "or", "xor", "bitwise_and", "bitwise_or",
    "bitwise_xor", "logical_and", "logical_or", "logical_xor", "maximum", "minimum", "fmax", "fmin", "atan2", "hypot",
    "mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "binary_cross_entropy", "masked_fill", "where", "lerp",
    "addcmul", "addcdiv", "broadcast_tensors",
})  # fmt: skip
