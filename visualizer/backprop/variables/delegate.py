"""Paints the cells of the variables table: stripes, thumbnails, numbers."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from engine.protocol.program_values import Variable
from engine.protocol.tensor_values import TensorSummary
from engine.shared.output_names import in_function
from visualizer.backprop.variables.table_model import COLUMNS, Index, VariablesModel, VariablesProxy
from visualizer.look import icons, theme, thumbnail
from visualizer.look.elision import elided
from visualizer.look.painting import guarded

CELL_PADDING = 5  # px left and right of a cell
NAME_INDENT = 22  # px; the stripe stands in it
_STRIPE_LEFT = 12  # px
_SIGN = 12  # px
_DEEPER = 14  # px, of a part
_MAX_TEXT = {"name": 96, "shape": 94, "range": 170}  # px; longer texts end in "…", the tool tip has all of it
_MAX_OTHER_TEXT = 240
_MAX_IN_FUNCTION = 150  # of a name with that of its function
_PLACE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class VariablesDelegate(QStyledItemDelegate):
    """For a view over a VariablesProxy over a VariablesModel."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look, name = theme.current(), COLUMNS[index.column()].name
        variable: Variable = index.data(Qt.ItemDataRole.UserRole)
        text = QFontMetrics(_font(name, variable)).horizontalAdvance(index.data() or "")
        most = _MAX_TEXT.get(name, _MAX_OTHER_TEXT)
        if name == "name" and in_function(variable.name)[0]:
            most = _MAX_IN_FUNCTION
        width = min(text, look.px(most)) + 2 * look.px(CELL_PADDING) + 1
        if name == "name":
            width += name_indent(variable) - look.px(CELL_PADDING)
        elif name == "value":
            width = thumbnail_size(variable.summary).width() + 2 * look.px(CELL_PADDING)
        elif name == "grad" and variable.grad is not None:
            width += thumbnail_size(variable.grad).width() + look.px(6)
        return QSize(width, row_height())

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, name = theme.current(), COLUMNS[index.column()].name
        variable: Variable = index.data(Qt.ItemDataRole.UserRole)
        rect = option.rect
        painter.save()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected:
            painter.fillRect(rect, look.color("accent.tint"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.color("bg.raised"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("line.subtle"))
        inner = rect.adjusted(look.px(CELL_PADDING), 0, -look.px(CELL_PADDING) + 1, -1)
        if name == "name":
            inner = self._paint_stripe(painter, rect, index, variable)
        elif name == "value" and variable.summary is not None:
            _paint_thumbnail(painter, inner, variable.summary, "value")
        elif name == "grad" and variable.grad is not None:
            inner.setLeft(_paint_thumbnail(painter, inner, variable.grad, "gradient"))
        painter.setFont(_font(name, variable))
        painter.setPen(look.color(_ink(name, variable, is_selected)))
        function, own = in_function(variable.name) if name == "name" else ("", "")
        text = elided(painter.fontMetrics(), own if function else index.data() or "", inner.width())
        painter.drawText(inner, _PLACE, text)
        if function:
            inner.setLeft(inner.left() + painter.fontMetrics().horizontalAdvance(f"{text}  "))
            painter.setPen(look.color("text.secondary"))
            painter.setFont(look.mono(11))
            painter.drawText(inner, _PLACE, elided(painter.fontMetrics(), function, inner.width()))
        painter.restore()

    def _paint_stripe(self, painter: QPainter, rect: QRect, index: Index, variable: Variable) -> QRect:
        look = theme.current()
        proxy = index.model()
        assert isinstance(proxy, VariablesProxy)
        model = proxy.sourceModel()
        assert isinstance(model, VariablesModel)
        indent = name_indent(variable)
        left = rect.left() + indent - look.px(NAME_INDENT - _STRIPE_LEFT)
        stripe = QRectF(left, rect.top() + look.px(6), look.px(3), rect.height() - look.px(12))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if variable.inside:
            is_unfolded, side = model.is_unfolded(variable.name), look.px(_SIGN)
            sign = icons.icon("chevron-down" if is_unfolded else "chevron-right").pixmap(side, side)
            painter.drawPixmap(left - side, rect.center().y() - side // 2, sign)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(model.token(variable)))
        painter.drawRoundedRect(stripe, look.px(1.5), look.px(1.5))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        return rect.adjusted(indent, 0, -look.px(2), -1)


def name_indent(variable: Variable) -> int:
    """px, of its name: the sign by which it is unfolded and its stripe stand there, and parts further in."""
    return theme.current().px(NAME_INDENT + _DEEPER * variable.depth)


def row_height() -> int:
    """28 at 100 %, and never less than a line of text and a thumbnail need."""
    look = theme.current()
    return max(QFontMetrics(look.mono(12)).height() + look.px(8), look.px(28))


def thumbnail_size(summary: TensorSummary | None) -> QSize:
    """34 × 18 at 100 %, 34 × 12 of a single row, nothing of a scalar."""
    look = theme.current()
    if summary is None or summary.thumbnail is None:
        return QSize(0, 0)
    return QSize(look.px(34), look.px(12 if summary.thumbnail.rows == 1 else 18))


def _paint_thumbnail(painter: QPainter, inner: QRect, summary: TensorSummary, kind: str) -> int:
    """Where what stands beside it begins."""
    size = thumbnail_size(summary)
    if size.isEmpty():
        return inner.left()
    top = inner.top() + (inner.height() - size.height()) // 2
    thumbnail.paint(painter, QRectF(inner.left(), top, size.width(), size.height()), summary, kind)
    return inner.left() + size.width() + theme.current().px(6)


def _font(name: str, variable: Variable) -> QFont:
    look = theme.current()
    if name == "name":
        return look.mono(12, 500)
    return look.font(11) if name == "grad" and variable.grad is None else look.mono(11)


def _ink(name: str, variable: Variable, is_selected: bool) -> str:
    if name == "name" or (name == "grad" and variable.grad is not None):
        return "text.primary"
    if name == "grad" and not is_selected:
        return "text.muted"
    return "text.secondary"
