"""What the pages of the lessons run: their programs stand in the editor, as the learner has changed them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from visualizer.app.commands.program import ProgramCommands
from visualizer.app.file_commands import FileCommands
from visualizer.app.lesson_shows import LessonShows
from visualizer.lessons.reader import LessonReader
from visualizer.model.session import Session

Place = tuple[str, int]  # key of a lesson, number of a page


class PagePrograms(QObject):
    """`solved` is the program of a page with its solution, as it was put there, else ""; `has_failed`: what ran last
    did not come to its end."""

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
        self.solved, self.has_failed = "", False
        self._view.run_wanted.connect(lambda: self.run())
        self._view.original_wanted.connect(self._restore)
        self._view.solution_wanted.connect(self._put_solution)
        files.page_edited.connect(self._on_edited)

    @property
    def here(self) -> Place | None:
        """The page on screen."""
        lesson = self._reader.lesson
        return None if lesson is None else (lesson.key, self._reader.page_number)

    @property
    def in_editor(self) -> Place | None:
        """The page whose program stands there."""
        return self._files.document.page

    @property
    def is_other(self) -> bool:
        """Whether the learner's program does not even begin as the page's, in the language of now."""
        page, here = self._reader.page, self.here
        text = None if page is None or here is None else self._reader.progress.text(*here)
        if text is None or page is None or page.program is None:
            return False
        return not text.startswith(page.program.code.rstrip())

    @property
    def has_run(self) -> bool:
        """Whether the values are those of the page as it stands there; a page without a program asks of any."""
        if self._reader.page is None or self._reader.page.program is None:
            return True
        is_here = self.in_editor == self.here and self._program.is_newest
        return is_here and self._session.has_run and not self._session.is_busy

    def run(self, *, may_step: bool = True) -> None:
        """The page on screen, with what the learner has changed."""
        page, here = self._reader.page, self.here
        if page is None or here is None or page.program is None:
            return
        self._shows.go_to_program()
        text = self._reader.progress.text(*here)
        run = partial(self._program.run, step=page.program.is_stepped and may_step)
        self._files.open_page(here, page.title, page.program.code + "\n" if text is None else text, run)

    def reword(self) -> None:
        """The program of the page in its words of now, where the learner has not changed it."""
        page, here = self._reader.page, self.here
        if page is not None and here is not None and page.program is not None:
            text = self._reader.progress.text(*here)
            self._files.replace_page(here, page.title, page.program.code + "\n" if text is None else text)

    def show_changed(self) -> None:
        """On the page, whether the learner has changed its program."""
        here = self.here
        if self._view.program is not None and here is not None:
            self._view.program.set_changed(self._reader.progress.text(*here))

    def leave(self) -> None:
        """The program that was open before the lessons."""
        self._files.leave_page()

    def _restore(self) -> None:
        page, here = self._reader.page, self.here
        if page is not None and here is not None and page.program is not None:
            self._reader.progress.set_text(*here, None)
            self._files.replace_page(here, page.title, page.program.code + "\n")
            self.show_changed()

    def _on_edited(self, text: str) -> None:
        """The learner changes a page's program, which is kept."""
        place, page = self.in_editor, self._reader.page
        if place is not None and place != self.here:  # another page is on screen
            self._reader.progress.set_text(*place, text)
        if place is None or place != self.here or page is None or page.program is None:
            return
        is_own = text.rstrip() == page.program.code.rstrip()
        self._reader.progress.set_text(*place, None if is_own else text)
        self._view.note("")
        if self._view.program is not None:
            self._view.program.set_changed(None if is_own else text)

    def _put_solution(self, lines: str) -> None:
        """At the end of the learner's program, as an edit, and run; of the page's own where the learner's came to no
        end, behind which no solution is reached."""
        page, here = self._reader.page, self.here
        if page is None or here is None or page.program is None:
            return
        text = self._reader.progress.text(*here) or page.program.code
        came_to_no_end = self.has_failed and self.in_editor == here and self._program.is_newest
        is_given_up = came_to_no_end and text != page.program.code
        text = page.program.code if is_given_up else text
        if lines not in text:
            is_own = text.rstrip() == page.program.code.rstrip()
            text = f"{text.rstrip()}\n{lines}\n"
            self.solved = text if is_own else ""
            self._reader.progress.set_text(*here, text)
        self._files.replace_page(here, page.title, text)
        self._view.note(lines if is_given_up else "")
        self.run(may_step=False)
        self.show_changed()
