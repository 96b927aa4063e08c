"""Above and below the pages of the reader: language, contents and closing; Back, the page's number, Next."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from engine.shared.language import languages, mark, spoken
from visualizer.look import icons, theme
from visualizer.look.panel_head import PanelHead
from visualizer.look.segments import Segments
from visualizer.look.spoken import speak


class ReaderHead(PanelHead):
    """`languages` are the segments of `engine/shared/language.py:languages`, in that order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        known = languages()
        self.languages = Segments(tuple(code[:2].upper() for code in known), tuple(known.values()), "language", parent)
        speak(self.set_title, "Lessons")
        self.list_button = QToolButton(parent, objectName="lesson_list")
        self.close_button = QToolButton(parent, objectName="lesson_close")
        for button, tip in ((self.list_button, mark("Contents")), (self.close_button, mark("Close the lessons"))):
            speak(button.setToolTip, tip)
            speak(button.setAccessibleName, tip)
        self.fill((), (self.languages, self.list_button, self.close_button), leaving=(self.languages,))
        self.follow_language()

    def follow_language(self) -> None:
        """That of the window is the chosen one."""
        self.languages.set_chosen(list(languages()).index(spoken()))

    def dress_bar(self) -> None:
        """In the theme as it is now."""
        look = theme.current()
        color = look.color("text.secondary")
        self.list_button.setIcon(icons.icon("list", color))
        self.close_button.setIcon(icons.icon("close", color))
        for button in (self.list_button, self.close_button):
            button.setIconSize(QSize(look.px(16), look.px(16)))
        self.row.setContentsMargins(look.px(16), look.px(6), look.px(8), look.px(6))


class ReaderFoot(QWidget):
    """Its buttons, and the number of the page between them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self.back = QPushButton(self, objectName="lesson_back")
        self.next = QPushButton(self, objectName="lesson_next")
        speak(self.back.setText, "Back")
        speak(self.next.setText, "Next")
        self.number = QLabel(self, objectName="lesson_number")
        self.number.setProperty("role", "secondary")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row.addWidget(self.back)
        self._row.addWidget(self.number, 1)
        self._row.addWidget(self.next)

    def dress(self) -> None:
        """In the theme as it is now."""
        look = theme.current()
        self._row.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(8))
