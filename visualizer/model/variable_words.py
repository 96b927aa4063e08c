"""What a variable is that is no tensor, in a line."""

from __future__ import annotations

import re

from engine.protocol.program_values import LineResult, Variable
from engine.shared.language import trn
from engine.shared.local_numbers import grouped
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
    """What stands beside a line: "Linear, 8 parameters", "300 times, step = 299", anything else as Python writes it."""
    text = result.text
    if result.n_parameters >= 0:
        text = f"{text}, {trn('{n} parameter', '{n} parameters', result.n_parameters)}"
    if result.n_times < 0:
        return text
    return f"{_times(result)}, {result.name} = {text}" if result.name else _times(result)


def _times(result: LineResult) -> str:
    """How often the body of a loop ran, or that of a branch; of one that was come to once, what its condition was."""
    if result.n_of == 1:
        return str(bool(result.n_times))  # as Python writes it
    if result.n_of < 0:
        return trn("{n} time", "{n} times", result.n_times)
    return trn("{k} of {n} time", "{k} of {n} times", result.n_of, k=grouped(result.n_times))
