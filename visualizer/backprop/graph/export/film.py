"""A recorded pass as frames: the canvas as it is at each of its positions, painted away from the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPainter

from visualizer.backprop.graph.camera import Camera
from visualizer.backprop.graph.color_by import Coloring
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.export.choice import ExportChoice
from visualizer.backprop.graph.export.parts import node_ids
from visualizer.backprop.graph.painter import READABLE, Painter
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.states import States
from visualizer.model.recording import Recording

Colors = Callable[[int], Coloring | None]  # by position; the same object as long as nothing of it changes
_FOLLOWING_ZOOM = 0.8
_LARGEST_ZOOM = 2.0  # of a small graph
_LEAST_ASPECT = 0.3  # of a frame's shorter side to its longer one
_FOLLOWING_ASPECT = 0.625
_EDGE_SHARE = 0.25  # of a frame: what is followed stays that far from its edges


class Film:
    """Frames at the positions from `first` to `last` of a recording over a scene. What is on the screen and where the
    pass itself stands are left alone."""

    def __init__(self, scene: Scene, recording: Recording, choice: ExportChoice, colors: Colors) -> None:
        self.scene, self.recording, self._colors = scene, recording, colors
        self.first, self.last = span(recording, choice)
        self._is_following = choice.is_following
        self.size = frame_size(scene, choice)
        self._camera = Camera(zoom(scene, choice))
        self._camera.anchor(scene.bounds.center(), self._frame.center())
        self._painter: Painter | None = None
        self._states: States | None = None
        self._book = ContentBook()
        self._position = self.first

    @property
    def n_frames(self) -> int:
        return self.last - self.first + 1

    def node_ids(self) -> list[int]:
        """The nodes whose values and gradients can be read in it."""
        return node_ids(self.scene, list(range(len(self.scene.rects)))) if self._camera.scale >= READABLE else []

    def begin(self, book: ContentBook, *, has_thumbnails: bool) -> None:
        """Take what the cards show from `book`, and the look from today's theme."""
        recording = self.recording
        self._book = book.copy_with(lambda node: recording.gradient_norm(node, self._position))
        self._book.has_thumbnails = has_thumbnails
        self._painter, self._states = Painter(), None

    def paint(self, position: int) -> QImage:
        """The frame at a position, 32 bits a pixel. `begin` comes first, in the same theme; a view that follows is that
        of frames painted from the first on."""
        self._go_to(position)
        assert self._painter is not None and self._states is not None
        image = QImage(self.size, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        self._painter.paint(painter, QSizeF(self.size), self._camera, self.scene, self._states, self._book)
        painter.end()
        return image

    def _go_to(self, position: int) -> None:
        view, self._position = self.recording.view(position), position
        change = self._states.move(view) if self._states is not None else None
        if change is None:
            self._states = States(self.scene, view)
            self._book.forget_contents()
        else:
            self._book.forget(change.cards)
        coloring = self._colors(position)
        if coloring is not self._book.coloring:
            self._book.coloring = coloring
            self._book.forget_contents()
        if self._is_following:
            self._follow(position)

    def _follow(self, position: int) -> None:
        """As little as brings what runs well inside the frame; never further than the graph reaches."""
        step = self.recording.step(max(position, 1))
        index = self.scene.index_of.get(step.node) if step is not None else None
        if index is None:
            return
        rect, frame, camera = self.scene.rect(int(self.scene.shown.card_of[index])), self._frame, self._camera
        if position == self.first or not frame.intersects(camera.rect_to_widget(rect)):
            camera.anchor(rect.center(), frame.center())
        else:
            dx, dy = frame.width() * _EDGE_SHARE, frame.height() * _EDGE_SHARE
            camera.reveal(rect, frame.adjusted(dx, dy, -dx, -dy))
        seen = camera.rect_to_widget(self.scene.bounds)
        camera.pan(
            _within(seen.left(), seen.right(), frame.width()), _within(seen.top(), seen.bottom(), frame.height())
        )

    @property
    def _frame(self) -> QRectF:
        return QRectF(QPointF(0, 0), QSizeF(self.size))


def span(recording: Recording, choice: ExportChoice) -> tuple[int, int]:
    """The first and the last position that were chosen, as far as the pass has them."""
    last = recording.newest if choice.last < 0 else min(choice.last, recording.newest)
    return min(choice.first, last), last


def frame_size(scene: Scene, choice: ExportChoice) -> QSize:
    """Pixels, both even, as encoders want them: of the graph's own proportions where all of it is seen."""
    longest = float(choice.longest_px)
    size = QSizeF(longest, longest * _FOLLOWING_ASPECT)
    if not choice.is_following:
        size = scene.bounds.size() * zoom(scene, choice)
        least = max(size.width(), size.height()) * _LEAST_ASPECT
        size = QSizeF(max(size.width(), least), max(size.height(), least))
    return QSize(*(max(2 * round(side / 2), 16) for side in (size.width(), size.height())))


def zoom(scene: Scene, choice: ExportChoice) -> float:
    """Pixels of a frame for one of the scene."""
    if choice.is_following:
        return _FOLLOWING_ZOOM
    return min(choice.longest_px / max(scene.bounds.width(), scene.bounds.height(), 1.0), _LARGEST_ZOOM)


def _within(low: float, high: float, room: float) -> float:
    """How far to move a stretch so that it leaves no room beside it, or stands in the middle of too much."""
    if high - low <= room:
        return (room - low - high) / 2
    return -low if low > 0 else room - high if high < room else 0.0
