"""Names of axes that a program has written: as sizes in a call, in a comment, or where a shape is taken apart."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from functools import lru_cache

from engine.program.sentences.failing_call import parsed

Names = tuple[str, ...]  # one for each axis, "" where there is none

_OF_SIZES = frozenset({"view", "reshape", "expand", "zeros", "ones", "empty", "rand", "randn", "new_zeros", "new_ones",
                       "new_empty", "broadcast_to", "full", "new_full", "randint"})  # fmt: skip
_FIRST = frozenset({"full", "new_full"})  # one argument, which is followed by others
_GROUP = re.compile(r"\(([^()]*)\)")
_NAME = re.compile(r"[^\W\d]\w*")


@lru_cache(maxsize=4096)  # the same calls are asked about at every step
def sizes_named(text: str, rank: int) -> Names:
    """Of a call as the program has it, "x.view(B, T, self.n_head, 16)": the variables and attributes that are its
    sizes; none where they are not one for each axis."""
    statement = parsed(text)
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr not in _OF_SIZES:
        return ()
    name, given = call.func.attr, call.args
    if name == "randint":
        given = given[-1:]
    elif name in _FIRST or (_is_torch(call.func.value) and name in ("reshape", "broadcast_to")):
        given = given[:1] if name in _FIRST else given[1:]
    sizes = given[0].elts if len(given) == 1 and isinstance(given[0], ast.Tuple | ast.List) else given
    if len(sizes) != rank or any(isinstance(size, ast.Starred) for size in sizes):
        return ()
    return _known([_name_of(size) for size in sizes])


@lru_cache(maxsize=4096)
def comment_named(line: str, text: str, rank: int) -> Names:
    """Of a line of a program such as "k = k.view(B, T, C)  # (B, T, C)", where the value of the line is `text`. After
    an arrow stands what comes out."""
    code, mark, comment = line.partition("#")
    statement = parsed(code.strip()) if mark else None
    value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr | ast.Return) else None
    whole = parsed(text)
    if value is None or not isinstance(whole, ast.Expr) or ast.dump(value) != ast.dump(whole.value):
        return ()
    _, arrow, after = comment.rpartition("->")
    groups = _GROUP.findall(after if arrow else comment)
    if len(groups) != 1:
        return ()
    names = [part.strip() for part in groups[0].split(",") if part.strip()]
    return _known([name if _NAME.fullmatch(name) else "" for name in names]) if len(names) == rank else ()


def unpacked(tree: ast.Module, name: str, rank: int) -> tuple[Names, ast.Assign] | None:
    """The last statement of a program, outside of its functions, that takes the shape of a variable apart:
    "B, T, C = x.shape"."""
    found = None
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and _is_shape(statement.value, name):
            target = statement.targets[0]
            if isinstance(target, ast.Tuple) and len(target.elts) == rank:
                names = tuple(part.id if isinstance(part, ast.Name) else "" for part in target.elts)
                found = _known(["" if set(one) == {"_"} else one for one in names]), statement
    return found


def _is_shape(value: ast.expr, name: str) -> bool:
    if isinstance(value, ast.Call) and not value.args:
        value = value.func
    is_one = isinstance(value, ast.Attribute) and value.attr in ("shape", "size")
    return is_one and isinstance(value, ast.Attribute) and ast.unparse(value.value) == name


def _name_of(size: ast.expr) -> str:
    if isinstance(size, ast.Name):
        return size.id
    return size.attr if isinstance(size, ast.Attribute) and not _is_torch(size.value) else ""


def _is_torch(part: ast.expr) -> bool:
    return isinstance(part, ast.Name) and part.id == "torch"


def _known(names: Sequence[str]) -> Names:
    return tuple(names) if any(names) else ()
