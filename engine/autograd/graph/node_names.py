"""Names of operations and variables, worked out when a graph is shown, never while the program runs."""

from __future__ import annotations

import dis
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import CodeType
from typing import Any

from torch import Tensor

from engine.autograd.graph.held_tensors import held_tensors
from engine.autograd.records import Call, NodeRecord
from engine.program.function_names import function_name
from engine.program.places import Place

_OPERATORS = {
    "add": "+", "sub": "-", "subtract": "-", "mul": "*", "multiply": "*", "matmul": "@", "div": "/", "divide": "/",
    "true_divide": "/", "floordiv": "//", "floor_divide": "//", "mod": "%", "remainder": "%", "pow": "**", "neg": "-",
    "negative": "-", "and": "&", "bitwise_and": "&", "or": "|", "bitwise_or": "|", "xor": "^", "bitwise_xor": "^",
    "lshift": "<<", "rshift": ">>", "invert": "~", "bitwise_not": "~", "truediv": "/", "lt": "<", "gt": ">",
    "le": "<=", "ge": ">=", "eq": "==", "ne": "!=", "getitem": "[]", "setitem": "[]=", "pos": "+", "positive": "+",
}  # fmt: skip


def operation(call: Call) -> str:
    """The public name of what was called, "torch.tanh", or the operator as written, "@"."""
    name = function_name(call.function)
    bare = name.rpartition(".")[2]
    if call.place is not None and call.direct and _instruction(call.place).startswith(("BINARY", "UNARY", "COMPARE")):
        symbol = _OPERATORS.get(_without_dunder(bare))
        if symbol is not None:
            return symbol
    if bare.startswith("__"):
        return _OPERATORS.get(_without_dunder(bare), name)
    return name


def _without_dunder(name: str) -> str:
    plain = name.strip("_")
    if name.startswith("__") and plain[:1] in "ri" and plain[1:] in _OPERATORS and plain not in _OPERATORS:
        return plain[1:]  # __radd__, __iadd__
    return plain


@lru_cache(maxsize=4096)
def _instructions(code: CodeType) -> tuple[dict[int, int], list[dis.Instruction]]:
    instructions = [instruction for instruction in dis.get_instructions(code) if instruction.opname != "CACHE"]
    return {instruction.offset: index for index, instruction in enumerate(instructions)}, instructions


def _instruction(place: Place) -> str:
    index, instructions = _instructions(place.code)
    at = index.get(place.offset)
    return "" if at is None else instructions[at].opname


def assigned(place: Place | None) -> str:
    """The variable that the result of an instruction is stored in right away: "h", "self.h", "q, k, v"; "" for none."""
    if place is None:
        return ""
    index, instructions = _instructions(place.code)
    at = index.get(place.offset)
    if at is None or at + 1 >= len(instructions):
        return ""
    following = instructions[at + 1]
    if following.opname == "UNPACK_SEQUENCE":
        stores = [_stored(i, None) for i in instructions[at + 2 : at + 2 + (following.arg or 0)]]
        return ", ".join(stores) if stores and all(stores) else ""
    if following.opname in ("LOAD_FAST", "LOAD_NAME", "LOAD_FAST_BORROW") and at + 2 < len(instructions):
        return _stored(instructions[at + 2], following) if instructions[at + 2].opname == "STORE_ATTR" else ""
    return _stored(following, None)


def variable_of(record: NodeRecord) -> str:
    """The variable that the program stores a node's result in right away; "" for none."""
    name = assigned(record.returned)
    if not name and record.call is not None and record.call.direct:
        name = assigned(record.call.place)
    return name


def _stored(instruction: dis.Instruction, owner: dis.Instruction | None) -> str:
    name = instruction.argval
    if instruction.opname == "STORE_ATTR":
        return f"{owner.argval}.{name}" if owner is not None else ""
    if instruction.opname.startswith("STORE_FAST_"):  # 3.13 joins two instructions
        return str(name[0])
    return str(name) if instruction.opname.startswith("STORE_") and isinstance(name, str) else ""


def named_tensors(namespace: Mapping[str, Any]) -> Iterator[tuple[str, Tensor]]:
    """Every tensor that a variable reaches: plain variables first, then what they hold. No code of the program runs."""
    variables = list(user_names(namespace))
    yield from ((name, value) for name, value in variables if issubclass(type(value), Tensor))
    yield from held_tensors(variables)


def user_names(namespace: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Names that are no one's own matter, as `__name__` is, with their values. The namespace may change meanwhile."""
    for name, value in dict(namespace).items():
        if type(name) is str and not name.startswith("__"):
            yield name, value
