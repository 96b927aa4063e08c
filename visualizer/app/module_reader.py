"""A file beside the program's, to be read: go to definition leads here, the program in the editor stays as it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from visualizer.backprop.program import zoom
from visualizer.backprop.program.imported import Found
from visualizer.look import theme
from visualizer.look.document_text import as_held
from visualizer.look.highlighter import PythonHighlighter
from visualizer.look.spoken import speak

_BACK = (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Left)


class ModuleReader(QDialog):
    """The text of a file at one of its places. Alt+Left, as from any definition, and Esc lead back."""

    open_wanted = Signal(object)  # the path

    def __init__(self, parent: QWidget, found: Found, text: str) -> None:
        super().__init__(parent)
        self.setObjectName("module_reader")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._found = found
        speak(self.setWindowTitle, "{name}, line {line}", name=found.path.name, line=found.line)
        self.text = self._make_text(text)
        hint = QLabel(self)
        speak(hint.setText, "To be read. Alt+Left leads back to your program.")
        hint.setProperty("role", "secondary")
        hint.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        opens = buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        speak(opens.setText, "Open in its place")
        opens.clicked.connect(self._open)
        opens.setAutoDefault(False)  # Enter leads back
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        look = theme.current()
        foot = QHBoxLayout()
        foot.setContentsMargins(look.px(20), look.px(10), look.px(20), look.px(12))
        foot.addWidget(hint, 1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.text, 1)
        column.addLayout(foot)
        self.resize(min(look.px(760), parent.width()), min(look.px(620), round(parent.height() * 0.9)))

    def _make_text(self, text: str) -> QPlainTextEdit:
        shown = QPlainTextEdit(self, objectName="module_text")
        shown.setReadOnly(True)
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        speak(shown.setAccessibleName, "Program")
        shown.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        shown.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        shown.setFont(zoom.mono(12))
        shown.document().setDocumentMargin(theme.current().px(12))
        shown.setPlainText(as_held(text))
        PythonHighlighter(shown.document())
        shown.installEventFilter(self)
        return shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        cursor = QTextCursor(self.text.document().findBlockByNumber(self._found.line - 1))
        cursor.setPosition(cursor.position() + min(self._found.column, cursor.block().length() - 1))
        marked = QTextEdit.ExtraSelection()
        marked.cursor = cursor
        marked.format.setBackground(theme.current().color("accent.tint"))
        marked.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        self.text.setExtraSelections([marked])
        self.text.setTextCursor(cursor)
        self.text.centerCursor()
        self.text.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _keys(event) == _BACK:
            self.reject()
            return True
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        self.reject()
        self.open_wanted.emit(self._found.path)


def _keys(event: QKeyEvent) -> tuple[Qt.KeyboardModifier, int]:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, event.key()
