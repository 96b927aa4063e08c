"""Open and save the program in the editor, and leave it for another one."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from engine.protocol.errors import EngineError
from engine.shared.language import mark, said, tr, trn
from visualizer.app.current_document import CurrentDocument
from visualizer.app.disk_changes import DiskChanges
from visualizer.app.documents import (
    Document,
    clear_scratch,
    ends_in_several_ways,
    read_program,
    scratch_path,
    stamp,
    write_program,
)
from visualizer.app.drops import Drops
from visualizer.app.engine_questions import EngineQuestions
from visualizer.app.examples import TWO_LAYERS
from visualizer.app.lost_texts import LostTexts
from visualizer.app.notebooks import SUFFIX as NOTEBOOK_SUFFIX
from visualizer.app.notebooks import read_notebook
from visualizer.app.settings import Settings
from visualizer.app.tensor_lines import SUFFIXES as TENSOR_SUFFIXES
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.look.announcing import announce
from visualizer.look.boxes import complain, message_box
from visualizer.look.file_dialogs import ask_file, ask_new_file

_PROGRAMS = mark("Python programs (*.py);;All files (*)")
_READABLE = " ".join(f"*{suffix}" for suffix in (".py", NOTEBOOK_SUFFIX, *TENSOR_SUFFIXES))


class FileCommands(QObject):
    """Open and save the document in the editor, and leave it for another one."""

    tensors_wanted = Signal(str)  # of a file of numbers that was dropped where a program is opened
    run_folder_wanted = Signal(str)  # a folder was given where a file is opened: it can only be a run's

    def __init__(self, window: QWidget, program: ProgramPanel, questions: EngineQuestions, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._program = program
        self._questions = questions
        self._settings = settings
        self.current = CurrentDocument(window, program, settings)
        self.replaced, self.page_edited = self.current.replaced, self.current.page_edited
        self._disk = DiskChanges(window, program, self.current)
        self._lost = LostTexts(program, self.current, self._leave)
        program.files_dropped.connect(self._on_dropped)
        Drops(window).dropped.connect(self._on_dropped)

    @property
    def document(self) -> Document:
        """The one in the editor."""
        return self.current.document

    @property
    def is_modified(self) -> bool:
        """Whether the text in the editor is another than the one in the file."""
        return self.current.is_modified

    @property
    def is_page_after_page(self) -> bool:
        """Whether a page of a lesson has come after another one."""
        return self.current.is_page_after_page

    @property
    def must_ask(self) -> bool:
        """Whether closing the window would lose a text, or what took long to compute."""
        return self.current.is_unsaved or self._questions.has_long_computed

    # -- commands

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        return {"new": self.new, "open": self.open, "save": self.save, "save_as": self.save_as}

    def begin(self, path: Path | None) -> None:
        """At the start: the file asked for, else what a crash lost, else the last file, else an example."""
        clear_scratch()
        self._lost.find()
        if path is not None and path.suffix.lower() in TENSOR_SUFFIXES and os.path.isfile(path):
            self.current.show(Document(), "")
            self.tensors_wanted.emit(str(path.absolute()))
            self._lost.ask()
            return
        if path is not None:
            if self._lost.show_of(path.absolute()):
                return
            if self.open_path(path):
                self._lost.ask()
                return
        if not self._lost.show_of(None):
            self._show_last()

    def open_page(self, page: tuple[str, int], title: str, text: str, then: Callable[[], object]) -> None:
        """The program of a page of a lesson, after the questions about another one; then call `then`."""
        if self.document.page == page:
            self.replace_page(page, title, text)
            then()
            return

        def show() -> None:
            self.current.show(Document(saved_text=text, page=page, name=title), text)
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
        self.current.refresh_name()
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
        if last is None or not os.path.isfile(last) or not self.open_path(last):
            self.current.show(Document(saved_text=TWO_LAYERS), TWO_LAYERS)

    def new(self) -> None:
        """An empty program, after the questions about the old one."""
        self._leave(lambda: self.current.show(Document(), ""))

    def open_text(self, text: str, name: str) -> None:
        """A program that has no file yet, after the questions about the old one."""
        self._leave(lambda: self.current.show(Document(saved_text=text, name=name), text))

    def open(self) -> None:
        """Ask for a program and open it."""
        ask_file(
            self._window,
            lambda: tr("Open program"),
            self._on_opened,
            folder=str(self.document.folder),
            kinds=lambda: tr("Programs, notebooks and tensors ({suffixes});;All files (*)", suffixes=_READABLE),
        )

    def _on_opened(self, name: str) -> None:
        """Numbers are read by a line of the program, wherever they are opened: of a new one in place of an example that
        nobody has touched."""

        def read() -> None:
            self.current.show(Document(), "")
            self.tensors_wanted.emit(name)

        is_untouched = self.document.path is None and self.document.page is None and not self.is_modified
        if is_untouched and Path(name).suffix.lower() in TENSOR_SUFFIXES:
            self._leave(read)
        else:
            self._on_dropped([name])

    def open_path(self, path: Path, *, ask: bool = False) -> bool:
        """Open a program, after the questions about the old one if `ask`. False where it cannot be read, which is
        said."""
        path = path.absolute()
        if os.path.isdir(path):
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
            self.current.show(Document(path, text), text)
            if ends_in_several_ways(path):
                self._program.status.emit(
                    lambda: tr(
                        "The lines of {name} end in several ways; Save ends all as most of them do.", name=path.name
                    )
                )
        return True

    def _show_notebook(self, path: Path, text: str) -> None:
        """As a program that has no file yet: the notebook is never written."""
        document = Document(saved_text=text, name=f"{path.stem}.py", home=path.parent)
        self.current.show(document, text)
        self._settings.add_recent(path)
        self._program.status.emit(
            lambda: tr(
                "{name} was read as a program, without what its cells had put out; Save writes {program}.",
                name=path.name,
                program=document.name,
            )
        )

    def _on_dropped(self, names: list[str]) -> None:
        """All that hold tensors; where none does, the first is opened."""
        tensors = [name for name in names if Path(name).suffix.lower() in TENSOR_SUFFIXES]
        for name in tensors:
            self.tensors_wanted.emit(name)
        if not tensors:
            self.open_path(Path(names[0]), ask=True)
        n_left = len(names) - max(len(tensors), 1)
        if n_left:
            self._program.status.emit(
                lambda: trn(
                    "{n} other file was left: a program opens alone.",
                    "{n} other files were left: a program opens alone.",
                    n_left,
                )
            )

    def save(self) -> None:
        """Write the program to its file; ask for one if it has none."""
        self._save(lambda: None)

    def save_as(self) -> None:
        """Ask for a file and write the program there."""
        self._save_as(lambda: None)

    def write_for_run(self, again: Callable[[], object] = lambda: None) -> str | None:
        """Save the text to the file that it runs as, and return that file; None when it could not be written: `again`
        is called once it is saved under another name."""
        document = self.document
        if document.path is not None:
            return document.run_path if not self.is_modified or self._write(document.path, then=again) else None
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
        self.current.keep_caret()
        clear_scratch()

    def forget(self) -> None:
        """Give the unsaved text up."""
        self.current.forget()

    # -- inner workings

    def _leave(self, then: Callable[[], object]) -> None:
        """Call `then` when what was computed and the text may go. Nothing has gone until then."""
        self._questions.leave_program(self.document.title, lambda: self._leave_text(then))

    def _leave_text(self, then: Callable[[], object]) -> None:
        """Call `then` when the text may go: at once, or as soon as the person saved it or gave it up."""
        if not self.current.is_unsaved:
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

    def _save(self, then: Callable[[], object]) -> None:
        if self.document.path is None:
            self._save_as(then)
        elif self._write(self.document.path, then=then):
            self._tell_saved()
            then()

    def _save_as(self, then: Callable[[], object]) -> None:
        def write(name: str) -> None:
            if self._write(Path(name), is_confirmed=True, then=then):
                self._tell_saved()
                then()

        offer = str(self.document.folder / self.document.offered_name)
        ask_new_file(self._window, lambda: tr("Save program"), write, path=offer, kinds=lambda: tr(_PROGRAMS))

    def _tell_saved(self) -> None:
        if self.document.path is not None:
            announce(self._window, tr("{name} saved", name=self.document.path.name))

    def _write(self, path: Path, *, is_confirmed: bool = False, then: Callable[[], object] = lambda: None) -> bool:
        """`is_confirmed`: what lies there may go. Where it cannot be written, another name is offered, and `then` is
        called once the text is saved under that."""
        text, document = self._program.text(), self.document
        if path == document.path and stamp(path) not in (None, document.stamp) and not is_confirmed:
            self._disk.look(is_saving=True)
            return not self.is_modified
        was_gone = path == document.path and document.saved_text is None
        try:
            write_program(path, text, like=document.path)
        except EngineError as error:
            elsewhere = (mark("Save as…"), lambda: self._save_as(then))
            complain(
                self._window,
                lambda: tr("The program was not saved"),
                partial(said, error.sentence),
                instead=elsewhere if error.sentence.code.startswith("file.") else None,  # not for what its text is
            )
            return False
        document.path, document.saved_text, document.page = path, text, None
        self.current.watch()
        self._settings.last_file = path
        if document.invocation is not None:
            self._settings.set_invocation(path, document.invocation)
        self.current.unsaved.forget()
        self.current.refresh_name()
        if was_gone:
            self._program.status.emit(lambda: tr("{name} was written again.", name=path.name))
        return True
