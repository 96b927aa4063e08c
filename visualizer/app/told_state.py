"""Where things stand, on the screen: what can be done now, in which words, and which button comes first."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget

from engine.shared.language import tr
from visualizer.app import actions
from visualizer.app.conditions import Conditions
from visualizer.app.header import Header
from visualizer.app.status_bar import StatusBar
from visualizer.app.training_room import TrainingRoom
from visualizer.backprop.panels import Panels
from visualizer.model.session import Session

_STEP_LASTS_MS = 150
_PRETRAINING = 1  # among the workspaces


class ToldState(QObject):
    """Told once for all that one event of the engine changes, and nothing twice.

    A step is mostly over before its words could be read: only one that lasts is told.
    """

    def __init__(
        self,
        *,
        session: Session,
        conditions: Conditions,
        table: dict[str, QAction],
        header: Header,
        status: StatusBar,
        panels: Panels,
        pretraining: TrainingRoom,
        workspaces: QStackedWidget,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._conditions, self._actions = session, conditions, table
        self._header, self._status, self._panels = header, status, panels
        self._pretraining, self._workspaces = pretraining, workspaces
        self._told: object = None
        self._told_name = ""
        self._is_due = False  # the engine's event that is being taken in has changed it
        self._step_lasts = QTimer(self, singleShot=True, interval=_STEP_LASTS_MS)
        self._step_lasts.timeout.connect(self._tell)

    def follow(self, changes: Iterable[SignalInstance]) -> None:
        """Show it anew whenever one of these is emitted, and once for all that an event of the engine changes."""
        for changed in changes:
            changed.connect(self.show)
        self._session.taken_in.connect(self._show_due)  # after all who were told before

    def forget(self) -> None:
        """What was told holds no more: what is shown next is told, whether it is the same or not."""
        self._told = None

    def show(self) -> None:
        """Tell it, unless an event is being taken in or a step has only begun: then later."""
        if self._session.is_taking_in:
            self._is_due = True
            return
        self._is_due = False
        if self._session.state == "stepping" and self._told_name != "stepping":
            if not self._step_lasts.isActive():
                self._step_lasts.start()
        else:
            self._step_lasts.stop()
            self._tell()

    def _show_due(self) -> None:
        if self._is_due:
            self.show()

    def _tell(self) -> None:
        session, conditions, said = self._session, self._conditions.held(), self._session.describe()
        in_pretraining = self._workspaces.currentIndex() == _PRETRAINING
        words = self._pretraining.workspace.state_words() if in_pretraining else (session.state, said)
        is_pause = session.stepping.is_playing or session.held.runs_on
        told = (conditions, words, said, session.is_busy, is_pause)
        self._told_name = session.state
        if told == self._told:
            return
        self._told = told
        actions.enable(self._actions, conditions)
        self._header.set_state(*words)
        self._status.set_engine(said, session.state)
        self._dress_buttons(is_pause=is_pause)

    def _dress_buttons(self, *, is_pause: bool) -> None:
        session, panels = self._session, self._panels
        panels.program.set_running(session.is_busy)
        is_held = session.state in ("paused", "held", "stepping")
        panels.timeline.set_primary(2 if is_held else None)
        panels.program.set_primary(not is_held)
        play, word = self._actions["play"], tr("Pause") if is_pause else tr("Play")
        play.setProperty("icon_name", "pause" if is_pause else "play")
        play.setProperty("short_text", word)
        play.setText(word)
