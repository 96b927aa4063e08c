"""What a variable is that is no tensor, in a line."""

from __future__ import annotations

from engine.protocol.program_values import LineResult, Variable
from engine.shared.language import trn


def text_of(variable: Variable) -> str:
    """How large a module is, anything else as Python writes it."""
    if variable.n_parameters < 0:
        return variable.text
    return trn("{n} parameter", "{n} parameters", variable.n_parameters)


def text_of_result(result: LineResult) -> str:
    """What stands beside a line: "Linear, 8 parameters", anything else as Python writes it."""
    if result.n_parameters < 0:
        return result.text
    return f"{result.text}, {trn('{n} parameter', '{n} parameters', result.n_parameters)}"
