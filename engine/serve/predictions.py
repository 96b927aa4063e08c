"""Predictions of the gradients that a held node sends on: entered before its step, judged after it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from engine.autograd.passes.controller import BackwardController
from engine.autograd.predictions.entered import Entered, entered
from engine.autograd.predictions.judge import Target
from engine.autograd.predictions.missing import Case, missing
from engine.autograd.rules.catalogue import RULES
from engine.autograd.rules.rule import Rule
from engine.autograd.rules.values import MissingError, NodeValues, sum_to
from engine.program.lookup import MISSING
from engine.protocol import predictions as p
from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.serve.cell_names import CellNames
from engine.serve.subjects import Subjects
from engine.shared.numbers import brief, number, percent
from engine.tensors import native
from engine.tensors.places import unravelled
from engine.tensors.reading import unobserved

_ARRIVING = "grad"
_MOST_PERCENT = 10  # of PyTorch's number; more is written as a multiple


class PredictionBook:
    """Of the node that is held or that a replay stands at, and of the one before it. Only inside `GATE.reading`."""

    def __init__(self, namespace: Mapping[str, Any], subjects: Subjects, controller: BackwardController) -> None:
        self._namespace, self._subjects, self._controller = namespace, subjects, controller
        self._names = CellNames(subjects)
        self._node = -1
        self._entered: dict[int, tuple[p.Wanted, Entered]] = {}  # by place

    def question(self, request: p.AskQuestion) -> p.QuestionShown:
        """What the node sends on; nothing of one that is not on screen, or that sends nothing on."""
        wanted: tuple[p.Wanted, ...] = ()
        names: tuple[str, ...] = ()
        if self._subjects.index.node(request.graph, request.node) is not None:
            with unobserved():
                wanted = tuple(self._wanted(request.node))
                names = tuple(self._own_names(request.node))
        return p.QuestionShown(request.id, question=p.Question(request.node, wanted, names))

    def enter(self, request: p.EnterPrediction) -> p.PredictionTaken:
        """Take a prediction for one of them. Raises EngineError with what is wrong with it."""
        if self._subjects.index.node(request.graph, request.node) is None:
            raise _gone()
        if request.node != self._node:
            self._node, self._entered = request.node, {}
        with unobserved():
            wanted = next((one for one in self._wanted(request.node) if one.place == request.place), None)
            if wanted is None:
                raise _gone()
            found = entered(request.text, wanted.shape, self._lookup(request.node))
            self._entered[request.place] = wanted, self._fitted(found, wanted, request.node)
        return p.PredictionTaken(request.id, node=request.node, place=request.place)

    def verdicts(self, request: p.AskVerdicts) -> p.VerdictsShown:
        """Of all that was entered at a node, which then is forgotten."""
        if request.node != self._node or self._subjects.index.node(request.graph, request.node) is None:
            return p.VerdictsShown(request.id, node=request.node)
        with unobserved():
            found = tuple(self._verdict(request.node, *one) for one in self._entered.values())
        self._node, self._entered = -1, {}
        return p.VerdictsShown(request.id, node=request.node, verdicts=found)

    # -- what is asked

    def _wanted(self, node: int) -> list[p.Wanted]:
        index, found = self._subjects.index, []
        seen: set[tuple[int, int]] = set()
        for place in range(index.n_operands(node)):
            edge = index.edge(node, place)
            if edge is not None and edge.shape is not None and (edge.target, edge.target_slot) not in seen:
                seen.add((edge.target, edge.target_slot))
                found.append(p.Wanted(place, self._names.tensor(edge.target, edge.target_slot), edge.shape))
        return found

    def _places(self, node: int, place: int) -> list[int]:
        """All at which the same operand stands."""
        index = self._subjects.index
        first = index.edge(node, place)
        assert first is not None
        target = first.target, first.target_slot
        edges = [(one, index.edge(node, one)) for one in range(index.n_operands(node))]
        return [one for one, edge in edges if edge is not None and (edge.target, edge.target_slot) == target]

    # -- the names of an expression

    def _values(self, node: int) -> dict[str, Tensor]:
        """What arrives, and the values that the node worked with, as they were."""
        found: dict[str, Tensor] = {}
        n_outputs = max(1, len(self._subjects.index.nodes[node].outputs))
        outputs = [(node, slot) for slot in range(n_outputs)]
        inputs = [(edge.target, edge.target_slot) for edge in self._subjects.index.edges(node)]
        for one, slot in (*outputs, *inputs):
            name, value = self._subjects.index.output_name(one, slot), self._subjects.value(one, slot)
            if name.isidentifier() and value is not None:
                found.setdefault(name, value)
        for slot in range(n_outputs):
            arrived, _ = self._subjects.gradient(node, slot)
            if arrived is not None:
                found[_ARRIVING if n_outputs == 1 else f"{_ARRIVING}{slot}"] = arrived
        return found

    def _own_names(self, node: int) -> list[str]:
        values = self._values(node)
        return sorted(values, key=lambda name: not name.startswith(_ARRIVING))

    def _lookup(self, node: int) -> Any:
        values, held = self._values(node), self._controller.holding.names_at_call()
        is_earlier = self._controller.values.is_of_opened(node)

        def lookup(name: str) -> Any:
            if is_earlier and name not in values:  # the program has other values by now
                kept = self._subjects.named(name)
                return self._namespace.get(name, MISSING) if kept is None else kept
            return next((one[name] for one in (values, held, self._namespace) if name in one), MISSING)

        return lookup

    def _fitted(self, found: Entered, wanted: p.Wanted, node: int) -> Entered:
        """As large as the gradient; of another shape only where that can be explained."""
        shape = tuple(found.numbers.shape)
        if found.cell is not None or found.numbers.numel() == 1:
            return found._replace(numbers=found.numbers.reshape(()))
        arrived, _ = self._subjects.gradient(node, 0)
        if shape == wanted.shape[::-1] or (arrived is not None and shape == tuple(arrived.shape)):
            return found
        try:
            return found._replace(numbers=found.numbers.expand(wanted.shape))
        except RuntimeError:
            raise EngineError(
                "prediction.shape",
                "This has the shape {shape}, the gradient of {name} has {wanted}.",
                shape=shape,
                name=wanted.name,
                wanted=wanted.shape,
            ) from None

    # -- judging

    def _verdict(self, node: int, wanted: p.Wanted, found: Entered) -> p.Verdict:
        parts = []
        for place in self._places(node, wanted.place):
            leaving, said = self._subjects.leaving(node, place)
            if leaving is None:
                return p.Verdict(wanted, found.text, said=said or _gone().sentence)
            if native.is_complex(leaving) or native.layout(leaving) is not torch.strided:
                return p.Verdict(wanted, found.text, said=_not_real())
            parts.append(leaving)
        actual = torch.stack([part.double().cpu() for part in parts]).sum(0)
        target = Target(actual, parts[0].dtype, found)
        return self._told(target, wanted, self._explained(node, wanted, target, parts))

    def _told(self, target: Target, wanted: p.Wanted, explained: tuple[Sentence, ...]) -> p.Verdict:
        found, actual = target.prediction, target.actual
        if found.numbers.numel() != 1 and found.numbers.shape != actual.shape:
            return p.Verdict(wanted, found.text, actual.numel(), explained=explained)
        right, errors = target.right().reshape(-1), target.errors().reshape(-1).nan_to_num(float("inf"))
        worst = int(errors.masked_fill(right, -1).argmax()) if right.numel() else 0
        cell = found.cell or unravelled(worst, actual.shape)
        own = float(actual[cell])
        yours = float(found.numbers if found.numbers.numel() == 1 else found.numbers[cell])
        off = abs(yours - own)
        return p.Verdict(
            wanted, found.text, right.numel(), int(right.sum()), cell, number(yours), number(own), number(off),
            _relative(off, own), explained,
        )  # fmt: skip

    def _explained(self, node: int, wanted: p.Wanted, target: Target, parts: list[Tensor]) -> tuple[Sentence, ...]:
        same = target.prediction.numbers.numel() == 1 or target.prediction.numbers.shape == target.actual.shape
        if same and bool(target.right().all()):
            return ()
        record = RULES.get(self._subjects.name(node))
        if record is None or not record.operands or self._subjects.is_beyond_records(node):
            return ()
        subject = self._subjects.subject(node, record)
        shapes = [() if sent is None else sent.shape for sent in subject.operands]
        arriving = [None if g is None else g.double().cpu() for g in subject.arriving]
        values = NodeValues(subject.read, arriving, shapes, torch.float64)
        names = self._symbols(node, record, values)
        doubles = [sum_to(part.double().cpu(), tuple(target.actual.shape)) for part in parts]
        return missing(Case(target, doubles, self._others(node, wanted), record, wanted.place, values, names))

    def _symbols(self, node: int, record: Rule, values: NodeValues) -> dict[str, str]:
        """What the symbols of a record are called here: as the program does, a number as it is."""
        names = {"y": self._names.tensor(node, 0)}
        for place, one in enumerate(record.operands):
            operand = self._subjects.operand(node, place)
            if operand is not None:
                names[one.symbol] = self._names.tensor(*operand)
        for symbol, saved in record.saved.items():
            with contextlib.suppress(MissingError):
                value = getattr(values, saved)
                is_number = isinstance(value, int | float) or (isinstance(value, Tensor) and value.numel() == 1)
                if symbol not in names and is_number:
                    names[symbol] = brief(float(value))
        return names

    def _others(self, node: int, wanted: p.Wanted) -> dict[str, Tensor]:
        found = {}
        for other in self._wanted(node):
            leaving, _ = self._subjects.leaving(node, other.place)
            if other.place != wanted.place and leaving is not None:
                found[other.name] = leaving.double().cpu()
        return found


def _relative(off: float, own: float) -> str:
    if not own or off == float("inf"):
        return ""
    share = off / abs(own)
    return percent(share) if share < _MOST_PERCENT else f"{brief(share, 2)} times it"


def _not_real() -> Sentence:
    return Sentence.of("prediction.not_real", "Predictions are of dense gradients of real numbers.")


def _gone() -> EngineError:
    return EngineError("prediction.gone", "This node cannot be predicted any more: the pass has gone on.")
