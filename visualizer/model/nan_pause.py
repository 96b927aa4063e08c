"""Where the program is held because a number turned NaN or infinite, and whether it is to be."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Signal

from engine.protocol.messages import Held, PauseOnNan
from engine.protocol.not_finite import Found
from engine.protocol.passes import PassMark
from engine.shared.language import grouped, tr
from visualizer.model.engine_process import EngineProcess
from visualizer.model.passes import PassBook
from visualizer.model.status import Status


class NanPause(QObject):
    """`is_on`: a program that is stepped is held there. `found` is what it is held at, None while it is not."""

    changed = Signal()
    switched = Signal()

    def __init__(self, engine: EngineProcess, status: Status, parent: QObject) -> None:
        super().__init__(parent)
        self._engine, self._status = engine, status
        self.is_on = True
        self.found: Found | None = None

    @property
    def is_held(self) -> bool:
        """Whether the program waits in its forward pass."""
        return self.found is not None and self.found.direction == "forward"

    def switch(self, *, is_on: bool) -> None:
        """For the program that is stepped now, and those to come."""
        if is_on != self.is_on:
            self.is_on = is_on
            if self._status.is_busy:
                self._engine.send(PauseOnNan(is_on=is_on))
            self.switched.emit()

    def ask_now(self) -> None:
        """Hold the program that runs, wherever it is, at the next that turns."""
        self._engine.send(PauseOnNan(is_on=True))

    def take(self, event: Held) -> None:
        """The engine holds the program there, or lets it go on."""
        was_held = self.is_held
        self.found = event.found
        if self.is_held:
            self._status.set("held")
        elif was_held and self._status.state in ("held", "stepping"):
            self._status.set("running")
        self.changed.emit()

    def forget(self) -> None:
        """The engine is gone."""
        if self.found is not None:
            self.found = None
            self.changed.emit()


def first_bad(passes: PassBook) -> PassMark | None:
    """The first pass of the run whose loss or gradients were not finite."""
    bad = (
        mark
        for mark in passes.marks
        if any(not math.isfinite(one) for one in (mark.loss, mark.norm) if one is not None)
    )
    return next(bad, None)


def found_words(found: Found) -> tuple[str, str, str]:
    """Title, detail and hint for the right end of the transport bar."""
    place = tr("held at line {line}", line=found.source.line) if found.source is not None else tr("held")
    share = tr("{kind} in {n_bad} of {n}", kind=found.kind, n_bad=grouped(found.n_bad), n=grouped(found.n_elements))
    return place, tr(found.brief), share
