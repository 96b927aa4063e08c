"""Text in less room than it wants: words end in "…", numbers are rounded, and no number is cut in its middle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF

from engine.shared.local_numbers import is_number, shorter
from engine.shared.numbers import whole_until
from visualizer.look.measured import Measured

_DIGITS = re.compile(r"[+-]?\d+([,._]\d+)*(e[+-]?\d+)?")
_DOTS = "…"
_BETWEEN, _ABOUT = " … ", "≈ "


def elided(
    metrics: QFontMetrics | QFontMetricsF | Measured,
    text: str,
    width: float,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> str:
    """As much of `text` as `width` pixels hold. "197531" becomes "2e5" and never "1975…", "-0.1234 … 0.5678" becomes
    "-0.12 … 0.57"; a number among other words is there whole or not at all."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    rounded = next((made for made in _rounded(text) if metrics.horizontalAdvance(made) <= width), "")
    if rounded or is_number(text):
        return rounded or _DOTS
    of_qt = metrics.metrics if isinstance(metrics, Measured) else metrics
    cut = of_qt.elidedText(text, mode, int(width) if isinstance(of_qt, QFontMetrics) else width)
    if mode != Qt.TextElideMode.ElideRight or not cut.endswith(_DOTS):
        return cut
    end = len(cut) - len(_DOTS)
    whole = whole_until(text, end)
    return text[:whole] + _DOTS if whole < end else cut


def elided_code(metrics: QFontMetrics | QFontMetricsF | Measured, code: str, width: float) -> str:
    """As much of the beginning and of the end of a name or an expression as `width` pixels hold: names of many parts
    differ at their end. A number that would be cut is left out."""
    cut = elided(metrics, code, width, Qt.TextElideMode.ElideMiddle)
    if cut in (code, _DOTS):
        return cut
    first, _dots, last = cut.rpartition(_DOTS) if code.startswith(cut.rpartition(_DOTS)[0]) else cut.partition(_DOTS)
    begin, end = len(first), len(code) - len(last)
    for found in _DIGITS.finditer(code):
        begin = found.start() if found.start() < len(first) < found.end() else begin
        end = found.end() if found.start() < len(code) - len(last) < found.end() else end
    return f"{code[:begin]}{_DOTS}{code[end:]}"


def _rounded(text: str) -> Iterator[str]:
    """A number, or two with " … " between them, rounded to ever fewer digits; of anything else, nothing."""
    sampled = _ABOUT if text.startswith(_ABOUT) else ""
    parts = text.removeprefix(sampled).split(_BETWEEN)
    if len(parts) > 2 or not all(map(is_number, parts)):
        return
    forms = [[part, *shorter(part)] for part in parts]
    for place in range(1, max(map(len, forms))):
        yield sampled + _BETWEEN.join(made[min(place, len(made) - 1)] for made in forms)
