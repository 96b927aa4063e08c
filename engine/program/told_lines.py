"""What the lines of the statement that runs have left behind, said when it is over, has failed, or is held."""

from __future__ import annotations

from collections.abc import Callable
from sys import _current_frames
from threading import main_thread
from types import FrameType, TracebackType
from typing import Any

from engine.program.body_marks import BodyMarks
from engine.program.results import results_inside
from engine.protocol.messages import Event, LinesRan
from engine.tensors.unseen import Spared


class ToldLines:
    """Of one statement, nothing of one without a body. On the thread that runs the program, or that holds it."""

    def __init__(self, emit: Callable[[Event], None], marks: BodyMarks | None, namespace: dict[str, Any]) -> None:
        self._emit = emit
        self._marks = marks
        self._namespace = namespace
        self._state: tuple[int, ...] | None = None  # of which was told

    def over(self) -> None:
        """It has run to its end."""
        self._tell(0)

    def failed(self, trace: TracebackType | None) -> None:
        """It has ended where this exception came from."""
        while trace is not None and not self._is_own(trace.tb_frame):
            trace = trace.tb_next
        if trace is not None:
            self._tell(trace.tb_lineno)

    def held(self) -> None:
        """It waits; told once for each time that it comes to another loop or branch."""
        if self._marks is None or self._marks.state() == self._state:
            return
        frame = _current_frames().get(main_thread().ident or 0)
        while frame is not None and not self._is_own(frame):
            frame = frame.f_back
        if frame is not None:
            with Spared():
                self._tell(frame.f_lineno)
                self._state = self._marks.state()

    def _is_own(self, frame: FrameType) -> bool:
        return frame.f_globals is self._namespace and frame.f_code.co_name == "<module>"

    def _tell(self, at_line: int) -> None:
        marks = self._marks
        if marks is not None:
            results = results_inside(marks, self._namespace, at_line)
            self._emit(LinesRan(line=marks.line, end_line=marks.end_line, results=results))
