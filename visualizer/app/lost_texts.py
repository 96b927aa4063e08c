"""What windows that did not end well left unsaved: shown in the editor, one after the other, until each is answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QObject

from engine.protocol.errors import EngineError
from engine.shared.language import mark, said, tr, trn
from visualizer.app.current_document import CurrentDocument
from visualizer.app.documents import Document, LostProgram, lost, read_program
from visualizer.app.examples import TWO_LAYERS
from visualizer.backprop.program.panel import ProgramPanel

_Leave = Callable[[Callable[[], object]], None]


class LostTexts(QObject):
    """Of one window, on its thread. `leave` calls what it is given when the text in the editor may go."""

    def __init__(self, program: ProgramPanel, current: CurrentDocument, leave: _Leave) -> None:
        super().__init__(current)
        self._program, self._current, self._leave = program, current, leave
        self._found: list[LostProgram] = []  # not yet answered, newest first

    def find(self) -> None:
        """At the start, before this window has a text of its own."""
        self._found = lost()

    def show_of(self, path: Path | None) -> bool:
        """Show the newest one of a file, of any or none for None; whether there is one. The others follow it."""
        found = next((one for one in self._found if path in (None, one.path)), None)
        if found is not None:
            self._show(found)
        return found is not None

    def ask(self) -> None:
        """Tell of those that nobody has seen yet; nothing where there are none."""
        if not self._found:
            return
        one = self._found[0]
        choices: dict[str, Callable[[], object]] = {
            mark("Show it"): lambda: self._leave(lambda: self._show(one)),
            mark("Give it up"): lambda: self._give_up(one),
            mark("Later"): lambda: None,  # the next window asks
        }
        self._program.banner.ask(
            lambda: tr(
                "A window left another text of {program} on {when}, without having saved it.",
                program=Document(one.path).title,
                when=_when(one),
            ),
            choices,
        )

    def _give_up(self, one: LostProgram) -> None:
        self._found.remove(one)
        one.discard()
        self.ask()

    def _show(self, one: LostProgram) -> None:
        """In the editor, as unsaved as it was; from here on this window keeps it."""
        saved = TWO_LAYERS if one.path is None else self._still_saved(one.path)
        self._current.show(Document(one.path, saved), one.text)
        if saved is None:
            self._current.document.stamp = None  # what may lie there was not read, and is not written over
        self._current.unsaved.keep()
        self._found.remove(one)
        one.discard()
        title, n = self._current.document.title, len(self._found)
        self._program.banner.ask(lambda: _left(one, title, n), self._choices(saved))

    def _choices(self, saved: str | None) -> dict[str, Callable[[], object]]:
        def go_back() -> None:
            self._program.replace_text(saved or "")
            self.ask()

        choices: dict[str, Callable[[], object]] = {mark("Keep"): self.ask}
        if saved is not None:
            choices[mark("Go back to the saved text")] = go_back
        return choices

    def _still_saved(self, path: Path) -> str | None:
        """What its file holds; None where that is gone, or no program, which is said."""
        try:
            return read_program(path)
        except EngineError as error:
            self._program.status.emit(partial(said, error.sentence))
            return None


def _left(one: LostProgram, title: str, n_more: int) -> str:
    words = tr(
        "This is {program} as the last window left it on {when}, without having been saved.",
        program=title,
        when=_when(one),
    )
    if n_more:
        words += " " + trn("{n} more such text follows.", "{n} more such texts follow.", n_more)
    return words


def _when(one: LostProgram) -> str:
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(round(one.when)), tr("d MMMM, HH:mm"))
