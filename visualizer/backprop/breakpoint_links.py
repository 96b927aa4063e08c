"""Breakpoints between the editor's margin, their list, the engine, and the file that they are kept for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QTimer

from engine.protocol.breakpoints import Condition, Place
from engine.protocol.messages import SetBreakpoints
from engine.shared.disk_errors import write_reason
from engine.shared.language import said, tr
from visualizer.backprop.breakpoints.dialog import BreakpointDialog
from visualizer.backprop.panels import Panels
from visualizer.backprop.program.line_edit import LineEdit, LinesMoved
from visualizer.look.announcing import announce
from visualizer.look.spoken import Say
from visualizer.model.breakpoints import Point, when_words, where_words
from visualizer.model.session import Session


class BreakpointLinks(QObject):
    """`path` names the file of the program in the editor, None while it has none; `bring` shows the list."""

    def __init__(
        self,
        session: Session,
        panels: Panels,
        path: Callable[[], Path | None],
        say: Say,
        bring: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._panels, self._path, self._say, self._bring = session, panels, path, say, bring
        self._book = book = session.breakpoints
        self._held: object = None
        self._is_loading = False
        self._keeping = QTimer(self, singleShot=True, interval=0)  # a typed character may move many
        self._keeping.timeout.connect(self._keep)
        editor, panel = panels.program.editor, panels.breakpoints
        editor.gutter.line_clicked.connect(self._toggle_at)
        editor.edited.connect(self._on_edited)
        panel.add_wanted.connect(self._ask)
        panel.change_wanted.connect(self._change)
        panel.switched.connect(book.replace)
        panel.removed.connect(book.remove)
        panel.line_chosen.connect(lambda line: editor.go_to(line, 0))
        book.changed.connect(self._on_changed)
        session.ready.connect(lambda event: self._send())
        session.run_asked.connect(lambda: self._send_lines(lambda line: line))
        session.backward_changed.connect(self._on_backward)

    def load(self) -> None:
        """Another program is in the editor."""
        self._is_loading = True
        self._book.load(self._path())
        self._is_loading = False

    def table(self) -> dict[str, Callable[[], object]]:
        """What each row of the action table does."""
        return {
            "toggle_breakpoint": self._toggle,
            "add_breakpoint": self._ask,
            "stop_at_nan": self._book.toggle_nan,
        }

    def _toggle(self) -> None:
        """At the line of the cursor."""
        self._toggle_at(self._panels.program.editor.textCursor().blockNumber() + 1)

    def _toggle_at(self, line: int) -> None:
        """One that is set while another text runs may hold only when this one does."""
        self._book.toggle_line(line)
        is_set = line in self._book.lines()
        words = tr("Breakpoint at line {line}", line=line) if is_set else tr("No breakpoint at line {line}", line=line)
        announce(self._panels.program.editor, words)
        is_new = self._session.is_busy and not self._panels.program.editor.run_lines.run_line(line)
        if is_new and line in self._book.lines():
            self._say(
                lambda: tr("Line {line} was changed since this run began: it holds from the next run on.", line=line)
            )

    def _ask(self) -> None:
        """A dialog for another one."""
        self._bring()
        dialog = BreakpointDialog(self._panels.breakpoints.window())
        dialog.chosen.connect(self._book.add)
        dialog.open()

    def _change(self, point: Point) -> None:
        def take(place: Place, condition: Condition | None) -> None:
            self._book.replace(msgspec.structs.replace(point, place=place, condition=condition))

        dialog = BreakpointDialog(self._panels.breakpoints.window(), point.place, point.condition)
        dialog.chosen.connect(take)
        dialog.open()

    def _on_edited(self, edit: LineEdit | LinesMoved) -> None:
        def place_of(line: int) -> int | None:
            place = edit.place(line - 1)
            return None if place is None else place + 1

        self._book.edited(place_of)

    def _on_changed(self) -> None:
        self._panels.program.editor.set_breakpoints(self._book.lines())
        self._send()
        if not self._is_loading:
            self._keeping.start()

    def _send(self) -> None:
        """The engine counts the lines of the text that runs, or that will."""
        is_busy = self._session.is_busy
        self._send_lines(self._panels.program.editor.run_lines.run_line if is_busy else lambda line: line)

    def _send_lines(self, run_line: Callable[[int], int]) -> None:
        session, wanted = self._session, self._book.switched_on(run_line)
        if session.info is not None and (wanted or session.has_breakpoints):
            session.set_breakpoints(SetBreakpoints(breakpoints=wanted))

    def _keep(self) -> None:
        path = self._path()
        try:
            if path is not None:
                self._book.save(path)
        except OSError as error:
            reason = write_reason(error)
            self._say(lambda: tr("The breakpoints could not be kept: {reason}.", reason=said(reason)))

    def _on_backward(self) -> None:
        """Count and say a hit, once for each hold."""
        state = self._session.shown.live_state
        if state is None or state.status != "paused" or not state.hits:
            if self._held is not None:
                self._say(str)
            self._held = None
            return
        held = (state.pass_id, state.n_done)
        if held != self._held:
            self._held = held
            self._book.count(state.hits)
            hit = next((point for point in self._book.points if point.id == state.hits[0]), None)
            if hit is not None:
                self._say(lambda: tr("Held by a breakpoint: {words}", words=_words_of(hit)))


def _words_of(hit: Point) -> str:
    return " · ".join(filter(None, (where_words(hit.place), when_words(hit.condition))))
