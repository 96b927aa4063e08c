"""The parameters of a model by part: a stacked bar and its legend with counts and shares."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.shared.language import grouped, tr
from engine.shared.local_numbers import percent
from visualizer.look import theme
from visualizer.look.accessible_parts import tell_changed
from visualizer.look.elision import elided
from visualizer.look.listed import Listed
from visualizer.look.painting import guarded

_COLORS = ("cat.leaf", "cat.activation", "cat.matmul", "cat.view", "cat.reduction", "cat.loss", "cat.elementwise")


_LETTERS = (1.0, 0.95, 0.9, 0.875)  # the last are those of ticks


class ParameterBar(QWidget):
    """Draws (part, number of parameters), in the order given; `size`: of its letters beside those of the form. The bar
    alone says the shares where a name would not be whole beside them."""

    accessible_role = QAccessible.Role.Chart
    accessible_parts: Listed | None = None  # until it is made

    def __init__(self, size: float = 1.0) -> None:
        super().__init__()
        self.accessible_parts = Listed(lambda: len(self.parts), self._words_of, self._rect_of)
        self._size = size
        self.setObjectName("parameter_bar")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.parts: tuple[tuple[str, int], ...] = ()

    def show_parts(self, parts: tuple[tuple[str, int], ...]) -> None:
        """Parts without parameters are left out."""
        self.parts = tuple(part for part in parts if part[1])
        total = sum(n for _, n in self.parts)
        self.setAccessibleName(tr("Parameters by part, {total} in total", total=grouped(total)))
        self.setAccessibleDescription("; ".join(f"{name} {grouped(n)}" for name, n in self.parts))
        tell_changed(self)
        self.updateGeometry()
        self.update()

    def _words_of(self, part: int) -> str:
        name, n = self.parts[part]
        return f"{name} {grouped(n)}, {percent(n / sum(n for _, n in self.parts), 1)}"

    def _rect_of(self, part: int) -> QRect:
        height = self._rows() * self._line()
        return QRect(0, self._top() + part * height, self.width(), height)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(180), self._top() + len(self.parts) * self._rows() * self._line())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.height() != self.sizeHint().height():
            self.updateGeometry()

    def _rows(self) -> int:
        """Of a part: its count is below its name where even in the smallest letters there is no room beside it."""
        return 1 if self._has_room(_LETTERS[-1], theme.current().px(18)) else 2

    @property
    def has_shares(self) -> bool:
        """Whether there is room for them, beside names and counts."""
        return self._has_room(1.0, self._share_width() + theme.current().px(24))

    @property
    def letters(self) -> float:
        """How large the letters of the legend are beside those that they have where there is room for all names."""
        return next((size for size in _LETTERS if self._has_room(size, theme.current().px(18))), 1.0)

    def _has_room(self, letters: float, beside: int) -> bool:
        """Whether all names and counts are whole, in letters so much smaller."""
        look, size = theme.current(), self._size * letters
        name, number = QFontMetrics(look.font(12 * size)), QFontMetrics(look.mono(11.5 * size))
        return all(
            name.horizontalAdvance(part) + number.horizontalAdvance(grouped(n)) + beside <= self.width()
            for part, n in self.parts
        )

    def _share_width(self) -> int:
        return QFontMetrics(theme.current().mono(11 * self._size)).horizontalAdvance("100.0 %")

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def _top(self) -> int:
        """Where the legend begins, below the bar."""
        return theme.current().px(20 * self._size)

    def _line(self) -> int:
        return QFontMetrics(theme.current().font(12 * self._size)).height() + theme.current().px(4)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        total = sum(n for _, n in self.parts) or 1
        gap, height = 1.0, look.px(12 * self._size)
        left, room = 0.0, self.width() - gap * (len(self.parts) - 1)
        for index, (_, n) in enumerate(self.parts):
            width = n / total * room
            painter.setBrush(look.color(_COLORS[index % len(_COLORS)]))
            painter.drawRect(QRectF(left, 0, max(width, 1.0), height))
            left += width + gap
        has_shares, letters = self.has_shares, self.letters
        for index, part in enumerate(self.parts):
            share = percent(part[1] / total, 1) if has_shares else ""
            self._paint_line(painter, index, part, share, letters * self._size)

    def _paint_line(self, painter: QPainter, index: int, part: tuple[str, int], share: str, letters: float) -> None:
        look, line, rows = theme.current(), self._line(), self._rows()
        top = self._top() + index * rows * line
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(_COLORS[index % len(_COLORS)]))
        size = look.px(8)
        painter.drawRoundedRect(QRectF(0, top + (line - size) / 2, size, size), look.px(2), look.px(2))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look.mono(11 * self._size))
        share_width = self._share_width()
        painter.setPen(look.color("text.muted"))
        painter.drawText(QRectF(self.width() - share_width, top, share_width, line), right, share)
        painter.setFont(look.mono(11.5 * letters))
        painter.setPen(look.color("text.primary"))
        count = grouped(part[1])
        count_right = self.width() - (share_width + look.px(6)) * bool(share)
        painter.drawText(QRectF(0, top + (rows - 1) * line, count_right, line), right, count)
        room = count_right - look.px(15)
        room -= painter.fontMetrics().horizontalAdvance(count) + look.px(3) if rows == 1 else 0
        painter.setFont(look.font(12 * letters))
        painter.setPen(look.color("text.secondary"))
        name = elided(painter.fontMetrics(), part[0], room)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(look.px(15), top, room, line), left, name)
