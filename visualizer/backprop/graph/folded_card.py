"""Draws what a folded module or series says: name, nodes, progress, and the strip of its members' norms."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from engine.shared.backward_model import NOT_NEEDED
from engine.shared.language import grouped, tr, trn
from visualizer.backprop.graph.card_content import CardContent
from visualizer.backprop.graph.card_look import ROW_MIDDLES, CardLook, left_of
from visualizer.backprop.graph.glyphs import LEFT, RIGHT, draw_chevron, elide
from visualizer.backprop.graph.strip import draw_strip


def draw_folded(look: CardLook, painter: QPainter, content: CardContent, width: float) -> None:
    """All but the box of a folded card."""
    left, color = left_of(content), look.color
    painter.setFont(look.title)
    painter.setPen(look.title_color(content))
    line = QRectF(left, ROW_MIDDLES[0] - 12, width - left - 36, 24)
    painter.drawText(line, LEFT, elide(look.metrics(look.title), content.title, line.width()))
    draw_chevron(painter, QPointF(width - 21, ROW_MIDDLES[0]), color("text.secondary"), down=True)
    painter.setFont(look.expression)
    painter.setPen(color("text.secondary"))
    line = QRectF(left, ROW_MIDDLES[1] - 12, width - left - 12, 24)
    painter.drawText(line, LEFT, elide(look.metrics(look.expression), content.subtitle, line.width()))
    done, total = content.progress
    painter.setFont(look.shape)
    painter.setPen(color("text.muted"))
    line = QRectF(left, ROW_MIDDLES[2] - 12, width - left - 14, 24)
    if content.state is None:
        painter.drawText(line, LEFT, trn("{n} node", "{n} nodes", total))
        return
    if content.state == NOT_NEEDED:
        painter.drawText(line, LEFT, tr("not needed"))
        return
    painter.drawText(line, RIGHT, f"{grouped(done)} / {grouped(total)}")
    bar = QRectF(left, ROW_MIDDLES[2] - 2.5, width - left - 112, 5)
    if content.strip:
        draw_strip(painter, content.strip, QRectF(bar.left(), ROW_MIDDLES[2] - 10, bar.width(), 18))
        bar = QRectF(left, ROW_MIDDLES[2] + 11, width - 2 * left, 3)
    draw_progress(look, painter, content.progress, bar)


def draw_progress(look: CardLook, painter: QPainter, progress: tuple[int, int], bar: QRectF) -> None:
    """How many of a fold's nodes have run, of how many."""
    done, total = progress
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color("bg.control"))
    painter.drawRoundedRect(bar, 2.5, 2.5)
    if done:
        part = QRectF(bar.left(), bar.top(), max(bar.width() * done / max(total, 1), 5.0), bar.height())
        painter.setBrush(look.color("flow.line"))
        painter.drawRoundedRect(part, 2.5, 2.5)
