"""A picture as the line that reads it: as many channels and bits as the file has, or a comment on what is left out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QPixelFormat

PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff")
_AS_IT_IS = (".tif", ".tiff")  # of any kind of numbers
_KNOWN = (".png", ".jpg", ".jpeg", ".bmp", ".gif")
_DEEP = (QImage.Format.Format_RGBX64, QImage.Format.Format_RGBA64, QImage.Format.Format_RGBA64_Premultiplied)


def picture_line(path: Path) -> str:
    """An expression whose value is a tensor, and a comment on its axes. Raises ValueError for what is no picture."""
    reader = QImageReader(str(path))
    suffix, kind = path.suffix.lower(), reader.imageFormat()
    if suffix in _KNOWN and not reader.canRead():
        raise ValueError("no picture")
    opened = f"Image.open({str(path)!r})"
    if reader.transformation() != QImageIOHandler.Transformation.TransformationNone:  # as the camera was held
        opened = f"ImageOps.exif_transpose({opened})"
    n_pictures = reader.imageCount() if reader.supportsAnimation() else 1
    first = f"; the first of {n_pictures} pictures" if n_pictures > 1 else ""
    if suffix in _AS_IT_IS:
        return f"torch.from_numpy(np.array({opened}))"
    if kind == QImage.Format.Format_Grayscale16:
        return f"torch.from_numpy(np.array({opened}).astype(np.int32))  # row, column"
    if kind in (QImage.Format.Format_Grayscale8, QImage.Format.Format_Mono, QImage.Format.Format_MonoLSB):
        return f"torch.from_numpy(np.array({opened}.convert('L')))  # row, column{first}"
    left_out = "; the upper 8 of 16 bits" if kind in _DEEP else ""
    if kind != QImage.Format.Format_Invalid and (_has_alpha(kind) or _has_clear_color(reader, kind)):
        left_out += "; without transparency"
    return f"torch.from_numpy(np.array({opened}.convert('RGB')))  # row, column, colour{left_out}{first}"


def _has_alpha(kind: QImage.Format) -> bool:
    return QImage.toPixelFormat(kind).alphaUsage() == QPixelFormat.AlphaUsage.UsesAlpha


def _has_clear_color(reader: QImageReader, kind: QImage.Format) -> bool:
    """Whether one of the colours of its palette can be looked through."""
    return kind == QImage.Format.Format_Indexed8 and reader.read().hasAlphaChannel()
