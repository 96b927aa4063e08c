"""The words of an SVG drawing, for a reader without the fonts that ship here: others, in the room of these."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from PySide6.QtGui import QFont, QFontMetricsF

_FAMILIES = {  # for a reader without the fonts that ship here, and for names in other scripts
    "Inter": "'Helvetica Neue',Arial,'Noto Sans','DejaVu Sans',{others},sans-serif",
    "JetBrains Mono": "Menlo,Consolas,'Noto Sans Mono','DejaVu Sans Mono','Noto Sans Mono CJK SC',{others},monospace",
}
_OTHERS = "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei','Noto Color Emoji','Apple Color Emoji','Segoe UI Emoji'"
_TEXT = re.compile(rb'<text ([^>]*font-family="([^"]*)" font-size="(\d+)" font-weight="(\d+)"[^>]*)>([^<]+)<')


def with_families(drawing: bytes) -> bytes:
    """What QSvgGenerator wrote, or its beginning, with the fonts to be taken for those that are not there."""
    return drawing.replace(b"<defs>", f"<defs><style>{_style()}</style>".encode(), 1)


def with_widths(drawing: bytes) -> bytes:
    """The same, or a part of it that cuts no text in two, with the width that each text has here."""
    return _TEXT.sub(_with_width, drawing)


def _style() -> str:
    rules = ((family, others.format(others=_OTHERS)) for family, others in _FAMILIES.items())
    return "".join(f"text[font-family='{family}']{{font-family:'{family}',{others}}}" for family, others in rules)


def _with_width(found: re.Match[bytes]) -> bytes:
    """The text with the width that it has here: another font is squeezed into it, where it would run over its card."""
    attributes, family, size, weight, text = found.groups()
    width = _text_width(family.decode(), int(size), int(weight), unescape(text.decode()))
    return b'<text %b textLength="%.2f" lengthAdjust="spacingAndGlyphs">%b<' % (attributes, width, text)


@lru_cache(maxsize=4096)
def _text_width(family: str, px: int, weight: int, text: str) -> float:
    font = QFont(family)
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return QFontMetricsF(font).horizontalAdvance(text)
