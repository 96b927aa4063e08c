"""The lessons beside the program: what a page runs stands in the editor, what it shows comes up, what it asks is looked
at by the engine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from shiboken6 import isValid

from engine.protocol.lessons import CheckExercise, JudgeGuess
from engine.protocol.messages import Finished
from engine.protocol.sentence import Sentence
from engine.shared.language import mark, said, tr
from visualizer.app.commands.program import ProgramCommands
from visualizer.app.file_commands import FileCommands
from visualizer.app.lesson_shows import LessonShows
from visualizer.lessons.blocks import ExerciseBlock, GuessBlock
from visualizer.lessons.parts import Guess
from visualizer.lessons.reader import LessonReader
from visualizer.lessons.to_the_teacher import told
from visualizer.look.file_dialogs import ask_folder
from visualizer.model.session import Session

_HELD = mark("The program is held: lead it to its end (F5), then it is looked at.")
_RUNNING = mark("The program is still running. If it never ends, stop it (Ctrl+.).")
_BUSY = {
    "input": mark("The program waits for a line: it is entered below Output."),
    "held": _HELD,
    "paused": _HELD,
}
_Place = tuple[str, int]  # key of a lesson, number of a page


class LessonLinks(QObject):
    """Connects the reader with editor and engine; `shows` with the panels."""

    def __init__(
        self,
        reader: LessonReader,
        *,
        session: Session,
        files: FileCommands,
        program: ProgramCommands,
        shows: LessonShows,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._reader, self._view, self._session = reader, reader.view, session
        self._files, self._program, self._shows = files, program, shows
        self._brought: _Place | None = None  # the page that has brought up what it shows without a run
        self._ran: _Place | None = None  # the page whose program has run, and not yet been shown
        self._solved = ""  # the program of a page with its solution, as it was put there
        self._failure: Sentence | None = None  # why the newest run did not come to its end
        self._is_read = False
        reader.turned.connect(self._on_turned)
        reader.reworded.connect(self._on_reworded)
        reader.folder_wanted.connect(self._ask_folder)
        reader.close_wanted.connect(lambda: self.show(is_shown=False))
        self._view.followed.connect(shows.follow)
        self._view.run_wanted.connect(lambda: self._run())
        self._view.original_wanted.connect(self._restore)
        self._view.guessed.connect(self._guess)
        self._view.check_wanted.connect(self._check)
        self._view.solution_wanted.connect(self._put_solution)
        files.page_edited.connect(self._on_edited)
        session.run_asked.connect(self._on_run)
        session.program_finished.connect(self._on_ran)
        session.state_changed.connect(self._on_state)

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        return {
            "lessons": lambda: self.show(is_shown=self._reader.isHidden()),
            "lesson_next": lambda: self._reader.turn(1),
            "lesson_back": lambda: self._reader.turn(-1),
            "lesson_folder": self._ask_folder,
        }

    def show(self, *, is_shown: bool) -> None:
        """The reader, or only the panels, with the program that was open before the lessons."""
        if is_shown and not self._is_read:
            self._is_read = True
            self._reader.read()
        self._reader.setVisible(is_shown)
        if is_shown:
            self._reader.stop.setFocus()
        else:
            self._files.leave_page()

    # -- what a page runs

    @property
    def _here(self) -> _Place | None:
        lesson = self._reader.lesson
        return None if lesson is None else (lesson.key, self._reader.page_number)

    def _on_turned(self) -> None:
        page, here = self._reader.page, self._here
        if page is None or here is None:
            return
        self._show_changed()
        for place, block in enumerate(self._view.asked):
            is_answered = block.verdict.text() or (isinstance(block, ExerciseBlock) and block.answer)
            if self._reader.progress.is_done(*here, place) and not is_answered:
                self._was_done(block)
            if isinstance(block, GuessBlock):
                block.set_other(is_other=self._is_other)
        if page.program is None and here != self._brought and self._reader.isVisible():
            self._shows.show_all(page.shown)  # no run will
        self._brought = here

    def _show_changed(self) -> None:
        here = self._here
        if self._view.program is not None and here is not None:
            self._view.program.set_changed(self._reader.progress.text(*here))

    @property
    def _is_other(self) -> bool:
        """Whether the learner's program does not even begin as the page's, in the language of now."""
        page, here = self._reader.page, self._here
        text = None if page is None or here is None else self._reader.progress.text(*here)
        if text is None or page is None or page.program is None:
            return False
        return not text.startswith(page.program.code.rstrip())

    def _on_reworded(self) -> None:
        """The program of the page in its words of now, where the learner has not changed it, and what they say of
        what is not done."""
        page, here = self._reader.page, self._here
        if page is None or here is None or self._session.is_busy:
            return
        if page.program is not None:
            text = self._reader.progress.text(*here)
            text = page.program.code + "\n" if text is None else text
            self._files.replace_page(here, page.title, text)
        for place, block in enumerate(self._view.asked):
            if isinstance(block, ExerciseBlock) and block.answer and not block.verdict.text():
                self._check(place)

    def _was_done(self, block: GuessBlock | ExerciseBlock) -> None:
        if isinstance(block, ExerciseBlock):
            block.judge(None)
        else:
            block.explain()

    def _run(self, *, may_step: bool = True) -> None:
        page, here = self._reader.page, self._here
        if page is None or here is None or page.program is None:
            return
        self._shows.go_to_program()
        text = self._reader.progress.text(*here)
        run = partial(self._program.run, step=page.program.is_stepped and may_step)
        self._files.open_page(here, page.title, page.program.code + "\n" if text is None else text, run)

    def _restore(self) -> None:
        page, here = self._reader.page, self._here
        if page is not None and here is not None and page.program is not None:
            self._reader.progress.set_text(*here, None)
            self._files.replace_page(here, page.title, page.program.code + "\n")
            self._show_changed()

    def _on_edited(self, text: str) -> None:
        """The learner changes a page's program, which is kept."""
        place, page = self._files.document.page, self._reader.page
        if place is not None and place != self._here:  # another page is on screen
            self._reader.progress.set_text(*place, text)
        if place is None or place != self._here or page is None or page.program is None:
            return
        is_own = text.rstrip() == page.program.code.rstrip()
        self._reader.progress.set_text(*place, None if is_own else text)
        if self._view.program is not None:
            self._view.program.set_changed(None if is_own else text)

    def _put_solution(self, lines: str) -> None:
        """At the end of the page's program, as an edit, and run."""
        page, here = self._reader.page, self._here
        if page is None or here is None or page.program is None:
            return
        text = self._reader.progress.text(*here) or page.program.code
        if lines not in text:
            is_own = text.rstrip() == page.program.code.rstrip()
            text = f"{text.rstrip()}\n{lines}\n"
            self._solved = text if is_own else ""
            self._reader.progress.set_text(*here, text)
        self._files.replace_page(here, page.title, text)
        self._run(may_step=False)
        self._show_changed()

    # -- what it shows and asks

    def _on_run(self) -> None:
        self._ran = self._files.document.page

    def _on_state(self, state: str) -> None:
        if state in ("held", "paused"):
            self._show_page()

    def _on_ran(self, event: Finished) -> None:
        ran = self._files.document.page
        self._failure = None if event.error is None else event.error.said
        if self._failure is None:
            self._show_page()
        if ran is None or ran != self._here:
            return
        for place, block in enumerate(self._view.asked):
            if isinstance(block, GuessBlock) and block.waiting and self._failure is None:
                self._judge(place, block, block.waiting)
            elif isinstance(block, ExerciseBlock) and (self._reader.progress.text(*ran) is not None or block.is_open):
                self._check(place)

    def _show_page(self) -> None:
        """Once for each run."""
        ran, self._ran = self._ran, None
        if ran is not None and ran == self._here and self._reader.page is not None and self._reader.isVisible():
            self._shows.show_all(self._reader.page.shown)

    @property
    def _has_run(self) -> bool:
        """Whether the values are those of the page as it stands there; a page without a program asks of any."""
        if self._reader.page is None or self._reader.page.program is None:
            return True
        is_here = self._files.document.page == self._here and self._program.is_newest
        return is_here and self._session.has_run and not self._session.is_busy

    def _guess(self, place: int, text: str) -> None:
        block = self._view.asked[place]
        if isinstance(block, GuessBlock):
            if self._has_run:
                self._judge(place, block, text)
            else:
                block.wait(text)

    def _judge(self, place: int, block: GuessBlock, text: str) -> None:
        page, here = self._reader.page, self._here
        if page is None or here is None:
            return
        asked = [one for one in page.blocks if isinstance(one, Guess)]
        nth = sum(isinstance(one, GuessBlock) for one in self._view.asked[:place])

        def judged(is_right: bool, truth: str) -> None:
            self._reader.progress.do(*here, place)
            if isValid(block):
                block.judge(is_right=is_right, truth=truth)
                block.set_other(is_other=self._is_other)

        self._session.engine.ask(
            JudgeGuess(expression=asked[nth].expression, entered=text),
            lambda event: judged(event.is_right, event.truth),
            lambda sentence: block.refuse(sentence) if isValid(block) else None,
        )

    def _check(self, place: int) -> None:
        block, here = self._view.asked[place], self._here
        if not isinstance(block, ExerciseBlock) or here is None:
            return

        if self._session.is_busy:
            why = _BUSY.get(self._session.state, _RUNNING)
            block.refuse(tr(why))
            return
        if not self._has_run:
            block.wait()
            return
        block.look()

        def checked(why: Sentence | None) -> None:
            if why is None:
                self._reader.progress.do(*here, place)
            if not isValid(block):
                return
            why = self._told(why, block)
            if why is not None and self._failure is not None:
                block.refuse(tr("The program did not come to its end. {said}", said=said(self._failure)))
            else:
                block.judge(why)

        self._session.engine.ask(
            CheckExercise(code=block.exercise.check),
            lambda event: checked(event.said),
            lambda sentence: block.refuse(sentence) if isValid(block) else None,
        )

    def _told(self, why: Sentence | None, block: ExerciseBlock) -> Sentence | None:
        """With what is wrong with a lesson that is not the program's own."""
        lesson, here = self._reader.lesson, self._here
        if why is None or lesson is None or here is None or self._reader.progress.folder is None:
            return why
        solution, text = block.exercise.solution, self._reader.progress.text(*here)
        is_solution = bool(solution) and text == self._solved and solution in self._solved
        return told(why, block.exercise, lesson, is_solution=is_solution)

    def _ask_folder(self) -> None:
        self.show(is_shown=True)
        ask_folder(self._reader.window(), lambda: tr("Open a folder of lessons"), self._reader.read_folder_named)
