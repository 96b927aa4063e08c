"""What a graph is called: after the variable or expression at its root, after the variables at several; and how a
variable of a function is, and a part of a variable."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

_PLACE = re.compile(r"\.(\d+)(?=[.\[]|$)")  # of a module in a Sequential
_SEVERAL = re.compile(r"[\w.]+(, [\w.]+)+")


def joined(names: Iterable[str]) -> str:
    """ "a, b": each name once."""
    return ", ".join(dict.fromkeys(names))


def parted(output: str) -> list[str]:
    """The variables of "a, b"; any other text is one name."""
    return output.split(", ") if _SEVERAL.fullmatch(output) else [output]


def in_function(name: str) -> tuple[str, str]:
    """ "Net.forward().x" as ("Net.forward()", "x"), a global variable's name behind ""."""
    function, is_called, inside = name.partition("().")
    is_function = is_called and "[" not in function  # and not the key of a dictionary
    return (f"{function}()", inside) if is_function else ("", name)


def as_written(name: str) -> tuple[str, str]:
    """A variable or a part of one as a program writes it, and the variable's name: ("net[0].weight", "net") of
    "net.0.weight". ("", "") of what is neither."""
    function, inside = in_function(name)
    text = _PLACE.sub(r"[\1]", inside)
    try:
        found: ast.expr = ast.parse(text, mode="eval").body
        while isinstance(found, ast.Attribute | ast.Subscript):
            if isinstance(found, ast.Subscript):
                ast.literal_eval(found.slice)
            found = found.value
    except (SyntaxError, ValueError):
        return "", ""
    if not isinstance(found, ast.Name):
        return "", ""
    before = f"{function}." if function else ""
    return f"{before}{text}", f"{before}{found.id}"
