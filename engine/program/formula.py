"""Evaluates a formula in the program's names and runs none of its code: arithmetic, indices, and functions of torch
that compute one tensor from others.

How large a result will be is known before it is made. Not by the meta device: its first operation would import all of
torch.compile, which takes seconds.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.program.lookup import MISSING, attribute, element
from engine.protocol.errors import EngineError
from engine.shared.syntax import tree_of
from engine.tensors import native

MAX_ELEMENTS = 1 << 22  # of any tensor on the way
_OPERATORS: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow, ast.MatMult: operator.matmul, ast.USub: operator.neg, ast.UAdd: operator.pos,
    ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}  # fmt: skip
_NAMES = """abs amax amin broadcast_to clamp cos cosh cumsum diag dot double erf exp expand expand_as expm1 flatten flip
float log log10 log1p log2 log_softmax matmul maximum mean minimum mm mv neg norm ones_like outer permute pow prod
reciprocal relu reshape rsqrt sigmoid sign sin sinh softmax sqrt square squeeze std sum sum_to_size t tan tanh
transpose unsqueeze var view where zeros_like"""
_FUNCTIONS = frozenset(_NAMES.split())
_KEYWORDS = frozenset({"dim", "keepdim", "min", "max", "dim0", "dim1", "dims", "correction", "unbiased", "p"})
_MODULES = ("torch", "F", "torch.nn.functional")


class Formula:
    """`names` gives the value of a name, MISSING where there is none. Inside `unobserved`. Raises EngineError."""

    def __init__(self, text: str, names: Callable[[str], Any]) -> None:
        self._names = names
        self._text = text.strip()
        try:
            self._tree = tree_of(self._text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            reason = getattr(error, "msg", error)
            raise EngineError("formula.no_expression", "This is not an expression: {reason}.", reason=reason) from error

    @property
    def literal(self) -> str:
        """The number that it is, as it was written; "" of anything else."""
        tree = self._tree.operand if isinstance(self._tree, ast.UnaryOp) else self._tree
        is_number = isinstance(tree, ast.Constant) and type(tree.value) in (int, float)
        return (ast.get_source_segment(self._text, tree) or "") if is_number else ""

    def value(self) -> Tensor:
        """Float64, on the CPU, without a graph, and of a memory of its own."""
        try:
            found = self._of(self._tree)
        except EngineError:
            raise
        except Exception as error:
            reason = str(error).partition("\n")[0].rstrip(".")
            raise EngineError("formula.failed", "This cannot be computed: {reason}.", reason=reason) from error
        if isinstance(found, Tensor) and not found.is_complex():
            return found.to("cpu", torch.float64, copy=True)
        if type(found) in (int, float, bool):
            return torch.tensor(float(found), dtype=torch.float64)
        raise _not_allowed(self._tree)

    # -- one node of the tree after another

    def _of(self, tree: ast.expr) -> Any:
        found = self._taken(tree)
        _check_size(found.numel() if isinstance(found, Tensor) else 0, tree)
        return found

    def _taken(self, tree: ast.expr) -> Any:
        if isinstance(tree, ast.Constant) and type(tree.value) in (int, float, bool):
            return tree.value
        if isinstance(tree, ast.BinOp) and type(tree.op) in _OPERATORS:
            return self._operate(tree, tree.op, self._of(tree.left), self._of(tree.right))
        if isinstance(tree, ast.UnaryOp) and type(tree.op) in _OPERATORS:
            return self._operate(tree, tree.op, self._of(tree.operand))
        if isinstance(tree, ast.Compare) and len(tree.ops) == 1 and type(tree.ops[0]) in _OPERATORS:
            return self._operate(tree, tree.ops[0], self._of(tree.left), self._of(tree.comparators[0]))
        if isinstance(tree, ast.Subscript):
            return self._subscript(tree)
        if isinstance(tree, ast.Call):
            return self._call(tree)
        if isinstance(tree, ast.Tuple | ast.List):
            return tuple(self._of(one) for one in tree.elts)
        if isinstance(tree, ast.Name | ast.Attribute):
            return self._named(tree)
        raise _not_allowed(tree)

    def _operate(self, tree: ast.expr, sign: ast.AST, *operands: Any) -> Any:
        if not all(isinstance(one, Tensor) or type(one) in (int, float, bool) for one in operands):
            raise EngineError("formula.no_numbers", "Only tensors and numbers can be computed with here.")
        if not any(isinstance(one, Tensor) for one in operands):
            operands = tuple(map(float, operands))  # a power of whole numbers has no bounds
        function = _OPERATORS[type(sign)]
        _check_size(_n_elements(function.__name__, operands), tree)
        return function(*operands)

    def _named(self, tree: ast.Name | ast.Attribute) -> Any:
        text = ast.unparse(tree)
        found = self._names(text) if isinstance(tree, ast.Name) else attribute(self._of(tree.value), tree.attr)
        if found is MISSING:
            raise EngineError("formula.unknown_name", "There is no name {name} here.", name=text)
        return self._readable(found, text)

    def _readable(self, value: Any, text: str) -> Any:
        """A tensor of the program, without its graph and its class; a number; what holds either."""
        if not isinstance(value, Tensor):
            return value
        bare = native.bare(value)
        if not native.has_own_data(bare):
            raise EngineError("formula.unreadable", "The elements of {name} cannot be read here.", name=text)
        return bare

    def _subscript(self, tree: ast.Subscript) -> Any:
        value, index = self._of(tree.value), self._index(tree.slice)
        if isinstance(value, Tensor):
            return value[index]
        found = element(value, index)
        if found is MISSING:
            raise _not_allowed(tree)
        return self._readable(found, ast.unparse(tree))

    def _index(self, tree: ast.expr) -> Any:
        if isinstance(tree, ast.Tuple):
            return tuple(map(self._index, tree.elts))
        if isinstance(tree, ast.Slice):
            return slice(*(None if one is None else self._index(one) for one in (tree.lower, tree.upper, tree.step)))
        if isinstance(tree, ast.Constant) and (tree.value is None or tree.value is Ellipsis or type(tree.value) is str):
            return tree.value
        found = self._of(tree)
        if type(found) is float and found.is_integer():
            return int(found)
        if type(found) is not int:
            raise EngineError("formula.index", "An index here is a whole number or a slice.")
        return found

    def _call(self, tree: ast.Call) -> Any:
        function = tree.func
        name = function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)
        if name not in _FUNCTIONS:
            raise EngineError("formula.no_function", "{name} cannot be called here.", name=ast.unparse(function))
        arguments = [self._argument(one) for one in tree.args]
        if not all(one.arg in _KEYWORDS for one in tree.keywords):  # `out` would write
            raise _not_allowed(tree)
        named = {str(one.arg): self._argument(one.value) for one in tree.keywords}
        if isinstance(function, ast.Attribute) and ast.unparse(function.value) not in _MODULES:
            arguments.insert(0, self._of(function.value))
        if not arguments or not isinstance(arguments[0], Tensor):
            raise EngineError("formula.no_tensor", "{name} needs a tensor.", name=name)
        _check_size(_n_elements(name, arguments), tree)
        is_method = hasattr(Tensor, name)
        return getattr(Tensor, name)(*arguments, **named) if is_method else getattr(torch, name)(*arguments, **named)

    def _argument(self, tree: ast.expr) -> Any:
        if isinstance(tree, ast.UnaryOp) and isinstance(tree.operand, ast.Constant):
            return self._index(tree)  # a dim stays a whole number
        return self._of(tree)


def _n_elements(name: str, arguments: Sequence[Any]) -> int:
    """At most so many elements has what a function makes of these; 0 where it fails, or makes nothing larger than what
    it is given. What expands a tensor makes a view."""
    shapes = [tuple(one.shape) for one in arguments if isinstance(one, Tensor)]
    if name == "outer":
        return math.prod(map(math.prod, shapes))
    if name == "diag" and len(shapes[0]) == 1:
        return (shapes[0][0] + sum(abs(one) for one in arguments if type(one) is int)) ** 2
    if name in ("matmul", "mm", "mv") and len(shapes) == 2:
        left, right = shapes
        shapes = [(*left[:-1], 1), (*right[:-2], 1, right[-1])] if len(right) > 1 else [left]
    try:
        return math.prod(np.broadcast_shapes(*shapes))
    except ValueError:
        return 0


def _check_size(n_elements: int, tree: ast.expr) -> None:
    if n_elements > MAX_ELEMENTS:
        raise EngineError(
            "formula.too_large", "{text} would have more than {most} elements.",
            text=ast.unparse(tree), most=MAX_ELEMENTS,
        )  # fmt: skip


def _not_allowed(tree: ast.expr) -> EngineError:
    return EngineError(
        "formula.not_allowed",
        "{text} cannot be used here: write numbers, names, arithmetic and functions of torch.",
        text=ast.unparse(tree),
    )
