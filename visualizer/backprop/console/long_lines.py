"""Lines of any length in a document: Qt lays out a line whole at each change, so that a long one goes on in others."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

_LONGEST = 5_000  # UTF-16 units
_GOES_ON = 1  # the state of what goes on in the next


def put(cursor: QTextCursor, text: str, form: QTextCharFormat) -> None:
    """Write at the end of the document."""
    lines = text.split("\n")
    if cursor.positionInBlock() + max(map(len, lines)) <= _LONGEST:
        cursor.insertText(text, form)  # many times faster
        return
    cursor.beginEditBlock()  # each is laid out once
    for number, line in enumerate(lines):
        cursor.insertText("\n" if number else "", form)
        room, place = max(_LONGEST - cursor.positionInBlock(), 0), 0
        while len(line) - place > room:
            cursor.insertText(line[place : place + room], form)
            block = cursor.block()
            cursor.insertText("\n", form)
            block.setUserState(_GOES_ON)
            room, place = _LONGEST, place + room
        cursor.insertText(line[place:], form)
    cursor.endEditBlock()


def text_of(document: QTextDocument) -> str:
    """As it was written."""
    pieces, block = [], document.firstBlock()
    while block.isValid():
        pieces.append(block.text() + ("" if block.userState() == _GOES_ON else "\n"))
        block = block.next()
    return "".join(pieces).removesuffix("\n").replace("\u00a0", " ").replace("\u2028", "\n")
