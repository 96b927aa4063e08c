"""What a page asks: its program, a guess, an exercise. Each says what the person wants, and shows what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engine.protocol.sentence import Sentence
from engine.shared.language import local, mark, said, tr
from engine.shared.local_numbers import in_words
from engine.shared.numbers import is_number
from visualizer.lessons.parts import Exercise, Guess, Program
from visualizer.lessons.prose import Code, Prose
from visualizer.look import theme
from visualizer.look.announcing import announce
from visualizer.look.spoken import Words

_WAITS, _LOOKING, _DONE = mark("Now run the program: it decides."), mark("Looking…"), mark("✓  Done.")


class _Box(QFrame):
    """Parts below each other on a raised ground."""

    followed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "raised")
        self.column = QVBoxLayout(self)
        self.row = QHBoxLayout()
        self.dress()

    def prose(self, markdown: str, folder: Path) -> Prose:
        """A text of it."""
        made = Prose(markdown, folder, self, px=13)
        made.followed.connect(self.followed)
        self.column.addWidget(made)
        return made

    def link(self, text: str, name: str) -> QPushButton:
        """A quiet button at the end of the row."""
        made = QPushButton(text, self, objectName=name)
        made.setProperty("kind", "link")
        self.row.addWidget(made)
        return made

    def remark(self, text: str) -> QLabel:
        """A sentence that is hidden until it holds."""
        made = QLabel(text, self, objectName="lesson_note")
        made.setProperty("role", "secondary")
        made.setWordWrap(True)
        made.hide()
        self.column.addWidget(made)
        return made

    def dress(self) -> None:
        look = theme.current()
        self.column.setContentsMargins(look.px(12), look.px(10), look.px(12), look.px(10))
        self.column.setSpacing(look.px(8))
        self.row.setSpacing(look.px(10))


class _Verdict(QLabel):
    """Whether it is right, in words and with a sign; colour never alone."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent, objectName=name)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.say(str, "secondary")

    def say(self, words: Words, role: str) -> None:
        """`role`: "ok", "secondary" of what is not right yet, "error" of what could not be looked at."""
        self.said, text = (words, role), words()
        if text != self.text():
            announce(self.window(), text)
        self.setText(text)
        self.setVisible(bool(text))
        self.setProperty("role", role)
        self.style().unpolish(self)
        self.style().polish(self)


class ProgramBlock(_Box):
    """`run_wanted`: put it into the editor and run it; `original_wanted`: as the page has it."""

    run_wanted = Signal()
    original_wanted = Signal()

    def __init__(self, program: Program, parent: QWidget) -> None:
        super().__init__(parent)
        self.code = Code(program.code, self)
        self.column.addWidget(self.code)
        self.run_button = QPushButton(
            tr("Step through") if program.is_stepped else tr("Run"), self, objectName="lesson_run"
        )
        self.run_button.setProperty("kind", "primary")
        self.run_button.setToolTip(
            tr("Put this program into the editor and run it; what is there now can be saved first")
        )
        self.run_button.clicked.connect(self.run_wanted)
        self.row.addWidget(self.run_button)
        self.original = self.link(tr("As it was"), "lesson_original")
        self.original.clicked.connect(self.original_wanted)
        self.row.addStretch(1)
        self.column.addLayout(self.row)
        self.set_changed(None)

    def set_changed(self, text: str | None) -> None:
        """The program as the learner changed it, None for the page's own."""
        self.original.setVisible(text is not None)


