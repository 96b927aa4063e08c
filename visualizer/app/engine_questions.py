"""What the person is asked when the engine ends by itself, does not answer, or is to be replaced by a fresh one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMessageBox, QWidget

from engine.shared.language import mark, tr, trn
from visualizer.look.boxes import add_button, message_box
from visualizer.look.spoken import Say, Words, speak
from visualizer.model.engine_process import EngineProcess
from visualizer.model.session import Session

_NATIVE = mark(
    "The program is inside one native operation, of PyTorch or another library, which cannot be interrupted; it stops "
    "when that returns."
)
_ANOTHER = mark("Another program begins in a fresh engine, where the variables of this one are gone.")
_CLOSES = mark("Its variables go with the window. A pretraining run goes on without it.")
_LONG_S = 10.0  # what took less to compute is computed again


class EngineQuestions:
    """Boxes over `window`; each goes as soon as the engine is in another state than the one it speaks of."""

    def __init__(self, window: QWidget, engine: EngineProcess, session: Session, say: Say) -> None:
        self._window, self._engine, self._session, self._say = window, engine, session, say

    def on_ended(self, words: Words) -> None:
        """Say what happened; the program's text is untouched, Restart starts afresh."""
        self._say(words)
        box = self._box("engine_ended", QMessageBox.Icon.Warning, lambda: tr("The engine ended"), words)
        restart = add_button(box, mark("Restart"), QMessageBox.ButtonRole.AcceptRole)
        add_button(box, mark("Not now"), QMessageBox.ButtonRole.RejectRole)
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
            lambda: tr("Still busy"),
            lambda: tr(_NATIVE),
        )
        speak(box.setInformativeText, "Wait for it, or kill the engine: the program stays, its variables are lost.")
        wait = add_button(box, mark("Wait"), QMessageBox.ButtonRole.RejectRole)
        kill = add_button(box, mark("Kill"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(wait)
        wait.clicked.connect(self._engine.wait_longer)
        kill.clicked.connect(self._kill)
        self._engine.interrupted.connect(box.close)  # else Stop could not be said again
        box.open()

    @property
    def has_long_computed(self) -> bool:
        """Whether what the engine holds took long enough to be asked about."""
        return self._session.computed_s >= _LONG_S

    def leave_program(self, title: str, then: Callable[[], object]) -> None:
        """Call `then` when what the program `title` has computed may go with its engine: at once where that is little,
        else as soon as the person gave it up, or it ended by itself."""
        if self._session.is_busy or self.has_long_computed:
            again = partial(self.leave_program, title, then)
            self._ask_to_leave(title, mark("Another program?"), _ANOTHER, again, then)
        else:
            then()

    def leave_window(self, title: str, then: Callable[[], object]) -> None:
        """The same for the window, which closes unasked on a program that has run for a moment only."""
        if self.has_long_computed:
            again = partial(self.leave_window, title, then)
            self._ask_to_leave(title, mark("Close the window?"), _CLOSES, again, then)
        else:
            then()

    def _ask_to_leave(
        self, title: str, heading: str, detail: str, again: Callable[[], object], then: Callable[[], object]
    ) -> None:
        for old in self._window.findChildren(QMessageBox, "leave_question"):
            old.close()  # what is wanted now counts
        was_busy = self._session.is_busy
        computed_s = self._session.computed_s

        def sentence() -> str:
            return tr("{program} is still running.", program=title) if was_busy else _took(title, computed_s)

        box = message_box(self._window, "leave_question", QMessageBox.Icon.Question, lambda: tr(heading), sentence)
        speak(box.setInformativeText, detail)
        words = mark("End it") if was_busy else mark("Lose them")
        leave = add_button(box, words, QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(add_button(box, mark("Cancel"), QMessageBox.ButtonRole.RejectRole))

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

    def _box(self, name: str, icon: QMessageBox.Icon, title: Words, sentence: Words) -> QMessageBox:
        box = message_box(self._window, name, icon, title, sentence)
        # The box itself receives, so that the connection ends with it.
        self._session.state_changed.connect(box.close)
        return box

    def _kill(self) -> None:
        """The person gave the variables up: the old engine goes at once and a fresh one starts."""
        self._engine.kill()
        self._session.start_engine()
        self._say(lambda: tr("The engine was killed and starts afresh. Its variables are lost, the program is not."))


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
