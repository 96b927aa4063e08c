"""What the engine tells of a program that ran: errors, notices, results of lines, variables."""

from __future__ import annotations

import msgspec

from engine.protocol.notes import NoGrad
from engine.protocol.sentence import Arguments, Sentence
from engine.protocol.source import Source
from engine.protocol.tensor_values import TensorSummary


class ProgramError(msgspec.Struct, frozen=True):
    """An exception of the person's program in one sentence of English, with its place.

    `code` and `arguments` are those of Sentence; without a code the sentence is Python's or PyTorch's own.
    """

    type_name: str
    sentence: str
    place: Source | None = None
    traceback: str = ""
    code: str = ""
    arguments: Arguments = {}

    @classmethod
    def of(cls, error: BaseException, said: Sentence, place: Source | None = None, traceback: str = "") -> ProgramError:
        """What `said` says of an exception."""
        return cls(type(error).__name__, said.text, place, traceback, said.code, said.arguments)

    @property
    def said(self) -> Sentence:
        """The sentence as data."""
        return Sentence(self.code, self.sentence, self.arguments)


class Notice(msgspec.Struct, frozen=True):
    """What a program did that it does not say itself, and where."""

    said: Sentence
    place: Source | None = None


class LineResult(msgspec.Struct, frozen=True):
    """What a statement left behind, shown beside its first line. One inside of another may have run several times."""

    line: int
    end_line: int
    name: str = ""  # the variable assigned, if there is one
    text: str = ""  # "f32 (4, 3)" for a tensor, "3.1803" for a number, "Linear" for a module
    summary: TensorSummary | None = None
    n_parameters: int = -1  # of a module; -1 of anything else
    is_last: bool = False  # of the last of several times
    n_times: int = -1  # of the first line of a loop or a branch: how often what it leads into ran; -1 of any other
    n_of: int = -1  # of a branch: how often it was come to


class Variable(msgspec.Struct, frozen=True):
    """One row of the variables table."""

    name: str
    kind: str  # "Tensor", "Parameter", "Linear", "int", "list" …: the type's name
    text: str = ""  # one line, for what is not a tensor
    summary: TensorSummary | None = None
    grad: TensorSummary | None = None
    no_grad: NoGrad | None = None  # why `grad` is None, in short
    why_no_grad: Sentence | None = None  # and in full: what cut or computed it, on which line, what to write instead
    node: int = -1  # of the graph on screen
    copied_from: str = ""  # the device that its value was copied from onto its own, "cpu"
    n_parameters: int = -1  # of a module; -1 of anything else
    rank: int = 0  # of a tensor or what leads to one: the higher, the later it was bound, or written into
    inside: str = ""  # the name of the first tensor that it leads to, where it is none: "batch['images']"
    part_of: str = ""  # the variable, or part of one, that was unfolded into this row and others
    depth: int = 0  # how many rows it is inside of
    n_more: int = -1  # a row that stands for as many parts that have none


class Completion(msgspec.Struct, frozen=True, array_like=True):
    """One name that fits."""

    name: str
    kind: str = ""  # "function" "class" "module" "tensor" "keyword" …
    detail: str = ""  # "(4, 5) f32"
