"""Stops the program at the first operation of its forward pass whose result is not finite."""

from __future__ import annotations

from collections.abc import Callable, Set
from types import FrameType
from typing import Any

from torch import Tensor

from engine.autograd.finite.finding import Finding, of_call
from engine.autograd.finite.hold import Hold
from engine.autograd.finite.watch import Arisen, FiniteWatch
from engine.autograd.records import Call
from engine.program.locals import Locals
from engine.tensors.gate import GATE
from engine.tensors.unseen import Spared


class FiniteStop:
    """`call_of` places a call in the program, `maker_of` knows who made a tensor. On the program's first thread."""

    def __init__(
        self,
        program_paths: Set[str],
        call_of: Callable[[Any, FrameType | None], Call],
        maker_of: Callable[[Tensor], Call | None],
        local: Locals,
    ) -> None:
        self.watch = FiniteWatch()
        self.hold = Hold(local)
        self._paths = program_paths
        self._call_of = call_of
        self._maker_of = maker_of

    def begin_run(self, *, is_on: bool) -> None:
        """Another run of the program, of whose numbers nothing is known."""
        self.watch.begin_run(is_on=is_on)
        self.hold.keep(None)

    def at_call(self, arisen: Arisen, frame: FrameType) -> None:
        """Hold the program behind a call that has returned. Raises KeyboardInterrupt when one comes meanwhile."""
        finding: Finding | None = None
        with GATE.inside(), Spared():
            nearest: FrameType | None = frame
            while nearest is not None and nearest.f_code.co_filename not in self._paths:
                nearest = nearest.f_back
            made_by = None if arisen.given is None else self._maker_of(arisen.given)
            finding = of_call(arisen, self._call_of(arisen.function, frame), nearest, made_by)
        if finding is not None:
            self.hold.hold(finding)
