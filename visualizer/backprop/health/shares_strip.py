"""The share of zeros of each unit of a layer, from the largest on."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.shared.language import grouped, tr
from engine.shared.local_numbers import percent
from visualizer.look import theme
from visualizer.look.listed import Listed
from visualizer.look.painting import guarded

_HEIGHT_PX = 26


class SharesStrip(QWidget):
    """A bar for each unit, or for evenly spaced ones of many: full where it was 0 for every input. Not of none."""

    accessible_role = QAccessible.Role.Chart
    accessible_parts: Listed | None = None  # until it is made

    def __init__(self, shares: tuple[float, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._shares = shares
        self.accessible_parts = Listed(lambda: len(self._shares), self._words_of, self._rect_of)
        self.setToolTip(tr("The share of zeros of each unit, from the largest on: a full bar is 0 for every input"))
        self.setAccessibleName(
            tr("Share of zeros by unit, from {high} to {low}", high=percent(shares[0]), low=percent(shares[-1]))
        )
        theme.current().changed.connect(self.updateGeometry)

    def _words_of(self, part: int) -> str:
        share = percent(self._shares[part])
        return tr(
            "{share} zeros, place {place} of {n}", share=share, place=grouped(part + 1), n=grouped(len(self._shares))
        )

    def _rect_of(self, part: int) -> QRect:
        width = self.width() / max(1, len(self._shares))
        return QRectF(part * width, 0, max(1.0, width), self.height()).toAlignedRect()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(100), theme.current().px(_HEIGHT_PX))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        painter.fillRect(self.rect(), look.color("bg.control"))
        width = self.width() / max(1, len(self._shares))
        for place, share in enumerate(self._shares):
            height = share * self.height()
            bar = QRectF(place * width, self.height() - height, max(1.0, width - look.scale), height)
            painter.fillRect(bar, look.color("warn.text" if share >= 1 else "text.muted"))
