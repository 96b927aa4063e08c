"""The numbers at the cursor: a box with a row for each run, and a dot on each curve."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from engine.shared.language import tr
from engine.shared.local_numbers import plain, short_count
from visualizer.look import theme
from visualizer.look.elision import elided
from visualizer.look.paragraph import broken
from visualizer.pretraining import formatting
from visualizer.pretraining.curves import Curves
from visualizer.pretraining.plots import change_marks
from visualizer.pretraining.plots.frame import Frame
from visualizer.pretraining.plots.shown import Shown
from visualizer.pretraining.plots.strokes import draw_marker

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SURE_NAME, _LEAST_NAME = (
    150,
    32,
)  # pixels at 100 %: what a name has wherever the box fits, and what is no name any more
_SHARE_OF_NAMES = 1 / 2  # of a plot's width: a box grows to it for the sake of names, and no further
_SHARE_OF_WORDS = 1 / 3  # of a plot's width: a box grows to it for the sake of words, and no further
_STRIP_MARK, _STRIP_GAP = 9, 10  # pixels at 100 %
_MOST_COVERED = 1 / 4  # of a plot, by a box: the numbers of one that is smaller stand in lines along its edge


@dataclass(frozen=True)
class Row:
    """Words at the left, numbers at the right; a mark before them where `color` is a token. Of one that `is_words` the
    right is words, too, which have as many lines as they need."""

    label: str
    values: tuple[str, ...]
    color: str = ""
    shape: int = -1
    is_words: bool = False


def loss_rows(shown: Shown, x: float) -> list[Row]:
    """Every number of the shown run's record at a place on the axis; of several runs a line each."""
    run, index = shown.run, shown.index_at(shown.run, x)
    if index < 0:
        return []
    rows = [
        Row(tr("step"), (formatting.count(run.step[index]),)),
        Row(tr("tokens"), (short_count(run.tokens[index]) if shown.overlays else formatting.count(run.tokens[index]),)),
        Row(tr("trained"), (formatting.duration(run.hours[index] * 3600),)),
    ]
    changed = [Row(label, (words,), is_words=True) for label, words in change_marks.rows(run, float(run.step[index]))]
    if not shown.overlays:
        return rows + _own_rows(shown, index, x) + changed
    smoothed = (tr("smoothed"),) if shown.weight > 0 else ()
    columns = (tr("loss"), *smoothed, tr("val"))
    return [*rows, Row("", columns), *(_row(shown, *each, x) for each in shown.runs), *changed]


def brief_rows(shown: Shown, x: float) -> list[Row]:
    """The same for a plot that is too small for them: of each run what is drawn in front."""
    run, index = shown.run, shown.index_at(shown.run, x)
    if index < 0:
        return []
    place = 1 if shown.weight > 0 else 0
    rows = [_row(shown, *each, x) for each in shown.runs]
    head = Row(
        tr("step {step}", step=formatting.count(run.step[index])),
        (tr("smoothed") if shown.weight > 0 else tr("loss"),),
    )
    return [head, *(Row(row.label, (row.values[place],), row.color, row.shape) for row in rows)]


def _own_rows(shown: Shown, index: int, x: float) -> list[Row]:
    run = shown.run
    rows = [Row(tr("loss"), (formatting.exact_loss(run.loss[index]),))]
    smoothed = shown.smoothed(run).values[index]
    if shown.weight > 0 and math.isfinite(smoothed):
        rows.append(Row(tr("smoothed {weight}", weight=plain(shown.weight)), (formatting.exact_loss(smoothed),)))
    step, loss = shown.validation_at(run, x)
    if math.isfinite(step):
        rows.append(Row(tr("val at {step}", step=formatting.count(step)), (formatting.exact_loss(loss),)))
    return rows


def _row(shown: Shown, run: Curves, color: str, shape: int, x: float) -> Row:
    index, (step, validation) = shown.index_at(run, x), shown.validation_at(run, x)
    if index < 0:
        return Row(run.name, ("–",) * (3 if shown.weight > 0 else 2), color, shape)
    values = [formatting.exact_loss(run.loss[index])]
    if shown.weight > 0:
        values.append(formatting.exact_loss(shown.smoothed(run).values[index]))
    values.append(formatting.exact_loss(validation) if math.isfinite(step) else "–")
    return Row(run.name, tuple(values), color, shape)


