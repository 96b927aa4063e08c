"""The factor by which a rule multiplies what arrives, in plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.autograd.rules.latex import SYMBOL
from engine.protocol.sentence import Sentence

_FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
_PLAIN = {r"\cdot": "·", r"\,": " ", r"\;": " ", "^2": "²", "^3": "³", " - ": " − ", r"\sin": "sin", r"\cos": "cos"}
_UNKNOWN = Sentence.phrase("words.slope", "the slope of the result by the operand")


def slope_words(formula: str, names: Mapping[str, str]) -> str | Sentence:
    """ "a (1 − a)" of `@g \\cdot @y\\, (1 - @y)`; in general words where the formula needs mathematics to be read."""
    text = SYMBOL.sub(
        lambda found: "" if found[1] == "g" else names.get(found[1], found[1]) + (found[2] or ""), formula
    )
    text = _FRACTION.sub(lambda found: f"{found[1].strip() or '1'} / {found[2].strip()}", text)
    for written, plain in _PLAIN.items():
        text = text.replace(written, plain)
    text = " ".join(text.split()).removeprefix("· ").strip()
    return _UNKNOWN if not text or any(sign in text for sign in "\\{}@^_") else text
