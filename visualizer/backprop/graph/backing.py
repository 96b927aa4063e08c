"""The last frame, kept as a picture: what of it stays in view is moved or scaled, and only what is new is painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion

from visualizer.backprop.graph.camera import Camera

_LARGEST_FACTOR = 2.0  # by which a sharp frame is scaled up or down before there is another
_MOST_RECTS = 4  # a region of more is painted as one rectangle around it
_MOST_PIXELS = 16  # of the widget, after which pixels of the screen begin with them again
_WHOLE = 1e-3  # of a pixel: a move by less than that beside whole pixels is one by whole pixels
Paint = Callable[[QPainter, QRectF], None]  # a part of the widget; the painter is clipped to it


class Backing:
    """In the widget's pixels, at the resolution of its screen. On the window's thread."""

    def __init__(self) -> None:
        self._picture, self._spare = QPixmap(), QPixmap()
        self._camera = Camera()  # as it was when the picture was painted
        self._sharp_scale = 0.0  # at which all of the picture was painted last
        self.is_sharp = True  # nothing of the picture was scaled, or moved between pixels that words are set to
        self.is_scaled = False  # some of it was scaled
        self._old: QRegion | None = None  # what is to be painted anew, None for all of it

    def forget(self, part: QRect | None = None) -> None:
        """Something else is to be seen in a part of the widget, or everywhere."""
        if part is None:
            self._old = None
        elif self._old is not None:
            self._old |= QRegion(part)

    def frame(self, size: QSize, ratio: float, camera: Camera, paint: Paint, *, may_scale: bool) -> QPixmap:
        """The picture of what `camera` sees now. `may_scale`: for this once it need not be sharp."""
        if self._picture.size() != size * ratio or self._picture.devicePixelRatio() != ratio:
            self._picture, self._spare = _picture(size, ratio), QPixmap()
            self._old = None
        if self._old is not None:
            self._follow(QRect(QPoint(0, 0), size), ratio, camera, may_scale=may_scale)
        whole = QRegion(QRect(QPoint(0, 0), size))
        old = whole if self._old is None else _on_device_pixels(self._old, ratio) & whole
        if self._old is None:
            self._sharp_scale, self.is_sharp, self.is_scaled = camera.scale, True, False
        self._camera, self._old = replace(camera), QRegion()
        if not old.isEmpty():
            self._paint(old, paint)
        return self._picture

    def _paint(self, old: QRegion, paint: Paint) -> None:
        painter = QPainter(self._picture)
        for part in list(old) if old.rectCount() <= _MOST_RECTS else [old.boundingRect()]:
            painter.save()
            painter.setClipRect(part)
            paint(painter, QRectF(part))
            painter.restore()
        painter.end()

    def _follow(self, whole: QRect, ratio: float, camera: Camera, *, may_scale: bool) -> None:
        """Take the picture to where the camera is."""
        before = self._camera
        if (camera.scale, camera.x, camera.y) == (before.scale, before.x, before.y):
            return
        if camera.scale == before.scale:
            dx, dy = (camera.x - before.x) * ratio, (camera.y - before.y) * ratio
            is_whole = max(abs(dx - round(dx)), abs(dy - round(dy))) < _WHOLE
            is_logical = round(dx) % ratio == 0 and round(dy) % ratio == 0  # regions are in the widget's pixels
            if is_whole and is_logical and QRectF(whole).intersects(QRectF(whole).translated(dx / ratio, dy / ratio)):
                self._scroll(whole, round(dx), round(dy), ratio)
                return
        elif may_scale and 1 / _LARGEST_FACTOR <= camera.scale / self._sharp_scale <= _LARGEST_FACTOR:
            self._scale(whole, ratio, camera)
            return
        self._old = None

    def _scroll(self, whole: QRect, dx: int, dy: int, ratio: float) -> None:
        """By device pixels."""
        assert self._old is not None
        self._picture.scroll(dx, dy, self._picture.rect())
        self.is_sharp = self.is_sharp and ratio == 1
        x, y = round(dx / ratio), round(dy / ratio)
        self._old = self._old.translated(x, y) | (QRegion(whole) - QRegion(whole.translated(x, y)))

    def _scale(self, whole: QRect, ratio: float, camera: Camera) -> None:
        """What has no picture yet is painted."""
        assert self._old is not None
        if self._spare.isNull():
            self._spare = _picture(whole.size(), ratio)
        before = self._camera
        factor = camera.scale / before.scale
        x, y = camera.x - before.x * factor, camera.y - before.y * factor
        place = QRectF(x, y, whole.width() * factor, whole.height() * factor)
        painter = QPainter(self._spare)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
        painter.end()
        self._picture, self._spare = self._spare, self._picture
        self.is_sharp, self.is_scaled = False, True
        covered = place.toRect().adjusted(1, 1, -1, -1)  # the outermost pixels are mixed with what lies outside
        old = QRectF(self._old.boundingRect())
        old = QRectF(x + old.x() * factor, y + old.y() * factor, old.width() * factor, old.height() * factor)
        self._old = (QRegion(whole) - QRegion(covered)) | QRegion(old.toAlignedRect())


def _on_device_pixels(region: QRegion, ratio: float) -> QRegion:
    """As little more of the widget as ends between two pixels of the screen: half a pixel would be painted twice."""
    every = Fraction(ratio).limit_denominator(_MOST_PIXELS).denominator
    if every == 1:
        return region
    grown = QRegion()
    for part in region:
        left, top = part.left() // every * every, part.top() // every * every
        right, bottom = (-(-end // every) * every for end in (part.right() + 1, part.bottom() + 1))
        grown |= QRegion(left, top, right - left, bottom - top)
    return grown


def _picture(size: QSize, ratio: float) -> QPixmap:
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.black)
    return picture
