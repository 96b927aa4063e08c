"""Keys that a code editor treats in its own way: indentation, comments, the first column. No state."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextCursor

from engine.shared import utf16
from visualizer.backprop.program import indentation
from visualizer.look.python_tokens import scan

Edit: TypeAlias = Callable[[QTextCursor], object]

_PAIRS = {"(": ")", "[": "]", "{": "}", "'": "'", '"': '"'}
_LEAVES = re.compile(r"\s*(?:return|pass|break|continue|raise)\b")


def new_line(cursor: QTextCursor) -> None:
    """Break the line and keep its indentation: one level deeper after a colon and in a bracket that it opens, whose end
    goes on to a line of its own; one less after return and the like; after the end of a bracket that of the line where
    it began."""
    cursor.removeSelectedText()
    block, text = cursor.block(), indentation.before(cursor)
    indent = indentation.of(text)
    if not text.strip():  # an empty line keeps no spaces
        is_blank = not block.text().strip()
        cursor.setPosition(block.position(), QTextCursor.MoveMode.KeepAnchor)
        if is_blank:
            _select_line(cursor)
        cursor.insertText("\n" + indent)
        return
    code = scan(text, indentation.state_at(block))[1].rstrip()
    depth, deeper = indentation.opened(code), indent + indentation.unit(cursor.document())
    is_between = code[-1:] in _PAIRS and indentation.after(cursor).startswith(_PAIRS[code[-1]])
    if is_between and code.endswith(text.strip()[-1:]):
        cursor.insertText(f"\n{deeper}\n{indent}")
        cursor.setPosition(cursor.position() - len(indent) - 1)
        return
    goes_on = code.endswith("\\")
    if depth > 0 or code.endswith(":") or (goes_on and not indentation.goes_on(block)):
        indent = deeper
    elif not goes_on and indentation.goes_on(block) and not depth:
        indent = indentation.of(indentation.begin_of(block).text())
    elif depth < 0:
        indent = indentation.where_it_began(block, depth, indent)
    elif _LEAVES.match(code):
        indent = indent.removesuffix(indentation.unit(cursor.document()))
    cursor.insertText("\n" + indent)


def closes_alone(cursor: QTextCursor, key: str) -> bool:
    """Whether a key closes a bracket on a line that has nothing else."""
    block = cursor.block()
    if key not in (")", "]", "}") or cursor.hasSelection() or block.text().strip():
        return False
    return scan(indentation.before(cursor) + key, indentation.state_at(block))[1].endswith(key)  # not in a string


def close_bracket(cursor: QTextCursor, key: str) -> bool:
    """Write a closing bracket that stands alone on its line as deep as the line that opened it; False for any other
    key or place."""
    if not closes_alone(cursor, key):
        return False
    indent = indentation.where_it_began(cursor.block(), -1, indentation.before(cursor))
    _select_line(cursor)
    cursor.insertText(indent + key)
    return True


def indent(cursor: QTextCursor) -> None:
    """A tab, or spaces to the next stop; every selected line that has text one level deeper."""
    step = indentation.unit(cursor.document())
    if not cursor.hasSelection():
        cursor.insertText(step if step == "\t" else " " * (len(step) - cursor.positionInBlock() % len(step)))
    else:
        deepen(cursor)


def deepen(cursor: QTextCursor) -> None:
    """Every selected line that has text, or the cursor's, one level deeper."""
    step = indentation.unit(cursor.document())
    with _whole_lines(cursor):
        for block in selected_blocks(cursor):
            if block.text().strip():
                QTextCursor(block).insertText(step)


def dedent(cursor: QTextCursor) -> None:
    """Every selected line one level less deep."""
    step = indentation.unit(cursor.document())
    width = 4 if step == "\t" else len(step)
    for block in selected_blocks(cursor):
        text = block.text()
        for _ in range(1 if text.startswith("\t") else min(width, len(text) - len(text.lstrip(" ")))):
            QTextCursor(block).deleteChar()


def toggle_comment(cursor: QTextCursor) -> None:
    """Comment the selected lines out, or back in if all of them are comments; of empty ones only one that is alone."""
    chosen = selected_blocks(cursor)
    blocks = [block for block in chosen if block.text().strip()] or chosen[:1]
    with _whole_lines(cursor):
        if all(block.text().lstrip().startswith("#") for block in blocks):
            for block in blocks:
                at = QTextCursor(block)
                at.setPosition(block.position() + block.text().index("#"))
                for _ in range(2 if block.text().lstrip().startswith("# ") else 1):
                    at.deleteChar()
            return
        column = len(indentation.common(block.text() for block in blocks))
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
    before, width = indentation.before(cursor), len(indentation.unit(cursor.document()))
    if cursor.hasSelection() or not before or before.strip(" ") or len(before) % width:
        return False
    for _ in range(width):
        cursor.deletePreviousChar()
    return True


@contextmanager
def _whole_lines(cursor: QTextCursor) -> Iterator[None]:
    """What is selected from a first column on still is after what is written there."""
    start = cursor.selectionStart()
    begins_line = cursor.hasSelection() and start == cursor.document().findBlock(start).position()
    is_forward = cursor.anchor() == start
    yield
    if begins_line:
        end = cursor.selectionEnd()
        cursor.setPosition(start if is_forward else end)
        cursor.setPosition(end if is_forward else start, QTextCursor.MoveMode.KeepAnchor)


def _select_line(cursor: QTextCursor) -> None:
    """From its first column on."""
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)


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
