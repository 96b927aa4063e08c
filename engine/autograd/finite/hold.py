"""The program is held where a number turned NaN or infinite, on its own thread, until somebody lets it go on."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from threading import get_ident
from time import monotonic

import msgspec
from torch import Tensor

from engine.autograd.finite.finding import Finding
from engine.program.locals import Locals
from engine.tensors.gate import GATE

_WAIT_S = 0.05  # a longer wait would let a KeyboardInterrupt wait on some systems


class Hold:
    """`hold` belongs to the program's first thread, `go_on` to any, `tensor` to one inside `GATE.reading`.

    `tell` is called with what was found, and with None when the program goes on or is interrupted; set it at the start.
    """

    def __init__(self, local: Locals) -> None:
        self._locals = local
        self.held_s = 0.0  # that programs have waited for the person
        self.tell: Callable[[Finding | None], object] = lambda finding: None
        self._condition = threading.Condition()
        self._serials = itertools.count(1)
        self._is_held = False
        self.finding: Finding | None = None
        self._kept: Finding | None = None  # of a run that has ended

    @property
    def is_held(self) -> bool:
        """Whether the program waits here."""
        return self._is_held

    def hold(self, finding: Finding) -> None:
        """Wait; readers come in meanwhile. Raises KeyboardInterrupt when one comes."""
        entered = GATE.enter()
        start_s = monotonic()
        self._is_held = True
        with self._locals.held():
            self.show(finding)
            try:
                with GATE.outside(get_ident()), self._condition:
                    while self._is_held:
                        self._condition.wait(_WAIT_S)
            finally:
                self._is_held = False
                self.held_s += monotonic() - start_s
                self.show(None)
                GATE.leave(entered, None)

    def show(self, finding: Finding | None) -> None:
        """Tell of what was found, whose tensors are kept until None is shown."""
        self.finding = None if finding is None else self._numbered(finding)
        self.tell(self.finding)

    def keep(self, finding: Finding | None) -> Finding | None:
        """Its tensors can be asked for until another is kept, or a program runs."""
        self._kept = None if finding is None else self._numbered(finding)
        return self._kept

    def _numbered(self, finding: Finding) -> Finding:
        return Finding(msgspec.structs.replace(finding.found, serial=next(self._serials)), finding.tensors)

    def go_on(self) -> bool:
        """Let the program go on; False where it is not held here."""
        with self._condition:
            was_held, self._is_held = self._is_held, False
            if was_held:
                GATE.hurry()
            self._condition.notify_all()
        return was_held

    def tensor(self, serial: int, position: int) -> Tensor | None:
        """A part of what was found, or was kept; None where the program has gone on."""
        known = (one for one in (self.finding, self._kept) if one is not None and one.found.serial == serial)
        return next((one.tensors[position] for one in known), None)
