"""The field over a name in which its new one is written, and the edit that puts it everywhere, one step of undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from engine.shared.language import trn
from visualizer.backprop.program.hint_card import HintCard
from visualizer.backprop.program.names import Place
from visualizer.backprop.program.rename import Rename, RenameError
from visualizer.look import spoken, theme
from visualizer.look.document_text import text_of
from visualizer.look.escape import claims_escape
from visualizer.look.spoken import speak

_LONGEST = 200_000  # characters whose names are looked for
_ROOM_PX = 24  # beside what is written


class Renaming(QObject):
    """Belongs to one editor. Enter renames, Escape and leaving the field do not."""

    status = Signal(object)

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self.known: Callable[[], Mapping[str, str]] = dict  # the types of the program's variables, as far as it ran
        self._rename: Rename | None = None
        self.field = QLineEdit(editor.viewport(), objectName="rename_field")
        speak(self.field.setAccessibleName, "New name")
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._on_text)
        self.card = HintCard(editor)
        self.card.setObjectName("rename_card")
        editor.verticalScrollBar().valueChanged.connect(self.close)
        editor.textChanged.connect(self.close)
        spoken.current().changed.connect(self._say_again)
        self.field.hide()

    def open(self) -> None:
        """Over the name at the cursor; why it cannot be renamed is said."""
        cursor, text = self._editor.textCursor(), text_of(self._editor.document())
        try:
            self._rename = Rename(
                text if len(text) <= _LONGEST else "", cursor.blockNumber() + 1, cursor.positionInBlock(), self.known()
            )
        except RenameError as error:
            self.status.emit(error.words)
            return
        self.field.setFont(self._editor.font())
        self.field.setText(self._rename.name)
        self.field.selectAll()
        self._place()
        self.field.show()
        self.field.setFocus()
        self._on_text(self._rename.name)

    def close(self) -> None:
        """Rename nothing."""
        if self._rename is not None:
            self._rename = None
            self.card.hide()
            had_keyboard = self.field.hasFocus()
            self.field.hide()
            if had_keyboard:
                self._editor.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if claims_escape(event):
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.close()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._apply()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
        return False

    def _on_text(self, name: str) -> None:
        """Widen with what is written, and say how many places it is for, or what is wrong with it."""
        if self._rename is None:
            return
        self._place()
        n = len(self._rename.places)
        words = trn("{n} place. Enter renames it.", "{n} places. Enter renames them.", n)
        try:
            self._rename.check(name)
        except RenameError as error:
            words = str(error)
        corner = self.field.mapToGlobal(QPoint(0, 0))
        self.card.say(words, QRect(corner, self.field.size()))

    def _say_again(self) -> None:
        self._on_text(self.field.text())

    def _apply(self) -> None:
        rename, name = self._rename, self.field.text()
        if rename is None:
            return
        try:
            rename.check(name)
        except RenameError:
            return  # the card says it
        self.close()
        if name == rename.name:
            return
        edit = QTextCursor(self._editor.document())
        edit.beginEditBlock()
        for place in reversed(rename.places):
            self._select(edit, place)
            edit.insertText(name)
        edit.endEditBlock()
        n = len(rename.places)
        self.status.emit(
            lambda: trn(
                "{old} is {new} now, in {n} place.", "{old} is {new} now, in {n} places.", n, old=rename.name, new=name
            )
        )

    def _select(self, cursor: QTextCursor, place: Place) -> None:
        start = self._editor.document().findBlockByNumber(place.line - 1).position()
        cursor.setPosition(start + place.column)
        cursor.setPosition(start + place.end, QTextCursor.MoveMode.KeepAnchor)

    def _place(self) -> None:
        """Over the name at the cursor, as wide as what is written."""
        assert self._rename is not None
        at, look = self._editor.textCursor(), theme.current()
        line, column = at.blockNumber() + 1, at.positionInBlock()
        here = next(one for one in self._rename.places if one.line == line and one.column <= column <= one.end)
        self._select(at, here)
        at.setPosition(at.selectionStart())
        rect = self._editor.cursorRect(at)
        width = self.field.fontMetrics().horizontalAdvance(self.field.text()) + look.px(_ROOM_PX)
        height = self.field.sizeHint().height()
        left = max(min(rect.left() - look.px(4), self._editor.viewport().width() - width), 0)
        self.field.setGeometry(left, rect.center().y() - height // 2, width, height)
