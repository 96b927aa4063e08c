"""The controls in the head of an open series: to the member before, to the one after, to all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QMenu, QWidget

from engine.shared.language import grouped, tr
from visualizer.backprop.graph.folding import Frame
from visualizer.backprop.graph.glyphs import CENTER
from visualizer.backprop.graph.scene import Scene
from visualizer.look import theme
from visualizer.look.questions import ask_text

PREVIOUS, NEXT, ALL = "previous", "next", "all"
_ARROW, _LETTER, _BESIDE = 0.95, 0.42, 0.3  # in heights of the head: an arrow, a letter of a word, and what is beside
_GAP = 6.0
_FOLD_SIGN = 1.3  # heights of the head at its left end


@dataclass(frozen=True)
class Turn:
    """What a control or a key wants of a series: the member before (-1) or after (1) the open ones, or `first` to
    `stop - 1`."""

    series: str
    way: int = 0
    first: int = 0
    stop: int = 0


def controls_width(frame: Frame, box: QRectF, head: float) -> float:
    """The room that the controls of a frame take from its title."""
    places = control_places(box, head) if frame.span else {}
    return sum(place.width() for place in places.values()) + _GAP if places else 0.0


def _width(control: str) -> float:
    """In heights of the head."""
    return _LETTER * max(len(tr("one")), len(tr("all"))) + _BESIDE if control == ALL else _ARROW


def draw_controls(painter: QPainter, frame: Frame, box: QRectF, head: float, words: QFont, size: float) -> None:
    """At the right end of the head; what leads nowhere is pale. `size` is the height of the title's letters."""
    look, (first, stop, n_members) = theme.current(), frame.span
    for control, place in control_places(box, head).items():
        is_idle = {PREVIOUS: first == 0, NEXT: stop == n_members, ALL: stop - first == n_members}[control]
        color = look.color("line.control" if is_idle and stop - first < n_members else "text.secondary")
        painter.setPen(QPen(color, size / 9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if control == ALL:
            painter.setFont(words)
            painter.drawText(place, CENTER, tr("one") if is_idle else tr("all"))
            continue
        way, middle, reach = (1 if control == NEXT else -1), place.center(), size / 3.2
        tip = QPointF(middle.x() + way * reach / 2, middle.y())
        ends = [QPointF(middle.x() - way * reach / 2, middle.y() + dy) for dy in (-reach, reach)]
        painter.drawPolyline(QPolygonF([ends[0], tip, ends[1]]))


def control_at(scene: Scene, point: QPointF) -> Turn | None:
    """What the control at a scene point wants, None without one."""
    for number in reversed(range(len(scene.shown.frames))):
        frame, values = scene.shown.frames[number], scene.layout.frames[number]
        if not frame.span or not values or scene.layout.side_titles[number]:
            continue
        for control, place in control_places(QRectF(*values), scene.layout.heads[number]).items():
            if place.contains(point):
                return turn_of(frame, control)
    return None


def turn_of(frame: Frame, control: str) -> Turn:
    """What a control of an open series wants; where all stand open "all" leads back to one."""
    first, stop, n_members = frame.span
    if control == ALL:
        return Turn(frame.fold, 0, 0, 1 if stop - first == n_members else n_members)
    return Turn(frame.fold, 1 if control == NEXT else -1)


def series_around(scene: Scene, card: int) -> Frame | None:
    """The innermost open series around a card; without a card, or one in none, the only one that stands open."""
    series = [frame for frame in scene.shown.frames if frame.span]
    around = [frame for frame in series if card in frame.members]
    if around:
        return around[-1]
    return series[0] if len(series) == 1 else None


def add_turns(menu: QMenu, parent: QWidget, frame: Frame, wanted: Callable[[Turn], None]) -> None:
    """The entries of an open series in a context menu."""
    first, stop, n_members = frame.span
    for words, control, is_possible in (
        (tr("Show the one before"), PREVIOUS, first > 0),
        (tr("Show the one after"), NEXT, stop < n_members),
        (tr("Show all {count}", count=n_members), ALL, stop - first < n_members),
    ):
        action = menu.addAction(words, lambda control=control: wanted(turn_of(frame, control)))
        action.setEnabled(is_possible or (stop - first == n_members and control != ALL))
    menu.addAction(tr("Show from … to …"), lambda: _ask_range(parent, frame, wanted))


def _ask_range(parent: QWidget, frame: Frame, wanted: Callable[[Turn], None]) -> None:
    first, stop, n_members = frame.span

    def take(text: str) -> None:
        if (span := span_in(text)) is not None:
            wanted(Turn(frame.fold, 0, span[0] - 1, span[1]))

    ask_text(
        parent,
        "series_range",
        lambda: frame.title,
        lambda: tr("Show one, or from one to another, of 1 to {count}:", count=grouped(n_members)),
        take,
        offer=f"{first + 1}–{stop}" if stop - first > 1 else f"{first + 1}",
    )


def span_in(text: str) -> tuple[int, int] | None:
    """(12, 20) of "12–20", "12-20" or "12 20", (12, 12) of "12"; None of anything else."""
    numbers = [int(word) for word in text.replace("–", " ").replace("-", " ").split() if word.isdigit()]
    return (min(numbers), max(numbers)) if 0 < len(numbers) <= 2 else None


def control_places(box: QRectF, head: float) -> dict[str, QRectF]:
    """Where the controls stand in a frame's head, in the scene: those that have room beside the sign that folds it, of
    the arrows both or none."""
    room = box.width() - _GAP - _FOLD_SIGN * head
    all_of_them, arrows = _width(ALL) * head, (_width(NEXT) + _width(PREVIOUS)) * head
    fitting = (ALL, NEXT, PREVIOUS) if all_of_them + arrows <= room else (ALL,) if all_of_them <= room else ()
    places, right = {}, box.right() - _GAP
    for control in fitting:
        right -= _width(control) * head
        places[control] = QRectF(right, box.top(), _width(control) * head, head + 2)
    return places
