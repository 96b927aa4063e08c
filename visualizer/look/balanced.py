"""Words in several lines of about the same length, so that no word stands alone in the last."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

_WRAPPED = int(Qt.TextFlag.TextWordWrap)


def height_of(metrics: QFontMetrics, words: str, width: int) -> int:
    """Of words in lines of this width, px."""
    return metrics.boundingRect(QRect(0, 0, width, 1 << 16), _WRAPPED, words).height()


def balanced(metrics: QFontMetrics, words: str, area: QRect) -> QRect:
    """The narrowest part in the middle of an area in which the words have no more lines than in all of it."""
    height = height_of(metrics, words, area.width())
    low, high = 0, area.width()  # too narrow, wide enough
    while high - low > 1:
        middle = (low + high) // 2
        is_wide = height_of(metrics, words, middle) <= height and _longest(metrics, words) <= middle
        low, high = (low, middle) if is_wide else (middle, high)
    slack = area.width() - high
    return area.adjusted(slack // 2, 0, slack // 2 - slack, 0)


def _longest(metrics: QFontMetrics, words: str) -> int:
    return max(map(metrics.horizontalAdvance, words.split()), default=0)