def paint_box(painter: QPainter, area: QRectF, x: float, rows: Sequence[Row], size: float = 11) -> bool:
    """The rows in a box beside a vertical line at `x` pixels, on the side that has room; whether there is any that
    leaves the curves to be seen."""
    if not rows:
        return True
    look = theme.current()
    painter.setFont(look.mono(size))
    metrics = QFontMetricsF(painter.font())
    pad, gap, line = look.px(8), look.px(12), metrics.height() + look.px(2)
    mark = look.px(14) if any(row.color for row in rows) else 0
    numbered, worded = [row for row in rows if not row.is_words], [row for row in rows if row.is_words]
    value = max((metrics.horizontalAdvance(text) for row in numbered for text in row.values), default=0)
    values = max((len(row.values) for row in numbered), default=0) * (gap + value)
    least = min(_widest(metrics, rows), look.px(_LEAST_NAME))
    others = 2 * pad + mark + values
    room = min(max(area.width() * _SHARE_OF_NAMES - others, look.px(_SURE_NAME)), area.right() - others)
    if room < least:
        return False
    rows = [replace(row, label=elided(metrics, row.label, int(room), Qt.TextElideMode.ElideMiddle)) for row in rows]
    numbered, worded = [row for row in rows if not row.is_words], [row for row in rows if row.is_words]
    inner = mark + _widest(metrics, numbered) + values
    before = gap + max((metrics.horizontalAdvance(row.label) for row in worded), default=0)  # their words
    rows, widest = _with_words(rows, painter.font(), max(inner, area.width() * _SHARE_OF_WORDS - 2 * pad) - before)
    width = max(inner, before + widest if worded else 0) + 2 * pad
    height = line * len(rows) + 2 * pad - look.px(2)
    if width > area.right() or height > area.bottom() or width * height > _MOST_COVERED * area.width() * area.height():
        return False
    left = x + look.px(12) if x + look.px(12) + width < area.right() else x - look.px(12) - width
    box = QRectF(max(left, 0), min(area.top() + look.px(12), max(area.bottom() - height, 0)), width, height)
    painter.setPen(QPen(look.color("line.default"), 1))
    painter.setBrush(look.color("bg.panel"))
    painter.drawRoundedRect(box, look.px(6), look.px(6))
    for number, row in enumerate(rows):
        place = QRectF(box.left() + pad, box.top() + pad + number * line, width - 2 * pad, metrics.height())
        if row.color:
            at = QPointF(place.left() + look.px(5), place.center().y())
            draw_marker(painter, row.shape, at, look.px(3.5), look.color(row.color))
        painter.setPen(look.color("text.muted"))
        painter.drawText(place.adjusted(mark if row.color else 0, 0, 0, 0), _LEFT, row.label)
        painter.setPen(look.color("text.primary" if row.label or row.color or row.is_words else "text.muted"))
        for column, text in enumerate(reversed(row.values)):
            painter.drawText(place.adjusted(0, 0, -column * (gap + value), 0), _RIGHT, text)
    return True


def paint_strip(
    painter: QPainter, area: QRectF, rows: Sequence[Row], size: float = 10, *, is_at_foot: bool = False
) -> QRectF:
    """The numbers of the rows beside each other along the upper edge of a plot that is too small for a box, or along
    its foot, in as many lines as they need, and no words of a change; a run's mark says which. Where they stand."""
    look = theme.current()
    painter.setFont(look.mono(size))
    metrics = QFontMetricsF(painter.font())
    pad, line = look.px(4), metrics.height()
    placed, width = _in_lines(metrics, rows, area.width() - 2 * pad)
    box = QRectF(area.left(), area.top(), width + 2 * pad, line * (placed[-1][1] + 1 if placed else 0) + pad)
    if is_at_foot:
        box.moveBottom(area.bottom())
    painter.setPen(QPen(look.color("line.default"), 1))
    painter.setBrush(look.color("bg.panel"))
    painter.drawRoundedRect(box, pad, pad)
    for x, number, row, words in placed:
        place = QRectF(box.left() + pad + x, box.top() + pad / 2 + number * line, width, line)
        if row.color:
            at = QPointF(place.left() + look.px(3), place.center().y())
            draw_marker(painter, row.shape, at, look.px(3), look.color(row.color))
            place.translate(look.px(_STRIP_MARK), 0)
        painter.setPen(look.color("text.primary"))
        painter.drawText(place, _LEFT, words)
    return box


def _in_lines(
    metrics: QFontMetricsF, rows: Sequence[Row], room: float
) -> tuple[list[tuple[float, int, Row, str]], float]:
    """Of each row that is numbers its place in a line of `room` pixels, the line, and what it says; the widest line."""
    look, x, number, widest = theme.current(), 0.0, 0, 0.0
    found: list[tuple[float, int, Row, str]] = []
    for row in rows:
        if row.is_words:
            continue
        words = " ".join(filter(None, (() if row.color else (row.label,)) + row.values))
        wide = metrics.horizontalAdvance(words) + (look.px(_STRIP_MARK) if row.color else 0)
        if x > 0 and x + wide > room:
            x, number = 0.0, number + 1
        found.append((x, number, row, words))
        widest = max(widest, x + wide)
        x += wide + look.px(_STRIP_GAP)
    return found, widest


def _widest(metrics: QFontMetricsF, rows: Sequence[Row]) -> float:
    return max((metrics.horizontalAdvance(row.label) for row in rows), default=0.0)


def _with_words(rows: Sequence[Row], font: QFont, room: float) -> tuple[list[Row], float]:
    """The rows with a row for each line of words in `room` pixels, and the widest of these lines."""
    made, widest = [], 0.0
    for row in rows:
        if not row.is_words:
            made.append(row)
            continue
        lines = [line.strip() for line in broken(row.values[0], font, room)]
        made += [replace(row, label="" if number else row.label, values=(line,)) for number, line in enumerate(lines)]
        widest = max(widest, *map(QFontMetricsF(font).horizontalAdvance, lines))
    return made, widest


def paint_dots(painter: QPainter, frame: Frame, shown: Shown, column: str, x: float, *, is_smoothed: bool) -> None:
    """A mark on every curve at a place on the axis."""
    look = theme.current()
    for run, color, shape in shown.runs:
        index = shown.index_at(run, x)
        if index < 0:
            continue
        values = shown.smoothed(run, column).values if is_smoothed else getattr(run, column)
        value = float(values[index])
        if math.isfinite(value) and (value > 0 or not frame.is_log_y):
            at = frame.point(float(run.x(shown.unit)[index]), value)
            if frame.area.adjusted(-2, -2, 2, 2).contains(at):
                draw_marker(painter, shape, at, look.px(3), look.color(color))
