"""What the colours, outlines, signs and lines of the canvas mean. A click on its head folds it, the cross closes it."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QAccessible, QBrush, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from engine.shared.backward_model import CURRENT, DONE, FAILED, NOT_NEEDED, NOT_REACHED, READY, WAITING
from engine.shared.language import mark, tr
from visualizer.backprop.graph import legend_colors
from visualizer.backprop.graph.card_box import ghost_outline
from visualizer.backprop.graph.color_by import CATEGORY, CHOICES, Choice, Coloring
from visualizer.backprop.graph.edges import edge_pen
from visualizer.backprop.graph.glyphs import draw_check, draw_chevron, draw_play
from visualizer.backprop.graph.states import ARRIVING, IDLE, NO_GRADIENT, PASSED
from visualizer.backprop.graph.way import AFTER, BEFORE
from visualizer.backprop.graph.way_artist import way_pen
from visualizer.look import theme
from visualizer.look.accessible_parts import tell_changed
from visualizer.look.elision import elided
from visualizer.look.listed import Listed
from visualizer.look.painting import guarded
from visualizer.look.spoken import say_again, speak

_GHOST = -1  # no state of a pass
_CARD_ROWS = (
    (DONE, mark("done")),
    (CURRENT, mark("current")),
    (READY, mark("ready, in queue")),
    (WAITING, mark("1 of 2 arrived")),
    (NOT_REACHED, mark("not reached")),
    (NOT_NEEDED, mark("not needed")),
    (FAILED, mark("error")),
    (_GHOST, mark("behind a cut")),
)
_LINE_ROWS = (
    (ARRIVING, mark("arriving now")),
    (PASSED, mark("has passed")),
    (IDLE, mark("not yet")),
    (NO_GRADIENT, mark("no gradient")),
)
_WAY_ROWS = ((BEFORE, mark("comes this way")), (AFTER, mark("goes on this way")))
_ROWS: tuple[tuple[int, str], ...] = (*_CARD_ROWS, *_LINE_ROWS, *_WAY_ROWS)
_ROW, _HEAD, _SWATCH = 20.0, 28.0, QRectF(0, 0, 22, 15)
_WORDS, _END = 44.0, 8.0  # where the words of a row begin, and what is behind them
_APART = 4.0  # between cards, lines and ways
_CROSS = 24.0  # the width at the right end of the head that closes it


class Legend(QWidget):
    """Says what the person chose: `folded(is_open)` and `closed()`."""

    accessible_role = QAccessible.Role.Grouping
    accessible_parts: Listed | None = None  # until it is made

    folded = Signal(bool)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("graph_legend")
        speak(self.setAccessibleName, "Legend")
        speak(self.setToolTip, "Enter folds and opens it, Delete closes it; View, Legend brings it back")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.is_open = True
        self.is_strip = False
        self._choice = CHOICES[CATEGORY]
        self._coloring: Coloring | None = None
        self.accessible_parts = Listed(self._n_parts, self._words_of, self._rect_of)
        say_again(self, self._describe)

    def set_open(self, is_open: bool) -> None:
        """Show all rows, or the head alone; of the colours a scale stays."""
        if is_open != self.is_open:
            self.is_open = is_open
            tell_changed(self)
            self.update()

    def set_strip(self, is_strip: bool) -> None:
        """The scale of the colours in one line, for a canvas that has no room for more."""
        if is_strip != self.is_strip:
            self.is_strip = is_strip
            tell_changed(self)
            self.update()

    @property
    def has_scale(self) -> bool:
        """Whether the colours are those of a scale."""
        return self._coloring is not None

    def set_coloring(self, choice: Choice, coloring: Coloring | None) -> None:
        """What the colours of cards stand for; without a scale, categories."""
        self._choice, self._coloring = choice, coloring
        self._describe()
        self.update()

    def _describe(self) -> None:
        colors = legend_colors.words(self._choice, self._coloring)
        self.setAccessibleDescription(", ".join((colors, *(tr(words) for _what, words in _ROWS))))

    def _n_parts(self) -> int:
        """Of colours, and of rows where they are drawn."""
        has_colors = self.is_open or self.is_strip or self._coloring is not None
        return int(has_colors) + len(_ROWS) * (self.is_open and not self.is_strip)

    def _words_of(self, part: int) -> str:
        return tr(_ROWS[part - 1][1]) if part else legend_colors.words(self._choice, self._coloring)

    def _rect_of(self, part: int) -> QRect:
        look, colors = theme.current(), legend_colors.height(self._coloring)
        if self.is_strip:
            return self.rect()
        if part == 0:
            return QRect(0, look.px(_HEAD), self.width(), look.px(colors))
        ways = sum(part > end for end in (len(_CARD_ROWS), len(_CARD_ROWS) + len(_LINE_ROWS)))
        top = _HEAD + colors + (part - 1) * _ROW + ways * _APART
        return QRect(0, look.px(top), self.width(), look.px(_ROW))

    def sizeHint(self) -> QSize:
        look = theme.current()
        if self.is_strip:
            return QSize(look.px(legend_colors.WIDTH), look.px(_HEAD))
        if not self.is_open and self._coloring is None:
            words = QFontMetricsF(look.font(11)).horizontalAdvance(tr("Legend"))
            return QSize(round(words) + look.px(66), look.px(_HEAD))
        rows = len(_ROWS) * _ROW + 2 * _APART + 8 if self.is_open else 0
        return QSize(look.px(self._width()), look.px(_HEAD + legend_colors.height(self._coloring) + rows))

    def _width(self) -> float:
        """As the words in the language in use need, at 100 %: no more than the canvas can spare."""
        look = theme.current()
        metrics = QFontMetricsF(look.font(11))
        rows = (tr(words) for _what, words in _ROWS)
        widest = max(map(metrics.horizontalAdvance, rows)) / look.scale if self.is_open else 0.0
        colors = legend_colors.width() if self._coloring is None else 0.0
        return min(max(legend_colors.WIDTH, _WORDS + widest + _END, colors), legend_colors.WIDEST)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().y() > theme.current().px(_HEAD):
            return
        if self.is_strip:
            self.folded.emit(True)
        elif event.position().x() >= self.width() - theme.current().px(_CROSS):
            self.closed.emit()
        else:
            self.folded.emit(not self.is_open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space):
            self.folded.emit(not self.is_open or self.is_strip)
        elif event.key() == Qt.Key.Key_Delete:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("line.subtle"), 1))
        painter.setBrush(look.color("bg.panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self.is_strip and self._coloring is not None:
            room = QSizeF(self.size()) / look.scale
            legend_colors.draw_line(painter, room.height(), room.width(), self._choice, self._coloring)
            painter.end()
            return
        painter.setFont(look.font(11, 500))
        painter.setPen(look.color("text.secondary"))
        head = QRectF(look.px(12), 0, self.width(), look.px(_HEAD))
        painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), tr("Legend"))
        middle = QPointF(self.width() - look.px(_CROSS + 10), look.px(_HEAD) / 2)
        draw_chevron(painter, middle, look.color("text.muted"), down=not self.is_open)
        self._draw_cross(painter, QPointF(self.width() - look.px(_CROSS / 2 + 2), middle.y()))
        if self.is_open or self._coloring is not None:
            legend_colors.draw(painter, _HEAD, self.width() / look.scale, self._choice, self._coloring)
        if self.is_open:
            self._draw_rows(painter)
        painter.end()

    def _draw_cross(self, painter: QPainter, middle: QPointF) -> None:
        arm = theme.current().px(3.5)
        painter.setPen(QPen(theme.current().color("text.muted"), 1.2 * theme.current().scale))
        painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm))
        painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm))

    def _draw_rows(self, painter: QPainter) -> None:
        look = theme.current()
        y = _HEAD + legend_colors.height(self._coloring)
        for rows, draw in ((_CARD_ROWS, draw_swatch), (_LINE_ROWS, _draw_link), (_WAY_ROWS, _draw_way)):
            for what, words in rows:
                painter.save()
                painter.scale(look.scale, look.scale)
                painter.translate(12, y + (_ROW - _SWATCH.height()) / 2)
                draw(painter, what)
                painter.restore()
                painter.setFont(look.font(11))
                painter.setPen(look.color("text.secondary"))
                line = QRectF(look.px(_WORDS), y * look.scale, self.width() - look.px(_WORDS), _ROW * look.scale)
                told = elided(QFontMetricsF(painter.font()), tr(words), line.width())
                painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), told)
                y += _ROW
            y += _APART


def draw_swatch(painter: QPainter, state: int) -> None:
    """A card in miniature, 22 × 15, in one state."""
    color = theme.current().color
    outline, fill = QPen(color("line.default"), 1), QBrush(color("bg.raised"))
    if state == CURRENT:
        outline, fill = QPen(color("flow.line"), 1.75), QBrush(color("flow.card"))
    elif state == READY:
        outline = QPen(color("state.ready"), 1.25)
        outline.setDashPattern([2.4, 1.8])
    elif state == WAITING:
        outline = QPen(color("state.waiting"), 1.25)
    elif state == NOT_REACHED:
        outline = QPen(color("line.control"), 1)
        outline.setDashPattern([2.0, 2.0])
    elif state == NOT_NEEDED:
        fill = QBrush(color("bg.canvas"))
    elif state == _GHOST:
        outline, fill = ghost_outline()
    elif state == FAILED:
        outline, fill = QPen(color("error.text"), 1.75), QBrush(color("error.tint"))
    painter.setPen(outline)
    painter.setBrush(fill)
    painter.drawRoundedRect(_SWATCH.adjusted(0.75, 0.75, -0.75, -0.75), 3, 3)
    middle = _SWATCH.center()
    if state == DONE:
        painter.translate(middle)
        painter.scale(0.8, 0.8)
        draw_check(painter, QPointF(0, 0), color("state.done"))
    elif state == CURRENT:
        painter.translate(middle)
        painter.scale(0.6, 0.6)
        draw_play(painter, QPointF(0, 0), color("flow.line"))
    elif state == WAITING:
        face = theme.current().font(8, 600)
        face.setPixelSize(9)
        painter.setFont(face)
        painter.drawText(_SWATCH, int(Qt.AlignmentFlag.AlignCenter), "1/2")
    elif state == FAILED:
        painter.drawLine(QLineF(middle.x(), middle.y() - 3.5, middle.x(), middle.y() + 1))
        painter.drawLine(QLineF(middle.x(), middle.y() + 3, middle.x(), middle.y() + 3.6))


def _draw_link(painter: QPainter, state: int) -> None:
    _draw_line(painter, edge_pen(state), 0.0 if state == NO_GRADIENT else 4.0 if state == ARRIVING else 3.0)


def _draw_way(painter: QPainter, side: int) -> None:
    _draw_line(painter, way_pen(side, 0), 4.0)


def _draw_line(painter: QPainter, pen: QPen, half: float) -> None:
    """`half` of its arrow head's height, 0 without one."""
    painter.setPen(pen)
    y, right = _SWATCH.center().y(), _SWATCH.right()
    painter.drawLine(QLineF(0, y, right - (6 if half else 0), y))
    if half:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        painter.drawPolygon([QPointF(right, y), QPointF(right - 7, y - half), QPointF(right - 7, y + half)])
