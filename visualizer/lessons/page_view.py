"""One page of a lesson: its title, and its blocks below each other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from engine.shared.language import said
from visualizer.lessons.blocks import ExerciseBlock, GuessBlock, ProgramBlock
from visualizer.lessons.parts import Block, Exercise, Fault, Formulas, Guess, Lesson, Page, Program, Text
from visualizer.lessons.prose import Prose
from visualizer.look import theme
from visualizer.look.mathematics.formula_view import FormulaRow, FormulaView
from visualizer.look.mathematics.typesetter import Typesetter
from visualizer.look.spoken import speak


class PageView(QScrollArea):
    """Signals: `followed(link)`, `run_wanted()`, `original_wanted()`, `guessed(place, text)`, `check_wanted(place)`,
    `solution_wanted(lines)`; places count what a page asks."""

    followed = Signal(str)
    run_wanted = Signal()
    original_wanted = Signal()
    guessed = Signal(int, str)
    check_wanted = Signal(int)
    solution_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lesson_page")
        speak(self.setAccessibleName, "Page of the lesson")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._share = 0.0  # of what can be scrolled, how far the learner did
        self._is_held = self._is_moved = False
        self.verticalScrollBar().rangeChanged.connect(lambda *_: self._hold())
        self.verticalScrollBar().valueChanged.connect(lambda _: self._let_go())
        self.typesetter = Typesetter(self)
        self.destroyed.connect(self.typesetter.stop)  # a QProcess must not be destroyed while it runs
        self.program: ProgramBlock | None = None
        self.asked: list[GuessBlock | ExerciseBlock] = []

    def show_page(self, lesson: Lesson, page: Page, *, is_same: bool = False) -> None:
        """From its top, and nothing is answered yet; or the same page in other words or another look, as far as it was
        read and answered."""
        look, before = theme.current(), self.asked if is_same else []
        self._share = self._share if is_same else 0.0
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(20))
        column.setSpacing(look.px(12))
        caption = QLabel(lesson.title)
        caption.setProperty("role", "caption")
        caption.setWordWrap(True)
        title = QLabel(page.title, objectName="lesson_title")
        title.setFont(look.font(20, 600))
        title.setWordWrap(True)
        column.addWidget(caption)
        column.addWidget(title)
        self.program, self.asked = None, []
        for block in page.blocks:
            made = self._made(block, page, body)
            if made is not None:
                column.addWidget(made)
        for asked, earlier in zip(self.asked, before, strict=False):
            if type(asked) is type(earlier):
                asked.take_up(earlier)
        column.addStretch(1)
        if self.isAncestorOf(QApplication.focusWidget()):
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)  # what had the keyboard goes with the page before
        self._is_held = self._is_moved = True
        self.setWidget(body)
        self._hold()

    def note(self, solution: str) -> None:
        """Say below the exercise that its solution stands in the page's own program, and below no other."""
        for block in self.asked:
            if isinstance(block, ExerciseBlock):
                block.note.setVisible(bool(solution) and block.exercise.solution == solution)

    def _hold(self) -> None:
        """As far down as it was read, however tall it becomes, until the learner goes on in it."""
        if self._is_held:
            bar, self._is_moved = self.verticalScrollBar(), True
            bar.setValue(round(self._share * bar.maximum()))
            self._is_moved = False

    def _let_go(self) -> None:
        if not self._is_moved:
            bar, self._is_held = self.verticalScrollBar(), False
            self._share = bar.value() / max(bar.maximum(), 1)

    def _made(self, block: Block, page: Page, body: QWidget) -> QWidget | None:
        if isinstance(block, Text):
            made = Prose(block.markdown, page.folder, body)
            made.followed.connect(self.followed)
            return made
        if isinstance(block, Formulas):
            formulas = FormulaView(self.typesetter, body)
            formulas.setObjectName("lesson_formulas")
            formulas.set_rows(FormulaRow((line,), "text.primary", 4) for line in block.lines)
            return formulas
        if isinstance(block, Program):
            self.program = ProgramBlock(block, body)
            self.program.run_wanted.connect(self.run_wanted)
            self.program.original_wanted.connect(self.original_wanted)
            return self.program
        if isinstance(block, Fault):
            wrong = QLabel(said(block.said), body, objectName="lesson_fault")
            wrong.setProperty("role", "error")
            wrong.setWordWrap(True)
            return wrong
        place = len(self.asked)
        if isinstance(block, Guess):
            guess = GuessBlock(block, page.folder, body)
            guess.button.pressed.connect(self._let_go)
            guess.field.textEdited.connect(self._let_go)
            guess.entered.connect(lambda text: self.guessed.emit(place, text))
            guess.followed.connect(self.followed)
            self.asked.append(guess)
            return guess
        if isinstance(block, Exercise):
            exercise = ExerciseBlock(block, page.folder, body)
            for button in (exercise.button, exercise.hint):
                button.pressed.connect(self._let_go)
            exercise.check_wanted.connect(lambda: self.check_wanted.emit(place))
            exercise.solution_wanted.connect(self.solution_wanted)
            exercise.followed.connect(self.followed)
            self.asked.append(exercise)
            return exercise
        return None
