"""What each line left behind, painted at the right end of its row: words and a thumbnail, never over the code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap

from engine.protocol.program_values import LineResult
from engine.shared.language import tr
from visualizer.backprop.program import zoom
from visualizer.backprop.program.line_edit import LineEdit, LinesMoved
from visualizer.look import color_maps, theme
from visualizer.look.elision import elided
from visualizer.look.python_tokens import without_comment
from visualizer.model.tensor_line import line_of
from visualizer.model.variable_words import text_of_result

_GAP = 12
_LAST_WORD = re.compile(r"[\w.]+$")
_SHAPED = re.compile(r"\S+ (\([\d, ]*\))")  # "f32 (4, 3)"


@dataclass
class ShownResult:
    """A result, and whether its line was edited since, or one that it depends on."""

    result: LineResult
    code: str  # its first line as it was then
    ran_line: int = 0  # where it stood in the text that ran
    is_edited: bool = False
    is_outdated: bool = False
    is_overtaken: bool = False  # was stale when another part of the program ran
    is_of_run: bool = False  # goes when the run that is asked for begins
    pixmap: QPixmap | None = None

    @property
    def is_stale(self) -> bool:
        """Whether the line would leave another result today, as far as the text tells."""
        return self.is_edited or self.is_outdated or self.is_overtaken

    @property
    def variable(self) -> str:
        """The tensor that a click on it selects, "" for none."""
        return self.result.name if self.result.summary is not None else ""


def after_edit(shown: dict[int, ShownResult], edit: LineEdit | LinesMoved, code: str) -> dict[int, ShownResult]:
    """The results, by block number, after an edit. `code` is what stands now in the line that it began in: the result
    of that line is stale while they differ in more than a comment.
    """
    moved = {}
    for number, result in shown.items():
        place = edit.place(number) if edit.moves_lines else number
        if place is None:
            continue
        moved[place] = result
        last = number + result.result.end_line - result.result.line
        if edit.touches(number):
            result.is_edited = without_comment(result.code) != without_comment(code)
        elif edit.parts(number, last):
            result.is_edited = True
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
        width, height = zoom.px(26), zoom.px(12)
        if right - width < code_end + look.px(_GAP):
            painter.restore()
            return
        box = QRectF(right - width, row.center().y() - height / 2, width, height)
        painter.drawPixmap(box, picture, QRectF(picture.rect()))
        right = box.left()
    # The words stand in one column, whether or not a picture follows.
    right -= look.px(6) if picture is not None else 0
    _paint_words(painter, text_of_result(shown.result), "text.muted", row, code_end, right)
    painter.restore()


def paint_held(painter: QPainter, text: str, row: QRectF, code_end: float) -> None:
    """Where a pass or the program is held, in the place of a result."""
    painter.save()
    _paint_words(painter, text, "flow.text", row, code_end, row.right() - theme.current().px(_GAP))
    painter.restore()


def _paint_words(painter: QPainter, text: str, token: str, row: QRectF, code_end: float, right: float) -> None:
    look = theme.current()
    painter.setFont(zoom.mono(11))
    painter.setPen(look.color(token))
    room = right - code_end - look.px(_GAP)
    words = fitting(QFontMetricsF(painter.font()), text, room) if text else ""
    if words:
        box = QRectF(right - room, row.top(), room, row.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)


def tip(shown: ShownResult) -> str:
    """The whole of it, for a tool tip."""
    result = shown.result
    summary = result.summary if result.n_times < 0 else None
    words = (line_of(summary) if summary is not None else "") or text_of_result(result)
    name = f"{result.name}: " if result.name and result.n_times < 0 else ""
    parts = [f"{name}{words}", *_told_of_times(result)]
    if shown.is_edited:
        parts.append(tr("The line was edited since."))
    elif shown.is_stale:
        parts.append(tr("A line that it depends on was changed since."))
    if shown.variable:
        parts.append(tr("Click: inspect it — Ctrl+Shift+I"))
    return "\n".join(parts)


def _told_of_times(result: LineResult) -> list[str]:
    """What a result of one time among several is a result of."""
    if result.is_last:
        return [tr("This is what the line left the last time that it ran.")]
    if result.n_times < 0 or result.n_of == 1:
        return []
    if result.n_of < 0:
        return [tr("So often the lines of the loop ran; beside them stands what they left last.")]
    return [tr("So often the condition held, of the times that the program came to it.")]


def left_of(shown: ShownResult, row: QRectF, code_end: float) -> float | None:
    """Where the result begins in its row; None where the code leaves it no room."""
    look = theme.current()
    right = row.right() - look.px(_GAP)
    has_picture = thumbnail(shown) is not None
    left = right - (zoom.px(26) if has_picture else 0)
    if left < code_end + look.px(_GAP):
        return None
    metrics = QFontMetricsF(zoom.mono(11))
    room = left - (look.px(6) if has_picture else 0) - code_end - look.px(_GAP)
    words = fitting(metrics, text_of_result(shown.result), room)
    return left - metrics.horizontalAdvance(words) - look.px(6) if words else (left if has_picture else None)


def fitting(metrics: QFontMetricsF, text: str, room: float) -> str:
    """As much of a result as there is room for: "f32 (4, 3)", then "(4, 3)", then nothing; a number is rounded, and
    neither it nor a shape nor a word is ever cut."""
    if metrics.horizontalAdvance(text) <= room:
        return text
    shape = _SHAPED.fullmatch(text)
    if shape is not None:
        return shape[1] if metrics.horizontalAdvance(shape[1]) <= room else ""
    words = elided(metrics, text, room)
    kept = words.removesuffix("…")
    if kept != words:
        is_within = kept[-1:].isalnum() and text[len(kept) :][:1].isalnum()  # a word, as a type's name
        words = f"{(_LAST_WORD.sub('', kept) if is_within else kept).rstrip(' ,:…')}…"
    return "" if words == "…" or metrics.horizontalAdvance(words) > room else words
