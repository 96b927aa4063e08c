"""Draws frames: boxes around an unfolded module or the nodes of one call, with their titles."""

from __future__ import annotations

import re
import sys
from collections.abc import Container, Iterator
from typing import NamedTuple, TypeAlias

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from visualizer.backprop.graph.folding import Frame, side_lines
from visualizer.backprop.graph.glyphs import LEFT, RIGHT, draw_chevron, elide, sized
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.series_controls import controls_width, draw_controls
from visualizer.look import theme
from visualizer.look.batches import Batch

RADIUS = 8.0
_SIDE_GAP = 10.0
_TITLE_PIXELS = 11.0  # of a title's letters on a screen at 100 % text, if its head has room: they grow in the scene
LEAST_PIXELS = 7.0  # smaller ones could not be read, at 100 %
_PLATE_PIXELS = (_TITLE_PIXELS, 9.0, LEAST_PIXELS)  # of a title's letters on a plate, the largest that has room
_FEW_FRAMES = 40  # on the canvas: for more of them smaller letters would cost more than a frame's time
_HEAD_SHARE = 0.68  # of a head's height for its letters
_PARTED = re.compile(r" · |, | \(")  # where what a frame says of itself may end
_SIDE_SCALE = 0.6  # a title beside its frame has no room to grow
_LEAST_BOX = 3.0  # pixels of a frame that is drawn
_ROUNDED_BOX = 90.0  # pixels of one whose corners can be seen
_LEAST_TITLE = 24.0  # pixels of one that has room for a title
_PLATE_SHARE, _PLATE_REACH = 0.2, 0.3  # of a frame's height: that of its title's plate, and of its lower end at most
_MOST_HEADS = 4_096  # whose words are kept measured
_LEAST_CARD = 8.0  # pixels of one that a title may not hide: smaller ones say less than it
_Plates: TypeAlias = list[QRectF]
_ALL: Container[int] = range(sys.maxsize)
_FILLS = ("bg.panel", "bg.canvas")  # by depth, in turns
_HALF_PIXEL_IN = np.array([0.5, 0.5, -1.0, -1.0])  # x, y, width, height


class _Head(NamedTuple):
    """Words of a frame's head, with their widths in the scene."""

    title: str
    title_width: float
    subtitle: str
    subtitle_width: float


class _Faces:
    """The two fonts of titles in one size."""

    def __init__(self, mono: QFont, words: QFont) -> None:
        self.mono, self.words = mono, words
        self.mono_metrics, self.words_metrics = QFontMetricsF(mono), QFontMetricsF(words)
        self.mono_height = self.mono_metrics.height()
        self._shorter: dict[str, list[tuple[str, float]]] = {}
        self._heads: dict[tuple[str, str, float], _Head] = {}

    def head(self, frame: Frame, room: float) -> _Head:
        """What of a frame's title and subtitle there is room for. Measured once: words cost more than all else here."""
        key = frame.title, frame.subtitle, round(room, 3)
        found = self._heads.get(key)
        if found is None:
            if len(self._heads) >= _MOST_HEADS:
                self._heads.clear()
            found = self._heads[key] = self._measured(frame, room)
        return found

    def _measured(self, frame: Frame, room: float) -> _Head:
        size = self.mono_height
        whole = (name for name, width in self.shorter(frame.title) if width <= room)
        title = next(whole, "") or elide(self.mono_metrics, frame.title, room, Qt.TextElideMode.ElideMiddle)
        title = "" if title == "…" else title  # which says less than the head alone
        title_width = self.mono_metrics.horizontalAdvance(title)
        words = self.words_metrics.horizontalAdvance
        fitting = (part for part in _less(frame.subtitle) if words(part) <= room - title_width - size)
        subtitle = next(fitting, "")
        return _Head(title, title_width, subtitle, words(subtitle))

    def shorter(self, title: str) -> list[tuple[str, float]]:
        """A title and what it can be cut down to, each with its width."""
        if title not in self._shorter:
            self._shorter[title] = [(name, self.mono_metrics.horizontalAdvance(name)) for name in _shorter(title)]
        return self._shorter[title]


