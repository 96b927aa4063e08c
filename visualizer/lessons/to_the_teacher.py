"""What only who writes a lesson can mend, said after what the learner is told."""

from __future__ import annotations

from engine.protocol.sentence import Sentence
from visualizer.lessons.parts import Exercise, Lesson

_NOT_LOOKED_AT = (
    "lesson.cannot_read",
    "lesson.cannot_read_bare",
)  # a check that fails with anything but its own sentence


def told(why: Sentence, exercise: Exercise, lesson: Lesson, *, is_solution: bool) -> Sentence:
    """Why an exercise is not done; `is_solution`: what ran is the program of the page and its own solution."""
    if is_solution:
        return Sentence.of(
            "lesson.unsolved", "{said} {name}, line {line}: this check does not hold for the solution of its page.",
            said=why, name=lesson.file, line=exercise.line,
        )  # fmt: skip
    if why.code in _NOT_LOOKED_AT:
        return Sentence.of(
            "lesson.raising", "{said} {name}, line {line}: this check fails by itself.",
            said=why, name=lesson.file, line=exercise.line,
        )  # fmt: skip
    return why
