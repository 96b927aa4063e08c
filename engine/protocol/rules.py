"""The rule of one node: what it does to a gradient, in symbols and in its own numbers."""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.protocol.message import Event, Request
from engine.protocol.sentence import Sentence


class SavedValue(msgspec.Struct, frozen=True, array_like=True):
    """What a node saved for its backward, by PyTorch's own name, in a few words."""

    name: str
    text: str


class RuleOperand(msgspec.Struct, frozen=True, array_like=True):
    """The rule for one input of the operation.

    `formula` and `numbers` are LaTeX in pieces between which a line may break; `formula` is PyTorch's own text where
    the rule is. Of the numbers, what arrived, what was saved and the result are PyTorch's own.
    """

    name: str
    formula: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    cell: tuple[int, ...] = ()  # of its gradient, that the numbers are of
    said: tuple[Sentence, ...] = ()  # what is missing, or does not agree
    is_checked: bool = False  # what PyTorch sent on is what the record's function gives


class Where(msgspec.Struct, frozen=True, array_like=True):
    """A letter of a formula, in LaTeX, and the sub-expression of the program that it stands for."""

    symbol: str
    text: str


class NodeRule(msgspec.Struct, frozen=True):
    """The answer to AskRule. `source`: a record, PyTorch's own text, that text on its way, or nothing at all."""

    node: int
    source: Literal["record", "pytorch", "loading", "none"]
    forward: tuple[str, ...] = ()  # LaTeX; PyTorch's schema where the rule is its own
    meaning: Sentence | None = None
    operands: tuple[RuleOperand, ...] = ()
    saved: tuple[SavedValue, ...] = ()
    said: tuple[Sentence, ...] = ()
    where: tuple[Where, ...] = ()  # of letters that are no names of the program's


class AskRule(Request, frozen=True, tag="ask_rule", kw_only=True):
    """The rule of a node of the graph on screen. `cell`: of which its numbers are to be, where an operand has it."""

    graph: int
    node: int
    cell: tuple[int, ...] | None = None


class RuleShown(Event, frozen=True, tag="rule", kw_only=True):
    rule: NodeRule
    age_ms: float = 0.0  # of what was last known, while the program is inside one operation
