"""A sentence for a module whose own `__init__` never came to that of nn.Module."""

from __future__ import annotations

from torch import nn

from engine.protocol.sentence import Sentence
from engine.shared.static_reads import type_name

_MADE = frozenset(vars(nn.Module()))  # what nn.Module.__init__ gives to every module


def not_begun(error: BaseException) -> Sentence | None:
    """None where the attribute that there is not is another one, or where nn.Module.__init__ has run."""
    if not isinstance(error, AttributeError) or not isinstance(error.obj, nn.Module) or error.name not in _MADE:
        return None
    if "_modules" in object.__getattribute__(error.obj, "__dict__"):  # eval() sets `training` in any module
        return None
    return Sentence.of(
        "module.not_begun",
        "{kind}.__init__ does not call super().__init__(), which makes what every nn.Module has: its parameters, "
        "modules and hooks. It has to stand there first.",
        kind=type_name(error.obj),
    )
