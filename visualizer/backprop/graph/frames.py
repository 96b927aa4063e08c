"""Draws frames: boxes around an unfolded module or the nodes of one call, with their titles."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from visualizer.backprop.graph.folding import Frame, side_lines
from visualizer.backprop.graph.glyphs import LEFT, RIGHT, draw_chevron, sized
from visualizer.backprop.graph.layout_values import FRAME_HEAD
from visualizer.backprop.graph.scene import Scene
from visualizer.look import theme
from visualizer.look.elision import elided

RADIUS = 8.0
_SIDE_GAP = 10.0
_LEAST_SCALE = 0.42  # below it a title could not be read
_LEAST_PIXELS = 9.0  # of a title's letters on the screen: they grow in the scene as it gets smaller
_SIDE_SCALE = 0.6  # a title beside its frame has no room to grow


class FrameArtist:
    """Fonts of today's theme, and the drawing of frames with them."""

    def __init__(self) -> None:
        self.look = theme.current()
        self._set_size(11.0)

    def _set_size(self, size: float) -> None:
        self._mono, self._words = sized(self.look.mono(11), size), sized(self.look.font(11), size)
        self._mono_metrics, self._words_metrics = QFontMetricsF(self._mono), QFontMetricsF(self._words)

    def draw_boxes(self, painter: QPainter, scene: Scene, area: QRectF) -> None:
        """The boxes that meet `area`, outer ones first; nesting alternates two fills."""
        depth: list[int] = []
        for number, frame in enumerate(scene.shown.frames):
            depth.append(0 if frame.parent < 0 else depth[frame.parent] + 1)
            box = _box(scene, number)
            if box is None or not box.intersects(area):
                continue
            painter.setPen(QPen(self.look.color("line.default"), 1.0))
            painter.setBrush(self.look.color("bg.panel" if depth[-1] % 2 == 0 else "bg.canvas"))
            painter.drawRoundedRect(box, RADIUS, RADIUS)

    def draw_titles(self, painter: QPainter, scene: Scene, area: QRectF, scale: float) -> None:
        """The titles, above the links; those of modules carry the sign that folds them."""
        if scale < _LEAST_SCALE:
            return
        self._set_size(11.0 if scale >= _SIDE_SCALE else _LEAST_PIXELS / scale)
        for number, frame in enumerate(scene.shown.frames):
            box = _box(scene, number)
            if box is None or not scene.frame_extent(number).intersects(area):
                continue
            if scene.layout.side_titles[number]:
                if scale >= _SIDE_SCALE:
                    self._draw_beside(painter, frame, box)
            else:
                self._draw_head(painter, frame, box, "bg.panel" if _depth(scene, number) % 2 == 0 else "bg.canvas")

    def _draw_head(self, painter: QPainter, frame: Frame, box: QRectF, fill: str) -> None:
        left, middle = box.left() + 12, box.top() + FRAME_HEAD / 2 + 1
        if frame.fold:
            left += 16
        room = box.right() - 10 - left
        title = elided(self._mono_metrics, frame.title, room, Qt.TextElideMode.ElideMiddle)
        title_width = self._mono_metrics.horizontalAdvance(title)
        subtitle = frame.subtitle if title_width + 20 < room else ""
        subtitle = elided(self._words_metrics, subtitle, room - title_width - 10)
        height = self._mono_metrics.height()
        plate = QRectF(box.left() + 4, middle - height / 2, left - box.left() + title_width + 2, height)
        if subtitle:
            plate.setWidth(plate.width() + 10 + self._words_metrics.horizontalAdvance(subtitle))
        painter.fillRect(plate, self.look.color(fill))
        if frame.fold:
            draw_chevron(painter, QPointF(box.left() + 14, middle), self.look.color("text.muted"), down=False)
        painter.setFont(self._mono)
        painter.setPen(self.look.color("text.secondary"))
        painter.drawText(QRectF(left, middle - 13, title_width + 2, 26), LEFT, title)
        painter.setFont(self._words)
        painter.setPen(self.look.color("text.muted"))
        painter.drawText(QRectF(left + title_width + 10, middle - 13, room, 26), LEFT, subtitle)

    def _draw_beside(self, painter: QPainter, frame: Frame, box: QRectF) -> None:
        """Right aligned, left of the box: the title, then its words in lines of their own."""
        right, top = box.left() - _SIDE_GAP, box.top() + 4
        lines = [(self._mono, "text.secondary", frame.title)]
        lines += [(self._words, "text.muted", words) for words in side_lines(frame.subtitle)]
        for place, (face, token, text) in enumerate(lines):
            painter.setFont(face)
            painter.setPen(self.look.color(token))
            painter.drawText(QRectF(right - 300, top + 15 * place, 300, 16), RIGHT, text)


def chevron_at(scene: Scene, point: QPointF) -> str:
    """The fold key of the frame whose folding sign is at a scene point, "" without one."""
    for number in reversed(range(len(scene.shown.frames))):
        frame, box = scene.shown.frames[number], _box(scene, number)
        if frame.fold and box is not None and QRectF(box.left(), box.top(), 28, FRAME_HEAD + 2).contains(point):
            return frame.fold
    return ""


def frames_around(scene: Scene, card: int) -> list[tuple[str, str]]:
    """Fold key and title of every module frame around a card, inner first."""
    around = [frame for frame in scene.shown.frames if frame.fold and card in frame.members]
    return [(frame.fold, frame.title) for frame in reversed(around)]


def _box(scene: Scene, number: int) -> QRectF | None:
    values = scene.layout.frames[number]
    return QRectF(*values).adjusted(0.5, 0.5, -0.5, -0.5) if values else None


def _depth(scene: Scene, number: int) -> int:
    depth, parent = 0, scene.shown.frames[number].parent
    while parent >= 0:
        depth, parent = depth + 1, scene.shown.frames[parent].parent
    return depth
