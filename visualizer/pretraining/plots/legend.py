"""The line styles of the plots: colour, dash and marker, each with its words, in as many rows as they need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.shared.language import tr
from engine.shared.local_numbers import plain
from visualizer.look import theme
from visualizer.look.accessible_parts import tell_changed
from visualizer.look.elision import elided
from visualizer.look.listed import Listed
from visualizer.look.painting import guarded
from visualizer.pretraining.plots.frame import Frame
from visualizer.pretraining.plots.series import Series
from visualizer.pretraining.plots.shown import Shown
from visualizer.pretraining.plots.strokes import DASHES, Curve, Line, draw, draw_marker

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SAMPLE, _GAP = 24, 16  # pixels at 100 %


@dataclass(frozen=True)
class Entry:
    """Words, and how the line is drawn; `shape` is None for a line without marks."""

    words: str
    color: str
    width: float = 1.5
    dash: tuple[float, ...] = ()
    is_pale: bool = False
    shape: int | None = None


def entries_of(shown: Shown) -> list[Entry]:
    """What the plots show, the shown run first."""
    smoothed = Entry(tr("train, smoothed {weight}", weight=plain(shown.weight)), "accent.line", 2.0)
    raw = Entry(tr("train, every step"), "accent.line", 1.0, is_pale=shown.weight > 0)
    own = [raw, smoothed] if shown.weight > 0 else [raw]
    others = [
        Entry(each.curves.name, each.color, 2.0, DASHES[each.place % len(DASHES)], shape=each.place)
        for each in shown.overlays
    ]
    return [*own, Entry(tr("validation"), "text.primary", 1.4, shape=-1), *others]


class Legend(QWidget):
    """Entries from the left, wrapped; only one that is longer than a row is shortened."""

    accessible_role = QAccessible.Role.Grouping
    accessible_parts: Listed | None = None  # until it is made

    def __init__(self) -> None:
        super().__init__()
        self.accessible_parts = Listed(lambda: len(self.entries), self._words_of, self._rect_of)
        self.setObjectName("loss_legend")
        self._curve = Curve()
        self.entries: list[Entry] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_entries(self, entries: list[Entry]) -> None:
        """Name these from now on."""
        if entries != self.entries:
            self.entries = entries
            self.setAccessibleName(tr("Legend: {entries}", entries=", ".join(entry.words for entry in entries)))
            tell_changed(self)
            self.updateGeometry()
            self.update()

    def _words_of(self, part: int) -> str:
        return self.entries[part].words

    def _rect_of(self, part: int) -> QRect:
        return list(self._places(self.width()))[part][1].toAlignedRect()

    def heightForWidth(self, width: int) -> int:
        return round(max((box.bottom() for _, box in self._places(width)), default=0.0))

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(200), self.heightForWidth(max(self.width(), theme.current().px(200))))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(max(self.width(), 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def _places(self, width: float) -> Iterator[tuple[Entry, QRectF]]:
        look = theme.current()
        metrics = QFontMetricsF(look.font(11))
        x, y, height = 0.0, 0.0, metrics.height() + look.px(3)
        for entry in self.entries:
            wanted = look.px(_SAMPLE + 6) + metrics.horizontalAdvance(entry.words) + 1
            if x > 0 and x + wanted > width:
                x, y = 0.0, y + height
            yield entry, QRectF(x, y, min(wanted, max(width - x, 1)), height)
            x += wanted + look.px(_GAP)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        self.draw_on(QPainter(self))

    def draw_on(self, painter: QPainter) -> None:
        """All that the widget shows, in its coordinates."""
        for entry, box in self._places(self.width()):
            self._paint(painter, entry, box)

    def _paint(self, painter: QPainter, entry: Entry, box: QRectF) -> None:
        look = theme.current()
        sample = QRectF(box.left(), box.top(), look.px(_SAMPLE), box.height())
        frame = Frame(sample, (0.0, 1.0), (0.0, 1.0))
        line = Line(
            np.array([0.0, 1.0]), Series(np.array([0.5, 0.5])), entry.color, entry.width, entry.dash, entry.is_pale
        )
        draw(painter, line, frame, self._curve)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.shape is not None:
            at = QPointF(sample.center().x(), sample.center().y())
            draw_marker(painter, entry.shape, at, look.px(3), look.color(entry.color))
        painter.setPen(look.color("text.secondary"))
        painter.setFont(look.font(11))
        words = box.adjusted(look.px(_SAMPLE + 6), 0, 2, 0)
        metrics = QFontMetricsF(painter.font())
        text = elided(metrics, entry.words, round(words.width()), Qt.TextElideMode.ElideMiddle)
        painter.drawText(words, _LEFT, text)
