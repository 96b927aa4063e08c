"""An error as a whole, for which the bar under the program has no room: its sentence, then Python's own traceback."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from engine.protocol.program_values import ProgramError
from engine.shared.language import said
from visualizer.look import theme
from visualizer.look.spoken import speak, speak_by
from visualizer.look.style_sheet import wear

_WIDTH, _HEIGHT = 760, 420  # px at 100 %


def show_whole(parent: QWidget, error: ProgramError) -> QDialog:
    """Open it over the window of `parent`, and return at once."""
    look = theme.current()
    sheet = QDialog(parent.window(), objectName="error_sheet")
    speak(sheet.setWindowTitle, "The error")
    title = QLabel(error.type_name, sheet, objectName="error_sheet_title")
    title.setFont(look.font(15, 600))
    wear(title, f"color: {look.color('error.text').name()};")
    text = QPlainTextEdit(sheet, objectName="error_sheet_text")
    text.setReadOnly(True)
    text.setFont(look.mono(12))
    speak_by(text.setPlainText, lambda: "\n\n".join(filter(None, (said(error.said), error.traceback.strip()))))
    speak(text.setAccessibleName, "The error")
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, sheet)
    buttons.rejected.connect(sheet.reject)
    copy = buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
    copy.setObjectName("error_sheet_copy")
    copy.setAutoDefault(False)  # Enter closes
    speak(copy.setText, "Copy")
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(f"{title.text()}: {text.toPlainText()}"))
    column = QVBoxLayout(sheet)
    column.setContentsMargins(*(look.px(16),) * 4)
    for widget in (title, text, buttons):
        column.addWidget(widget)
    screen = parent.window().size()
    sheet.resize(min(look.px(_WIDTH), screen.width()), min(look.px(_HEIGHT), screen.height()))
    sheet.finished.connect(sheet.deleteLater)
    text.setFocus()
    sheet.open()
    return sheet
