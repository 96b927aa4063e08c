"""The statistics of a tensor as pairs of a word and a number, as many on a line as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.protocol.tensor_values import TensorSummary
from engine.shared.language import grouped, tr, trn
from engine.shared.local_numbers import compact
from visualizer.look import spoken, theme
from visualizer.look.elision import elided
from visualizer.look.painting import guarded

_GAP = 10  # px between pairs, at least


def pairs(summary: TensorSummary) -> list[tuple[str, str]]:
    """What is known, in the order shown."""
    found = [
        (word, compact(number))
        for word, number in (
            (tr("min"), summary.minimum), (tr("max"), summary.maximum), (tr("mean"), summary.mean),
            (tr("std"), summary.std), (tr("norm"), summary.norm),
        )
        if number is not None
    ]  # fmt: skip
    if summary.counts_due:
        return [*found, (tr("zeros, NaN, Inf"), tr("not counted yet"))]
    counts = ((tr("zeros"), summary.n_zero), ("NaN", summary.n_nan), ("Inf", summary.n_inf))
    return found + [(word, grouped(n)) for word, n in counts]


def covered(summary: TensorSummary, *, is_part: bool) -> str:
    """Which elements the numbers are of, where not all of these need be on the screen; "" otherwise."""
    if is_part:
        return trn("this part, {n} element", "this part, {n} elements", summary.n_elements)
    if len(summary.shape) <= 2:
        return ""
    return trn("the one element", "all {n} elements", summary.n_elements)


def remark(summary: TensorSummary) -> str:
    """What the numbers are of, where that is not all elements; "" otherwise."""
    words = []
    if summary.dtype.startswith("complex"):
        words.append(tr("magnitudes"))
    if summary.n_nan or summary.n_inf:
        words.append(tr("over finite elements"))
    if summary.sampled:
        is_counted = summary.norm is not None or summary.counts_due
        words.append(
            tr("min, max, mean, std and colours of an even sample") if is_counted else tr("all of an even sample")
        )
    return ", ".join(words)


class Statistics(QWidget):
    """Empty until a summary is set; a summary without readable elements shows nothing."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary: TensorSummary | None = None
        self._pairs: list[tuple[str, str]] = []
        self._covered = self._remark = ""
        self._is_part = False
        self._broken: dict[int, list[list[tuple[str, str, float]]]] = {}  # into lines, by width
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().changed.connect(self._measure_again)
        spoken.current().changed.connect(self._say_again)

    def _say_again(self) -> None:
        self.set_summary(self._summary, is_part=self._is_part)

    def set_summary(self, summary: TensorSummary | None, *, is_part: bool = False) -> None:
        """`is_part`: of a part that was chosen from a tensor."""
        self._summary, self._is_part = summary, is_part
        is_known = summary is not None and (summary.minimum is not None or summary.n_nan + summary.n_inf > 0)
        self._pairs = pairs(summary) if summary is not None and is_known else []
        self._remark = remark(summary) if summary is not None and is_known else ""
        self._covered = covered(summary, is_part=is_part) if summary is not None and is_known else ""
        self._broken = {}
        self.setAccessibleName(tr("Statistics"))
        self.setAccessibleDescription(self.text())
        self.setVisible(bool(self._pairs))
        self._resize()
        self.update()

    def text(self) -> str:
        """All of it on one line."""
        words = ", ".join(f"{word} {number}" for word, number in self._pairs)
        words = f"{self._covered}: {words}" if self._covered else words
        return f"{words}, {self._remark}" if self._remark else words

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(260), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._resize()

    def settle(self, width: int) -> None:
        """Be as high as it will be when it is so wide."""
        self._resize(width)

    def _fonts(self) -> tuple[QFontMetrics, QFontMetrics]:
        return QFontMetrics(theme.current().font(11)), QFontMetrics(theme.current().mono(11.5))

    def _lines(self, room: int | None = None) -> list[list[tuple[str, str, float]]]:
        """Lines of pairs, each with its width: as many on a line as there is room for, by default in its own width."""
        room = self.width() if room is None else room
        if room not in self._broken:
            self._broken[room] = self._break(room)
        return self._broken[room]

    def _break(self, room: int) -> list[list[tuple[str, str, float]]]:
        words, numbers = self._fonts()
        gap, used = theme.current().px(_GAP), 0.0
        lines: list[list[tuple[str, str, float]]] = []
        for word, number in ([(f"{self._covered}:", "")] if self._covered else []) + self._pairs:
            width = words.horizontalAdvance(word) + theme.current().px(5) + numbers.horizontalAdvance(number)
            if not lines or used + gap + width > room:
                lines.append([])
                used = -gap
            lines[-1].append((word, number, width))
            used += gap + width
        return lines

    def _line_height(self) -> int:
        return max(metrics.height() for metrics in self._fonts()) + theme.current().px(3)

    def _measure_again(self) -> None:
        self._broken = {}
        self._resize()

    def _resize(self, width: int | None = None) -> None:
        self.setFixedHeight(max(1, (len(self._lines(width)) + bool(self._remark)) * self._line_height()))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, height = QPainter(self), theme.current(), self._line_height()
        for line, items in enumerate(self._lines()):
            spare = self.width() - sum(width for _, _, width in items)
            # A line that is nearly full is spread over the whole width.
            spread = spare / max(len(items) - 1, 1)
            gap = spread if spread < look.px(3 * _GAP) else look.px(_GAP * 1.5)
            left = 0.0
            for word, number, width in items:
                self._paint_pair(painter, QRectF(left, line * height, width, height), word, number)
                left += width + gap
        if self._remark:
            painter.setFont(look.font(11))
            painter.setPen(look.color("warn.text"))
            box = QRectF(0, self.height() - height, self.width(), height)
            text = elided(painter.fontMetrics(), self._remark, self.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_pair(self, painter: QPainter, box: QRectF, word: str, number: str) -> None:
        look = theme.current()
        painter.setFont(look.font(11))
        painter.setPen(look.color("text.muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
        painter.setFont(look.mono(11.5))
        is_bad = word in ("NaN", "Inf") and number != "0"
        painter.setPen(look.color("error.text" if is_bad else "text.primary"))
        box.adjust(-2, 0, 1, 0)  # a rounded advance never clips the last digit
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
