"""What the person is asked when the engine ends by itself, does not answer, or is to be replaced by a fresh one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from engine.shared.language import tr, trn
from visualizer.look.boxes import message_box
from visualizer.model.engine_process import EngineProcess
from visualizer.model.session import Session

_LONG_S = 10.0  # what took less to compute is computed again


class EngineQuestions:
    """Boxes over `window`; each goes as soon as the engine is in another state than the one it speaks of."""

    def __init__(self, window: QWidget, engine: EngineProcess, session: Session, say: Callable[[str], None]) -> None:
        self._window, self._engine, self._session, self._say = window, engine, session, say

    def on_ended(self, sentence: str) -> None:
        """Say what happened; the program's text is untouched, Restart starts afresh."""
        self._say(sentence)
        box = self._box("engine_ended", QMessageBox.Icon.Warning, tr("The engine ended"), sentence)
        restart = box.addButton(tr("Restart"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Not now"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(restart)
        restart.clicked.connect(self._session.start_engine)
        box.open()

    def on_unresponsive(self) -> None:
        """One native operation outlasts the interrupt: wait for it, or kill the engine and lose the variables."""
        if not self._session.is_busy or self._window.findChild(QMessageBox, "engine_unresponsive") is not None:
            return
        box = self._box(
            "engine_unresponsive",
            QMessageBox.Icon.Question,
            tr("Still busy"),
            tr("PyTorch is inside one native operation, which cannot be interrupted; it stops when that returns."),
        )
        box.setInformativeText(tr("Wait for it, or kill the engine: the program stays, its variables are lost."))
        wait = box.addButton(tr("Wait"), QMessageBox.ButtonRole.RejectRole)
        kill = box.addButton(tr("Kill"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(wait)
        wait.clicked.connect(self._engine.wait_longer)
        kill.clicked.connect(self._kill)
        box.open()

    @property
    def has_long_computed(self) -> bool:
        """Whether what the engine holds took long enough to be asked about."""
        return self._session.computed_s >= _LONG_S

    def leave_program(self, title: str, then: Callable[[], object]) -> None:
        """Call `then` when what the program `title` has computed may go with its engine: at once where that is little,
        else as soon as the person gave it up, or it ended by itself."""
        if self._session.is_busy or self.has_long_computed:
            detail = tr("Another program begins in a fresh engine, where the variables of this one are gone.")
            self._ask_to_leave(title, tr("Another program?"), detail, lambda: self.leave_program(title, then), then)
        else:
            then()

    def leave_window(self, title: str, then: Callable[[], object]) -> None:
        """The same for the window, which closes unasked on a program that has run for a moment only."""
        if self.has_long_computed:
            detail = tr("Its variables go with the window. A pretraining run goes on without it.")
            self._ask_to_leave(title, tr("Close the window?"), detail, lambda: self.leave_window(title, then), then)
        else:
            then()

    def _ask_to_leave(
        self, title: str, heading: str, detail: str, again: Callable[[], object], then: Callable[[], object]
    ) -> None:
        for old in self._window.findChildren(QMessageBox, "leave_question"):
            old.close()  # what is wanted now counts
        was_busy = self._session.is_busy
        took = _took(title, self._session.computed_s)
        sentence = tr("{program} is still running.", program=title) if was_busy else took
        box = message_box(self._window, "leave_question", QMessageBox.Icon.Question, heading, sentence)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setInformativeText(detail)
        leave = box.addButton(tr("End it") if was_busy else tr("Lose them"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole))

        def on_state() -> None:
            if was_busy and not self._session.is_busy:
                box.close()
                again()

        def on_finished() -> None:
            self._session.state_changed.disconnect(on_state)
            if box.clickedButton() is leave:
                then()

        self._session.state_changed.connect(on_state)
        box.finished.connect(on_finished)
        box.open()

    def _box(self, name: str, icon: QMessageBox.Icon, title: str, sentence: str) -> QMessageBox:
        box = message_box(self._window, name, icon, title, sentence)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # The box itself receives, so that the connection ends with it.
        self._session.state_changed.connect(box.close)
        return box

    def _kill(self) -> None:
        """The person gave the variables up: the old engine goes at once and a fresh one starts."""
        self._engine.kill()
        self._session.start_engine()
        self._say(tr("The engine was killed and starts afresh. Its variables are lost, the program is not."))


def _took(title: str, seconds: float) -> str:
    if seconds < 120:
        return trn(
            "The variables of {program} took {n} second to compute.",
            "The variables of {program} took {n} seconds to compute.",
            round(seconds),
            program=title,
        )
    return trn(
        "The variables of {program} took {n} minute to compute.",
        "The variables of {program} took {n} minutes to compute.",
        round(seconds / 60),
        program=title,
    )
