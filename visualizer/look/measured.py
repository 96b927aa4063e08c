"""A font of the theme with the widths of texts in it: to shape a text takes longer than to paint it."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetrics

from visualizer.look import theme

_MOST = 4_096  # texts, after which it begins anew


class Measured:
    """Of one font, whose size is in pixels: it measures the same on every screen. On the window's thread."""

    def __init__(self, font: QFont) -> None:
        self.font = font  # to be copied by who changes it
        self.metrics = QFontMetrics(font)
        self._widths: dict[str, int] = {}
        self.height = self.metrics.height()

    def horizontalAdvance(self, text: str) -> int:
        """How wide a text is, px."""
        width = self._widths.get(text)
        if width is None:
            if len(self._widths) >= _MOST:
                self._widths.clear()
            width = self._widths[text] = self.metrics.horizontalAdvance(text)
        return width


def measured(px: float, weight: int = 400, *, mono: bool = False) -> Measured:
    """Of the font of the interface, or of code and numbers, at today's scale."""
    return _measured(px, weight, mono, theme.current().scale)


@lru_cache(maxsize=64)
def _measured(px: float, weight: int, mono: bool, _scale: float) -> Measured:
    look = theme.current()
    return Measured(look.mono(px, weight) if mono else look.font(px, weight))
