"""Keys that a code editor treats in its own way: indentation, comments, the first column. No state."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextCursor

from engine.shared import utf16
from visualizer.look.python_tokens import scan

Edit: TypeAlias = Callable[[QTextCursor], object]

_INDENT = "    "
_PAIRS = {"(": ")", "[": "]", "{": "}", "'": "'", '"': '"'}


def new_line(cursor: QTextCursor) -> None:
    """Break the line and keep its indentation: one level deeper after a colon and in a bracket that it opens, one less
    after return and the like; after the end of a bracket that of the line where it began."""
    block = cursor.block()
    text = block.text()[: cursor.positionInBlock()]
    indent = text[: len(text) - len(text.lstrip())]
    if not block.text().strip():  # an empty line keeps no spaces
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText("\n" + indent)
        return
    code = scan(text, max(block.previous().userState(), 0))[1].rstrip()
    depth = _opened(code)
    if depth > 0 or code.endswith(":"):
        indent += _INDENT
    elif depth < 0:
        indent = _indent_where_it_began(cursor.block(), depth, indent)
    elif code.strip().split(" ")[0] in ("return", "pass", "break", "continue", "raise"):
        indent = indent.removesuffix(_INDENT)
    cursor.insertText("\n" + indent)


def _opened(code: str) -> int:
    """How many more brackets it opens than it closes."""
    return sum((character in "([{") - (character in ")]}") for character in code)


def _indent_where_it_began(block: QTextBlock, depth: int, otherwise: str) -> str:
    while (block := block.previous()).isValid():
        text = block.text()
        depth += _opened(scan(text, max(block.previous().userState(), 0))[1])
        if depth >= 0:
            return text[: len(text) - len(text.lstrip())]
    return otherwise


def close_bracket(cursor: QTextCursor, key: str) -> bool:
    """Write a closing bracket that stands alone on its line as deep as the line that opened it; False for any other
    key or place."""
    block, before = cursor.block(), cursor.block().text()[: cursor.positionInBlock()]
    if key not in (")", "]", "}") or cursor.hasSelection() or block.text().strip():
        return False
    if not scan(before + key, max(block.previous().userState(), 0))[1].endswith(key):  # in a string
        return False
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(_indent_where_it_began(block, -1, before) + key)
    return True


def indent(cursor: QTextCursor) -> None:
    """Spaces to the next stop, or every selected line one level deeper."""
    if not cursor.hasSelection():
        cursor.insertText(" " * (4 - cursor.positionInBlock() % 4))
        return
    for block in selected_blocks(cursor):
        QTextCursor(block).insertText(_INDENT)


def dedent(cursor: QTextCursor) -> None:
    """Every selected line one level less deep."""
    for block in selected_blocks(cursor):
        text = block.text()
        for _ in range(min(4, len(text) - len(text.lstrip(" ")))):
            QTextCursor(block).deleteChar()


def toggle_comment(cursor: QTextCursor) -> None:
    """Comment the selected lines out, or back in if all of them are comments."""
    blocks = [block for block in selected_blocks(cursor) if block.text().strip()]
    if not blocks:
        return
    if all(block.text().lstrip().startswith("#") for block in blocks):
        for block in blocks:
            at = QTextCursor(block)
            at.setPosition(block.position() + block.text().index("#"))
            for _ in range(2 if block.text().lstrip().startswith("# ") else 1):
                at.deleteChar()
        return
    column = min(len(block.text()) - len(block.text().lstrip()) for block in blocks)
    for block in blocks:
        at = QTextCursor(block)
        at.setPosition(block.position() + column)
        at.insertText("# ")


def home(cursor: QTextCursor, *, is_selecting: bool) -> None:
    """To the first letter of the line; from there to its first column."""
    mode = QTextCursor.MoveMode.KeepAnchor if is_selecting else QTextCursor.MoveMode.MoveAnchor
    text = cursor.block().text()
    first = len(text) - len(text.lstrip())
    target = 0 if cursor.positionInBlock() == first else first
    cursor.setPosition(cursor.block().position() + target, mode)


def backspace_indent(cursor: QTextCursor) -> bool:
    """Delete back to the previous stop inside the indentation; False where there is none."""
    before = cursor.block().text()[: cursor.positionInBlock()]
    if cursor.hasSelection() or not before or before.strip() or len(before) % 4:
        return False
    for _ in range(4):
        cursor.deletePreviousChar()
    return True


def selected_blocks(cursor: QTextCursor) -> list[QTextBlock]:
    """The lines of the selection, or of the cursor; not one at whose first column the selection ends."""
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    if cursor.hasSelection() and cursor.selectionEnd() == last.position() and last != block:
        last = last.previous()
    blocks = [block]
    while block != last:
        block = block.next()
        blocks.append(block)
    return blocks


def surrounding(key: str) -> Edit | None:
    """Puts a pair of brackets or quotes around what is selected, which stays so; None for any other key."""
    if not key or key not in _PAIRS:
        return None

    def surround(cursor: QTextCursor) -> None:
        start, text = cursor.selectionStart(), cursor.selectedText()
        cursor.insertText(f"{key}{text}{_PAIRS[key]}" if text else key)
        if text:
            cursor.setPosition(start + 1)
            cursor.setPosition(start + 1 + utf16.length(text), QTextCursor.MoveMode.KeepAnchor)

    return surround


EDITS: dict[int, Edit] = {
    Qt.Key.Key_Return: new_line,
    Qt.Key.Key_Enter: new_line,
    Qt.Key.Key_Tab: indent,
    Qt.Key.Key_Backtab: dedent,
}  # by key, pressed without Ctrl
