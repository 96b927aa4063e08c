"""The line that the engine writes of a tensor, "(2, 3) f32 x∈[0.1, 2] μ=0.9", in the language of the window."""

from __future__ import annotations

import re

from engine.protocol.tensor_values import TensorSummary
from engine.shared.language import local, mark, said, tr
from engine.shared.local_numbers import in_words

_RANGE = re.compile(r"∈\[([^],]+), ([^],]+)]")
_COUNTED = re.compile(r"\b\d{1,3}(?:,\d{3})+(?= (?:NaN|Inf))")
_EMPTY = " empty"
_WORDS = (
    mark("of the finite;"),
    mark("nothing finite:"),
    mark("of a sample; NaN not counted yet"),
    mark("of a sample"),
)


def line_of(summary: TensorSummary) -> str:
    """Of a tensor; why it has no elements to read, too. "" where nothing is known."""
    if summary.why:
        return summary.line.removesuffix(str(summary.why)) + said(summary.why)
    return line_in_words(summary.line)


def line_in_words(line: str) -> str:
    """The same of the line alone. Shapes stay as Python writes them; where a comma is in the numbers, a semicolon
    parts those of a range."""
    for words in _WORDS:
        line = line.replace(words, tr(words))
    if line.endswith(_EMPTY):
        line = f"{line.removesuffix(_EMPTY)} {tr('empty##tensor')}"
    line = _COUNTED.sub(lambda found: local(found[0]), in_words(line))
    between = "; " if "," in local("0.5") else ", "
    return _RANGE.sub(lambda found: f"∈[{local(found[1])}{between}{local(found[2])}]", line)
