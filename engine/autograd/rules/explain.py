"""The rule of one node, from its record and from what a backward pass brought to it and took away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from engine.autograd.rules import latex
from engine.autograd.rules.cells import MAX_ELEMENTS, Arithmetic, arithmetic
from engine.autograd.rules.rule import Rule
from engine.autograd.rules.values import MissingError, NodeValues, sum_to
from engine.protocol.rules import NodeRule, RuleOperand, Where
from engine.protocol.sentence import Sentence
from engine.tensors.gate import GATE
from engine.tensors.places import unravelled
from engine.tensors.reading import place_of_largest

Cell = tuple[int, ...]
NOT_RUN = "rule.not_run"  # of the node, which shall not be told beforehand what it will send on
_TOLERANCES = {torch.float64: 1e-9, torch.float32: 5e-4, torch.float16: 2e-2, torch.bfloat16: 1e-1}


@dataclass(frozen=True)
class Sent:
    """What goes to one operand. `leaving` is None where it is not known, for the reason that `said` gives."""

    name: str
    shape: tuple[int, ...]
    leaving: Tensor | None = None
    said: Sentence | None = None
    text: str = ""  # the program's sub-expression, where it has no name


@dataclass(frozen=True)
class Subject:
    """One node as a pass found it. `operands` in the order of its `next_functions`, None where no gradient goes."""

    node: int
    output: str
    read: Callable[[str], Any]
    arriving: Sequence[Tensor | None]
    operands: Sequence[Sent | None]
    grad: Tensor | None = None  # of a leaf
    text: str = ""  # the program's sub-expression for the output, where that has no name
    variables: frozenset[str] = frozenset()  # of the program, which no other letter is to be taken for


def explain(rule: Rule, subject: Subject, wanted: Cell | None = None) -> NodeRule:
    """The rule with its numbers; `wanted` is the cell to show of each operand that has it. Inside `unobserved`."""
    return _Explanation(rule, subject, wanted).rule()


class _Explanation:
    def __init__(self, rule: Rule, subject: Subject, wanted: Cell | None) -> None:
        self._rule, self._subject, self._wanted = rule, subject, wanted
        shapes = [() if sent is None else sent.shape for sent in subject.operands]
        self._values = NodeValues(subject.read, subject.arriving, shapes)
        self._names = self._written_names()
        self._texts = self._names | {"g": latex.partial(self._names["y"])}
        self._left_out = {symbol for symbol in rule.saved if self._is_one(rule.saved[symbol])}
        self._has_arrived = any(g is not None for g in subject.arriving)

    def rule(self) -> NodeRule:
        rule, subject = self._rule, self._subject
        operands = tuple(self._operand(place, sent) for place, sent in enumerate(subject.operands) if sent is not None)
        if not rule.operands and self._has_arrived:
            operands = (self._end(),)
        said = () if self._has_arrived else (
            Sentence.of("rule.nothing_arrived", "No gradient has arrived here: there are no numbers yet."),
        )  # fmt: skip
        return NodeRule(
            subject.node,
            "record",
            latex.pieces(latex.fill(rule.forward, self._texts, self._left_out)),
            rule.said,
            operands,
            said=said,
            where=tuple(dict.fromkeys(self._where())),
        )

    def _written_names(self) -> dict[str, str]:
        rule, subject = self._rule, self._subject
        named = {"y": subject.output or ("w" if not rule.operands else "")}  # what a gradient ends at is no output
        if not rule.is_list:
            for operand, sent in zip(rule.operands, subject.operands, strict=False):
                if sent is not None:
                    named[operand.symbol] = sent.name
        texts = (rule.forward, *(operand.formula for operand in rule.operands))
        symbols = {symbol for text in texts for symbol, _ in latex.SYMBOL.findall(text)} - {"g"}
        symbols |= {"y"} | {operand.symbol for operand in rule.operands}
        return latex.symbols_of(named, symbols, subject.variables)

    def _where(self) -> Iterator[Where]:
        """What the letters stand for that are no names of the program's."""
        subject = self._subject
        sent = [(self._name(place, one), one) for place, one in enumerate(subject.operands) if one is not None]
        named = [(self._names["y"], subject.output, subject.text), *((at, one.name, one.text) for at, one in sent)]
        for symbol, name, text in named:
            if not latex.name_of(name) and (name or text):
                yield Where(symbol, name or text)

    def _is_one(self, saved: str) -> bool:
        try:
            value = getattr(self._values, saved)
        except MissingError:
            return False
        return not isinstance(value, Tensor) and value == 1

    def _end(self) -> RuleOperand:
        """Of a leaf: what arrived at a cell, and what its `.grad` holds there."""
        subject, name = self._subject, self._names["y"]
        cell = self._cell(Sent(subject.output, tuple(self._values.g.shape)))
        numbers = [latex.partial(latex.at(name, cell)), f"= {latex.number_of(self._values.g[cell].item())}"]
        if subject.grad is not None and subject.grad.shape == self._values.g.shape:
            grad = latex.at(rf"{name}\mathrm{{.grad}}", cell)
            numbers.append(rf"{grad} = {latex.number_of(subject.grad[cell].item())}")
        return RuleOperand(subject.output, (), tuple(numbers), cell)

    # -- one operand

    def _operand(self, place: int, sent: Sent) -> RuleOperand:
        operand = self._rule.operand(place)
        name = self._name(place, sent)
        formula = latex.signed(latex.fill(operand.formula, self._texts, self._left_out))
        if self._rule.is_pointwise and self._has_arrived and self._values.g.shape != sent.shape:
            formula = rf"\sum_{{\text{{copies}}}} {formula}"
        written = (latex.partial(name), *latex.pieces(f"= {formula}"))
        if not self._has_arrived:
            return RuleOperand(sent.name, written)
        said = [] if sent.said is None else [sent.said]
        if any(one is not None and one.is_complex() for one in (*self._subject.arriving, sent.leaving)):
            return RuleOperand(sent.name, written, (), (), tuple(said), self._is_same_complex(place, sent))
        cell = self._cell(sent)
        steps, is_checked = None, False
        GATE.give_way()
        try:
            steps = arithmetic(self._rule, place, self._values, cell)
            is_checked = self._check(place, sent, cell, steps, said)
        except MissingError as missing:
            said.append(_not_kept(missing.name))
        except NotImplementedError:
            said.append(Sentence.of("rule.numbers_alone", "Of this node the steps between are not worked out here."))
        except (RuntimeError, IndexError) as error:  # another tensor was taken for the saved one
            reason = str(error).partition("\n")[0].rstrip(".")
            said.append(Sentence.of("rule.unfit", "What is kept does not fit the formula: {reason}.", reason=reason))
        return RuleOperand(sent.name, written, self._numbers(name, cell, sent, steps), cell, tuple(said), is_checked)

    def _is_same_complex(self, place: int, sent: Sent) -> bool:
        """Of complex numbers the whole is compared, and no cell is written out."""
        if sent.leaving is None:
            return False
        GATE.give_way()
        self._values.nth = place
        try:
            computed = self._rule.operand(place).gradient(self._values)
        except (MissingError, RuntimeError):
            return False
        tolerance = _TOLERANCES[sent.leaving.abs().dtype]
        return computed.shape == sent.leaving.shape and torch.allclose(computed, sent.leaving, tolerance, tolerance)

    def _name(self, place: int, sent: Sent) -> str:
        if self._rule.is_list:
            return latex.name_of(sent.name) or f"x_{{{place + 1}}}"
        return self._names[self._rule.operand(place).symbol]

    def _cell(self, sent: Sent) -> Cell:
        """The one that is wanted, else the largest that leaves, else that arrives, else the first."""
        wanted = self._wanted
        if wanted is not None and len(wanted) == len(sent.shape) and all(map(int.__lt__, wanted, sent.shape)):
            return wanted
        arrived = self._values.arriving[0]
        source = sent.leaving if sent.leaving is not None else arrived
        if source is None or not source.numel() or tuple(source.shape) != sent.shape:
            return (0,) * len(sent.shape)
        return place_of_largest(source)

    @staticmethod
    def _numbers(name: str, cell: Cell, sent: Sent, steps: Arithmetic | None) -> tuple[str, ...]:
        found = [latex.partial(latex.at(name, cell)), *(() if steps is None else steps.pieces)]
        if sent.leaving is not None:
            result = f"= {latex.number_of(sent.leaving[cell].item())}"
            found += [result] if result != found[-1] else []
        elif steps is not None and (sent.said is None or sent.said.code != NOT_RUN):
            found.append(rf"\approx {latex.number_of(steps.total)}")
        return tuple(found) if len(found) > 1 else ()

    def _check(self, place: int, sent: Sent, cell: Cell, steps: Arithmetic | None, said: list[Sentence]) -> bool:
        """Whether the record's function gives what PyTorch sent on; a disagreement is said."""
        if sent.leaving is None:
            return False
        tolerance = _TOLERANCES.get(sent.leaving.dtype, 1e-1)
        if sum(g.numel() for g in self._values.arriving if g is not None) <= MAX_ELEMENTS:
            computed = self._computed(place)
            leaving = sent.leaving.double()
            is_same = not leaving.numel() or self._is_near(place, computed, leaving, tolerance)
        elif steps is not None:
            is_same = abs(steps.total - float(sent.leaving[cell])) <= tolerance * steps.scale
        else:
            return False
        if not is_same:
            said.append(
                Sentence.of(
                    "rule.disagrees",
                    "PyTorch sent on another gradient than this formula gives. The number is PyTorch's.",
                )
            )
        return is_same

    def _is_near(self, place: int, computed: Tensor, leaving: Tensor, tolerance: float) -> bool:
        """Where large terms cancel, what is left of them is noise: the worst cell is measured by its terms."""
        GATE.give_way()
        errors = (computed - leaving).abs().nan_to_num(0)
        worst = float(errors.max())
        GATE.give_way()
        if worst <= tolerance * float(computed.abs().nan_to_num(0).max()):
            return True
        cell = unravelled(int(errors.argmax()), errors.shape)
        steps = arithmetic(self._rule, place, self._values, cell)
        return steps is not None and worst <= tolerance * steps.scale

    def _computed(self, place: int) -> Tensor:
        """The whole gradient by the record's function, in float64."""
        GATE.give_way()
        self._values.nth = place
        values = self._values.in_float64()
        return sum_to(self._rule.operand(place).gradient(values), values.shape).double()


def _not_kept(name: str) -> Sentence:
    return Sentence.of(
        "rule.value_not_kept",
        "What the node had saved as {name} is not kept any more, so the steps between cannot be shown.",
        name=name,
    )