class GuessBlock(_Box):
    """`entered(text)`; its answer comes once the program has run."""

    entered = Signal(str)

    def __init__(self, guess: Guess, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._guess, self._folder = guess, folder
        question = self.prose(guess.question, folder)
        self.field = QLineEdit(self, objectName="lesson_guess")
        self.field.setPlaceholderText(tr("What do you expect?"))
        self.field.setAccessibleName(question.toPlainText())
        self.field.returnPressed.connect(self._enter)
        self.button = QPushButton(tr("Answer##do it"), self, objectName="lesson_answer")
        self.button.clicked.connect(self._enter)
        self.row.addWidget(self.field, 1)
        self.row.addWidget(self.button)
        self.column.addLayout(self.row)
        self.verdict = _Verdict("lesson_verdict", self)
        self.column.addWidget(self.verdict)
        self.note = self.remark(tr("Your program is not the page's own, of which this is said:"))
        self._why: Prose | None = None
        self._answer: tuple[bool, str] | None = None
        self.waiting, self._waits_for = "", _WAITS  # what was entered and waits for a run

    def _enter(self) -> None:
        if self.field.text().strip():
            self.entered.emit(self.field.text().strip())
        else:
            self.field.setFocus()

    def wait(self, text: str, why: str = _WAITS) -> None:
        """Nothing to compare with yet."""
        self.waiting, self._waits_for = text, why
        self.verdict.say(partial(tr, why), "secondary")

    def take_up(self, other: GuessBlock) -> None:
        """What was entered in the same question, in another language or look, and what was said of it: of another
        expression there is another answer."""
        self.field.setText(other.field.text())
        if other.waiting:
            self.wait(other.waiting, other._waits_for)
        if other._answer is not None and other._guess.expression == self._guess.expression:
            is_right, truth = other._answer
            self.judge(is_right=is_right, truth=truth)
        elif other._why is not None:
            self.explain()
        if other.verdict.said[1] == "error":
            self.verdict.say(*other.verdict.said)

    def judge(self, *, is_right: bool, truth: str) -> None:
        """What PyTorch has, and why."""
        self.waiting, self._answer = "", (is_right, truth)
        truth = local(truth) if is_number(truth) else in_words(truth)
        if is_right:
            self.verdict.say(lambda: tr("✓  Yes, {truth}.", truth=truth), "ok")
        else:
            self.verdict.say(lambda: tr("Not quite. PyTorch says {truth}.", truth=truth), "secondary")
        self.explain()

    def explain(self) -> None:
        """Why it is as it is: said with the first answer."""
        if self._why is None and self._guess.why:
            self._why = self.prose(self._guess.why, self._folder)
            self._why.show()
            announce(self.window(), self._why.toPlainText())

    def set_other(self, *, is_other: bool) -> None:
        """Whether what ran is not the program of the page, which the explanation speaks of."""
        self.note.setVisible(is_other and self._why is not None)

    def refuse(self, why: Words) -> None:
        """It could not be looked at."""
        self.waiting = ""
        self.verdict.say(why, "error")


class ExerciseBlock(_Box):
    """`check_wanted`; `solution_wanted(lines)`: put them at the end of the program."""

    check_wanted = Signal()
    solution_wanted = Signal(str)

    def __init__(self, exercise: Exercise, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.exercise, self._folder = exercise, folder
        task = self.prose(exercise.task, folder)
        self.button = QPushButton(tr("Check"), self, objectName="lesson_check")
        self.button.setAccessibleDescription(task.toPlainText())  # Tab passes by the text itself
        self.button.clicked.connect(self.check_wanted)
        self.row.addWidget(self.button)
        self.hint = self.link("", "lesson_hint")
        self.hint.clicked.connect(self._more)
        self.row.addStretch(1)
        self.column.addLayout(self.row)
        self.verdict = _Verdict("lesson_verdict", self)
        self.column.addWidget(self.verdict)
        self.note = self.remark(
            tr("Your program did not come to its end: the way stands below the page's own. Undo brings yours back.")
        )
        self._n_hints = 0
        self.answer: Sentence | str | None = ""  # why it is not done, None where it is
        self._offer()

    @property
    def is_open(self) -> bool:
        """Whether something is said of it, and not that it is done: after a run that may no longer be so."""
        return bool(self.verdict.text()) and self.answer is not None

    def take_up(self, other: ExerciseBlock) -> None:
        """What was said of the same exercise, in another language or look."""
        while self._n_hints < min(other._n_hints, len(self.exercise.hints)):
            self._more()
        if other.answer == "":  # it waits, is looked at, or could not be
            self.verdict.say(*other.verdict.said)
        elif other.answer is None or other.exercise.check == self.exercise.check:
            self.judge(other.answer)
        else:
            self.answer = other.answer

    def _more(self) -> None:
        """The next hint, and after the last the solution."""
        if self._n_hints < len(self.exercise.hints):
            hint = self.prose(self.exercise.hints[self._n_hints], self._folder)
            hint.show()
            announce(self.window(), hint.toPlainText())
            self._n_hints += 1
        else:
            self.solution_wanted.emit(self.exercise.solution)
        self._offer()

    def _offer(self) -> None:
        has_hint = self._n_hints < len(self.exercise.hints)
        self.hint.setText(tr("A hint") if has_hint else tr("Show one way"))
        self.hint.setVisible(has_hint or bool(self.exercise.solution))

    def wait(self) -> None:
        """What stands there has not run."""
        self.answer = ""
        self.verdict.say(partial(tr, _WAITS), "secondary")

    def look(self) -> None:
        """It is looked at."""
        self.verdict.say(partial(tr, _LOOKING), "secondary")

    def judge(self, why: Sentence | str | None) -> None:
        """None where it is done."""
        self.answer = why
        words = partial(tr, _DONE) if why is None else lambda: in_words(said(why))
        self.verdict.say(words, "ok" if why is None else "secondary")

    def refuse(self, why: Words) -> None:
        """It could not be looked at."""
        self.answer = ""
        self.verdict.say(why, "error")
