"""Results of methods that write nothing, of gradients and `.data`, which the program does not use."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from torch import Tensor

from engine.autograd.unsaid.run import Run
from engine.program.sources import program_tree, source_of_tree
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence

_OWNERS = frozenset({"grad", "data"})  # what such an attribute of is a tensor


def thrown_away(run: Run) -> Iterator[Notice]:
    """One for each statement of the program's file that is such a call alone."""
    path = run.path
    for part in ast.walk(program_tree(path)):
        call = part.value if isinstance(part, ast.Expr) else None
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        owner, method = call.func.value, call.func.attr
        is_tensor = isinstance(owner, ast.Attribute) and owner.attr in _OWNERS
        if is_tensor and not method.endswith("_") and f"{method}_" in vars(Tensor.__base__):
            said = Sentence.of(
                "notice.thrown_away",
                "{expression} (line {line}) makes a new tensor, which nothing uses, and leaves {owner} as it is. Write "
                "into it with {method}_().",
                expression=ast.unparse(call),
                line=call.lineno,
                owner=ast.unparse(owner),
                method=method,
            )
            yield Notice(said, source_of_tree(path, call))
