"""What an operation does to the names of the axes of its operands, of those that are known to keep or move them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from engine.autograd.operations.arguments import PLACE, Arguments

Names = tuple[str, ...]  # one for each axis, "" where there is none
Of = Callable[[int], Names]  # of the operand at a place among the tensors

_SAME = frozenset({
    "abs", "add", "add_", "argsort", "bfloat16", "bool", "cat", "ceil", "clamp", "clip", "clone", "concat",
    "contiguous", "cos", "cpu", "cuda", "cummax", "cummin", "cumprod", "cumsum", "detach", "div", "div_", "double",
    "dropout", "elu", "eq", "exp", "flip", "float", "floor", "floordiv", "ge", "gelu", "gt", "half", "int",
    "layer_norm", "le", "leaky_relu", "log", "log_softmax", "logical_and", "logical_not", "logical_or", "long", "lt",
    "masked_fill", "masked_fill_", "maximum", "minimum", "mod", "mul", "mul_", "narrow", "ne", "neg", "normalize",
    "pow", "relu", "relu_", "requires_grad_", "rms_norm", "roll", "round", "rsub", "rsqrt", "sigmoid", "sign", "silu",
    "sin", "softmax", "softplus", "sort", "sqrt", "square", "sub", "sub_", "tanh", "to", "topk", "tril", "triu",
    "truediv", "where",
})  # fmt: skip
_PARTS = frozenset({"split", "chunk", "tensor_split"})  # along an axis, which keeps its name
_FOLDING = frozenset({
    "all", "amax", "amin", "any", "argmax", "argmin", "count_nonzero", "logsumexp", "max", "mean", "median", "min",
    "nanmean", "nansum", "prod", "std", "sum", "var",
})  # fmt: skip
_PRODUCTS = frozenset({"matmul", "mm", "bmm"})
_IMAGES = {"conv1d": ("batch", "channel", "length"), "conv2d": ("batch", "channel", "height", "width"),
           "conv3d": ("batch", "channel", "depth", "height", "width")}  # fmt: skip
_POOLS = frozenset({"max_pool1d", "max_pool2d", "avg_pool1d", "avg_pool2d", "batch_norm", "group_norm"})


def after(function: str, arguments: Arguments | None, rank: int, n_operands: int, of: Of) -> Names:
    """Of the result of a call of a function, "softmax", with `rank` axes; () where nothing is known."""
    name = function.strip("_") if function.startswith("__") else function
    if name in _SAME:
        return next((found for place in range(n_operands) if len(found := of(place)) == rank), ())
    if name in _PARTS or name in _POOLS:
        return _fitting(of(0), rank)
    if name in _PRODUCTS and n_operands == 2 and rank > 1:
        first, second = of(0), of(1)
        rows, columns = first[:-1] if len(first) == rank else ("",) * (rank - 1), second[-1:] or ("",)
        return (*rows, *columns)
    if name == "linear":
        found = of(0)
        return (*found[:-1], "") if len(found) == rank else ()
    if name == "embedding":
        return (*(of(0) or (("batch", "token") if rank == 3 else ("",) * (rank - 1))), "embedding")
    if name in _IMAGES:
        return _fitting(_IMAGES[name], rank)
    if name in _FOLDING:
        return _folded(arguments, rank, of(0))
    return _moved(name, arguments, rank, of)


def _folded(arguments: Arguments | None, rank: int, names: Names) -> Names:
    """Without the axes that were folded, or with these as one cell each."""
    if arguments is None or rank == len(names):
        return _fitting(names, rank)
    given: Any = arguments[1].get("dim", arguments[1].get("axis", arguments[0][1] if len(arguments[0]) > 1 else None))
    folded: Sequence[Any] = given if isinstance(given, list | tuple) else (given,)
    if not names or not all(type(axis) is int for axis in folded):
        return ()
    gone = {axis % len(names) for axis in folded}
    return _fitting(tuple(name for axis, name in enumerate(names) if axis not in gone), rank)


def _moved(name: str, arguments: Arguments | None, rank: int, of: Of) -> Names:
    numbers = _numbers(arguments)
    if name in ("T", "t", "mT") or (name in ("transpose", "swapaxes") and numbers is not None and len(numbers) == 2):
        found = list(of(0))
        if len(found) != rank or rank < 2:
            return ()
        one, other = numbers if name not in ("T", "t", "mT") and numbers else (-2, -1)
        found[one], found[other] = found[other], found[one]
        return tuple(found) if name != "T" or rank == 2 else tuple(reversed(of(0)))
    if name == "permute" and numbers is not None and len(numbers) == rank == len(of(0)):
        return tuple(of(0)[axis] for axis in numbers)
    if name == "unsqueeze" and numbers is not None and len(numbers) == 1 and len(of(0)) == rank - 1:
        axis = numbers[0] % rank
        return (*of(0)[:axis], "", *of(0)[axis:])
    return ()


def _numbers(arguments: Arguments | None) -> list[int] | None:
    """The whole numbers beside the one tensor that a call took; None where there is anything else."""
    if arguments is None:
        return None
    found: list[Any] = []
    for one in (*arguments[0], *arguments[1].values()):
        found += one if type(one) in (list, tuple) else [one]
    numbers = [one for one in found if one is not PLACE]
    return numbers if all(type(one) is int for one in numbers) else None


def _fitting(names: Names, rank: int) -> Names:
    return names if len(names) == rank else ()
