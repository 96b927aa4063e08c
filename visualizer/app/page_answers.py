"""What the pages of the lessons ask: the engine looks at guesses and exercises, the page says what it found."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from shiboken6 import isValid

from engine.protocol.lessons import CheckExercise, JudgeGuess
from engine.protocol.sentence import Sentence
from engine.shared.language import mark, said, tr
from visualizer.app.page_programs import PagePrograms
from visualizer.lessons.blocks import ExerciseBlock, GuessBlock
from visualizer.lessons.parts import Guess
from visualizer.lessons.reader import LessonReader
from visualizer.lessons.to_the_teacher import told
from visualizer.model.session import Session

_HELD = mark("The program is held: lead it to its end (F5), then it is looked at.")
_RUNNING = mark("The program is still running. If it never ends, stop it (Ctrl+.).")
_BUSY = {
    "input": mark("The program waits for a line: it is entered below Output."),
    "held": _HELD,
    "paused": _HELD,
}


class PageAnswers(QObject):
    """Of the page on screen."""

    def __init__(self, reader: LessonReader, *, session: Session, programs: PagePrograms, parent: QObject) -> None:
        super().__init__(parent)
        self._reader, self._view, self._session, self._programs = reader, reader.view, session, programs
        self._failure: Sentence | None = None  # why the newest run did not come to its end
        self._view.guessed.connect(self._guess)
        self._view.check_wanted.connect(self._check)

    def restore(self) -> None:
        """A page comes up: what was done on it before is done."""
        here = self._programs.here
        if here is None:
            return
        for place, block in enumerate(self._view.asked):
            is_answered = block.verdict.text() or (isinstance(block, ExerciseBlock) and block.answer)
            if self._reader.progress.is_done(*here, place) and not is_answered:
                _was_done(block)
            if isinstance(block, GuessBlock):
                block.set_other(is_other=self._programs.is_other)

    def check_again(self) -> None:
        """In the words of now, what is said of what is not done."""
        for place, block in enumerate(self._view.asked):
            if isinstance(block, ExerciseBlock) and block.answer and not block.verdict.text():
                self._check(place)

    def after_run(self, failure: Sentence | None) -> None:
        """A program has run, and failed for a reason or not: look at what waited for it, and at what it was changed
        for."""
        self._failure, ran = failure, self._programs.in_editor
        if ran is None or ran != self._programs.here:
            return
        is_changed = self._reader.progress.text(*ran) is not None
        for place, block in enumerate(self._view.asked):
            if isinstance(block, GuessBlock) and block.waiting:
                if failure is None:
                    self._judge(place, block, block.waiting)
                else:
                    block.wait(block.waiting)
            elif isinstance(block, ExerciseBlock) and (is_changed or block.is_open):
                self._check(place)

    def _guess(self, place: int, text: str) -> None:
        block = self._view.asked[place]
        if isinstance(block, GuessBlock):
            if self._programs.has_run:
                self._judge(place, block, text)
            elif self._session.is_busy:
                block.wait(text, _BUSY.get(self._session.state, _RUNNING))
            else:
                block.wait(text)

    def _judge(self, place: int, block: GuessBlock, text: str) -> None:
        page, here = self._reader.page, self._programs.here
        if page is None or here is None:
            return
        asked = [one for one in page.blocks if isinstance(one, Guess)]
        nth = sum(isinstance(one, GuessBlock) for one in self._view.asked[:place])

        def judged(is_right: bool, truth: str) -> None:
            self._reader.progress.do(*here, place)
            if isValid(block):
                block.judge(is_right=is_right, truth=truth)
                block.set_other(is_other=self._programs.is_other)

        self._session.engine.ask(
            JudgeGuess(expression=asked[nth].expression, entered=text),
            lambda event: judged(event.is_right, event.truth),
            lambda why: block.refuse(why) if isValid(block) else None,
        )

    def _check(self, place: int) -> None:
        block, here = self._view.asked[place], self._programs.here
        if not isinstance(block, ExerciseBlock) or here is None:
            return
        if self._session.is_busy:
            why = _BUSY.get(self._session.state, _RUNNING)
            block.refuse(partial(tr, why))
            return
        if not self._programs.has_run:
            block.wait()
            return
        block.look()

        def checked(why: Sentence | None) -> None:
            if why is None:
                self._reader.progress.do(*here, place)
            if isValid(block):
                self._say(why, block)

        self._session.engine.ask(
            CheckExercise(code=block.exercise.check),
            lambda event: checked(event.said),
            lambda why: block.refuse(why) if isValid(block) else None,
        )

    def _say(self, why: Sentence | None, block: ExerciseBlock) -> None:
        """What a check found; of a program that failed, that it did."""
        why = self._told(why, block)
        if why is not None and self._failure is not None:
            failure = self._failure
            block.refuse(lambda: tr("The program did not come to its end. {said}", said=said(failure)))
        else:
            block.judge(why)

    def _told(self, why: Sentence | None, block: ExerciseBlock) -> Sentence | None:
        """With what is wrong with a lesson that is not the program's own."""
        lesson, here = self._reader.lesson, self._programs.here
        if why is None or lesson is None or here is None or self._reader.progress.folder is None:
            return why
        solution, text, solved = block.exercise.solution, self._reader.progress.text(*here), self._programs.solved
        is_solution = bool(solution) and text == solved and solution in solved
        return told(why, block.exercise, lesson, is_solution=is_solution)


def _was_done(block: GuessBlock | ExerciseBlock) -> None:
    if isinstance(block, ExerciseBlock):
        block.judge(None)
    else:
        block.explain()
