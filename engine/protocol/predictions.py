"""What a learner expects a held node to send on, entered before its step, and what is said of it after."""

from __future__ import annotations

import msgspec

from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence


class AskQuestion(Request, frozen=True, tag="ask_question", kw_only=True):
    """What could be predicted at a node of the graph on screen."""

    graph: int
    node: int


class EnterPrediction(Request, frozen=True, tag="enter_prediction", kw_only=True):
    """A prediction for the operand at `place`: a number, an expression, or "[0, 2] = …" for one cell."""

    graph: int
    node: int
    place: int
    text: str


class AskVerdicts(Request, frozen=True, tag="ask_verdicts", kw_only=True):
    """How far off is what was entered at a node, which has run."""

    graph: int
    node: int


class Wanted(msgspec.Struct, frozen=True, array_like=True):
    """One gradient that a node sends on; of an operand that it has twice, both together."""

    place: int  # the first of them
    name: str
    shape: tuple[int, ...]


class Question(msgspec.Struct, frozen=True):
    """What a node will send on, and the names that an expression may use besides the program's."""

    node: int
    wanted: tuple[Wanted, ...] = ()
    names: tuple[str, ...] = ()


class Verdict(msgspec.Struct, frozen=True):
    """Of one prediction. The cell is the one that is furthest off; numbers as text.

    `explained`: what is missing, each said only where it explains the difference exactly. `said`: why PyTorch's
    gradient is not known by itself; then nothing is judged.
    """

    wanted: Wanted
    text: str
    n_cells: int = 0
    n_right: int = 0
    cell: tuple[int, ...] = ()
    yours: str = ""
    actual: str = ""
    absolute: str = ""
    relative: str = ""
    explained: tuple[Sentence, ...] = ()
    said: Sentence | None = None

    @property
    def is_right(self) -> bool:
        """In every cell that was predicted."""
        return self.said is None and self.n_right == self.n_cells


class QuestionShown(Event, frozen=True, tag="question", kw_only=True):
    """The answer to AskQuestion."""

    question: Question


class PredictionTaken(Event, frozen=True, tag="prediction_taken", kw_only=True):
    """The answer to EnterPrediction: it can be judged once the node has run."""

    node: int
    place: int


class VerdictsShown(Event, frozen=True, tag="verdicts", kw_only=True):
    """The answer to AskVerdicts."""

    node: int
    verdicts: tuple[Verdict, ...] = ()
