"""Icons drawn as lines in a 16-unit box, in the text colour of their place."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from visualizer.look import theme

# SVG path data; a leading "!" means filled.
_PATHS = {
    "run": "!M5 3.2v9.6l8-4.8z",
    "play": "!M5 3.2v9.6l8-4.8z",
    "stop": "!M4 4h8v8h-8z",
    "pause": "!M4 3.5h2.6v9H4zM9.4 3.5H12v9H9.4z",
    "step": "M6 3.5l4.5 4.5L6 12.5",
    "back": "M10 3.5L5.5 8l4.5 4.5",
    "start": "M4 3.5v9M12 3.5L7 8l5 4.5z",
    "end": "M12 3.5v9M4 3.5L9 8l-5 4.5z",
    "step-over": "M3 9.5a5 5 0 0 1 9.4-2M12.8 3.8v3.9H8.9M6.8 11.5a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0",
    "run-to": "M2.5 8h7M6.5 4.5L10 8l-3.5 3.5M13 3.5v9",
    "search": "M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M10.3 10.3L13.5 13.5",
    "plus": "M8 3v10M3 8h10",
    "minus": "M3 8h10",
    "fit": "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
    "fold": "M4 6l4-3.5L12 6M4 10l4 3.5 4-3.5",
    "unfold": "M4 5.5L8 9l4-3.5M4 9.5L8 13l4-3.5",
    "open": "M2 12.5v-9h4.5l1.5 2h6v7z",
    "save": "M3 2.5h8l2.5 2.5v8.5H3zM5.5 2.5v4h5v-4M5.5 13.5V9.5h5v4",
    "copy": "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
    "undo": "M5.5 3L2.5 6l3 3M2.5 6h6.5a4 4 0 0 1 0 8H6",
    "fit-data": "M2.5 3v10.5h11M5 11V8M8 11V5M11 11V6.5",
    "outliers": "M2 5.5h3.5M10.5 5.5H14M2 13h3.5L8 2l2.5 11H14",
    "redo": "M10.5 3l3 3-3 3M13.5 6H7a4 4 0 0 0 0 8h3",
    "close": "M4 4l8 8M12 4l-8 8",
    "float": "M7 4H3.5v8.5H12V9M9.5 3H13v3.5M13 3L8 8",
    "dock": "M7 4H3.5v8.5H12V9M8 4.5V8h3.5M8 8l5-5",
    "settings": "M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6"
    "M10 2.5a2 2 0 1 0 0 4a2 2 0 1 0 0-4M6 9.5a2 2 0 1 0 0 4a2 2 0 1 0 0-4",
    "check": "M3 8.5l3.5 3.5L13 4.5",
    "warning": "M8 2.5l6 11H2zM8 6.5v3.5M8 11.8v.2",
    "eye": "M1.5 8s2.4-4.5 6.5-4.5S14.5 8 14.5 8 12.1 12.5 8 12.5 1.5 8 1.5 8zM8 6a2 2 0 1 0 0 4a2 2 0 1 0 0-4",
    "chevron-down": "M4 6l4 4 4-4",
    "chevron-right": "M6 4l4 4-4 4",
    "chevron-up": "M4 10l4-4 4 4",
    "camera": "M2 5h3l1.2-2h3.6L11 5h3v8H2zM8 6.8a2.2 2.2 0 1 0 0 4.4a2.2 2.2 0 1 0 0-4.4",
    "lock": "M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
    "export": "M8 10V2.5M5 5l3-3 3 3M3 9v4.5h10V9",
    "restart": "M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3",
    "pencil": "M3 13l.6-2.8L11 2.8l2.2 2.2-7.4 7.4z",
    "pulse": "M1.5 8.5h3L6.5 3.5l3 9 2-4h3",
    "terminal": "M3 4l4 4-4 4M8 12.5h5",
    "storage": "M1.5 5.5h13v5h-13zM4.75 5.5v5M8 5.5v5M11.25 5.5v5",
    "grid": "M2.5 2.5h11v11h-11zM2.5 6.2h11M2.5 9.8h11M6.2 2.5v11M9.8 2.5v11",
    "list": "M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.2M2.5 8h.2M2.5 12h.2",
    "trash": "M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.6 9h5.8l.6-9",
    "folder": "M2 12.5v-9h4.5l1.5 2h6v7z",
    "folder-plus": "M2 12.5v-9h4.5l1.5 2h6v7zM8 7.2v3.6M6.2 9h3.6",
    "page": "M4 2.5h5.5l3 3v8H4zM9.5 2.5v3h3",
    "up": "M8 13V3.5M4.5 7L8 3.5 11.5 7",
    "info": "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12M8 7.2v4M8 4.8v.2",
}


def names() -> tuple[str, ...]:
    """Every icon there is."""
    return tuple(_PATHS)


def icon(name: str, color: QColor | None = None, size: int = 16) -> QIcon:
    """An icon in `color` (else text.secondary, muted when disabled). Raises KeyError for an unknown name."""
    result = QIcon()
    look = theme.current()
    for mode, shade in (
        (QIcon.Mode.Normal, color or look.color("text.secondary")),
        (QIcon.Mode.Disabled, look.color("line.control")),
    ):
        for ratio in (1, 2):
            result.addPixmap(pixmap(name, shade, look.px(size), ratio), mode)
    return result


def pixmap(name: str, color: QColor, size: int = 16, ratio: float = 1) -> QPixmap:
    """One icon as a pixmap of `size` logical pixels."""
    made = QPixmap.fromImage(_drawn(name, color.name(), round(size * ratio)))
    made.setDevicePixelRatio(ratio)
    return made


@lru_cache(maxsize=512)
def _drawn(name: str, stroke: str, size: int) -> QImage:
    """Kept as an image, which outlives the application that a pixmap needs."""
    path = _PATHS[name]
    style = (
        f'fill="{stroke}" stroke="none"'
        if path.startswith("!")
        else f'fill="none" stroke="{stroke}" stroke-width="1.4"'
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path {style} stroke-linecap="round" '
        f'stroke-linejoin="round" d="{path.lstrip("!")}"/></svg>'
    )
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image
