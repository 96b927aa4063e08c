"""The lessons to choose from, and how far each has come."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from engine.shared.language import tr, trn
from visualizer.lessons.parts import Lesson
from visualizer.lessons.progress import Progress
from visualizer.look import theme


class Contents(QScrollArea):
    """`chosen(place)` of a lesson; `folder_wanted`, `shipped_wanted`: other lessons."""

    chosen = Signal(int)
    folder_wanted = Signal()
    shipped_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lesson_contents")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.buttons: list[QPushButton] = []

    def show_lessons(
        self, lessons: Sequence[Lesson], progress: Progress, said: Sequence[str], *, is_shipped: bool
    ) -> None:
        """`said`: what is wrong with files and folders."""
        look = theme.current()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(16))
        column.setSpacing(look.px(4))
        self.buttons = []
        for place, lesson in enumerate(lessons):
            is_alone = [one.title for one in lessons].count(lesson.title) == 1
            told = _how_far(lesson, progress)
            self._add(column, place, lesson, told if is_alone else f"{told} · {Path(lesson.key).name}")
        for sentence in said:
            label = QLabel(sentence, body, objectName="lesson_said")
            label.setProperty("role", "error")
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(look.px(12))
        self._link(column, tr("Open a folder of lessons…"), "lesson_folder", self.folder_wanted)
        if not is_shipped:
            self._link(column, tr("The lessons of the program"), "lesson_shipped", self.shipped_wanted)
        column.addStretch(1)
        self.setWidget(body)

    def _add(self, column: QVBoxLayout, place: int, lesson: Lesson, how_far: str) -> None:
        look = theme.current()
        title = QPushButton(lesson.title, objectName=f"lesson_{place}")
        title.setProperty("kind", "link")
        title.setFont(look.font(14, 600))
        title.clicked.connect(lambda checked=False, place=place: self.chosen.emit(place))
        column.addWidget(title)
        self.buttons.append(title)
        for text, role in ((_plain(lesson.about), "secondary"), (how_far, "caption")):
            if not text:
                continue
            label = QLabel(text)
            label.setWordWrap(True)
            label.setProperty("role", role)
            column.addWidget(label)
        column.addSpacing(look.px(10))

    def _link(self, column: QVBoxLayout, text: str, name: str, wanted: Signal) -> None:
        button = QPushButton(text, objectName=name)
        button.setProperty("kind", "link")
        button.clicked.connect(wanted)
        column.addWidget(button)


def _plain(markdown: str) -> str:
    """Its words alone."""
    document = QTextDocument()
    document.setMarkdown(markdown)
    return document.toPlainText()


def _how_far(lesson: Lesson, progress: Progress) -> str:
    n_asked = sum(page.n_asked for page in lesson.pages)
    pages = trn("{n} page", "{n} pages", len(lesson.pages))
    if not n_asked:
        return pages
    return tr(
        "{pages}, {n_done} of {n_asked} answered", pages=pages, n_done=progress.n_done(lesson.key), n_asked=n_asked
    )
