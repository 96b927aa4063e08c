"""What a graph is called: after the variable or expression at its root, after the variables at several; and how a
variable of a function is."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
    return (f"{function}()", inside) if is_called else ("", name)
