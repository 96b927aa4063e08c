"""What a variable is that is no tensor, in a line."""

from __future__ import annotations

from engine.protocol.program_values import Variable
from engine.shared.language import trn


def text_of(variable: Variable) -> str:
    """How large a module is, anything else as Python writes it."""
    if variable.n_parameters < 0:
        return variable.text
    return trn("{n} parameter", "{n} parameters", variable.n_parameters)
