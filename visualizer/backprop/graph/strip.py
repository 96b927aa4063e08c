"""The strip in a folded series' card: the norm of the gradient that reached each member, one bar each, over decades."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from engine.shared.language import tr
from engine.shared.local_numbers import compact
from visualizer.look import theme

Norms = Sequence[float | None]
_LEAST_SHARE = 0.08  # of the height, for the smallest bar
_GAPS_UP_TO = 40  # bars of a strip that has gaps between them


def bar_heights(norms: Norms) -> list[float | None]:
    """By member a share of the strip's height; None where no gradient has come. The decades from the smallest to the
    largest norm, and at least one, fill the strip; NaN and Inf are full bars, 0 the smallest."""
    finite = [math.log10(norm) for norm in norms if norm is not None and 0 < norm < math.inf]
    low = math.floor(min(finite)) if finite else 0
    high = max(math.ceil(max(finite)), low + 1) if finite else 1
    return [None if norm is None else _height(norm, low, high) for norm in norms]


def _height(norm: float, low: int, high: int) -> float:
    if not math.isfinite(norm):
        return 1.0
    share = (math.log10(norm) - low) / (high - low) if norm > 0 else 0.0
    return _LEAST_SHARE + (1 - _LEAST_SHARE) * share


def draw_strip(painter: QPainter, norms: Norms, place: QRectF) -> None:
    """In the order of the forward pass; members that no gradient has reached are a line."""
    look, width = theme.current(), place.width() / len(norms)
    gap = min(width / 4, 1.5) if len(norms) <= _GAPS_UP_TO else 0.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(QRectF(place.left(), place.bottom() - 1, place.width(), 1), look.color("line.control"))
    for number, (norm, share) in enumerate(zip(norms, bar_heights(norms), strict=True)):
        if norm is None or share is None:
            continue
        token = "flow.line" if math.isfinite(norm) else "nan" if math.isnan(norm) else "inf"
        height = share * place.height()
        bar = QRectF(place.left() + number * width, place.bottom() - height, max(width - gap, 0.5), height)
        painter.fillRect(bar, look.color(token))


def strip_words(norms: Norms) -> str:
    """How far apart the norms are, "1.2e-05 to 0.31 in 40 of 60"; "" before a gradient has come."""
    known = [norm for norm in norms if norm is not None]
    if not known:
        return ""
    finite = [norm for norm in known if math.isfinite(norm)]
    low, high = (compact(min(finite)), compact(max(finite))) if finite else ("", "")
    span = tr("{low} to {high}", low=low, high=high) if finite else tr("none finite")
    words = tr("{span} in {known} of {total}", span=span, known=len(known), total=len(norms))
    n_bad = len(known) - len(finite)
    return tr("{words}, {count} NaN or Inf", words=words, count=n_bad) if n_bad else words
