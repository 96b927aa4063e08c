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
from engine.tensors.gate import GATE

_WAIT_S = 0.05  # a longer wait would let a KeyboardInterrupt wait on some systems


class Hold:
    """`hold` belongs to the program's first thread, `go_on` to any, `tensor` to one inside `GATE.reading`.

    `tell` is called with what was found, and with None when the program goes on or is interrupted; set it at the start.
    """

    def __init__(self) -> None:
        self.held_s = 0.0  # that programs have waited for the person
        self.tell: Callable[[Finding | None], object] = lambda finding: None
        self._condition = threading.Condition()
        self._serials = itertools.count(1)
        self._is_held = False
        self.finding: Finding | None = None

    @property
    def is_held(self) -> bool:
        """Whether the program waits here."""
        return self._is_held

    def hold(self, finding: Finding) -> None:
        """Wait; readers come in meanwhile. Raises KeyboardInterrupt when one comes."""
        entered = GATE.enter()
        start_s = monotonic()
        self._is_held = True
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
        if finding is not None:
            finding = Finding(msgspec.structs.replace(finding.found, serial=next(self._serials)), finding.tensors)
        self.finding = finding
        self.tell(finding)

    def go_on(self) -> bool:
        """Let the program go on; False where it is not held here."""
        with self._condition:
            was_held, self._is_held = self._is_held, False
            if was_held:
                GATE.hurry()
            self._condition.notify_all()
        return was_held

    def tensor(self, serial: int, position: int) -> Tensor | None:
        """A part of what was found; None where the program has gone on."""
        finding = self.finding
        is_of_it = finding is not None and finding.found.serial == serial
        return finding.tensors[position] if finding is not None and is_of_it else None
