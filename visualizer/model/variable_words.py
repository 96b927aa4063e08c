"""What a variable is that is no tensor, in a line."""

from __future__ import annotations

import re

from engine.protocol.program_values import LineResult, Variable
from engine.shared.language import trn
from visualizer.model.tensor_line import line_in_words

_MODULE = re.compile(r"(.*?)(\d{1,3}(?:,\d{3})*) parameters?")


def line_of_kind(line: str, kind: str) -> str:
    """What the engine writes of a value that is of a kind: of a tensor and a module in the language of the window,
    anything else as Python writes it."""
    if kind == "tensor":
        return line_in_words(line)
    counted = _MODULE.fullmatch(line) if kind == "nn.Module" else None
    if counted is None:
        return line
    return counted[1] + trn("{n} parameter", "{n} parameters", int(counted[2].replace(",", "")))


def text_of(variable: Variable) -> str:
    """How large a module is, anything else as Python writes it."""
    if variable.n_more >= 0:
        return trn("{n} more", "{n} more", variable.n_more)
    if variable.n_parameters < 0:
        return variable.text
    return trn("{n} parameter", "{n} parameters", variable.n_parameters)


def text_of_result(result: LineResult) -> str:
    """What stands beside a line: "Linear, 8 parameters", anything else as Python writes it."""
    if result.n_parameters < 0:
        return result.text
    return f"{result.text}, {trn('{n} parameter', '{n} parameters', result.n_parameters)}"
