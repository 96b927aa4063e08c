"""Pictures in the text of a lesson: never wider than it, and one that cannot be read is said to be so."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImageReader, QTextBlockFormat, QTextCursor, QTextDocument

from engine.shared.language import tr

PICTURE = re.compile(r"!\[([^\]\n]*)\]\(([^()\s]+)[^()\n]*\)")
_MOST_BYTES = 200_000_000  # of a picture when it is read, 4 for each point: Qt reads none above 256 MiB


def readable(markdown: str, folder: Path) -> str:
    """The text with a sentence in the place of each picture that cannot be shown."""

    def shown(found: re.Match[str]) -> str:
        words = why_not(found[2], folder)
        if not words:
            return f"![{found[1] or found[2]}]({found[2]})"  # Qt shows none that has no words
        return f"*{found[1]}: {words}*" if found[1] else f"*{words}*"

    return PICTURE.sub(shown, markdown)


def why_not(name: str, folder: Path) -> str:
    """Why a picture cannot be shown, "" where it can."""
    size = _size(folder / name)
    if size is None:
        return tr("The picture {name} could not be read.", name=name)
    is_large = 4 * size.width() * size.height() > _MOST_BYTES
    return tr("The picture {name} is too large.", name=name) if is_large else ""


def _size(path: Path) -> QSize | None:
    reader = QImageReader(str(path))
    return reader.size() if reader.canRead() and not reader.size().isEmpty() else None


def fit(document: QTextDocument, folder: Path, width: float) -> None:
    """Each picture as wide as it is, or as the text."""
    block = document.begin()
    while block.isValid():
        wanted = []
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            if fragment.charFormat().isImageFormat():
                wanted.append((fragment.position(), fragment.length(), fragment.charFormat().toImageFormat()))
            iterator += 1
        for start, length, form in wanted:
            size = _size(folder / form.name())
            if size is not None:
                form.setWidth(min(size.width(), width))
                form.setHeight(size.height() * form.width() / size.width())
                cursor = QTextCursor(document)
                cursor.setPosition(start)
                cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(form)
                whole = QTextBlockFormat()
                whole.setLineHeight(100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
                cursor.mergeBlockFormat(whole)
        block = block.next()
