"""The part of the legend that says what colours stand for: the categories, or a scale from low to high."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from engine.shared.language import mark, tr
from visualizer.backprop.graph.color_by import INF, N_STEPS, NAN, NO_VALUE, Choice, Coloring, scale_colors
from visualizer.backprop.graph.glyphs import LEFT, RIGHT
from visualizer.backprop.graph.scene import CATEGORIES
from visualizer.look import theme
from visualizer.look.elision import elided

_NAMES = CATEGORIES[:-1]  # a module has no colour of its own
_ROW, _BAR, _SWATCH = 18.0, 10.0, 8.0
_MARGIN = 12.0
_BETWEEN, _END = 8.0, 8.0  # the two columns of categories, and behind them
_GAP = _SWATCH + 6  # from the left of a swatch to its words
_MARKS = ((NO_VALUE, mark("none")), (NAN, mark("NaN")), (INF, mark("Inf")))
_WORDS = {
    "leaf": mark("leaf"),
    "matmul": mark("matmul"),
    "elementwise": mark("elementwise"),
    "activation": mark("activation"),
    "view": mark("view"),
    "reduction": mark("reduction"),
    "loss": mark("loss"),
    "accumulate": mark("accumulate"),
}
WIDTH, WIDEST = 184.0, 280.0


def height(coloring: Coloring | None) -> float:
    """At 100 %."""
    return _ROW * (len(_NAMES) // 2 if coloring is None else 4) + 10


def width() -> float:
    """That the names of the categories need, two beside each other, at 100 %."""
    return _MARGIN + sum(_column_widths()) + _BETWEEN + _END


def _column_widths() -> tuple[float, float]:
    """Of the two columns of categories, each as wide as its own names need."""
    look = theme.current()
    metrics = QFontMetricsF(look.font(11))
    left, right = ([metrics.horizontalAdvance(tr(_WORDS[name])) for name in _NAMES[side::2]] for side in (0, 1))
    return _GAP + max(left) / look.scale + 1, _GAP + max(right) / look.scale + 1


def words(choice: Choice, coloring: Coloring | None) -> str:
    """The same for who does not see it."""
    if coloring is None:
        return ", ".join(tr(_WORDS[name]) for name in _NAMES)
    low, high = coloring.ends
    words = tr("{what} from {low} to {high}", what=tr(choice.title), low=low, high=high)
    return words if coloring.has_values else _nothing(choice)


def draw(painter: QPainter, top: float, width: float, choice: Choice, coloring: Coloring | None) -> None:
    """From `top` on, in pixels at 100 %."""
    painter.setFont(theme.current().font(11))
    if coloring is None:
        _draw_categories(painter, top, width)
    else:
        _draw_scale(painter, top, width, choice, coloring)


def draw_line(painter: QPainter, height: float, width: float, choice: Choice, coloring: Coloring) -> None:
    """A scale in one line: what it is of, its low end, its colours, its high end. In pixels at 100 %."""
    painter.setFont(theme.current().font(11))
    low, high = coloring.ends if coloring.has_values else (_nothing(choice), "")
    room, left = width - 2 * _MARGIN, _MARGIN
    left = _put(painter, left, room / 2, height, tr(choice.title), "text.primary")
    left = _put(painter, left, _MARGIN + room - left, height, low, "text.secondary")
    if coloring.has_values:
        end = _advance(painter, high)
        bar = max(_MARGIN + room - end - _MARGIN - left, 0.0)
        _draw_steps(painter, QRectF(left, (height - _BAR) / 2, bar, _BAR))
        _put(painter, left + bar + _MARGIN, end + 1, height, high, "text.secondary")


def _put(painter: QPainter, left: float, room: float, height: float, text: str, token: str) -> float:
    """Where what follows begins."""
    width = min(_advance(painter, text) + 1, max(room, 0.0))
    _write(painter, QRectF(left, 0, width, height), text, token)
    return left + width + _MARGIN


def _advance(painter: QPainter, text: str) -> float:
    return QFontMetricsF(painter.font()).horizontalAdvance(text) / theme.current().scale


def _draw_steps(painter: QPainter, bar: QRectF) -> None:
    colors = scale_colors(theme.current().is_dark)
    for step in range(N_STEPS):
        left = bar.left() + bar.width() * step / N_STEPS
        painter.fillRect(_scaled(QRectF(left, bar.top(), bar.width() / N_STEPS + 0.5, bar.height())), colors[step])


def _draw_categories(painter: QPainter, top: float, width: float) -> None:
    look = theme.current()
    first, second = _column_widths()
    free = max(width - _MARGIN - _END - first - second, 0.0)
    # The second begins in the middle where both have room there.
    start = max(_MARGIN + first + min(free, _BETWEEN), min((width + _MARGIN) / 2, width - _END - second))
    rooms = (start - _MARGIN, width - start)
    for place, name in enumerate(_NAMES):
        left, y = (_MARGIN, start)[place % 2], top + (place // 2) * _ROW
        _draw_swatch(painter, left, y, look.color(f"cat.{name}"), tr(_WORDS[name]), rooms[place % 2])


def _draw_scale(painter: QPainter, top: float, width: float, choice: Choice, coloring: Coloring) -> None:
    look = theme.current()
    colors, room = scale_colors(look.is_dark), width - 2 * _MARGIN
    _write(painter, QRectF(_MARGIN, top, room, _ROW), tr(choice.title), "text.primary")
    if coloring.has_values:
        _draw_steps(painter, QRectF(_MARGIN, top + _ROW + 3, room, _BAR))
        line = QRectF(_MARGIN, top + 2 * _ROW - 1, room, _ROW)
        _write(painter, line, coloring.ends[0], "text.secondary")
        _write(painter, line, coloring.ends[1], "text.secondary", side=RIGHT)
    else:
        _write(painter, QRectF(_MARGIN, top + _ROW, room, _ROW), _nothing(choice), "text.muted")
    metrics, left = QFontMetricsF(painter.font()), _MARGIN
    widths = [_GAP + metrics.horizontalAdvance(tr(name)) / look.scale + 1 for _shade, name in _MARKS]
    for (shade, name), width in zip(_MARKS, widths, strict=True):
        _draw_swatch(painter, left, top + 3 * _ROW, colors[shade], tr(name), width)
        left += width + max(0, room - sum(widths)) / (len(_MARKS) - 1)


def _nothing(choice: Choice) -> str:
    return tr("No backward is shown") if choice.of_pass else tr("Nothing is known yet")


def _draw_swatch(painter: QPainter, left: float, top: float, color: QColor, name: str, room: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(_scaled(QRectF(left, top + (_ROW - _SWATCH) / 2, _SWATCH, _SWATCH)), 2, 2)
    _write(painter, QRectF(left + _GAP, top, room - _GAP, _ROW), name, "text.secondary")


def _write(painter: QPainter, place: QRectF, text: str, token: str, *, side: Qt.AlignmentFlag = LEFT) -> None:
    painter.setPen(theme.current().color(token))
    place = _scaled(place)
    painter.drawText(place, side, elided(QFontMetricsF(painter.font()), text, place.width()))


def _scaled(place: QRectF) -> QRectF:
    scale = theme.current().scale
    return QRectF(place.topLeft() * scale, place.size() * scale)
