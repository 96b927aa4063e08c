"""The scale of a heat map's colours: smallest number, the map, largest number."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.shared.language import tr
from engine.shared.local_numbers import compact
from visualizer.look import color_maps, spoken, theme
from visualizer.look.painting import guarded


class ColorBar(QWidget):
    """`kind` is "value" or "gradient"."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._limits: tuple[float, float] | None = None
        self.is_magnitude = False  # the colours are magnitudes of complex numbers
        self._words: tuple[str, str] | None = None  # at its two ends, once they are known, and how wide they are
        self._words_width = -1  # px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self._measure_again)
        spoken.current().changed.connect(self._name_it)

    def set_kind(self, kind: str) -> None:
        """Another scale."""
        self._kind = kind
        self._measure_again()
        self.update()

    def set_limits(self, limits: tuple[float, float] | None) -> None:
        """The numbers at the two ends; None draws nothing."""
        self._limits = limits
        self._name_it()

    def _measure_again(self) -> None:
        self._words, self._words_width = None, -1
        self.updateGeometry()

    def _name_it(self) -> None:
        self._measure_again()
        low, high = self.texts()
        is_one = self._limits is not None and self._limits[0] == self._limits[1]
        words = tr("One colour, all {value}", value=high)
        words = words if is_one else tr("Colours from {low} to {high}", low=low, high=high)
        signs = tr("A dash marks a cell below 0") if self._kind == "gradient" else ""
        self.setToolTip(tr("Colours are magnitudes; a cell's phase is in its tooltip") if self.is_magnitude else signs)
        self.setAccessibleName(words if self._limits else "")
        self.update()

    def texts(self) -> tuple[str, str]:
        """What stands at its two ends; of a tensor of one value "all" and that."""
        if self._words is None:
            self._words = self._made_texts()
        return self._words

    def _made_texts(self) -> tuple[str, str]:
        if self._limits is None:
            return "", ""
        if self._limits[0] == self._limits[1]:
            return tr("all"), compact(self._limits[0])
        low, high = compact(self._limits[0]), compact(self._limits[1], sign=self._kind == "gradient")
        return f"|z| {low}" if self.is_magnitude else low, high

    def sizeHint(self) -> QSize:
        width = self._text_width() + theme.current().px(96) if self._limits is not None else 0
        return QSize(width, self._metrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._metrics().height())  # else it could not be moved to a line of its own

    def least_width(self) -> int:
        """With both numbers and a little of the colours."""
        return self._text_width() + theme.current().px(16)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(theme.current().mono(11))

    def _text_width(self) -> int:
        if self._words_width < 0:
            self._words_width = sum(self._metrics().horizontalAdvance(text) for text in self.texts())
        return self._words_width + 2 * theme.current().px(6)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._limits is None:
            return
        painter, look, metrics = QPainter(self), theme.current(), self._metrics()
        table = color_maps.diverging(look.is_dark) if self._kind == "gradient" else color_maps.VIRIDIS
        is_one = self._limits[0] == self._limits[1]  # which has the colour in the middle
        image: QImage = color_maps.to_image(table[None, len(table) // 2 :][:, :1] if is_one else table[None])
        low, high = self.texts()
        gap, height = look.px(6), look.px(6)
        right = self.width() - metrics.horizontalAdvance(high)
        width = max(0, min(look.px(84), right - metrics.horizontalAdvance(low) - 2 * gap))
        bar = QRectF(right - gap - width, (self.height() - height) / 2, width, height)
        painter.setFont(look.mono(11))
        painter.setPen(look.color("text.muted"))
        baseline = QRectF(0, 0, bar.left() - gap, self.height())
        painter.drawText(baseline, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, low)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, high)
        if width:
            painter.drawImage(bar, image)
