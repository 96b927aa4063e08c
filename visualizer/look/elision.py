"""Text in less room than it wants: words end in "…", numbers are rounded, and no number is cut in its middle."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF

from engine.shared.numbers import is_number, shorter

_DIGITS = re.compile(r"[+-]?\d+([,._]\d+)*(e[+-]?\d+)?")
_DOTS = "…"


def elided(
    metrics: QFontMetrics | QFontMetricsF,
    text: str,
    width: float,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> str:
    """As much of `text` as `width` pixels hold. "197531" becomes "2e5" and never "1975…"; a number among words is there
    whole or not at all."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    if is_number(text):
        return next((made for made in shorter(text) if metrics.horizontalAdvance(made) <= width), _DOTS)
    cut = metrics.elidedText(text, mode, int(width) if isinstance(metrics, QFontMetrics) else width)
    if mode != Qt.TextElideMode.ElideRight or not cut.endswith(_DOTS):
        return cut
    end = len(cut) - len(_DOTS)
    broken = next((found for found in _DIGITS.finditer(text) if found.start() < end < found.end()), None)
    return text[: broken.start()] + _DOTS if broken else cut
