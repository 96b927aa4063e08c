"""The reader of the lessons, beside the panels: contents, pages, Next and Back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from engine.protocol.errors import EngineError
from engine.shared import language
from engine.shared.language import languages, said, tr
from visualizer.lessons.book import SHIPPED, read_lessons
from visualizer.lessons.contents import Contents
from visualizer.lessons.followed import FollowedFolder
from visualizer.lessons.formula_review import FormulaReview
from visualizer.lessons.page_view import PageView
from visualizer.lessons.parts import Lesson, Page
from visualizer.lessons.progress import Progress
from visualizer.lessons.reader_bars import ReaderFoot, ReaderHead
from visualizer.lessons.review import Leads
from visualizer.look import spoken, theme
from visualizer.look.reading_order import tab_as_read

_LEAST_WIDTH = 300  # px
_WIDTH = 380


class LessonReader(QWidget):
    """Shows lessons of one folder, in the language of the window. `turned()`: another page, or the contents;
    `reworded()`: the same, in another language or as its file is now; `language_wanted(code)`."""

    turned = Signal()
    reworded = Signal()
    language_wanted = Signal(str)
    folder_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, progress: Progress, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessons")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.progress = progress
        self.lessons: list[Lesson] = []
        self._said: list[str] = []
        self.leads: Leads | None = None  # whether what a page names is there
        self._followed = FollowedFolder(self)
        self.lesson: Lesson | None = None
        self.page_number = 0
        self._shown: tuple[str, int] | None = None  # the lesson and the page on screen
        self._is_dressed = True
        self._is_read_anew = True
        self.contents, self.view = Contents(self), PageView(self)
        self._formulas = FormulaReview(self.view.typesetter, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.contents)
        self._stack.addWidget(self.view)
        self._head, self._foot = ReaderHead(self), ReaderFoot(self)
        self.languages = self._head.languages
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot)
        self._connect()
        self._dress()

    @property
    def language(self) -> str:
        """That in which lessons are shown, as "pt_BR"."""
        return language.spoken()

    @property
    def page(self) -> Page | None:
        """On screen; None while the contents are."""
        return self.lesson.pages[self.page_number] if self.lesson is not None else None

    def has_page(self, number: str) -> bool:
        """Whether the open lesson has a page of this number, from 1."""
        return self.lesson is not None and number in map(str, range(1, len(self.lesson.pages) + 1))

    @property
    def stop(self) -> QWidget:
        """What takes the keyboard."""
        if self.lesson is None:
            return self.contents.buttons[0] if self.contents.buttons else self.contents
        return self.view

    def shut_down(self) -> None:
        """End the typesetting process."""
        self.view.typesetter.stop()

    # -- what is read

    def read(self) -> None:
        """The lessons of the folder and the language that were chosen, where the learner left them."""
        folder, self._is_read_anew = self.progress.folder, True
        self._followed.follow(folder)
        try:
            leads = self.leads if folder is not None else None  # what ships is known to
            self.lessons, self._said = read_lessons(folder or SHIPPED, self.language, leads)
        except EngineError as error:
            self.lessons, self._said = [], [said(error.sentence)]
        self._formulas.look_at(self.lessons if folder is not None else ())
        key = self.progress.open_lesson
        self.lesson = next((lesson for lesson in self.lessons if lesson.key == key), None)
        self._show()

    def read_folder(self, folder: Path | None) -> None:
        """A person's own lessons, None for those that ship."""
        self.progress.choose(folder=folder, is_shipped=folder is None)
        self.open_contents()
        self.read()

    def read_folder_named(self, path: str) -> None:
        """As a dialog gives it."""
        self.read_folder(Path(path))

    def open_lesson(self, place: int) -> None:
        """At the page where it was left."""
        self.lesson = self.lessons[place]
        self.progress.set_open(self.lesson.key)
        self._show()

    def open_contents(self) -> None:
        """Leave the lesson that is open for the list of all."""
        self.lesson = None
        self.progress.set_open("")
        self._show()

    def turn(self, way: int) -> None:
        """To the page after or before; before the first and after the last stand the contents."""
        if self.lesson is None:
            return
        number = self.page_number + way
        if 0 <= number < len(self.lesson.pages):
            self.progress.set_page(self.lesson.key, number)
            self._show()
        else:
            if number > 0:
                self.progress.set_page(self.lesson.key, 0)
            self.open_contents()

    # -- inner workings

    def _show(self) -> None:
        """Everything anew; of the page that was on screen, as far as it was read and answered."""
        lesson, before, self._shown, self._is_dressed = self.lesson, self._shown, None, True
        self._head.list_button.setVisible(lesson is not None)
        self._foot.setVisible(lesson is not None)
        if lesson is None:
            wrong, is_shipped = [*self._said, *self._formulas.said], self.progress.folder is None
            self.contents.show_lessons(self.lessons, self.progress, wrong, is_shipped=is_shipped)
        else:
            self.page_number = min(max(self.progress.page(lesson.key), 0), len(lesson.pages) - 1)
            self._shown = lesson.key, self.page_number
            self.view.show_page(lesson, lesson.pages[self.page_number], is_same=self._shown == before)
            number, n_pages = self.page_number + 1, len(lesson.pages)
            self._foot.number.setText(tr("{page} of {n_pages}", page=number, n_pages=n_pages))
        self._stack.setCurrentWidget(self.contents if lesson is None else self.view)
        tab_as_read(self)
        self.turned.emit()

    def _connect(self) -> None:
        self.languages.chosen.connect(self._choose_language)
        self._head.list_button.clicked.connect(self.open_contents)
        self._head.close_button.clicked.connect(self.close_wanted)
        self._foot.back.clicked.connect(lambda: self.turn(-1))
        self._foot.next.clicked.connect(lambda: self.turn(1))
        self.contents.chosen.connect(self.open_lesson)
        self.contents.folder_wanted.connect(self.folder_wanted)
        self.contents.shipped_wanted.connect(lambda: self.read_folder(None))
        for keys, way in (("Alt+Right", 1), ("Alt+Left", -1)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda way=way: self.turn(way))
        self._followed.changed.connect(self._read_again)
        self._formulas.known.connect(self._say_of_formulas)
        theme.current().changed.connect(self._redress)
        spoken.current().changed.connect(self._follow_language)

    def _choose_language(self, place: int) -> None:
        self.language_wanted.emit(list(languages())[place])

    def _follow_language(self) -> None:
        """The same page, in another language."""
        self._head.follow_language()
        self._read_again()

    def _read_again(self) -> None:
        """As soon as it is seen."""
        self._is_read_anew = not (self.lessons or self._said)
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        if not self._is_read_anew:
            self.read()
            self.reworded.emit()

    def _say_of_formulas(self) -> None:
        """In the contents, where they are on screen; else once these are shown."""
        if self.lesson is None and self._shown is None:
            self._show()

    def _redress(self) -> None:
        self._dress()
        self._is_dressed = False
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._catch_up()
        if not self._is_dressed and (self.lessons or self._said):
            self._show()

    def _dress(self) -> None:
        self._head.dress_bar()
        self._foot.dress()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(_WIDTH), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(_LEAST_WIDTH), theme.current().px(120))
