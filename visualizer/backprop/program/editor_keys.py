"""Which keys the editor takes for itself, before Qt's own text would."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

from visualizer.backprop.program import clauses, typing
from visualizer.backprop.program.cursors import Cursors
from visualizer.backprop.program.navigation import Navigation

_Keys = QKeySequence.StandardKey


class Editing(Protocol):
    """What an editor does by these keys."""

    cursors: Cursors
    navigation: Navigation

    def textCursor(self) -> QTextCursor: ...
    def setTextCursor(self, cursor: QTextCursor) -> None: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def cut(self) -> None: ...
    def copy(self) -> None: ...
    def edit(self, edit: typing.Edit) -> None: ...
    def edit_lines(self, edit: typing.Edit) -> None: ...


def runs(event: QKeyEvent) -> bool:
    """Whether it is Return with a key that makes it one of the window's."""
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bool(event.modifiers() & held)


def take(editor: Editing, event: QKeyEvent) -> bool:
    """Whether this key is done; False leaves it to the carets and to Qt."""
    if runs(event):
        return True  # Run and Step through belong to the window's actions, never to the text
    if event.key() == Qt.Key.Key_Left and event.modifiers() == Qt.KeyboardModifier.AltModifier:
        editor.navigation.go_back()
        return True
    acts = {_Keys.Undo: editor.undo, _Keys.Redo: editor.redo, _Keys.Cut: editor.cut, _Keys.Copy: editor.copy}
    for standard, act in acts.items():
        if event.matches(standard):  # which Qt asks a text for before a shortcut
            act()
            return True
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    edit = None if control else typing.EDITS.get(event.key())
    if edit is not None:
        is_of_lines = edit is typing.dedent or (edit is typing.indent and editor.cursors.have_selected)
        (editor.edit_lines if is_of_lines else editor.edit)(edit)
        return True
    if not control and editor.cursors.have_selected and (pair := typing.surrounding(event.text())):
        editor.edit(pair)
        return True
    return not control and not editor.cursors.are_many and _of_one_caret(editor, event)


def _of_one_caret(editor: Editing, event: QKeyEvent) -> bool:
    cursor = editor.textCursor()
    if event.key() == Qt.Key.Key_Home:
        typing.home(cursor, is_selecting=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        editor.setTextCursor(cursor)
        return True
    if event.key() == Qt.Key.Key_Backspace:
        cursor.beginEditBlock()
        done = typing.backspace_indent(cursor)
        cursor.endEditBlock()
        return done
    return False


def ends_clause(editor: Editing, event: QKeyEvent) -> bool:
    """Whether it is the colon of an `else` or the like that stands too deep."""
    if event.text() != ":" or not any(clauses.too_deep(one) is not None for one in editor.cursors.copies()):
        return False
    editor.edit(clauses.end)
    return True


def begin_typing(editor: Editing, event: QKeyEvent) -> None:
    """What Qt writes at the only caret by this key may begin a step of undo."""
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    if event.text().isprintable() and event.text() and not control:
        editor.cursors.begin_typing(event.text())
