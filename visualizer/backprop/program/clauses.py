"""Where `else`, `elif`, `except`, `finally` and `case` belong: as deep as the block that they go on with. No state."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextCursor

from visualizer.backprop.program import indentation
from visualizer.look.python_tokens import scan

_CLAUSE = re.compile(r"\s*(?:(else|finally)\s*|(elif|except)\b.*|(case)\s+[^\s=].*)")
_WORD = re.compile(r"\s*(?:async\s+)?(\w+)")
_GOES_ON_WITH = {
    "else": {"if", "elif", "for", "while", "except"},
    "elif": {"if", "elif"},
    "except": {"try", "except"},
    "finally": {"try", "except", "else"},
    "case": {"case"},
}


def too_deep(cursor: QTextCursor) -> str | None:
    """How deep the line belongs where its text, up to the caret, is such a clause without its colon and stands deeper
    than any block that it could go on with; None for any other."""
    text = indentation.before(cursor)
    clause = _CLAUSE.fullmatch(text)
    if clause is None or indentation.after(cursor).strip() or scan(text, indentation.state_at(cursor.block()))[2]:
        return None
    word = clause[1] or clause[2] or clause[3]
    own = limit = len(indentation.of(text))
    block = cursor.block()
    while limit >= 0 and (block := block.previous()).isValid():
        line = block.text()
        depth, first = len(indentation.of(line)), _WORD.match(line)
        if depth > limit or first is None or indentation.state_at(block):
            continue
        if first[1] in _GOES_ON_WITH[word] and scan(line)[1].rstrip().endswith(":"):
            return indentation.of(line) if depth < own else None
        if word == "case" and first[1] == "match" and depth < own:
            return None  # the first of it
        limit = depth - 1 if first[1] in ("else", "finally") else depth
    return None


def end(cursor: QTextCursor) -> None:
    """Write the colon, and the line as deep as it belongs."""
    indent = too_deep(cursor)
    cursor.insertText(":")
    if indent is not None:
        start = QTextCursor(cursor.block())
        for _ in range(len(indentation.of(cursor.block().text())) - len(indent)):
            start.deleteChar()
