"""An index that a person has typed, "[:, 0, ::2]": read without running anything."""

from __future__ import annotations

import ast
import itertools
from typing import Any

from engine.protocol.errors import EngineError
from engine.shared.syntax import tree_of

_MOST_CHARACTERS = 200


def read_index(text: str) -> Any:
    """What Python would put between the brackets of `tensor[…]`. Raises EngineError for what is no index of plain
    numbers."""
    refused = EngineError(
        "slice.no_index",
        "{text} is no index that can be read here: numbers, slices as in 1:4 or ::2, ..., None, and lists of numbers "
        "can.",
        text=text,
    )
    if len(text) > _MOST_CHARACTERS:
        raise refused
    try:
        tree = tree_of(f"_{text}", mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise refused from error
    if not isinstance(tree, ast.Subscript) or not isinstance(tree.value, ast.Name) or tree.value.id != "_":
        raise refused
    try:
        return _value(tree.slice)
    except ValueError as error:
        raise refused from error


def with_brackets(text: str, name: str) -> str:
    """What is typed as an index of a tensor of that name, "[…]": also with its name before it, or without brackets
    around it, as the two lists of `[0, 1], [2, 3]`."""
    text = text.strip().removeprefix(name) if text.strip().startswith(f"{name}[") else text.strip()
    depths = list(itertools.accumulate((sign in "[(") - (sign in "])") for sign in text))
    is_closed_before = 0 in depths[:-1]
    return text if text.startswith("[") and not is_closed_before else f"[{text}]"


def _value(part: ast.expr) -> Any:
    """Raises ValueError for anything that is not written out."""
    if isinstance(part, ast.Tuple):
        return tuple(_list(one) if isinstance(one, ast.List) else _value(one) for one in part.elts)
    if isinstance(part, ast.Slice):
        return slice(*(None if one is None else _value(one) for one in (part.lower, part.upper, part.step)))
    found = ast.literal_eval(part)
    if found is None or found is Ellipsis or type(found) in (int, bool):
        return found
    if type(found) is list and all(type(one) in (int, bool) for one in found):
        return found
    raise ValueError


def _list(part: ast.expr) -> Any:
    """Beside others a list may hold lists: alone it is not the same to every version of PyTorch."""
    if isinstance(part, ast.List) and part.elts and all(isinstance(one, ast.List) for one in part.elts):
        return [_list(one) for one in part.elts]
    return _value(part)
