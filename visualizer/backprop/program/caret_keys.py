"""What a key does at one caret of several: where it goes, what it deletes, what it writes. No state."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

from visualizer.backprop.program import typing

Act: TypeAlias = Callable[[QTextCursor], object]

_Key, _Go, _Mode = QKeySequence.StandardKey, QTextCursor.MoveOperation, QTextCursor.MoveMode
_WAYS = {
    "NextChar": _Go.NextCharacter,
    "PreviousChar": _Go.PreviousCharacter,
    "NextWord": _Go.NextWord,
    "PreviousWord": _Go.PreviousWord,
    "NextLine": _Go.Down,
    "PreviousLine": _Go.Up,
    "NextPage": _Go.Down,
    "PreviousPage": _Go.Up,
    "EndOfLine": _Go.EndOfBlock,
    "StartOfDocument": _Go.Start,
    "EndOfDocument": _Go.End,
}
_MOVES = {
    getattr(_Key, f"{what}{name}"): (name, mode)
    for name in _WAYS
    for what, mode in (("MoveTo", _Mode.MoveAnchor), ("Select", _Mode.KeepAnchor))
}
_DELETED = {
    _Key.Delete: _Go.NextCharacter,
    _Key.DeleteEndOfWord: _Go.NextWord,
    _Key.DeleteStartOfWord: _Go.PreviousWord,
}
_NOT_TYPED = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)


def move_of(event: QKeyEvent, n_rows: int) -> Act | None:
    """Where a caret goes by this key, None for a key that moves none. `n_rows`: of a page."""
    if event.key() == Qt.Key.Key_Home and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return partial(typing.home, is_selecting=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
    for key, (name, mode) in _MOVES.items():
        if event.matches(key):
            return partial(_move, name=name, mode=mode, n_rows=n_rows if name.endswith("Page") else 1)
    return None


def edit_of(event: QKeyEvent) -> Act | None:
    """What this key does to the text at a caret, None for a key that changes none. Lines as a whole are not its."""
    if event.key() == Qt.Key.Key_Backspace and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return lambda cursor: typing.backspace_indent(cursor) or cursor.deletePreviousChar()
    for key, way in _DELETED.items():
        if event.matches(key):
            return partial(_delete, way=way)
    text = event.text()
    if text and text.isprintable() and event.modifiers() not in _NOT_TYPED:
        return lambda cursor: typing.close_bracket(cursor, text) or cursor.insertText(text)
    return None


def _move(cursor: QTextCursor, name: str, mode: QTextCursor.MoveMode, n_rows: int) -> None:
    """To the end of what is selected, where a letter is gone without selecting on."""
    if mode == _Mode.MoveAnchor and cursor.hasSelection() and name.endswith("Char"):
        cursor.setPosition(cursor.selectionEnd() if name == "NextChar" else cursor.selectionStart())
    else:
        cursor.movePosition(_WAYS[name], mode, n_rows)


def _delete(cursor: QTextCursor, way: QTextCursor.MoveOperation) -> None:
    if not cursor.hasSelection():
        cursor.movePosition(way, _Mode.KeepAnchor)
    cursor.removeSelectedText()
