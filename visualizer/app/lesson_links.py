"""The lessons beside the program: what a page runs stands in the editor, what it shows comes up, what it asks is looked
at by the engine."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from engine.protocol.messages import Finished
from engine.shared.language import tr
from visualizer.app.commands.program import ProgramCommands
from visualizer.app.file_commands import FileCommands
from visualizer.app.lesson_shows import LessonShows
from visualizer.app.page_answers import PageAnswers
from visualizer.app.page_programs import PagePrograms, Place
from visualizer.lessons.reader import LessonReader
from visualizer.look.file_dialogs import ask_folder
from visualizer.model.session import Session


class LessonLinks(QObject):
    """Connects the reader with the panels, by `shows`, and with what its pages run and ask."""

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
        self._reader, self._session, self._shows = reader, session, shows
        self._programs = PagePrograms(reader, session=session, files=files, program=program, shows=shows, parent=self)
        self._answers = PageAnswers(reader, session=session, programs=self._programs, parent=self)
        self._was_here: Place | None = None
        self._brought: Place | None = None  # the page that has brought up what it shows without a run
        self._ran: Place | None = None  # the page whose program has run, and not yet been shown
        self._is_read = False
        reader.turned.connect(self._on_turned)
        reader.reworded.connect(self._on_reworded)
        reader.folder_wanted.connect(self._ask_folder)
        reader.close_wanted.connect(lambda: self.show(is_shown=False))
        reader.view.followed.connect(shows.follow)
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
            self._shows.leave()
            self._programs.leave()

    def _on_turned(self) -> None:
        page, here = self._reader.page, self._programs.here
        if here != self._was_here:
            self._shows.leave()
        self._was_here = here
        if page is None or here is None:
            return
        self._programs.show_changed()
        self._answers.restore()
        if page.program is None and here != self._brought and self._reader.isVisible():
            self._shows.show_all(page.shown)  # no run will
        self._brought = here

    def _on_reworded(self) -> None:
        if self._reader.page is not None and not self._session.is_busy:
            self._programs.reword()
            self._answers.check_again()

    def _on_run(self) -> None:
        self._ran = self._programs.in_editor

    def _on_state(self, state: str) -> None:
        if state in ("held", "paused"):
            self._show_page()

    def _on_ran(self, event: Finished) -> None:
        failure = None if event.error is None else event.error.said
        self._programs.has_failed = failure is not None
        if failure is None:
            self._show_page()
        self._answers.after_run(failure)

    def _show_page(self) -> None:
        """Once for each run."""
        ran, self._ran = self._ran, None
        if (
            ran is not None
            and ran == self._programs.here
            and self._reader.page is not None
            and self._reader.isVisible()
        ):
            self._shows.show_all(self._reader.page.shown)

    def _ask_folder(self) -> None:
        self.show(is_shown=True)
        ask_folder(self._reader.window(), lambda: tr("Open a folder of lessons"), self._reader.read_folder_named)
