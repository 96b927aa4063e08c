"""The large plot: training loss raw and smoothed, validation, the runs laid over it, reference lines, the readout."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from engine.shared.language import grouped, mark, tr
from engine.shared.local_numbers import fixed, plain
from visualizer.look import theme
from visualizer.look.spoken import speak
from visualizer.pretraining import formatting
from visualizer.pretraining.curves import Curves
from visualizer.pretraining.plots import change_marks
from visualizer.pretraining.plots.checkpoint_marks import CheckpointMarks
from visualizer.pretraining.plots.frame import Frame
from visualizer.pretraining.plots.in_words import curve_words
from visualizer.pretraining.plots.plot import Plot
from visualizer.pretraining.plots.plot_axis import SharedAxis
from visualizer.pretraining.plots.readout import brief_rows, loss_rows, paint_box, paint_dots, paint_strip
from visualizer.pretraining.plots.reference_words import Drawn, Reference, placed_references
from visualizer.pretraining.plots.shown import Shown, not_drawn
from visualizer.pretraining.plots.strokes import draw_level, draw_marker

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_REFERENCE_PX = 10.5  # the words of a reference, at 100 %
_GAP = 9.0  # pixels at 100 % between the end of a curve and its words


class LossPlot(Plot):
    """Loss in nats per token."""

    def __init__(self, axis: SharedAxis, words_x: Callable[[float], str]) -> None:
        super().__init__(axis, words_x, plain)
        self.setObjectName("loss_plot")
        speak(self.setAccessibleName, "Loss against steps")
        self.room_right = 16.0
        self.checkpoints = CheckpointMarks(self)
        self._least_height = 0  # px
        self._placed: tuple[Frame, list[tuple[float, QRectF, str]]] | None = None  # the references, in a frame

    def show_runs(self, shown: Shown) -> None:
        """Draw a run, and others as their smoothed line and their validations in front of it."""
        self.shown = shown
        run, unit = shown.run, shown.unit
        x = run.x(unit)
        self.marks = not_drawn(x, run.loss) + not_drawn(run.val_x(unit), run.val_loss)
        self.trained_to = float(x[-1]) if len(x) else 0.0
        self.changes = change_marks.places(run, unit)
        self.checkpoints.show(run, unit)
        self._reserve_room()
        self.show_lines(shown.lines("loss", is_smoothed=True), [level for level, _ in self.references()])

    def clear(self) -> None:
        self.checkpoints.clear()
        super().clear()

    def references(self) -> list[tuple[float, tuple[str, ...]]]:
        """The levels that explain where the loss starts, in nats per token, with their words: whole, and ever shorter
        for a plot with less room."""
        if self.shown is None:
            return []
        run = self.shown.run
        levels: list[tuple[float, tuple[str, ...]]] = []
        if run.vocab_size > 1:
            uniform, n = math.log(run.vocab_size), grouped(run.vocab_size)
            words = tr("uniform guess ln {n} = {loss}", n=n, loss=fixed(uniform, 2))
            levels.append((uniform, (words, f"ln {n} = {fixed(uniform, 2)}", fixed(uniform, 2))))
        if (entropy := run.unigram_entropy) is not None:
            words = tr("unigram entropy of the corpus {loss}", loss=fixed(entropy, 2))
            levels.append((entropy, (words, words.replace(tr(" of the corpus"), ""), fixed(entropy, 2))))
        if (known := run.known_loss) is not None:
            words = tr(
                "{source}, validation after {n} steps {loss}",
                source=known.source,
                n=grouped(known.steps),
                loss=fixed(known.loss, 2),
            )
            levels.append((known.loss, (words, f"{known.source} {fixed(known.loss, 2)}", fixed(known.loss, 2))))
        return levels

    def told_at(self, place: float) -> str:
        rows = () if self.shown is None else loss_rows(self.shown, place)
        return "; ".join(" ".join((row.label, *row.values)).strip() for row in rows)

    def sums_up(self) -> list[str]:
        run = self.shown.run if self.shown is not None else None
        if run is None:
            return []
        curves = ((tr("training loss"), run.step, run.loss), (tr("validation loss"), run.val_step, run.val_loss))
        return [words for curve in curves if (words := curve_words(*curve, formatting.loss))]

    def dress(self) -> None:
        """In today's sizes."""
        self._set_least()
        self._reserve_room()
        self.fit()

    def set_least_height(self, height: int) -> None:
        """At least so many pixels, and those that it always needs."""
        if height != self._least_height:
            self._least_height = height
            self._set_least()

    def _set_least(self) -> None:
        look = theme.current()
        self.setMinimumSize(look.px(160), max(look.px(140), self._least_height))

    def marked_heights(self) -> Sequence[np.ndarray]:
        """The validations of every run; they are few, so none is left out."""
        if self.shown is None:
            return ()
        low, high = self.axis.range
        found = []
        for run, _, _ in self.shown.runs:
            x = run.val_x(self.shown.unit)
            found.append(run.val_loss[(x >= low) & (x <= high) & np.isfinite(run.val_loss) & (run.val_loss > 0)])
        return found

    # -- painting

    def paint_under(self, painter: QPainter, area: QRectF) -> None:
        look = theme.current()
        painter.setFont(look.font(_REFERENCE_PX))
        for y, box, words in self._reference_places():
            draw_level(painter, area, y, look.color("text.muted"))
            painter.setPen(look.color("text.secondary"))
            self.paint_ground(painter, box)  # no line of a change or of the grid goes through them
            painter.drawText(box, _RIGHT, words)
        self._paint_not_trained(painter, area)

    def _reference_places(self) -> list[tuple[float, QRectF, str]]:
        """Of each reference in sight: its height, and its words with the box that they stand in."""
        if self._placed is None or self._placed[0] is not self.frame():
            self._placed = self.frame(), self._place_references()
        return self._placed[1]

    def _place_references(self) -> list[tuple[float, QRectF, str]]:
        if self.shown is None:
            return []
        known = self.shown.run.known_loss
        references = [
            Reference(level, words, known is not None and level == known.loss) for level, words in self.references()
        ]
        metrics = QFontMetricsF(theme.current().font(_REFERENCE_PX))
        return placed_references(references, self.frame(), metrics, self._drawn_curves(self.shown))

    def _drawn_curves(self, shown: Shown) -> list[Drawn]:
        """Every line, and the validations of every run."""
        seen = [line.seen(self.frame()) for line in self.lines]
        validations = [Drawn(run.val_x(shown.unit), run.val_loss, run.val_loss) for run, _, _ in shown.runs]
        return [*(Drawn(each.x, each.low, each.high) for each in seen), *validations]

    def _paint_not_trained(self, painter: QPainter, area: QRectF) -> None:
        look, metrics = theme.current(), QFontMetricsF(painter.font())
        words = tr("not trained yet") if self.shown is None or self.shown.run.is_read else tr("not read yet")
        left = max(self.frame().point(self.trained_to, 1).x(), area.left())
        if self.shown is None or area.right() - left < metrics.horizontalAdvance(words) + look.px(12):
            return
        box = self._clear_of_references(QRectF(left, 0, area.right() - left - look.px(4), metrics.height()))
        ends = [self.frame().point(1, value).y() for _, value, _, _ in self._line_ends()]
        if any(y + 2 * metrics.height() > box.top() for y in ends):  # their numbers stand there
            return
        painter.setPen(look.color("text.muted"))
        painter.drawText(box, _RIGHT, words)

    def _clear_of_references(self, box: QRectF) -> QRectF:
        """At the foot of the plot, or above what would go through the words."""
        box.moveBottom(self.area().bottom() - theme.current().px(4))
        for y, words, _ in sorted(self._reference_places(), key=lambda place: -place[0]):
            if box.intersects(words):
                box.moveBottom(min(y, words.top()) - 2)
            elif box.top() <= y <= box.bottom():
                box.moveBottom(y - 2)
        return box

    def paint_over(self, painter: QPainter, area: QRectF) -> None:
        shown = self.shown
        if shown is None:
            return
        painter.save()
        painter.setClipRect(area.adjusted(-6, -6, 6, 6))
        for run, color, shape in reversed(shown.runs):
            self._paint_validations(painter, area, run, "text.primary" if shape < 0 else color, shape)
        painter.restore()
        self.checkpoints.paint(painter, area, self.frame())
        self._paint_ends(painter, area)
        if self.axis.cursor is not None:
            paint_dots(painter, self.frame(), shown, "loss", self.axis.cursor, is_smoothed=True)
            x = self.frame().point(self.axis.cursor, 1).x()
            rows, brief = loss_rows(shown, self.axis.cursor), brief_rows(shown, self.axis.cursor)
            if not paint_box(painter, area, x, rows) and not (shown.overlays and paint_box(painter, area, x, brief)):
                paint_strip(painter, area, brief if shown.overlays else rows)

    def _paint_validations(self, painter: QPainter, area: QRectF, run: Curves, color: str, shape: int) -> None:
        look, frame = theme.current(), self.frame()
        assert self.shown is not None
        x, y = run.val_x(self.shown.unit), run.val_loss
        has_place = np.isfinite(y) & ((y > 0) | (not frame.is_log_y)) & ((x > 0) | (not frame.is_log_x))
        places = np.stack((frame.x(x[has_place]), frame.y(y[has_place])), axis=1)
        near = (places[:, 0] >= area.left() - 1) & (places[:, 0] <= area.right() + 1)
        near[:-1] |= near[1:].copy()
        near[1:] |= near[:-1].copy()  # with the line that leads there
        points = [QPointF(*place) for place in places[near].tolist()]
        painter.setPen(QPen(look.color(color), 1.2 * look.scale))
        painter.drawPolyline(points)
        radius, last = look.px(3), -math.inf
        for point in points:
            if area.left() - 1 <= point.x() <= area.right() + 1 and point.x() - last >= radius * 2.5:
                draw_marker(painter, shape, point, radius, look.color(color))
                last = point.x()

    def _line_ends(self) -> list[tuple[float, float, str, str]]:
        """Where the two lines end, with words and their colour."""
        assert self.shown is not None
        run, unit, ends = self.shown.run, self.shown.unit, []
        columns = (
            (mark("val {loss}"), run.val_x(unit), run.val_loss, "text.primary"),
            (mark("train {loss}"), run.x(unit), self.shown.smoothed(run).values, "accent.text"),
        )
        for words, x, y, token in columns:
            finite = np.flatnonzero(np.isfinite(y[-256:]))
            if len(finite):
                last = int(finite[-1]) + max(len(y) - 256, 0)
                ends.append((float(x[last]), float(y[last]), tr(words, loss=fixed(y[last], 2)), token))
        return ends

    def _paint_ends(self, painter: QPainter, area: QRectF) -> None:
        """ "val 4.94" and "train 4.32" beside the ends of their lines, moved apart where they would overlap."""
        look = theme.current()
        for x, y, _, token in self._line_ends():
            if token == "accent.text":
                self._paint_dot(painter, area, self.frame().point(x, y))
        painter.setFont(look.font(11, 600))
        for box, words, token in self.end_labels(area):
            if box.right() < area.right():  # over other curves, and lines that are referred to
                painter.fillRect(box, look.color("bg.raised"))
            painter.setPen(look.color(token))
            painter.drawText(box, _LEFT, words)

    def end_labels(self, area: QRectF) -> list[tuple[QRectF, str, str]]:
        """Where the words at the ends of the lines stand, the words, and the token of their colour."""
        look, frame, ends, found = theme.current(), self.frame(), self._line_ends(), []
        metrics = QFontMetricsF(look.font(11, 600))
        right = max((frame.point(x, 1).x() for x, *_ in ends), default=0.0)
        if not area.left() <= right <= area.right() + 1:
            return []
        references = [box for _, box, _ in self._reference_places()]
        boxes = _apart([(frame.point(1, y).y(), words, token) for _, y, words, token in ends], metrics.height())
        lowest = max((y for y, *_ in boxes), default=0.0) + metrics.height() / 2
        for y, words, token in boxes:
            y = max(y - max(lowest - area.bottom(), 0.0), area.top() + metrics.height() / 2)
            width = metrics.horizontalAdvance(words) + look.px(4)
            box = QRectF(right + look.px(_GAP), y - metrics.height() / 2, width, metrics.height())
            if any(box.intersects(reference) for reference in references):  # then behind the words, at the edge
                box.moveLeft(area.right() + look.px(_GAP))
            found.append((box, words, token))
        return found

    def _reserve_room(self) -> None:
        """Right of the curves as much as the words at their ends take, so that they never lie on a curve."""
        look = theme.current()
        metrics = QFontMetricsF(look.font(11, 600))
        ends = tr("train {loss}", loss="00.00"), tr("val {loss}", loss="00.00")
        widest = max(map(metrics.horizontalAdvance, ends))
        self.room_right = (widest / look.scale + _GAP + 8) if self.shown is not None else 16.0

    def _paint_dot(self, painter: QPainter, area: QRectF, point: QPointF) -> None:
        if area.adjusted(-2, -2, 2, 2).contains(point):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().color("accent.line"))
            painter.drawEllipse(point, theme.current().px(3.5), theme.current().px(3.5))


def _apart(labels: list[tuple[float, str, str]], height: float) -> list[tuple[float, str, str]]:
    """Labels at least `height` apart, pushed away from their common middle."""
    labels = sorted(labels)
    for index in range(1, len(labels)):
        lack = height - (labels[index][0] - labels[index - 1][0])
        if lack > 0:
            labels[index - 1] = (labels[index - 1][0] - lack / 2, *labels[index - 1][1:])
            labels[index] = (labels[index][0] + lack / 2, *labels[index][1:])
    return labels
