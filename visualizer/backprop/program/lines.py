"""Whole lines moved, written twice or taken away: those of the selection, or the cursor's. No state.

The lines themselves are not written anew where another can be, so that cursors and marks in them stay.
"""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCursor

from engine.shared import utf16
from visualizer.backprop.program.typing import selected_blocks


def move_up(cursor: QTextCursor) -> None:
    """Above the line before; nothing at the top."""
    blocks = selected_blocks(cursor)
    passed = blocks[0].previous()
    if not passed.isValid():
        return
    text, length, places = passed.text(), passed.length(), (cursor.anchor(), cursor.position())
    end = _end(blocks[-1]) - length
    _replace(cursor, passed.position(), blocks[0].position(), "")
    _replace(cursor, end, end, "\n" + text)
    _select(cursor, places, -length)


def move_down(cursor: QTextCursor) -> None:
    """Below the line behind; nothing at the bottom."""
    blocks = selected_blocks(cursor)
    passed = blocks[-1].next()
    if not passed.isValid():
        return
    text, length, places = passed.text(), passed.length(), (cursor.anchor(), cursor.position())
    start = blocks[0].position()
    _replace(cursor, _end(blocks[-1]), _end(passed), "")
    _replace(cursor, start, start, text + "\n")
    _select(cursor, places, length)


def duplicate(cursor: QTextCursor) -> None:
    """Once more below, where the cursor goes."""
    blocks = selected_blocks(cursor)
    places, start, end = (cursor.anchor(), cursor.position()), blocks[0].position(), _end(blocks[-1])
    _replace(cursor, end, end, "\n" + "\n".join(block.text() for block in blocks))
    _select(cursor, places, end - start + 1)


def join(cursor: QTextCursor) -> None:
    """As one line, the cursor's with the next: a space between them, none inside of a bracket's ends; of comments one,
    and no backslash that led on."""
    blocks, end = selected_blocks(cursor), QTextCursor(cursor)
    end.setPosition(cursor.selectionEnd())
    for _ in range(max(len(blocks) - 1, 1)):
        block = cursor.document().findBlock(cursor.selectionStart())
        below = block.next()
        if not below.isValid():
            return
        kept, added = block.text().rstrip().removesuffix("\\").rstrip(), below.text().strip()
        if kept.lstrip().startswith("#") and added.startswith("#"):
            added = added.lstrip("#").lstrip()
        has_space = bool(kept and added) and kept[-1] not in "([{" and added[0] not in ")]}"
        start, place = cursor.selectionStart(), block.position() + utf16.length(kept)
        _replace(cursor, place, _end(below), f"{' ' * has_space}{added}")
        place += has_space
        _select(cursor, (start, end.position()) if len(blocks) > 1 else (place, place), 0)


def delete(cursor: QTextCursor) -> None:
    """Away, with one of the line ends around them; the cursor keeps its column."""
    blocks = selected_blocks(cursor)
    column, first, behind = cursor.positionInBlock(), blocks[0], blocks[-1].next()
    if behind.isValid():
        _replace(cursor, first.position(), behind.position(), "")
    else:
        _replace(cursor, max(first.position() - 1, 0), _end(blocks[-1]), "")
    here = cursor.block()
    cursor.setPosition(min(here.position() + column, _end(here)))


def _end(block: QTextBlock) -> int:
    """Before its line end."""
    return block.position() + block.length() - 1


def _replace(cursor: QTextCursor, start: int, end: int, text: str) -> None:
    _select(cursor, (start, end), 0)
    cursor.insertText(text)


def _select(cursor: QTextCursor, places: tuple[int, int], moved: int) -> None:
    """From the first place to the second, both moved by as many columns, as far as the text goes."""
    last = cursor.document().characterCount() - 1
    cursor.setPosition(min(places[0] + moved, last))
    cursor.setPosition(min(places[1] + moved, last), QTextCursor.MoveMode.KeepAnchor)
