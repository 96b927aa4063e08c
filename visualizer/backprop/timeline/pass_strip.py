"""The passes of a run as a strip: the loss of each as a line, the norm of its gradients as a bar over decades."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.shared import numbers
from engine.shared.language import tr, trn
from engine.shared.local_numbers import brief
from visualizer.backprop.timeline.bars import NormBars, is_known
from visualizer.backprop.timeline.pass_words import pass_words, room_words
from visualizer.look import spoken, theme
from visualizer.look.decades import DecadeScale
from visualizer.look.painting import guarded
from visualizer.look.spoken import speak
from visualizer.model.passes import PassBook

_HEIGHT, _LEFT, _RIGHT = 56, 56, 46  # px
_DIGITS = range(3, 7)  # of a number beside a lane, as far as there is room
_MOST_OFF = 0.25  # by what share of what it is the distance of two numbers may seem another
_LOSS_SHARE = 0.46  # of the height, above the bars


def scale_ends(low: float, high: float) -> tuple[str, str]:
    """The numbers of a scale from `low` to `high`, with as many digits as tell them apart; where that would be too many
    the upper one says how much more it is, "+2e-08". Of a single number the upper is ""."""
    if low == high:
        return brief(low, _DIGITS[0]), ""
    for n_digits in _DIGITS:
        told = float(numbers.brief(high, n_digits)) - float(numbers.brief(low, n_digits))
        if abs(told - (high - low)) <= _MOST_OFF * (high - low):
            return brief(low, n_digits), brief(high, n_digits)
    return brief(low, _DIGITS[0]), f"+{brief(high - low, 2)}"


class PassStrip(QWidget):
    """Shown once a run has two passes. Emits the number of a pass that is clicked, or gone to with the keyboard."""

    accessible_role = QAccessible.Role.Slider

    opened = Signal(int)

    def __init__(self, book: PassBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pass_strip")
        speak(self.setAccessibleName, "Passes of the run")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._book, self._bars = book, NormBars()
        book.changed.connect(self._on_changed)
        theme.current().changed.connect(self.update)
        spoken.current().changed.connect(self._on_changed)
        self._on_changed()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(480), theme.current().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(120), theme.current().px(_HEIGHT))

    def _on_changed(self) -> None:
        book = self._book
        self.setVisible(len(book) > 1)
        is_known = 0 < book.shown <= len(book)  # the mark of a pass may come after its steps
        n_passes = trn("{n} pass", "{n} passes", len(book))
        self.setAccessibleDescription(pass_words(book, book.shown) if is_known else n_passes)
        self.update()

    # -- geometry

    def x_of(self, index: int) -> float:
        """Where the mark of a pass stands, px from the left."""
        return self._x(index - 1)

    def _x(self, place: float) -> float:
        look, last = theme.current(), max(len(self._book) - 1, 1)
        left, right = look.px(_LEFT), look.px(_RIGHT)
        return left + max(self.width() - left - right, 1) * place / last

    def _index_at(self, x: float) -> int:
        first, last, n_passes = self._x(0), self._x(len(self._book) - 1), len(self._book)
        return min(max(round((x - first) / max(last - first, 1) * (n_passes - 1)), 0), n_passes - 1) + 1

    # -- painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self._book) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        middle, foot = self.height() * _LOSS_SHARE, self.height() - look.px(5)
        self._paint_shown(painter)
        self._paint_losses(painter, look.px(4), middle - look.px(3))
        self._paint_norms(painter, middle + look.px(3), foot)
        self._paint_ends(painter, foot)

    def _paint_shown(self, painter: QPainter) -> None:
        """The pass on screen."""
        look, place = theme.current(), self._book.shown - 1
        if place < 0:
            return
        half = max(look.px(3), (self._x(1) - self._x(0)) / 2)
        box = QRectF(self._x(place) - half, 0, 2 * half, self.height())
        lanes = QRectF(look.px(_LEFT - 8), 0, self.width() - look.px(_LEFT + _RIGHT - 16), self.height())
        painter.fillRect(box & lanes, look.color("accent.tint" if self._book.opened else "flow.tint"))

    def _paint_losses(self, painter: QPainter, top: float, foot: float) -> None:
        """From the least to the greatest that is finite; what is not leaves a gap, and its sign below. Where several
        share a pixel, their least and their greatest."""
        look, losses = theme.current(), self._book.losses()
        places = np.flatnonzero(np.isfinite(losses))
        if not places.size:
            return
        x, y = self._x(0) + (self._x(1) - self._x(0)) * places, losses[places]
        low, high = float(y.min()), float(y.max())
        breaks = np.flatnonzero(np.diff(places) > 1) + 1
        if len(places) > 2 * self.width():  # then a gap is less than a pixel
            columns, first = np.unique(np.floor(x), return_index=True)
            x = np.repeat(columns, 2)
            y = np.column_stack([np.minimum.reduceat(y, first), np.maximum.reduceat(y, first)]).ravel()
            breaks = np.empty(0, dtype=np.int64)
        y = foot - (y - low) / (high - low or 1.0) * (foot - top)
        painter.setPen(QPen(look.color("accent.line"), look.px(1.4)))
        for part_x, part_y in zip(np.split(x, breaks), np.split(y, breaks), strict=True):
            points = [QPointF(*point) for point in zip(part_x.tolist(), part_y.tolist(), strict=True)]
            if len(points) == 1:
                painter.drawEllipse(points[0], look.px(0.7), look.px(0.7))
            else:
                painter.drawPolyline(QPolygonF(points))
        self._paint_scale(painter, scale_ends(low, high), tr("loss"), top, foot)

    def _paint_norms(self, painter: QPainter, top: float, foot: float) -> None:
        norms = self._book.norms()
        scale, spacing = DecadeScale(norms), self._x(1) - self._x(0)
        places = np.flatnonzero(is_known(norms))
        x = self._x(0) + spacing * places
        shown = np.flatnonzero(places == self._book.shown - 1)
        current = int(shown[0]) if shown.size else -1
        self._bars.paint(painter, scale, norms[places], x, spacing, (top, foot), current=current)
        self._paint_scale(painter, scale.ends(), tr("norm"), top, foot)

    def _paint_ends(self, painter: QPainter, foot: float) -> None:
        """A foot under the passes that open with their values; a red bar for each that raised."""
        look, spacing = theme.current(), max(self._x(1) - self._x(0), 1.0)
        for index in self._book.whole:
            line = QRectF(self._x(index - 1) - spacing / 2, foot + look.px(1), spacing, look.px(2))
            painter.fillRect(line, look.color("text.muted"))
        for index in self._book.failed:
            bar = QRectF(self._x(index - 1) - look.px(1.5), 0, look.px(3), self.height())
            painter.fillRect(bar, look.color("error.text"))

    def _paint_scale(self, painter: QPainter, ends: tuple[str, str], name: str, top: float, foot: float) -> None:
        """The numbers of a lane at its left, its name at its right."""
        look = theme.current()
        painter.save()
        painter.setPen(look.color("text.muted"))
        painter.setFont(look.mono(9))
        metrics = painter.fontMetrics()
        for text, y in zip(ends, (foot, top + metrics.ascent() * 0.8), strict=True):
            painter.drawText(QPointF(look.px(_LEFT - 12) - metrics.horizontalAdvance(text), y), text)
        painter.setFont(look.font(10))
        at = QPointF(self.width() - look.px(_RIGHT - 10), (top + foot + painter.fontMetrics().ascent() * 0.7) / 2)
        painter.drawText(at, name)
        painter.restore()

    # -- input

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and len(self._book) > 1:
            self.opened.emit(self._index_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if len(self._book) > 1:
            words = f"{pass_words(self._book, self._index_at(event.position().x()))}\n{room_words(self._book)}"
            QToolTip.showText(event.globalPosition().toPoint(), words, self)

    def leaveEvent(self, event: QEvent) -> None:
        QToolTip.hideText()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown, n_passes = self._book.shown, len(self._book)
        moves = {
            Qt.Key.Key_Left: shown - 1,
            Qt.Key.Key_Right: shown + 1,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: n_passes,
        }
        target = moves.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        elif 1 <= target <= n_passes:
            self.opened.emit(target)
