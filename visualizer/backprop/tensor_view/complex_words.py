"""A complex number as a person reads it: its parts apart, its magnitude and its phase."""

from __future__ import annotations

import cmath
import math

from engine.shared.language import tr
from engine.shared.local_numbers import brief, compact


def spaced(text: str) -> str:
    """ "0.8240 - 1.3066j" of "0.8240-1.3066j"; a text that is no complex number stays as it is."""
    place = _sign(text)
    return f"{text[:place]} {text[place]} {text[place + 1 :]}" if place else text


def polar_words(text: str) -> str:
    """ "|z| = 1.545, phase -57.8°" of a complex number; "" of any other text, and where there is none."""
    if not _sign(text):
        return ""
    value = complex(text.replace("+-", "-"))
    if cmath.isnan(value):
        return ""
    return tr(
        "|z| = {magnitude}, phase {phase}°",
        magnitude=compact(abs(value)),
        phase=brief(round(math.degrees(cmath.phase(value)), 1)),
    )


def _sign(text: str) -> int:
    """Where the sign between both parts stands; 0 where there is none."""
    if not text.endswith("j"):
        return 0
    signs = [place for place in range(1, len(text)) if text[place] in "+-" and text[place - 1] not in "e+-"]
    return signs[0] if signs else 0
