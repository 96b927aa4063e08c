"""Open, save, autosave and recovery of the program in the editor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from engine.protocol.errors import EngineError
from engine.shared.language import mark, said, tr
from visualizer.app.disk_watch import DiskWatch
from visualizer.app.documents import (
    Document,
    LostProgram,
    clear_scratch,
    ends_in_several_ways,
    lost,
    read_program,
    scratch_path,
    stamp,
    write_program,
)
from visualizer.app.drops import Drops
from visualizer.app.engine_questions import EngineQuestions
from visualizer.app.examples import TWO_LAYERS
from visualizer.app.notebooks import SUFFIX as NOTEBOOK_SUFFIX
from visualizer.app.notebooks import read_notebook
from visualizer.app.settings import Settings
from visualizer.app.tensor_lines import SUFFIXES as TENSOR_SUFFIXES
from visualizer.app.unsaved import Unsaved
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.look import spoken
from visualizer.look.boxes import complain, message_box
from visualizer.look.file_dialogs import ask_file, ask_new_file

_PROGRAMS = mark("Python programs (*.py);;All files (*)")
_READABLE = mark("Programs and notebooks (*.py *.ipynb);;All files (*)")


class FileCommands(QObject):
    """The document in the editor and its file. What a run of another one left is nobody's, which `replaced` says."""

    replaced = Signal()  # another document is in the editor
    page_edited = Signal(str)  # the program of a lesson's page, which is kept there
    tensors_wanted = Signal(str)  # of a file of numbers that was dropped where a program is opened
    run_folder_wanted = Signal(str)  # a folder was given where a file is opened: it can only be a run's

    def __init__(self, window: QWidget, program: ProgramPanel, questions: EngineQuestions, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._program = program
        self._questions = questions
        self._settings = settings
        self._unsaved = Unsaved(self, lambda: (self.document.path, program.text()) if self.is_modified else None)
        self._unsaved.failed.connect(program.status)
        self.document = Document()
        self._asked: tuple[int, int] | None = None  # the stamp of the file's text that is asked about
        self.is_page_after_page = False  # of a lesson: what ran before needs no engine of its own
        program.text_changed.connect(self._on_text)
        program.file_dropped.connect(self._on_dropped)
        self._disk = DiskWatch(window)
        self._disk.changed.connect(self._look_at_disk)
        Drops(window).dropped.connect(self._on_dropped)
        spoken.current().changed.connect(self._refresh_name)

    @property
    def is_modified(self) -> bool:
        """Whether the text in the editor is another than the one in the file."""
        return self._program.text() != self.document.saved_text

    @property
    def is_unsaved(self) -> bool:
        """Whether a text would be lost that the person may want. An unsaved example counts as saved."""
        return self.is_modified and bool(self._program.text().strip())

    @property
    def must_ask(self) -> bool:
        """Whether closing the window would lose a text, or what took long to compute."""
        return self.is_unsaved or self._questions.has_long_computed

    # -- commands

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        return {"new": self.new, "open": self.open, "save": self.save, "save_as": self.save_as}

    def begin(self, path: Path | None) -> None:
        """At the start: the file asked for, else what a crash lost, else the last file, else an example."""
        clear_scratch()
        found = lost()
        if path is not None:
            ours = next((program for program in found if program.path == path.absolute()), None)
            if ours is None and self.open_path(path):
                return
            found = [ours] if ours is not None else found
        if found:
            self._offer(found[0])
            return
        self._show_last()

    def open_page(self, page: tuple[str, int], title: str, text: str, then: Callable[[], object]) -> None:
        """The program of a page of a lesson, after the questions about another one; then call `then`."""
        if self.document.page == page:
            self.replace_page(page, title, text)
            then()
            return

        def show() -> None:
            self._show(Document(saved_text=text, page=page, name=title), text)
            then()

        if self.document.page is not None:  # what a page computed is computed again with a click
            show()
        else:
            self._leave(show)

    def replace_page(self, page: tuple[str, int], title: str, text: str) -> bool:
        """Another title and text of a page's program, where that is in the editor; whether the text is another one."""
        if self.document.page != page:
            return False
        self.document.name = title
        self._refresh_name()
        is_another = self._program.text() != text
        if is_another:
            self._program.replace_text(text)
        return is_another

    def leave_page(self) -> None:
        """From a page of a lesson to the program before it."""
        if self.document.page is not None:
            self._show_last()

    def _show_last(self) -> None:
        last = self._settings.last_file
        if last is None or not last.is_file() or not self.open_path(last):
            self._show(Document(saved_text=TWO_LAYERS), TWO_LAYERS)

    def new(self) -> None:
        """An empty program, after the questions about the old one."""
        self._leave(lambda: self._show(Document(), ""))

    def open_text(self, text: str, name: str) -> None:
        """A program that has no file yet, after the questions about the old one."""
        self._leave(lambda: self._show(Document(saved_text=text, name=name), text))

    def open(self) -> None:
        """Ask for a program and open it."""
        ask_file(
            self._window,
            lambda: tr("Open program"),
            lambda name: self.open_path(Path(name), ask=True),
            folder=str(self.document.folder),
            kinds=lambda: tr(_READABLE),
        )

    def open_path(self, path: Path, *, ask: bool = False) -> bool:
        """Open a program, after the questions about the old one if `ask`. False where it cannot be read, which is
        said."""
        path = path.absolute()
        if path.is_dir():
            self.run_folder_wanted.emit(str(path))
            return False
        is_notebook = path.suffix.lower() == NOTEBOOK_SUFFIX
        try:
            text = read_notebook(path) if is_notebook else read_program(path)
        except EngineError as error:
            complain(self._window, lambda: tr("The program was not opened"), partial(said, error.sentence))
            return False
        if ask:
            self._leave(lambda: self.open_path(path))  # read again: a question may stand for long
        elif is_notebook:
            self._show_notebook(path, text)
        else:
            self._show(Document(path, text), text)
            if ends_in_several_ways(path):
                words = tr("The lines of {name} end in several ways; Save ends all as most of them do.", name=path.name)
                self._program.status.emit(words)
        return True

    def _show_notebook(self, path: Path, text: str) -> None:
        """As a program that has no file yet: the notebook is never written."""
        document = Document(saved_text=text, name=f"{path.stem}.py", home=path.parent)
        self._show(document, text)
        self._settings.add_recent(path)
        self._program.status.emit(
            tr(
                "{name} was read as a program, without what its cells had put out; Save writes {program}.",
                name=path.name,
                program=document.name,
            )
        )

    def _on_dropped(self, name: str) -> None:
        if Path(name).suffix.lower() in TENSOR_SUFFIXES:
            self.tensors_wanted.emit(name)
        else:
            self.open_path(Path(name), ask=True)

    def save(self) -> None:
        """Write the program to its file; ask for one if it has none."""
        self._save(lambda: None)

    def save_as(self) -> None:
        """Ask for a file and write the program there."""
        self._save_as(lambda: None)

    def write_for_run(self) -> str | None:
        """Save the text to the file that it runs as, and return that file; None when it could not be written."""
        document = self.document
        if document.path is not None:
            return document.run_path if not self.is_modified or self._write(document.path) else None
        try:
            write_program(scratch_path(), self._program.text())
        except EngineError as error:
            complain(self._window, lambda: tr("The program was not run"), partial(said, error.sentence))
            return None
        return document.run_path

    def leave_window(self, then: Callable[[], object]) -> None:
        """Call `then` when what was computed and the text may go with the window. Nothing has gone until then."""
        self._questions.leave_window(self.document.title, lambda: self._leave_text(then))

    def close(self) -> None:
        """The window goes: nobody runs its scratch file any more."""
        clear_scratch()

    def forget(self) -> None:
        """Give the unsaved text up."""
        self.document.saved_text = self._program.text()
        self._unsaved.forget()

    # -- inner workings

    def _leave(self, then: Callable[[], object]) -> None:
        """Call `then` when what was computed and the text may go. Nothing has gone until then."""
        self._questions.leave_program(self.document.title, lambda: self._leave_text(then))

    def _leave_text(self, then: Callable[[], object]) -> None:
        """Call `then` when the text may go: at once, or as soon as the person saved it or gave it up."""
        if not self.is_unsaved:
            then()
            return
        for old in self._window.findChildren(QMessageBox, "save_question"):
            old.close()  # what is wanted now counts
        title = self.document.title
        box = message_box(
            self._window,
            "save_question",
            QMessageBox.Icon.Question,
            lambda: tr("Save?"),
            lambda: tr("Save the changes to {program}?", program=title),
        )
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        acts = {buttons.Save: self._save, buttons.Discard: lambda then: then()}
        box.finished.connect(lambda answer: acts[buttons(answer)](then) if buttons(answer) in acts else None)
        box.open()

    def _show(self, document: Document, text: str) -> None:
        self.is_page_after_page = None not in (document.page, self.document.page)
        self.document = document
        self._unsaved.forget()
        if document.page is None:
            self._settings.last_file = document.path
        self._watch()
        self._program.set_text(text)
        self._refresh_name()
        self.replaced.emit()

    def _save(self, then: Callable[[], object]) -> None:
        if self.document.path is None:
            self._save_as(then)
        elif self._write(self.document.path):
            then()

    def _save_as(self, then: Callable[[], object]) -> None:
        def write(name: str) -> None:
            if self._write(Path(name), is_confirmed=True):
                then()

        offer = str(self.document.folder / self.document.offered_name)
        ask_new_file(self._window, lambda: tr("Save program"), write, path=offer, kinds=lambda: tr(_PROGRAMS))

    def _write(self, path: Path, *, is_confirmed: bool = False) -> bool:
        """`is_confirmed`: what lies there may go."""
        text, document = self._program.text(), self.document
        if path == document.path and stamp(path) not in (None, document.stamp) and not is_confirmed:
            self._look_at_disk(is_saving=True)
            return not self.is_modified
        was_gone = path == document.path and document.saved_text is None
        try:
            write_program(path, text, like=document.path)
        except EngineError as error:
            complain(self._window, lambda: tr("The program was not saved"), partial(said, error.sentence))
            return False
        document.path, document.saved_text, document.page = path, text, None
        self._watch()
        self._settings.last_file = path
        if document.invocation is not None:
            self._settings.set_invocation(path, document.invocation)
        self._unsaved.forget()
        self._refresh_name()
        if was_gone:
            self._program.status.emit(tr("{name} was written again.", name=path.name))
        return True

    def _watch(self) -> None:
        """What is on the disk now is what the editor knows of it."""
        document = self.document
        document.stamp = stamp(document.path) if document.path is not None else None
        self._disk.follow(document.path)

    def _look_at_disk(self, *, is_saving: bool = False) -> None:
        """Another program may have written the file: read it again, or ask where both texts have changed. What is no
        program is not read, and not written over, which is said, and in a box to who saves."""
        document, was_modified = self.document, self.is_modified
        path, before = document.path, document.stamp
        if path is None or stamp(path) == before:
            return
        self._watch()
        if document.stamp is None:
            document.saved_text = None
            self._unsaved.changed()
            self._refresh_name()
            self._program.status.emit(tr("{name} is gone from the disk; Save writes it again.", name=path.name))
            return
        try:
            text = read_program(path)
        except EngineError as error:
            document.saved_text, document.stamp = None, before
            self._unsaved.changed()
            self._refresh_name()
            self._say_unread(error, is_saving=is_saving)
            return
        was_gone, document.saved_text = document.saved_text is None, text
        if was_gone and not self.is_modified:
            self._program.status.emit(tr("{name} is on the disk again.", name=path.name))
        elif not was_modified:
            self._program.replace_text(text)
            self._program.status.emit(tr("{name} was changed by another program and read again.", name=path.name))
        elif self.is_modified:
            self._ask_which_stays(text, before)
        self._refresh_name()

    def _ask_which_stays(self, text: str, before: tuple[int, int] | None) -> None:
        """Until it is answered, a save asks again: the file is known as it was `before`."""
        document, asked = self.document, self.document.stamp
        document.stamp = before
        words = tr("{name} was changed by another program too. Which text stays?", name=document.title)
        if self._program.banner.sentence == words and self._asked == asked:
            return
        self._asked = asked

        def answered() -> None:
            document.stamp = asked

        def take_file() -> None:
            answered()
            self._program.replace_text(text)

        self._program.banner.ask(words, {tr("This one"): answered, tr("The file's"): take_file})

    def _say_unread(self, error: EngineError, *, is_saving: bool) -> None:
        """What lies where the program's file was is no program."""
        if is_saving:
            complain(self._window, lambda: tr("The program was not saved"), partial(said, error.sentence))
        else:
            self._program.status.emit(said(error.sentence))

    def _on_text(self) -> None:
        if self.document.page is not None and self.is_modified:
            self.document.saved_text = self._program.text()
            self.page_edited.emit(self.document.saved_text)
        self._refresh_name()
        self._unsaved.changed()

    def _refresh_name(self) -> None:
        title, is_modified = self.document.title, self.is_modified
        self._program.set_name(title, is_modified=is_modified)
        self._window.setWindowTitle(f"{'• ' if is_modified else ''}{title} — {tr('Tensor visualizer')}")

    def _offer(self, program: LostProgram) -> None:
        saved = TWO_LAYERS if program.path is None else self._still_saved(program.path)
        self._show(Document(program.path, saved), program.text)
        if saved is None:
            self.document.stamp = None  # what may lie there was not read, and is not written over
        when = QLocale().toString(QDateTime.fromSecsSinceEpoch(round(program.when)), tr("d MMMM, HH:mm"))
        self._unsaved.keep()
        program.discard()
        answers: dict[str, Callable[[], object]] = {tr("Keep"): lambda: None}
        if saved is not None:
            answers[tr("Go back to the saved text")] = lambda: self._program.replace_text(saved)
        self._program.banner.ask(
            tr(
                "This is {program} as the last window left it on {when}, without having been saved.",
                program=self.document.title,
                when=when,
            ),
            answers,
        )

    def _still_saved(self, path: Path) -> str | None:
        """What its file holds; None where that is gone, or no program, which is said."""
        try:
            return read_program(path)
        except EngineError as error:
            self._program.status.emit(said(error.sentence))
            return None
