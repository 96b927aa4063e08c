"""The large plot: training loss raw and smoothed, validation, overlaid runs, reference lines, and the readout."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from engine.shared.numbers import fixed, plain
from visualizer.look import theme
from visualizer.pretraining import formatting
from visualizer.pretraining.curves import Curves, Overlay
from visualizer.pretraining.plots import change_marks
from visualizer.pretraining.plots.plot import Plot
from visualizer.pretraining.plots.plot_axis import SharedAxis

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_GAP = 9.0  # pixels at 100 % between the end of a curve and its words


class LossPlot(Plot):
    """Loss in nats per token."""

    def __init__(self, axis: SharedAxis) -> None:
        super().__init__(axis, formatting.count, plain)
        self.setObjectName("loss_plot")
        self.setAccessibleName("Loss against steps")
        self.setMinimumSize(160, 120)
        self.unit = "steps"
        self.room_right = 16.0
        self.curves: Curves | None = None
        self.overlays: tuple[Overlay, ...] = ()
        self._raw = self.curve(1)
        self._smoothed = self.curve(2)
        self._others: list = []
        self.dress()

    def show_curves(self, curves: Curves | None, overlays: tuple[Overlay, ...], unit: str) -> None:
        """Draw one run, and others as their smoothed line in front of it."""
        self.curves, self.overlays, self.unit = curves, overlays, unit
        run = curves or Curves("")
        x = run.x(unit)
        self._raw.setData(x, np.where(np.isfinite(run.loss), run.loss, np.nan))
        self._smoothed.setData(x, run.smoothed)
        self._draw_others()
        self.marks = _marks(x, run.loss) + _marks(run.val_x(unit), run.val_loss)
        self.trained_to = float(x[-1]) if len(x) else 0.0
        self.changes = change_marks.places(curves, unit)
        data = [(x, run.loss), (run.val_x(unit), run.val_loss)]
        data += [(each.curves.x(unit), each.curves.smoothed) for each in overlays]
        self._reserve_room()
        self.set_extent(data, [level for level, _ in self.references()])

    def references(self) -> list[tuple[float, str]]:
        """The levels that explain where the loss starts, in nats per token, with their words."""
        if self.curves is None:
            return []
        levels = []
        if self.curves.vocab_size > 1:
            uniform = math.log(self.curves.vocab_size)
            levels.append((uniform, f"uniform guess ln {self.curves.vocab_size:,} = {fixed(uniform, 2)}"))
        if self.curves.unigram_entropy is not None:
            levels.append(
                (self.curves.unigram_entropy, f"unigram entropy of the corpus {fixed(self.curves.unigram_entropy, 2)}")
            )
        return levels

    def dress(self) -> None:
        """Pens in today's colours."""
        look = theme.current()
        raw = QColor(look.color("accent.line"))
        raw.setAlphaF(0.3)
        self.set_pen(self._raw, raw, 1)
        self.set_pen(self._smoothed, look.color("accent.line"), 2)
        for item, overlay in zip(self._others, self.overlays, strict=False):
            self.set_pen(item, look.color(overlay.color), 1.5)
        self._reserve_room()
        self.fit()

    def _draw_others(self) -> None:
        while len(self._others) > len(self.overlays):
            self.removeItem(self._others.pop())
        while len(self._others) < len(self.overlays):
            self._others.append(self.curve(1.5))
        for item, overlay in zip(self._others, self.overlays, strict=True):
            self.set_pen(item, theme.current().color(overlay.color), 1.5)
            item.setData(overlay.curves.x(self.unit), overlay.curves.smoothed)

    # -- painting

    def paint_under(self, painter: QPainter, area: QRectF) -> None:
        look = theme.current()
        pen = QPen(look.color("text.muted"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([5, 4])
        painter.setFont(look.font(10.5))
        metrics = QFontMetricsF(painter.font())
        places = sorted((self.to_pixels(0, level).y(), words) for level, words in self.references())
        for index, (y, words) in enumerate(places):
            if not area.top() <= y <= area.bottom():
                continue
            painter.setPen(pen)
            painter.drawLine(QPointF(area.left(), round(y) + 0.5), QPointF(area.right(), round(y) + 0.5))
            # Above its line; below it where the line above is too near.
            is_crowded = index > 0 and y - places[index - 1][0] < metrics.height() * 1.3
            top = y + 2 if is_crowded or y - area.top() < metrics.height() else y - metrics.height() - 2
            box = QRectF(area.left(), top, area.width() - look.px(4), metrics.height())
            painter.setPen(look.color("text.secondary"))
            if metrics.horizontalAdvance(words) > box.width():
                words = words.replace(" of the corpus", "")
            painter.drawText(box, _RIGHT, words)
        self._paint_not_trained(painter, area)

    def _paint_not_trained(self, painter: QPainter, area: QRectF) -> None:
        look, metrics = theme.current(), QFontMetricsF(painter.font())
        words = "not trained yet"
        left = max(self.to_pixels(self.trained_to, 0).x(), area.left())
        if self.curves is None or area.right() - left < metrics.horizontalAdvance(words) + look.px(12):
            return
        box = QRectF(
            left, area.bottom() - metrics.height() - look.px(4), area.right() - left - look.px(4), metrics.height()
        )
        ends = [self.to_pixels(0, value).y() for _, value, _, _ in self._ends()]
        if any(y + 2 * metrics.height() > box.top() for y in ends):  # their numbers stand there
            return
        painter.setPen(look.color("text.muted"))
        painter.drawText(box, _RIGHT, words)

    def paint_over(self, painter: QPainter, area: QRectF) -> None:
        if self.curves is None:
            return
        painter.save()
        painter.setClipRect(area.adjusted(-6, -6, 6, 6))
        self._paint_validations(painter, area)
        painter.restore()
        self._paint_ends(painter, area)
        if self.axis.cursor is not None:
            self._paint_readout(painter, area)

    def _paint_validations(self, painter: QPainter, area: QRectF) -> None:
        look, run = theme.current(), self.curves
        assert run is not None
        color, radius = look.color("text.primary"), look.px(3)
        painter.setPen(QPen(color, 1.2 * look.scale))
        points = [
            self.to_pixels(x, y)
            for x, y in zip(run.val_x(self.unit).tolist(), run.val_loss.tolist(), strict=True)
            if math.isfinite(y)
        ]
        painter.drawPolyline(points)
        painter.setBrush(look.color("bg.panel"))
        last = -math.inf
        for point in points:
            if area.left() - 1 <= point.x() <= area.right() + 1 and point.x() - last >= radius * 2.5:
                painter.drawEllipse(point, radius, radius)
                last = point.x()

    def _ends(self) -> list[tuple[float, float, str, str]]:
        """Where the two lines end, with words and their colour."""
        run, ends = self.curves, []
        assert run is not None
        columns = (
            ("val", run.val_x(self.unit), run.val_loss, "text.primary"),
            ("train", run.x(self.unit), run.smoothed, "accent.text"),
        )
        for name, x, y, token in columns:
            finite = np.flatnonzero(np.isfinite(y))
            if len(finite):
                last = finite[-1]
                ends.append((float(x[last]), float(y[last]), f"{name} {fixed(y[last], 2)}", token))
        return ends

    def _paint_ends(self, painter: QPainter, area: QRectF) -> None:
        """ "val 4.94" and "train 4.32" beside the ends of their lines, moved apart where they would overlap."""
        look, ends = theme.current(), self._ends()
        for x, y, _, token in ends:
            if token == "accent.text":
                self._paint_dot(painter, area, self.to_pixels(x, y))
        painter.setFont(look.font(11, 600))
        metrics = QFontMetricsF(painter.font())
        right = max((self.to_pixels(x, 0).x() for x, *_ in ends), default=0.0)
        if not area.left() <= right <= area.right() + 1:
            return
        levels = [self.to_pixels(0, level).y() for level, _ in self.references()]
        boxes = _apart([(self.to_pixels(0, y).y(), words, token) for _, y, words, token in ends], metrics.height())
        lowest = max((y for y, *_ in boxes), default=0.0) + metrics.height() / 2
        for y, words, token in boxes:
            y = max(y - max(lowest - area.bottom(), 0.0), area.top() + metrics.height() / 2)
            # The words of a reference end at the right edge of the curves: there the label stands behind them.
            is_crowded = any(abs(level - y) < 2 * metrics.height() for level in levels)
            left = (area.right() if is_crowded else right) + look.px(_GAP)
            width = metrics.horizontalAdvance(words) + look.px(4)
            box = QRectF(left, y - metrics.height() / 2, width, metrics.height())
            if self.overlays and box.right() < area.right():
                painter.fillRect(box, look.color("bg.raised"))
            painter.setPen(look.color(token))
            painter.drawText(box, _LEFT, words)

    def _reserve_room(self) -> None:
        """Right of the curves as much as the words at their ends take, so that they never lie on a curve."""
        look = theme.current()
        metrics = QFontMetricsF(look.font(11, 600))
        widest = max(metrics.horizontalAdvance(words) for words in ("train 00.00", "val 00.00"))
        self.room_right = (widest / look.scale + _GAP + 8) if self.curves is not None else 16.0

    def _paint_dot(self, painter: QPainter, area: QRectF, point: QPointF) -> None:
        if area.adjusted(-2, -2, 2, 2).contains(point):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().color("accent.line"))
            painter.drawEllipse(point, theme.current().px(3.5), theme.current().px(3.5))

    def _paint_readout(self, painter: QPainter, area: QRectF) -> None:
        """A box with the numbers of the record nearest to the cursor."""
        run, look = self.curves, theme.current()
        assert run is not None and self.axis.cursor is not None
        index = run.nearest(self.axis.cursor, self.unit)
        if index < 0:
            return
        rows = readout(run, index)
        painter.setFont(look.mono(11))
        metrics = QFontMetricsF(painter.font())
        widths = [max(metrics.horizontalAdvance(row[column]) for row in rows) for column in (0, 1)]
        pad, gap, line = look.px(8), look.px(14), metrics.height() + look.px(2)
        width, height = sum(widths) + gap + 2 * pad, line * len(rows) + 2 * pad - look.px(2)
        x = self.to_pixels(run.x(self.unit)[index], 0).x()
        left = x + look.px(12) if x + look.px(12) + width < area.right() else x - look.px(12) - width
        box = QRectF(max(left, 0), area.top() + look.px(8), width, height)
        painter.setPen(QPen(look.color("line.default"), 1))
        painter.setBrush(look.color("bg.panel"))
        painter.drawRoundedRect(box, look.px(6), look.px(6))
        for row, (label, value) in enumerate(rows):
            place = QRectF(box.left() + pad, box.top() + pad + row * line, width - 2 * pad, metrics.height())
            painter.setPen(look.color("text.muted"))
            painter.drawText(place, _LEFT, label)
            painter.setPen(look.color("text.primary"))
            painter.drawText(place, _RIGHT, value)


def readout(run: Curves, index: int) -> list[tuple[str, str]]:
    """The numbers of one record as (name, value)."""
    rows = [("step", formatting.count(run.step[index])), ("tokens", formatting.count(run.tokens[index]))]
    rows.append(("loss", formatting.exact_loss(run.loss[index])))
    if math.isfinite(run.smoothed[index]):
        rows.append(("smoothed", formatting.exact_loss(run.smoothed[index])))
    behind = int(np.searchsorted(run.val_step, run.step[index], side="right")) - 1
    if behind >= 0:
        rows.append((f"val at {formatting.count(run.val_step[behind])}", formatting.exact_loss(run.val_loss[behind])))
    return rows + change_marks.rows(run, run.step[index])


def _marks(x: np.ndarray, y: np.ndarray) -> list[tuple[float, float]]:
    bad = np.flatnonzero(~np.isfinite(y))
    return list(zip(x[bad].tolist(), y[bad].tolist(), strict=True))


def _apart(labels: list[tuple[float, str, str]], height: float) -> list[tuple[float, str, str]]:
    """Labels at least `height` apart, pushed away from their common middle."""
    labels = sorted(labels)
    for index in range(1, len(labels)):
        lack = height - (labels[index][0] - labels[index - 1][0])
        if lack > 0:
            labels[index - 1] = (labels[index - 1][0] - lack / 2, *labels[index - 1][1:])
            labels[index] = (labels[index][0] + lack / 2, *labels[index][1:])
    return labels
