"""Another program has written the file of the one in the editor, or has taken it away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.protocol.errors import EngineError
from engine.shared.language import mark, said, tr
from visualizer.app.current_document import CurrentDocument
from visualizer.app.documents import read_program, stamp
from visualizer.backprop.program.panel import ProgramPanel
from visualizer.look.boxes import complain


class DiskChanges(QObject):
    """Of one window, on its thread."""

    def __init__(self, window: QWidget, program: ProgramPanel, current: CurrentDocument) -> None:
        super().__init__(window)
        self._window, self._program, self._current = window, program, current
        self._asked: tuple[int, int] | None = None  # the stamp of the file's text that is asked about
        current.disk_changed.connect(self.look)

    def look(self, *, is_saving: bool = False) -> None:
        """Read the file again where it changed, or ask where both texts have. What is no program is not read, and not
        written over, which is said, and in a box to who saves."""
        current, document, was_modified = self._current, self._current.document, self._current.is_modified
        path, before = document.path, document.stamp
        if path is None or stamp(path) == before:
            return
        current.watch()
        if document.stamp is None:
            current.has_left_its_file(None)
            self._program.status.emit(lambda: tr("{name} is gone from the disk; Save writes it again.", name=path.name))
            return
        try:
            text = read_program(path)
        except EngineError as error:
            current.has_left_its_file(before)
            self._say_unread(error, is_saving=is_saving)
            return
        was_gone, document.saved_text = document.saved_text is None, text
        if was_gone and not current.is_modified:
            self._program.status.emit(lambda: tr("{name} is on the disk again.", name=path.name))
        elif not was_modified:
            self._program.replace_text(text)
            self._program.status.emit(
                lambda: tr("{name} was changed by another program and read again.", name=path.name)
            )
        elif current.is_modified:
            self._ask_which_stays(text, before)
        current.refresh_name()

    def _ask_which_stays(self, text: str, before: tuple[int, int] | None) -> None:
        """Until it is answered, a save asks again: the file is known as it was `before`."""
        document = self._current.document
        asked, document.stamp = document.stamp, before
        title = document.title

        def words() -> str:
            return tr("{name} was changed by another program too. Which text stays?", name=title)

        if self._program.banner.sentence == words() and self._asked == asked:
            self._program.status.emit(lambda: tr("Say first which text stays: nothing was saved."))
            return
        self._asked = asked

        def answered() -> None:
            document.stamp = asked

        def take_file() -> None:
            answered()
            self._program.replace_text(text)

        self._program.banner.ask(words, {mark("This one"): answered, mark("The file's"): take_file})

    def _say_unread(self, error: EngineError, *, is_saving: bool) -> None:
        """What lies where the program's file was is no program."""
        if is_saving:
            complain(self._window, lambda: tr("The program was not saved"), partial(said, error.sentence))
        else:
            self._program.status.emit(partial(said, error.sentence))
