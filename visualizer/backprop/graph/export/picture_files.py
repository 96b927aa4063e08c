"""A painter for each kind of file that a drawing can be written as, in scene pixels, and the bytes that come of it."""

from __future__ import annotations

import struct
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPaintDevice, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from engine.protocol.errors import EngineError
from visualizer.look.svg_text import with_families, with_widths

_DOTS_PER_INCH = 96
_POINTS_PER_INCH = 72
_LARGEST_PAGE = 14_400  # points: readers of PDF know no larger one
_PNG_RATIOS = (2, 1)  # pixels of the file to one of the scene; below, its text could not be read
_LONGEST_SIDE = 32_767  # pixels: Qt paints no further
_MOST_PIXELS = 1 << 27  # half a gigabyte for whoever looks at it
_STRIP_PIXELS = 1 << 22  # what is cut by a strip's edge is painted in both
_PACKED_BYTES = 1 << 20  # at once
_UP = 2  # PNG's number of that filter
_LEVEL = 3  # of zlib: of such rows a higher one makes files a fifth smaller in three times the time
_PIECE_BYTES = 1 << 16


class Picture(ABC):
    """For each of `areas`, in scene pixels: `begin` it, paint it, `end` it. Then `pieces` are the file."""

    areas: Sequence[QRectF]

    @abstractmethod
    def begin(self, area: QRectF) -> QPainter:
        """A painter in scene pixels, to be ended before `end`."""

    @abstractmethod
    def end(self) -> Iterator[None]:
        """What was painted is taken over, in steps of little time."""

    @abstractmethod
    def pieces(self) -> Iterator[bytes]:
        """The file in parts, each made in little time, once all is painted."""


class SvgPicture(Picture):
    """Text stays text, in the fonts of the window, and in others where there are none of these."""

    def __init__(self, bounds: QRectF) -> None:
        self.areas = (bounds,)
        self._bytes, self._buffer = _buffer()
        self._generator = QSvgGenerator()
        self._generator.setOutputDevice(self._buffer)
        self._generator.setResolution(_DOTS_PER_INCH)
        self._generator.setSize(_size(bounds, 1))
        self._generator.setViewBox(QRectF(QPointF(0, 0), QSizeF(_size(bounds, 1))))
        self._generator.setTitle("Autograd graph")

    def begin(self, area: QRectF) -> QPainter:
        return _painter(self._generator, area, 1.0)

    def end(self) -> Iterator[None]:
        self._buffer.close()
        yield

    def pieces(self) -> Iterator[bytes]:
        data = with_families(self._bytes.data())
        start = 0
        while start < len(data):
            end = data.find(b"\n<text ", start + _PIECE_BYTES)  # a line, so that no text is cut in two
            stop = end if end >= 0 else len(data)
            yield with_widths(data[start:stop])
            start = stop


class PdfPicture(Picture):
    """One page, as large as the graph or as a page may be; fonts are embedded."""

    def __init__(self, bounds: QRectF) -> None:
        self.areas = (bounds,)
        self._bytes, self._buffer = _buffer()
        self._writer = QPdfWriter(self._buffer)
        self._writer.setResolution(_DOTS_PER_INCH)
        self._writer.setTitle("Autograd graph")
        points = bounds.size() * (_POINTS_PER_INCH / _DOTS_PER_INCH)
        self._scale = min(1.0, _LARGEST_PAGE / max(points.width(), points.height()))
        page = QPageSize(points * self._scale, QPageSize.Unit.Point, "graph", QPageSize.SizeMatchPolicy.ExactMatch)
        self._writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))

    def begin(self, area: QRectF) -> QPainter:
        return _painter(self._writer, area, self._scale)

    def end(self) -> Iterator[None]:
        self._buffer.close()
        yield

    def pieces(self) -> Iterator[bytes]:
        yield self._bytes.data()


class PngPicture(Picture):
    """8-bit RGB, each row as its difference to the one above, at twice the size of 100 %, or once where that would be
    too large. Painted in strips, so that no more of it than one is ever in memory."""

    def __init__(self, bounds: QRectF) -> None:
        self._ratio = _png_ratio(bounds)
        self._size = _size(bounds, self._ratio)
        n_rows = max(_STRIP_PIXELS // self._size.width() // self._ratio * self._ratio, self._ratio)
        self._heights = [min(n_rows, self._size.height() - top) for top in range(0, self._size.height(), n_rows)]
        tops = (bounds.top() + place * n_rows / self._ratio for place in range(len(self._heights)))
        self.areas = tuple(
            QRectF(bounds.left(), top, bounds.width(), height / self._ratio)
            for top, height in zip(tops, self._heights, strict=True)
        )
        self._strip = QImage()
        self._above = np.zeros(3 * self._size.width(), dtype=np.uint8)  # the row that was packed last
        self._packer, self._parts = zlib.compressobj(_LEVEL), list[bytes]()

    def begin(self, area: QRectF) -> QPainter:
        height = self._heights[self.areas.index(area)]
        self._strip = QImage(self._size.width(), height, QImage.Format.Format_RGB32)
        return _painter(self._strip, area, self._ratio)

    def end(self) -> Iterator[None]:
        strip, self._strip = self._strip.convertToFormat(QImage.Format.Format_RGB888), QImage()
        yield
        width, height = 3 * strip.width(), strip.height()
        pixels = np.frombuffer(strip.constBits(), dtype=np.uint8).reshape(height, strip.bytesPerLine())[:, :width]
        at_once = max(_PACKED_BYTES // width, 1)
        for top in range(0, height, at_once):
            some = pixels[top : top + at_once]
            rows = np.full((len(some), 1 + width), _UP, dtype=np.uint8)
            np.subtract(some, np.vstack([self._above[None], some[:-1]]), out=rows[:, 1:])
            self._above = some[-1].copy()
            self._parts.append(self._packer.compress(rows.data))
            yield

    def pieces(self) -> Iterator[bytes]:
        head = struct.pack(">IIBBBBB", self._size.width(), self._size.height(), 8, 2, 0, 0, 0)
        body = b"".join((*self._parts, self._packer.flush()))
        yield b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _painter(device: QPaintDevice, area: QRectF, scale: float) -> QPainter:
    painter = QPainter(device)
    painter.scale(scale, scale)
    painter.translate(-area.topLeft())
    return painter


PICTURES: Mapping[str, Callable[[QRectF], Picture]] = {".svg": SvgPicture, ".pdf": PdfPicture, ".png": PngPicture}


def png_size(bounds: QRectF) -> QSize:
    """Pixels of a PNG. Raises EngineError where its text could not be read in any that fits."""
    return _size(bounds, _png_ratio(bounds))


def _png_ratio(bounds: QRectF) -> int:
    """Pixels of the file to one of the scene."""
    for ratio in _PNG_RATIOS:
        if _fits(_size(bounds, ratio)):
            return ratio
    size = _size(bounds, _PNG_RATIOS[-1])
    raise EngineError(
        "export.png_too_large",
        "As a PNG this graph would have {width:,} × {height:,} pixels, too many to be drawn at once: export it as SVG "
        "or PDF, which hold any size, or fold modules first.",
        width=size.width(),
        height=size.height(),
    )


def _size(bounds: QRectF, ratio: int) -> QSize:
    return QSize(round(bounds.width() * ratio), round(bounds.height() * ratio))


def _fits(size: QSize) -> bool:
    return max(size.width(), size.height()) <= _LONGEST_SIDE and size.width() * size.height() <= _MOST_PIXELS


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _buffer() -> tuple[QByteArray, QBuffer]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return data, buffer
