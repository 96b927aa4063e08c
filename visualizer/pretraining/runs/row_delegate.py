"""How a run looks in the list: its box, name, words, a small curve and the validation loss."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from visualizer.look import theme
from visualizer.look.elision import elided
from visualizer.look.painting import guarded
from visualizer.pretraining.curves import color_of, is_filled
from visualizer.pretraining.run_view import WENT_WRONG, RunRow
from visualizer.pretraining.runs.row_losses import row_losses

Index: TypeAlias = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole  # of the model, for its RunRow
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ONE_LINE = 140  # pixels at 100 %: a row with less has its number beside the words, not beside the name


def box_of(row: QRect) -> QRectF:
    """The box of a row that lays its run over the plots."""
    size = theme.current().px(12)
    return QRectF(row.left() + theme.current().px(12), row.center().y() - size / 2 + 0.5, size, size)


class RunDelegate(QStyledItemDelegate):
    """Paints the RunRow of an index."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(1, self.row_height())  # as wide as the list is: a name is shortened, and nothing scrolls sideways

    @staticmethod
    def row_height() -> int:
        """Of every row, in pixels."""
        look = theme.current()
        lines = QFontMetrics(look.font(12, 600)).height() + QFontMetrics(look.font(11)).height()
        return lines + look.px(14)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, row = theme.current(), index.data(ROW)
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, look.color("accent.tint" if is_selected else "bg.raised" if is_hovered else "bg.panel"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("line.subtle"))
        self._paint_box(painter, box_of(rect), row, is_selected)
        right = rect.right() - look.px(12)
        best, newest = row_losses(row)
        width = max(
            QFontMetrics(font).horizontalAdvance(text)
            for font, text in ((look.mono(12, 500), best), (look.mono(12, 500), "10.82"), (look.font(11), newest))
        )
        left = rect.left() + look.px(34)
        if right - left < look.px(_ONE_LINE):  # the name has a line of its own
            place = self._lines(rect)[1]
            width = QFontMetrics(look.mono(12, 500)).horizontalAdvance(best)
            self._paint_losses(painter, QRect(right - width, place.top(), width, place.height()), row, (best, ""))
            self._paint_words(painter, rect, left, (right - left, right - width - look.px(8) - left), row)
            painter.restore()
            return
        self._paint_losses(painter, QRect(right - width, rect.top(), width, rect.height()), row, (best, newest))
        spark = QRectF(right - width - look.px(12) - look.px(64), rect.top() + look.px(11), look.px(64),
                       rect.height() - look.px(22))  # fmt: skip
        if spark.left() - left < look.px(90):
            spark.setWidth(0)
            spark.moveLeft(right - width)
        else:
            self._paint_spark(painter, spark, row, is_selected)
        self._paint_words(painter, rect, left, (int(spark.left()) - look.px(8) - left,) * 2, row)
        painter.restore()

    def _paint_losses(self, painter: QPainter, area: QRect, row: RunRow, losses: tuple[str, str]) -> None:
        """The best, and below it the newest where that is another."""
        look, (best, newest), (first, second) = theme.current(), losses, self._lines(area)
        painter.setFont(look.mono(12, 500))
        painter.setPen(look.color("text.primary" if row.val_loss is not None else "text.muted"))
        painter.drawText(first if newest else area, _RIGHT, best)
        painter.setFont(look.font(11))
        painter.setPen(look.color("text.muted"))
        painter.drawText(second, _RIGHT, newest)

    def _paint_box(self, painter: QPainter, box: QRectF, row: RunRow, is_selected: bool) -> None:
        look = theme.current()
        is_over, color = row.place >= 0, look.color(_token(row, is_selected, "line.control"))
        is_whole = is_selected or is_filled(row.place)
        if is_whole:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
        else:
            painter.setPen(QPen(color, look.scale * 1.6 if is_over else 1))
            painter.setBrush(look.color("bg.panel"))
        painter.drawRoundedRect(box, look.px(3), look.px(3))
        if is_over and not is_selected:
            painter.setPen(QPen(look.color("bg.panel") if is_whole else color, look.scale * 1.6))
            third = box.width() / 4
            corner = box.bottomLeft() + QPointF(third * 1.7, -third)
            painter.drawPolyline(
                [corner + QPointF(-third * 0.8, -third * 0.8), corner, corner + QPointF(third * 1.5, -third * 1.9)]
            )

    @staticmethod
    def _lines(rect: QRect) -> tuple[QRect, QRect]:
        """Where the name and the words of a row stand."""
        look = theme.current()
        heights = QFontMetrics(look.font(12, 600)).height(), QFontMetrics(look.font(11)).height()
        top = rect.center().y() - sum(heights) // 2
        return (
            QRect(rect.left(), top, rect.width(), heights[0]),
            QRect(rect.left(), top + heights[0], rect.width(), heights[1]),
        )

    def _paint_words(self, painter: QPainter, rect: QRect, left: int, widths: tuple[int, int], row: RunRow) -> None:
        """From `left` on, in as many pixels for the name and for what is said of the run."""
        look, (first, second) = theme.current(), self._lines(rect)
        painter.setFont(look.font(12, 600))
        painter.setPen(look.color("text.primary"))
        name = elided(painter.fontMetrics(), row.name, widths[0], Qt.TextElideMode.ElideMiddle)
        painter.drawText(QRect(left, first.top(), widths[0], first.height()), _LEFT, name)
        painter.setFont(look.font(11))
        painter.setPen(look.color("error.text" if row.state in WENT_WRONG else "text.muted"))
        words = words_within(painter.fontMetrics(), row, widths[1])
        painter.drawText(QRect(left, second.top(), widths[1], second.height()), _LEFT, words)

    def _paint_spark(self, painter: QPainter, area: QRectF, row: RunRow, is_selected: bool) -> None:
        finite = row.spark[np.isfinite(row.spark)]
        if len(finite) < 2:
            return
        low, span = float(finite.min()), float(finite.max() - finite.min()) or 1.0
        look, n = theme.current(), len(row.spark) - 1
        points = [
            QPointF(area.left() + index / n * area.width(), area.bottom() - (value - low) / span * area.height())
            for index, value in enumerate(row.spark.tolist())
            if math.isfinite(value)
        ]
        is_wrong = row.state in WENT_WRONG and not is_selected
        token = "error.text" if is_wrong else _token(row, is_selected, "text.secondary")
        painter.setPen(QPen(look.color(token), 1.3 * look.scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(points)


def words_within(metrics: QFontMetrics, row: RunRow, width: int) -> str:
    """What is said of a run in so many pixels; where a branch comes from whole, in short, or else only in the tip."""
    told = (", ".join(filter(None, (row.words, origin))) for origin in (row.origin, row.short_origin))
    return next((words for words in told if metrics.horizontalAdvance(words) <= width), "") or elided(
        metrics, row.words, width
    )


def _token(row: RunRow, is_selected: bool, otherwise: str) -> str:
    """The colour in which the plots draw a run, or another where they do not."""
    return "accent.line" if is_selected else color_of(row.place) if row.place >= 0 else otherwise
