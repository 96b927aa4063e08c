"""Paints the rows of the outline: stripe, title and muted words; numbers right aligned, gradients with a bar."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from engine.shared.language import grouped
from visualizer.backprop.outline.columns import COLUMNS, NAME
from visualizer.backprop.outline.table import RowFacts
from visualizer.backprop.outline.tree_model import Index, OutlineModel
from visualizer.backprop.outline.words import title
from visualizer.look import theme
from visualizer.look.elision import elided
from visualizer.look.measured import measured
from visualizer.look.painting import guarded

_PADDING = 6  # px beside the text of a cell
_STRIPE, _AFTER_STRIPE = 3, 9  # px
_DOT = 6  # px of a mark
_DECADES = 8  # of gradient norms that a bar's length shows, up to the largest
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class OutlineDelegate(QStyledItemDelegate):
    """For a view over an OutlineModel, whose current row is the one selected."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.current().px(40), row_height())

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, look, rect = index.model(), theme.current(), option.rect
        assert isinstance(model, OutlineModel)
        painter.save()
        current = self._view.currentIndex()
        if current.isValid() and current.internalId() == index.internalId():
            painter.fillRect(rect, look.color("accent.tint"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.color("bg.raised"))
        if index.column() == NAME:
            _paint_name(painter, rect, model, index.internalId())
        else:
            _paint_number(painter, rect, model, index)
        painter.restore()


def row_height() -> int:
    """24 at 100 %, and never less than a line of text needs."""
    look = theme.current()
    return max(measured(11, mono=True).height + look.px(6), look.px(24))


def _paint_name(painter: QPainter, rect: QRect, model: OutlineModel, row: int) -> None:
    look, outline = theme.current(), model.outline
    assert outline is not None
    node = outline.node(row)
    name, words = title(outline, row, is_flat=model.is_flat)
    inner = rect.adjusted(look.px(2), 0, -look.px(_PADDING), 0)
    n_found = model.found.count(row) if model.found is not None else 0
    if n_found:
        inner.setRight(_paint_found(painter, inner, n_found if node is None else 0))
    if node is not None:
        stripe = QRect(inner.left(), rect.top() + look.px(5), look.px(_STRIPE), rect.height() - look.px(10))
        painter.fillRect(stripe, look.color(f"cat.{node.category}"))
        inner.setLeft(inner.left() + look.px(_AFTER_STRIPE))
    face = measured(12, 400 if node is not None else 500)
    painter.setFont(face.font)
    painter.setPen(look.color("text.primary"))
    text = elided(face, name, inner.width())
    painter.drawText(inner, _LEFT, text)
    inner.setLeft(inner.left() + face.horizontalAdvance(text) + look.px(_PADDING))
    if words and inner.width() > look.px(24):
        face = measured(11, mono=node is not None)
        painter.setFont(face.font)
        painter.setPen(look.color("text.muted"))
        painter.drawText(inner, _LEFT, elided(face, words, inner.width()))


def _paint_found(painter: QPainter, inner: QRect, n_found: int) -> int:
    """A blue dot, before it how many were found in a branch; gives back where the words have to end."""
    look, size = theme.current(), theme.current().px(_DOT)
    dot = QRect(inner.right() - size, inner.center().y() - size // 2 + 1, size, size)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("accent.line"))
    painter.drawEllipse(dot)
    if not n_found:
        return dot.left() - look.px(_PADDING)
    text = grouped(n_found)
    face = measured(10.5, mono=True)
    painter.setFont(face.font)
    painter.setPen(look.color("accent.text"))
    place = QRect(inner.left(), inner.top(), dot.left() - look.px(3) - inner.left(), inner.height())
    painter.drawText(place, _RIGHT, text)
    return place.right() - face.horizontalAdvance(text) - look.px(_PADDING)


def _paint_number(painter: QPainter, rect: QRect, model: OutlineModel, index: Index) -> None:
    look, column, facts = theme.current(), COLUMNS[index.column()], model.facts(index.internalId())
    inner = rect.adjusted(look.px(_PADDING), 0, -look.px(_PADDING), 0)
    if column.name == "norm":
        _paint_bar(painter, inner, facts.norm, model.largest_norm)
    number = model.number(index)
    text, is_number = number or model.why_not(index), bool(number)
    face = measured(11, mono=is_number)
    painter.setFont(face.font)
    painter.setPen(look.color(_ink(column.name, facts) if is_number else "text.muted"))
    painter.drawText(inner, _RIGHT, elided(face, text, inner.width()))


def _paint_bar(painter: QPainter, inner: QRect, norm: float | None, largest: float) -> None:
    """As long as the norm has decades below the largest: what vanishes has none."""
    if not norm or not math.isfinite(norm) or not largest:
        return
    look = theme.current()
    share = min(max(1 + math.log10(norm / largest) / _DECADES, 0.0), 1.0)
    length = max(round(share * inner.width()), look.px(1))
    bar = QRect(inner.right() - length + 1, inner.bottom() - look.px(3), length, look.px(2))
    painter.fillRect(bar, look.color("flow.trail"))


def _ink(name: str, facts: RowFacts) -> str:
    if name == "norm":
        return "flow.text" if facts.norm is not None and math.isfinite(facts.norm) else "nan"
    if name == "range" and (facts.n_nan or facts.n_inf):
        return "nan" if facts.n_nan else "inf"
    return "text.secondary" if facts.n_read == facts.n_values or name in ("nodes", "parameters") else "text.muted"