class FrameArtist:
    """Fonts of today's theme, and the drawing of frames with them."""

    def __init__(self) -> None:
        self.look = theme.current()
        self._faces: dict[int, _Faces] = {}
        self._set_size(11.0)
        self._small = Batch(QRectF)

    def _set_size(self, size: float) -> None:
        faces = self._faces.get(round(size))
        if faces is None:
            faces = self._faces[round(size)] = _Faces(sized(self.look.mono(11), size), sized(self.look.font(11), size))
        self._now = faces
        self._mono, self._words = faces.mono, faces.words

    def draw_boxes(
        self, painter: QPainter, scene: Scene, area: QRectF, scale: float, *, among: Container[int] = _ALL
    ) -> None:
        """The boxes that meet `area`, outer ones first; nesting alternates two fills."""
        pen = QPen(self.look.color("line.default"), 1.0)
        pen.setCosmetic(scale < 1.0)
        painter.setPen(pen)
        frames = scene.layout.frames
        seen = [n for n in scene.frames_in(area, _LEAST_BOX / scale) if frames[n] and n in among]
        boxes = np.array([frames[n] for n in seen], dtype=np.float64).reshape(-1, 4) + _HALF_PIXEL_IN
        is_large, depths = boxes[:, 3] * scale > _ROUNDED_BOX, scene.frame_depths[seen]
        for depth in np.unique(depths):  # those of one depth do not lie over one another
            painter.setBrush(self.look.color(_FILLS[depth % len(_FILLS)]))
            for box in boxes[is_large & (depths == depth)].tolist():
                painter.drawRoundedRect(QRectF(*box), RADIUS, RADIUS)
            self._small.draw(painter, boxes[~is_large & (depths == depth)])

    def draw_titles(
        self,
        painter: QPainter,
        scene: Scene,
        area: QRectF,
        scale: float,
        *,
        among: Container[int] = _ALL,
        is_under_cards: bool = False,
    ) -> None:
        """The titles, above the links; those of modules carry the sign that folds them. One whose head is too low for
        letters that can be read stands on a plate in the frame's corner, unless it would hide much of the frame.
        `is_under_cards`: cards are drawn after them, and would hide what reaches out of a head."""
        plates: _Plates = []
        seen = list(scene.frames_in(area, _LEAST_TITLE / scale))
        sizes = _PLATE_PIXELS if len(seen) <= _FEW_FRAMES else _PLATE_PIXELS[:1]
        for number in seen:
            frame, box = scene.shown.frames[number], _box(scene, number)
            if box is None or number not in among:
                continue
            if scene.layout.side_titles[number]:
                if scale >= _SIDE_SCALE:
                    self._set_size(11.0)
                    self._draw_beside(painter, frame, box)
                continue
            head = scene.layout.heads[number]
            size = title_size(head, scale)
            if not fits_in_head(size * scale, is_under_cards=is_under_cards):
                self._draw_plate(painter, scene, scale, number, box, plates, sizes)
            elif box.top() <= area.bottom() and box.top() + head >= area.top():
                self._set_size(size)
                self._draw_head(painter, frame, box, head, _fill(scene, number))

    def _draw_plate(
        self,
        painter: QPainter,
        scene: Scene,
        scale: float,
        number: int,
        box: QRectF,
        plates: _Plates,
        sizes: tuple[float, ...],
    ) -> None:
        """The longest name, in the largest letters, that has room over no card. `plates` are those of the frames around
        it, and others that are not in its way."""
        title, near = scene.shown.frames[number].title, None
        for pixels in sizes:
            self._set_size(pixels * self.look.scale / scale)
            for name, place in self._places(title, box, plates):
                near = _cards_near(scene, box, scale) if near is None else near
                if not _meets(near, place):
                    plates.append(place)
                    self._write(painter, name, place, _fill(scene, number))
                    return

    def _places(self, title: str, box: QRectF, plates: _Plates) -> Iterator[tuple[str, QRectF]]:
        """What a title can be cut down to, the longest first, where it stands in a frame of which it hides little."""
        height = self._now.mono_height
        for name, width in self._now.shorter(title):
            place = QRectF(box.left(), box.top(), width + height / 2, height)
            place.moveTop(max((plate.bottom() for plate in plates if plate.intersects(place)), default=box.top()))
            lowest = (place.bottom() - box.top()) / box.height()
            is_large = place.width() > box.width() or height / box.height() > _PLATE_SHARE or lowest > _PLATE_REACH
            if not is_large and not any(map(place.intersects, plates)):
                yield name, place

    def _write(self, painter: QPainter, name: str, place: QRectF, fill: str) -> None:
        painter.fillRect(place, self.look.color(fill))
        painter.setFont(self._mono)
        painter.setPen(self.look.color("text.primary"))
        painter.drawText(place.translated(place.height() / 4, 0), LEFT, name)

    def _draw_head(self, painter: QPainter, frame: Frame, box: QRectF, head: float, fill: str) -> None:
        size = self._now.mono_height
        left, middle = box.left() + 0.75 * size, box.top() + head / 2 + 1
        if frame.fold:
            left += size
        room = box.right() - 10 - left - controls_width(frame, box, head)
        title, title_width, subtitle, subtitle_width = self._now.head(frame, room)
        plate = QRectF(box.left() + 4, middle - size / 2, left - box.left() + title_width + 2, size)
        if subtitle:
            plate.setWidth(plate.width() + size + subtitle_width)
        painter.fillRect(plate, self.look.color(fill))
        if frame.fold:
            sign = QPointF(box.left() + 0.9 * size, middle)
            draw_chevron(painter, sign, self.look.color("text.muted"), down=False, size=size / 15)
        painter.setFont(self._mono)
        painter.setPen(self.look.color("flow.text" if frame.is_layer else "text.secondary"))
        painter.drawText(QRectF(left, middle - size, title_width + 2, 2 * size), LEFT, title)
        painter.setFont(self._words)
        painter.setPen(self.look.color("text.muted"))
        painter.drawText(QRectF(left + title_width + 0.7 * size, middle - size, room, 2 * size), LEFT, subtitle)
        if frame.span:
            draw_controls(painter, frame, box, head, self._words, size)

    def _draw_beside(self, painter: QPainter, frame: Frame, box: QRectF) -> None:
        """Right aligned, left of the box: the title, then its words in lines of their own."""
        right, top = box.left() - _SIDE_GAP, box.top() + 4
        lines = [(self._mono, "text.secondary", frame.title)]
        lines += [(self._words, "text.muted", words) for words in side_lines(frame.subtitle)]
        for place, (face, token, text) in enumerate(lines):
            painter.setFont(face)
            painter.setPen(self.look.color(token))
            painter.drawText(QRectF(right - 300, top + 15 * place, 300, 16), RIGHT, text)


