"""What each line left behind, painted at the right end of its row: words and a thumbnail, never over the code."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap

from engine.protocol.values import LineResult
from engine.shared.language import tr
from visualizer.backprop.program.line_edit import LineEdit
from visualizer.look import color_maps, theme
from visualizer.look.elision import elided

_GAP = 12


@dataclass
class ShownResult:
    """A result and whether its line was edited since."""

    result: LineResult
    code: str  # its first line as it was then
    is_stale: bool = False
    pixmap: QPixmap | None = None


def after_edit(shown: dict[int, ShownResult], edit: LineEdit, code: str) -> dict[int, ShownResult]:
    """The results, by block number, after an edit. `code` is what stands now in the line that it began in: the result
    of that line is stale while they differ.
    """
    moved = {}
    for number, result in shown.items():
        place = edit.place(number)
        if place is None:
            continue
        moved[place] = result
        last = number + result.result.end_line - result.result.line
        if edit.touches(number):
            result.is_stale = result.code != code
        elif number < edit.first <= last:
            result.is_stale = True
    return moved


def thumbnail(shown: ShownResult) -> QPixmap | None:
    """The value map of the result, made once per theme; None for what has no picture."""
    summary = shown.result.summary
    if summary is None or summary.thumbnail is None or summary.n_elements < 2:
        return None
    if shown.pixmap is None:
        image = color_maps.grid_image(summary.thumbnail, "value", is_dark=theme.current().is_dark)
        shown.pixmap = QPixmap.fromImage(image)
    return shown.pixmap


def paint(painter: QPainter, shown: ShownResult, row: QRectF, code_end: float) -> None:
    """Right-align the result in `row`; the text is elided, then left out, where the code needs the room."""
    look = theme.current()
    right = row.right() - look.px(_GAP)
    picture = thumbnail(shown)
    painter.save()
    painter.setOpacity(0.45 if shown.is_stale else 1.0)
    if picture is not None:
        width, height = look.px(26), look.px(12)
        if right - width < code_end + look.px(_GAP):
            painter.restore()
            return
        box = QRectF(right - width, row.center().y() - height / 2, width, height)
        painter.drawPixmap(box, picture, QRectF(picture.rect()))
        right = box.left()
    # The words stand in one column, whether or not a picture follows.
    right -= look.px(6) if picture is not None else 0
    _paint_words(painter, shown.result.text, "text.muted", row, code_end, right)
    painter.restore()


def paint_held(painter: QPainter, text: str, row: QRectF, code_end: float) -> None:
    """Where a pass or the program is held, in the place of a result."""
    painter.save()
    _paint_words(painter, text, "flow.text", row, code_end, row.right() - theme.current().px(_GAP))
    painter.restore()


def _paint_words(painter: QPainter, text: str, token: str, row: QRectF, code_end: float, right: float) -> None:
    look = theme.current()
    painter.setFont(look.mono(11))
    painter.setPen(look.color(token))
    room = right - code_end - look.px(_GAP)
    if room > look.px(28) and text:
        box = QRectF(right - room, row.top(), room, row.height())
        words = elided(QFontMetricsF(painter.font()), text, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)


def tip(shown: ShownResult) -> str:
    """The whole of it, for a tool tip."""
    result = shown.result
    words = result.summary.line if result.summary is not None and result.summary.line else result.text
    words = f"{result.name}: {words}" if result.name else words
    return tr("{result} (the line was edited since)", result=words) if shown.is_stale else words
