"""Requests that only read what is there: variables, cards, tensors by key, completions. At a safepoint."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import msgspec
import torch

from engine.autograd.bound import Bound
from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.program import variables
from engine.program.locals import Scope
from engine.program.lookup import grad_of, resolve_cells, resolve_tensor
from engine.protocol import messages as m
from engine.protocol.card_parts import CardParts
from engine.protocol.covered import AskCovered, CoveredShown
from engine.protocol.errors import EngineError
from engine.protocol.graph_values import Card
from engine.protocol.keys import (
    DifferenceKey,
    FoundKey,
    NodeGradKey,
    NodeValueKey,
    OperandKey,
    SliceKey,
    TensorKey,
    TriedGradKey,
    VariableGradKey,
    VariableKey,
)
from engine.protocol.notes import Copied, Note, Unreadable
from engine.protocol.tensor_files import SaveTensor, TensorSaved
from engine.protocol.tensor_values import TensorSummary
from engine.protocol.unfolding import UnfoldVariables
from engine.serve.axis_names import AxisBook
from engine.serve.number_origin import copied_from
from engine.serve.subtraction import SubtractionDesk
from engine.tensors.counted import COUNTED
from engine.tensors.covered import covered
from engine.tensors.details import details
from engine.tensors.files import save
from engine.tensors.rectangle import rectangle
from engine.tensors.slicing import sliced
from engine.tensors.summary import summarize
from engine.tensors.text import as_text
from engine.tensors.unseen import Unseen

_TURN_S = 0.04  # how long one answer may read large tensors for their statistics: another one goes on from there


class Reading:
    """Answers from the live namespace, the shown graph and the newest backward pass.

    While the program may run, only inside `GATE.reading`: what is read here it may be writing.
    """

    def __init__(
        self,
        scope: Scope,
        recorder: Recorder,
        controller: BackwardController,
        tried: Callable[[TriedGradKey], torch.Tensor],
        operand: Callable[[OperandKey], torch.Tensor],
        n_runs: Callable[[], int],
        bound: Bound,
    ) -> None:
        self._bound = bound
        self._tried = tried  # what an experiment had
        self._operand = operand  # what a call took
        self.subtractions = SubtractionDesk(self.tensor, n_runs)
        self._axes = AxisBook(scope, recorder)
        self._scope = scope
        self._recorder = recorder
        self._controller = controller
        self._unfolded: frozenset[str] = frozenset()  # rows of the variables table

    def unfold(self, request: UnfoldVariables) -> m.Variables:
        """The table with other rows unfolded."""
        self._unfolded = frozenset(request.names)
        return self.variables(m.AskVariables(request.id, counting="later"))

    def variables(self, request: m.AskVariables) -> m.Variables:
        """The table, with the nodes of the graph on screen."""
        if request.counting != "rest":
            COUNTED.forget()
        recorder = self._recorder
        ranks = self._bound.ranks(recorder.locals.functions)
        known = variables.Known(
            recorder.node_of,
            self._controller.known.why_no_grad,
            lambda tensor: copied_from(tensor, recorder),
            lambda name: ranks.get(name, 0),
        )
        until_s = math.inf if request.counting == "anew" else _turn_end_s() if request.counting == "rest" else 0.0
        functions = recorder.locals.functions
        rows = variables.rows(self._scope.variables, functions, known, until_s=until_s, unfolded=self._unfolded)
        return m.Variables(request.id, rows=rows)

    def cards(self, request: m.AskCards) -> m.Cards:
        """One card for each node; none where the graph on screen is another one by now."""
        known = self._recorder.graph_of_id(request.graph) is not None
        nodes, n_nodes = request.nodes, len(request.nodes)
        slots, parts = request.slots or (0,) * n_nodes, request.parts or (CardParts.ALL,) * n_nodes
        wanted = zip(nodes, slots, parts, strict=True) if known else ()
        return m.Cards(request.id, graph=request.graph, cards=tuple(self._card(*card) for card in wanted))

    def details(self, request: m.AskDetails) -> m.Details:
        """All statistics of a tensor. Raises EngineError where there is none to read."""
        key = request.key
        tensor, note = self._tensor(key)
        found = details(key, tensor, note, _turn_end_s())
        is_array = isinstance(key, VariableKey) and resolve_cells(self._scope, key.name)[1]
        summary = msgspec.structs.replace(found.summary, is_array=is_array)
        return m.Details(
            request.id, details=msgspec.structs.replace(found, summary=summary, axes=self._axes.names(key))
        )

    def rectangle(self, request: m.AskRectangle) -> m.Rectangle:
        """Its cells in a rectangle, pooled by a step. Raises EngineError where there is none to read."""
        tensor, _ = self._tensor(request.key)
        return m.Rectangle(request.id, rectangle=rectangle(request.key, tensor, request))

    def covered(self, request: AskCovered) -> CoveredShown:
        """A part of it in a few numbers. Raises EngineError where there is none to read."""
        return covered(self.tensor(request.key), request)

    def text(self, request: m.AskText) -> m.Text:
        """Its elements as Python would read them back. Raises EngineError, also of too many."""
        tensor, _ = self._tensor(request.key)
        return m.Text(request.id, text=as_text(tensor))

    def save(self, request: SaveTensor) -> TensorSaved:
        """Its elements into a file. Raises EngineError where there is none to read, or the file cannot hold them."""
        tensor, _ = self._tensor(request.key)
        path = Path(request.path).expanduser()
        written = save(tensor, path, request.name)
        return TensorSaved(request.id, path=str(path), n_bytes=written.n_bytes, lost=written.lost)

    def _card(self, node: int, slot: int, parts: CardParts) -> Card:
        value, value_note = self._value(node, slot)
        gradient, gradient_note = self._controller.values.gradient(node, slot)
        leaf = self._recorder.leaf(node)
        grad = None if leaf is None else grad_of(leaf)
        return Card(
            node=node,
            slot=slot,
            value=_summary(value) if parts & CardParts.VALUE else None,
            value_note=value_note,
            gradient=_summary(gradient) if parts & CardParts.GRADIENT else None,
            gradient_note=gradient_note,
            grad=_summary(grad) if parts & CardParts.GRAD else None,
            sent=self._controller.values.norms_sent(node),
            n_hooks=len(self._controller.values.hooks_on(node)),
            parts=parts,
        )

    def _value(self, node: int, slot: int) -> tuple[torch.Tensor | None, Note | None]:
        """As the recorder has it; one that is no longer what its tensor holds is called a snapshot."""
        tensor, note = self._recorder.value(node, slot)
        return tensor, note or (Copied() if self._recorder.is_copy(node, slot) else None)

    def tensor(self, key: TensorKey) -> torch.Tensor:
        """The tensor that a key stands for. Raises EngineError where there is none."""
        return self._tensor(key)[0]

    def _tensor(self, key: TensorKey) -> tuple[torch.Tensor, Note | None]:
        """The tensor that a key stands for, and a note on its value. Raises EngineError where there is none."""
        match key:
            case VariableKey(name):
                return resolve_cells(self._scope, name)[0], None
            case VariableGradKey(name):
                found, note = grad_of(resolve_tensor(self._scope, name)), None
                missing = EngineError("tensor.no_gradient_yet", "{name} has no gradient yet.", name=name)
            case NodeValueKey(node, slot):
                found, note = self._value(node, slot)
                missing = EngineError("value.not_recorded", "This value was not recorded.")
            case FoundKey(serial, position):
                found, note = self._recorder.finite.hold.tensor(serial, position), None
                missing = EngineError("found.gone", "The program has gone on from there; this is not kept.")
            case DifferenceKey():
                return self.subtractions.tensor(key), None
            case OperandKey():
                return self._operand(key), None
            case TriedGradKey():
                return self._tried(key), None
            case SliceKey(of, index):
                whole, note = self._tensor(of)
                with Unseen():
                    return sliced(whole, index), note
            case NodeGradKey(node, slot):
                found, note = self._controller.values.gradient(node, slot)
                missing = EngineError("gradient.not_arrived", "No gradient has arrived here yet.")
        if found is None and isinstance(note, Unreadable):
            raise EngineError("tensor.unreadable", "This gradient cannot be shown: {why}.", why=note.why)
        if found is None:
            raise missing
        return found, note


def _turn_end_s() -> float:
    """Until when one answer may read on: what waits behind it is a picture."""
    return monotonic() + _TURN_S


def _summary(tensor: torch.Tensor | None) -> TensorSummary | None:
    return None if tensor is None else summarize(tensor)
