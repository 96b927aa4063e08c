"""What stands behind a line under which others are folded: how many, and whether passes are held in them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from engine.shared.language import trn
from visualizer.backprop.program import zoom
from visualizer.look import theme

_GAP, _INSIDE, _DOT = 8, 6, 12  # pixels before it, at both its ends, for the sign of a breakpoint


def words(n: int) -> str:
    """Of so many lines."""
    return f"⋯ {trn('{n} line', '{n} lines', n)}"


def width(text: str) -> float:
    """Pixels that it takes behind the code, 0 without words."""
    look = theme.current()
    if not text:
        return 0
    return QFontMetricsF(zoom.mono(10)).horizontalAdvance(text) + look.px(_GAP + 2 * _INSIDE + _DOT)


def paint(painter: QPainter, text: str, row: QRectF, code_end: float, *, has_breakpoint: bool, is_marked: bool) -> None:
    """Behind the code of a row. `is_marked`: what is selected, or under the pointer, was made in what it hides."""
    look = theme.current()
    room = QFontMetricsF(zoom.mono(10)).horizontalAdvance(text) + look.px(2 * _INSIDE)
    room += look.px(_DOT) if has_breakpoint else 0
    box = QRectF(code_end + look.px(_GAP), row.top() + 1, room, row.height() - 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("accent.line" if is_marked else "line.default"), 1))
    painter.setBrush(look.color("accent.tint" if is_marked else "bg.raised"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(4), look.px(4))
    painter.setFont(zoom.mono(10))
    painter.setPen(look.color("text.primary" if is_marked else "text.secondary"))
    painter.drawText(box.adjusted(look.px(_INSIDE), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
    if has_breakpoint:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("error.text"))
        painter.drawEllipse(QPointF(box.right() - look.px(_DOT), box.center().y()), look.px(3.5), look.px(3.5))
    painter.restore()
