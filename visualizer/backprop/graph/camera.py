"""Which part of the scene is seen, and how large."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF

ZOOM_MIN, ZOOM_MAX = 0.002, 4.0
FIT_MARGIN = 14.0
_STEPS = (0.05, 0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


@dataclass
class Camera:
    """`zoom` 1.0 is 100 %. A scene point p is drawn at p × `scale` + `offset`, in widget pixels; `text_scale` is the
    theme's, so that 200 % text makes 200 % cards."""

    zoom: float = 1.0
    text_scale: float = 1.0
    x: float = 0.0  # of the scene's origin, in widget pixels
    y: float = 0.0

    @property
    def scale(self) -> float:
        """Widget pixels per scene pixel."""
        return self.zoom * self.text_scale

    def to_scene(self, point: QPointF) -> QPointF:
        """The scene point under a widget point."""
        return QPointF((point.x() - self.x) / self.scale, (point.y() - self.y) / self.scale)

    def to_widget(self, point: QPointF) -> QPointF:
        """Where a scene point is drawn."""
        return QPointF(point.x() * self.scale + self.x, point.y() * self.scale + self.y)

    def rect_to_widget(self, rect: QRectF) -> QRectF:
        """Where a scene rectangle is drawn."""
        return QRectF(self.to_widget(rect.topLeft()), rect.size() * self.scale)

    def visible(self, size: QSizeF) -> QRectF:
        """The part of the scene in a viewport."""
        return QRectF(self.to_scene(QPointF(0, 0)), size / self.scale)

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by widget pixels."""
        self.x += dx
        self.y += dy

    def zoom_at(self, point: QPointF, zoom: float) -> None:
        """Change the zoom; what is under `point` stays there."""
        scene = self.to_scene(point)
        self.zoom = min(max(zoom, ZOOM_MIN), ZOOM_MAX)
        self.anchor(scene, point)

    def anchor(self, scene: QPointF, point: QPointF) -> None:
        """Pan so that a scene point is drawn at a widget point."""
        self.x = point.x() - scene.x() * self.scale
        self.y = point.y() - scene.y() * self.scale

    def step(self, direction: int) -> float:
        """The next rounder zoom above (1) or below (-1) today's."""
        if direction > 0:
            return next((zoom for zoom in _STEPS if zoom > self.zoom * 1.01), ZOOM_MAX)
        return next((zoom for zoom in reversed(_STEPS) if zoom < self.zoom * 0.99), max(self.zoom / 1.5, ZOOM_MIN))

    def fitting(self, bounds: QRectF, area: QRectF) -> float:
        """The zoom at which `bounds` fits into a widget area, at most 100 %."""
        width = max(bounds.width() * self.text_scale, 1.0)
        height = max(bounds.height() * self.text_scale, 1.0)
        room = min((area.width() - 2 * FIT_MARGIN) / width, (area.height() - 2 * FIT_MARGIN) / height)
        return min(max(room, ZOOM_MIN), 1.0)

    def fit(self, bounds: QRectF, area: QRectF) -> None:
        """Show all of `bounds` in the middle of a widget area."""
        self.zoom = self.fitting(bounds, area)
        self.anchor(bounds.center(), area.center())

    def reveal(self, rect: QRectF, area: QRectF) -> bool:
        """Pan as little as shows a scene rectangle in a widget area; False when it was in view already."""
        shown = self.rect_to_widget(rect)
        dx = _shift(shown.left(), shown.right(), area.left(), area.right())
        dy = _shift(shown.top(), shown.bottom(), area.top(), area.bottom())
        self.pan(dx, dy)
        return bool(dx or dy)


def free_middle(size: QSize, covers: list[QRect], beside: float) -> QPointF:
    """The middle of a widget, or, where something lies over that or not `beside` pixels from it, of the side of it that
    has the most room."""
    width, height = size.width(), size.height()
    middle = QPointF(width / 2, height / 2)
    for cover in map(QRectF, covers):
        if cover.adjusted(-beside, -beside, beside, beside).contains(middle):
            sides = (
                QRectF(0, 0, cover.left(), height),
                QRectF(cover.right(), 0, width - cover.right(), height),
                QRectF(0, cover.bottom(), width, height - cover.bottom()),
            )
            return max(sides, key=lambda side: min(side.width(), side.height())).center()
    return middle


def _shift(low: float, high: float, area_low: float, area_high: float) -> float:
    if high - low > area_high - area_low:
        return (area_low + area_high - low - high) / 2
    return max(area_low - low, 0.0) - max(high - area_high, 0.0)
