"""What a lesson asks, answered on the program's own thread once that is free."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.program.exercises import check, guess
from engine.protocol import messages as m
from engine.protocol.errors import EngineError
from engine.protocol.lessons import CheckExercise, ExerciseChecked, GuessJudged, JudgeGuess


class LessonDesk:
    """`enqueue` has the main thread make a call whose result is the answer, `is_busy` says why it could not."""

    def __init__(
        self,
        namespace: Mapping[str, Any],
        enqueue: Callable[[str, m.Request, Callable[[], m.Event]], None],
        is_busy: Callable[[], bool],
    ) -> None:
        self._namespace, self._enqueue, self._is_busy = namespace, enqueue, is_busy

    def check(self, request: CheckExercise) -> None:
        """Raises EngineError while a program runs or is held."""
        self._ask(request, lambda: ExerciseChecked(request.id, said=check(request.code, self._namespace)))

    def judge(self, request: JudgeGuess) -> None:
        """As `check`."""

        def judged() -> m.Event:
            is_right, truth = guess(request.expression, request.entered, self._namespace)
            return GuessJudged(request.id, is_right=is_right, truth=truth)

        self._ask(request, judged)

    def _ask(self, request: m.Request, call: Callable[[], m.Event]) -> None:
        if self._is_busy():
            raise EngineError("lesson.waits", "The program is still running: ask again once it has ended.")
        self._enqueue("lesson", request, call)
