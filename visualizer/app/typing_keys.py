"""Which keys no action can have: a field needs them for its text, to move in it, or to be left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_FIRST_WITHOUT_LETTER = 0x01000000  # of Qt's numbers of keys: what is below it is a letter or a sign
_MOVING = (
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete, Qt.Key.Key_Insert, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_unknown,
)  # fmt: skip


def is_typed(keys: QKeySequence) -> bool:
    """Whether the first of them writes a letter, without Ctrl, Alt or Meta, or with all that they do nothing else."""
    return _is_bare(keys) and keys[0].key() < _FIRST_WITHOUT_LETTER


def is_moving(keys: QKeySequence) -> bool:
    """Whether the first of them, without Ctrl, Alt or Meta, moves within a field, or from one to the next."""
    return _is_bare(keys) and keys[0].key() in _MOVING


def _is_bare(keys: QKeySequence) -> bool:
    return not keys.isEmpty() and not keys[0].keyboardModifiers() & _MODIFIERS
