"""A picture as the line that reads it: as many channels and bits as the file has, or a comment on what is left out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QPixelFormat

PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff")
_AS_IT_IS = (".tif", ".tiff")  # of any kind of numbers
_KNOWN = (".png", ".jpg", ".jpeg", ".bmp", ".gif")
_OPAQUE = 255
_HEAD_BYTES = 1 << 16  # of a PNG, in which stands whether it moves
_DEEP = (QImage.Format.Format_RGBX64, QImage.Format.Format_RGBA64, QImage.Format.Format_RGBA64_Premultiplied)


def picture_line(path: Path) -> str:
    """An expression whose value is a tensor, and a comment on its axes. Raises ValueError for what is no picture."""
    reader = QImageReader(str(path))
    n_pictures = _n_pictures(reader, path)  # before its kind is asked for, behind which Qt counts one page of any
    suffix, kind = path.suffix.lower(), reader.imageFormat()
    if suffix in _KNOWN and not reader.canRead():
        raise ValueError("no picture")
    opened = f"Image.open({str(path)!r})"
    if reader.transformation() != QImageIOHandler.Transformation.TransformationNone:  # as the camera was held
        opened = f"ImageOps.exif_transpose({opened})"
    one = f"the first of {n_pictures} pictures" if n_pictures > 1 else ""
    first = f"; {one}" if one else ""
    if suffix in _AS_IT_IS and kind != QImage.Format.Format_Indexed8:  # these are places in a list of colours
        inks = "cyan, magenta, yellow, black" if kind == QImage.Format.Format_CMYK8888 else ""
        remark = "; ".join(filter(None, (inks, one)))
        return f"torch.from_numpy(np.array({opened}))" + (f"  # {remark}" if remark else "")
    if kind == QImage.Format.Format_Grayscale16:
        return f"torch.from_numpy(np.array({opened}).astype(np.int32))  # row, column{first}"
    if kind in (QImage.Format.Format_Grayscale8, QImage.Format.Format_Mono, QImage.Format.Format_MonoLSB):
        return f"torch.from_numpy(np.array({opened}.convert('L')))  # row, column{first}"
    left_out = "; the upper 8 of 16 bits" if kind in _DEEP else ""
    left_out += "; without transparency" if _is_clear(reader, kind) else ""
    return f"torch.from_numpy(np.array({opened}.convert('RGB')))  # row, column, colour{left_out}{first}"


def _n_pictures(reader: QImageReader, path: Path) -> int:
    """Of an animation, or of pages: what Qt counts, and in a PNG what is said before its first picture."""
    if bytes(reader.format().data()) != b"png":
        return reader.imageCount()
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES).partition(b"IDAT")[0]
    _, found, rest = head.partition(b"acTL")
    return int.from_bytes(rest[:4], "big") if found else 1


def _is_clear(reader: QImageReader, kind: QImage.Format) -> bool:
    """Whether something of a picture can be looked through, by its kind or, where that does not tell, its first."""
    if kind in (QImage.Format.Format_Indexed8, QImage.Format.Format_Invalid):
        image = reader.read()
        if not image.hasAlphaChannel():  # also of what Qt cannot read, and Pillow may
            return False
        alpha = image.convertToFormat(QImage.Format.Format_Alpha8)
        seen = np.frombuffer(alpha.constBits(), np.uint8).reshape(alpha.height(), -1)[:, : alpha.width()]
        return bool((seen < _OPAQUE).any())
    return QImage.toPixelFormat(kind).alphaUsage() == QPixelFormat.AlphaUsage.UsesAlpha
