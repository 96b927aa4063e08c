"""How a tensor's finite elements are distributed, each bar in the colour that its values have in the heat map."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.protocol.tensor_values import TensorDetails
from engine.shared.language import grouped, mark, tr, trn
from engine.shared.local_numbers import compact
from visualizer.backprop.tensor_view.cell_painter import luminance
from visualizer.look import color_maps, spoken, theme
from visualizer.look.elision import elided
from visualizer.look.focus_ring import RING_PX
from visualizer.look.painting import guarded
from visualizer.look.walked import Walked

_MIN_CONTRAST = 1.9  # of a bar on the panel; darker ends of a map are lifted to it

_BETWEEN = mark("{count} from {first} to {last}")


class Histogram(QWidget):
    """Bars over an axis from the smallest to the largest element, which the arrow keys go along. Empty while nothing
    finite is known."""

    accessible_role = QAccessible.Role.Chart
    accessible_parts: Walked | None = None  # until it is made

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._details: TensorDetails | None = None
        self._limits = (0.0, 1.0)
        self._shades: list[QColor] | None = None  # of the bars, once they are painted
        self.accessible_parts = self.walked = Walked(self, self._n_bars, self._bar_words, self._bar_rect)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self._on_theme)
        spoken.current().changed.connect(self._name_it)

    def _on_theme(self) -> None:
        self._shades = None
        self.updateGeometry()

    def set_details(self, details: TensorDetails | None, limits: tuple[float, float]) -> None:
        """`limits` is the range that the colours span."""
        if (details, limits) == (self._details, self._limits):
            return
        self._details, self._limits, self._shades = details, limits, None
        self.walked.leave()
        self._name_it()

    def _name_it(self) -> None:
        self.setAccessibleName(tr("value histogram") if self._kind == "value" else tr("gradient histogram"))
        self.setAccessibleDescription(self._caption())
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        lines = QFontMetrics(look.font(11)).height() + QFontMetrics(look.mono(10.5)).height()
        return QSize(look.px(120), lines + look.px(62))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(72), self.sizeHint().height())

    def _caption(self) -> str:
        if self._details is None:
            return ""
        summary = self._details.summary
        if self._kind == "value":
            words = trn("Value, {n} element", "Value, {n} elements", summary.n_elements)
        else:
            words = tr("Gradient · {nan} NaN · {inf} Inf", nan=grouped(summary.n_nan), inf=grouped(summary.n_inf))
        return tr("{words}, sampled", words=words) if self._details.is_histogram_sampled else words

    def _side(self) -> float:
        """What words leave free for the ring that says where the keyboard is."""
        return float(RING_PX + 1) if self.hasFocus() else 0.0

    def _bars(self) -> QRectF:
        look = theme.current()
        top = QFontMetrics(look.font(11)).height() + look.px(8)
        bottom = self.height() - QFontMetrics(look.mono(10.5)).height() - look.px(4)
        return QRectF(0, top, self.width(), max(bottom - top, 1))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._details is None:
            return
        painter, look, bars = QPainter(self), theme.current(), self._bars()
        painter.setFont(look.font(11))
        painter.setPen(look.color("text.muted"))
        caption = elided(painter.fontMetrics(), self._caption(), self.width() - 2 * self._side())
        painter.drawText(QPointF(self._side(), painter.fontMetrics().ascent() + self._side()), caption)
        counts = self._details.histogram
        painter.fillRect(QRectF(0, bars.bottom(), self.width(), 1), look.color("line.default"))
        if not counts:
            return
        width = bars.width() / len(counts)
        gap = 1.0 if width > 4 else 0.0
        for index, (n, shade) in enumerate(zip(counts, self._bar_shades(), strict=True)):
            if n:
                height = max(bars.height() * n / max(counts), 1.5)  # one element among a million is still seen
                painter.fillRect(QRectF(index * width, bars.bottom() - height, width - gap, height), shade)
        if self.walked.selected() >= 0:
            painter.setPen(QPen(look.color("accent.line"), 2))
            painter.drawRect(self._bar_rect(self.walked.selected()))
        self._paint_axis(painter, bars)

    def _bar_shades(self) -> list[QColor]:
        """The colour of each bar's middle, lifted from the panel's background where it would vanish."""
        if self._shades is None:
            self._shades = self._mixed_shades()
        return self._shades

    def _mixed_shades(self) -> list[QColor]:
        assert self._details is not None
        look, n = theme.current(), len(self._details.histogram)
        low, high = self._details.histogram_low, self._details.histogram_high
        middles = np.clip(low + (np.arange(n) + 0.5) * (high - low) / n, *self._limits)
        colors = color_maps.colorize(middles[None], self._kind, *self._limits, is_dark=look.is_dark)[0, :, :3] / 255
        ground, ink = (np.array(look.color(token).getRgbF()[:3]) for token in ("bg.panel", "text.muted"))
        share = np.linspace(0, 1, 11)[:, None]
        mixed = colors[:, None] * (1 - share) + ink * share  # (n_bars, n_shares, 3)
        is_seen = _contrast(mixed, ground) >= _MIN_CONTRAST
        least = np.where(is_seen.any(axis=1), is_seen.argmax(axis=1), len(share) - 1)
        return [QColor.fromRgbF(*color) for color in mixed[np.arange(n), least].tolist()]

    def _paint_axis(self, painter: QPainter, bars: QRectF) -> None:
        assert self._details is not None
        look = theme.current()
        painter.setFont(look.mono(10.5))
        painter.setPen(look.color("text.muted"))
        side = self._side()
        line = QRectF(0, bars.bottom() + look.px(3) - side, bars.width(), painter.fontMetrics().height())
        taken: list[tuple[float, float]] = []
        for text, at in self._ticks():
            if not 0 <= at <= 1:
                continue
            width = painter.fontMetrics().horizontalAdvance(text)
            left = min(max(at * line.width() - width / 2, side), line.width() - width - side)
            if all(left > end + look.px(6) or left + width + look.px(6) < start for start, end in taken):
                painter.drawText(QPointF(left, line.top() + painter.fontMetrics().ascent()), text)
                taken.append((left, left + width))

    def _ticks(self) -> list[tuple[str, float]]:
        """Texts and where they stand, from 0 to 1; those of whole numbers in the middle of their bars."""
        assert self._details is not None
        low, high = self._details.histogram_low, self._details.histogram_high
        if not self._is_whole():
            return [(compact(low), 0.0), (compact(high), 1.0), ("0", -low / (high - low))]
        half = 0.5 / len(self._details.histogram)
        (first, _), (_, last) = self._whole(0), self._whole(len(self._details.histogram) - 1)
        ticks = [(self._name(first), half)]
        if last > first:
            ticks.append((self._name(last), 1 - half))
        return ticks if self._details.summary.dtype == "bool" else [*ticks, ("0", -low / (high - low))]

    def _is_whole(self) -> bool:
        """Whether the bars hold whole numbers that can be told apart."""
        assert self._details is not None
        is_whole = self._details.summary.dtype.startswith(("int", "uint", "bool"))
        return is_whole and self._details.histogram_low % 1 == 0.5

    def _whole(self, index: int) -> tuple[int, int]:
        """The smallest and the largest whole number in a bar."""
        assert self._details is not None and self._details.summary.maximum is not None
        low, high = self._details.histogram_low, self._details.histogram_high
        width = (high - low) / len(self._details.histogram)
        last = min(low + (index + 1) * width - 0.5, self._details.summary.maximum)
        return math.ceil(low + index * width), math.floor(last)

    def _name(self, value: float) -> str:
        assert self._details is not None
        return str(bool(value)) if self._details.summary.dtype == "bool" else compact(value)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(event.pos().x()), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.walked.press(event):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.walked.leave()

    def _n_bars(self) -> int:
        return 0 if self._details is None else len(self._details.histogram)

    def _bar_rect(self, index: int) -> QRect:
        bars, width = self._bars(), self.width() / max(self._n_bars(), 1)
        return QRectF(index * width, bars.top(), width, bars.height()).toAlignedRect()

    def _tip(self, x: float) -> str:
        is_on_one = self._n_bars() and 0 <= x < self.width()
        return self._bar_words(int(x / self.width() * self._n_bars())) if is_on_one else ""

    def _bar_words(self, index: int) -> str:
        """How many elements a bar is of, and between which numbers."""
        assert self._details is not None
        counts, low, high = self._details.histogram, self._details.histogram_low, self._details.histogram_high
        width = (high - low) / len(counts)
        first, last = low + index * width, low + (index + 1) * width
        if self._is_whole():
            first, last = self._whole(index)
        if first == last:
            return trn("{n} is {value}", "{n} are {value}", counts[index], value=self._name(first))
        return tr(_BETWEEN, count=grouped(counts[index]), first=compact(first), last=compact(last))


def _contrast(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Of colours, their channels along the last axis."""
    first, second = luminance(one) + 0.05, luminance(other) + 0.05
    return np.maximum(first, second) / np.minimum(first, second)