def _less(subtitle: str) -> Iterator[str]:
    """ "line 10 · 1 call, 2 nodes", then ever less of it, in whole parts: no word is cut, and no number."""
    yield subtitle
    for end in reversed([found.start() for found in _PARTED.finditer(subtitle)]):
        yield subtitle[:end]


def _shorter(title: str) -> Iterator[str]:
    """A module's path, then ever less of it: "transformer.h.0", "h.0"."""
    yield title
    parts = title.split(".")
    yield from (".".join(parts[first:]) for first in range(1, len(parts)) if not parts[first].isdigit())


def fits_in_head(pixels: float, *, is_under_cards: bool) -> bool:
    """Whether letters of this size are large enough to be read: in large text larger ones, except where a plate for
    those would be hidden by cards."""
    return pixels >= LEAST_PIXELS * (1.0 if is_under_cards else theme.current().scale)


def title_size(head: float, scale: float) -> float:
    """Of a title's letters, in the scene."""
    return max(min(_TITLE_PIXELS * theme.current().scale / scale, _HEAD_SHARE * head), 11.0)


def chevron_at(scene: Scene, point: QPointF) -> str:
    """The fold key of the frame whose folding sign is at a scene point, "" without one."""
    for number in reversed(range(len(scene.shown.frames))):
        frame, box = scene.shown.frames[number], _box(scene, number)
        head = scene.layout.heads[number] + 2
        if frame.fold and box is not None and QRectF(box.left(), box.top(), head, head).contains(point):
            return frame.fold
    return ""


def frames_around(scene: Scene, card: int) -> list[tuple[str, str]]:
    """Fold key and title of every module frame around a card, inner first."""
    around = [frame for frame in scene.shown.frames if frame.fold and card in frame.members]
    return [(frame.fold, frame.title) for frame in reversed(around)]


def _cards_near(scene: Scene, box: QRectF, scale: float) -> np.ndarray:
    """float64 (n, 4): x, y, width, height of the cards that a plate in a frame may not hide."""
    upper = QRectF(box.left(), box.top(), box.width(), _PLATE_REACH * box.height())
    met = scene.rects[scene.cards_in(upper)]
    return met[met[:, 3] * scale >= _LEAST_CARD]


def _meets(rects: np.ndarray, place: QRectF) -> bool:
    x, y, width, height = rects.T
    is_beside = (x >= place.right()) | (x + width <= place.left())
    return bool((~is_beside & (y < place.bottom()) & (y + height > place.top())).any())


def _box(scene: Scene, number: int) -> QRectF | None:
    values = scene.layout.frames[number]
    return QRectF(*values).adjusted(0.5, 0.5, -0.5, -0.5) if values else None


def _fill(scene: Scene, number: int) -> str:
    return _FILLS[scene.frame_depths[number] % len(_FILLS)]
