"""What a page of a lesson asks of the program that ran."""

from __future__ import annotations

from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence


class CheckExercise(Request, frozen=True, tag="check_exercise", kw_only=True):
    """Run Python beside the program, in its names; it holds where no `assert` fails."""

    code: str


class ExerciseChecked(Event, frozen=True, tag="exercise_checked", kw_only=True):
    """The answer. `said`: why it does not hold; None where it does."""

    said: Sentence | None


class JudgeGuess(Request, frozen=True, tag="judge_guess", kw_only=True):
    """Compare what a learner foretold of an expression with what it is."""

    expression: str
    entered: str


class GuessJudged(Event, frozen=True, tag="guess_judged", kw_only=True):
    """The answer. `truth`: what the expression is, in short."""

    is_right: bool
    truth: str
