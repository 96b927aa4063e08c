"""Facts of many nodes: each tensor is measured once, a few milliseconds at a time."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from time import monotonic

from torch import Tensor

from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.autograd.saved import Saved, saved_storages
from engine.autograd.snapshot import can_alias, version_of
from engine.protocol import messages as m
from engine.protocol.facts import NodeFacts
from engine.protocol.graph_values import Node
from engine.protocol.notes import Freed, NotRecorded, OfNow, Unreadable
from engine.tensors import native
from engine.tensors.gate import GATE
from engine.tensors.measures import Measures, is_dense, measuring, together
from engine.tensors.reading import refused, unobserved

_TURN_S = 0.02  # how long one answer may be worked at; a piece of a large tensor that was begun is read to its end
_Measured = Measures | Unreadable
_Key = tuple[object, ...]  # tensors of one key have the same elements, if maybe in another order


@dataclass
class _Work:
    """A tensor that is being measured."""

    key: _Key
    pieces: Generator[None, None, Measures]


class FactBook:
    """Answers from the graph on screen and the newest backward pass.

    While the program may run, only inside `GATE.reading`. A large tensor may take several questions. What was measured
    is kept while the graph is shown, once for a tensor and its views, and as long as nobody has written to it.
    """

    def __init__(self, recorder: Recorder, controller: BackwardController) -> None:
        self._recorder = recorder
        self._controller = controller
        self._nodes: dict[int, Node] = {}
        self._graph = 0
        self._work: _Work | None = None
        self._known: dict[_Key, _Measured] = {}

    def facts(self, request: m.AskFacts) -> m.Facts:
        """As many of the nodes asked for, from the first on, as the turn allows."""
        graph = self._recorder.graph_of_id(request.graph)
        if graph is None:
            current = self._recorder.current()
            return m.Facts(request.id, graph=0 if current is None else current.id)
        if graph.id != self._graph:
            self.forget()
            self._graph, self._nodes = graph.id, {node.id: node for node in graph.nodes}
        end_s = monotonic() + _TURN_S
        found: list[NodeFacts] = []
        with unobserved():
            for node_id in request.nodes:
                facts = self._facts_or_why(node_id, end_s) if node_id in self._nodes else NodeFacts(node_id)
                if facts is None:
                    break
                found.append(facts)
        return m.Facts(request.id, graph=graph.id, facts=tuple(found))

    def forget(self) -> None:
        """Let go of what was measured: the memory of tensors that a program lets go may become that of others."""
        self._work = None
        self._known = {}

    def _facts_or_why(self, node_id: int, end_s: float) -> NodeFacts | None:
        """One node that tells nothing of itself keeps no other back."""
        try:
            return self._facts(node_id, end_s)
        except Exception as error:
            return NodeFacts(node_id, value_note=Unreadable(refused(error).brief))

    def _facts(self, node_id: int, end_s: float) -> NodeFacts | None:
        """None where the turn ends first."""
        values = [self._recorder.value(node_id, slot) for slot in range(len(self._nodes[node_id].outputs))]
        note = next((note for _, note in values if note is not None), None)
        measured: list[_Measured] = []
        for tensor, _ in values:
            if tensor is not None:
                found = self._measured(tensor, end_s, is_kept=note != OfNow())
                if found is None:
                    return None
                measured.append(found)
        saved, saved_note = self._saved(node_id)
        unreadable = next((found for found in measured if isinstance(found, Unreadable)), None)
        if unreadable is not None or not measured:
            why = unreadable or note or NotRecorded()
            return NodeFacts(node_id, value_note=why, saved=saved, saved_note=saved_note)
        all_of_it = together(found for found in measured if isinstance(found, Measures))
        return NodeFacts(node_id, *all_of_it, note, saved, saved_note)

    def _measured(self, tensor: Tensor, end_s: float, *, is_kept: bool) -> _Measured | None:
        key = _key(tensor)
        known = self._known.get(key)
        if known is not None:
            return known
        work, self._work = self._work, None  # what breaks off in the middle is begun anew
        if work is None or work.key != key:
            if monotonic() >= end_s:
                self._work = work
                return None
            work = _Work(key, measuring(tensor))
        measured = _go_on(work.pieces, end_s)
        if measured is None:
            self._work = work
        elif is_kept:
            self._known[key] = measured
        return measured

    def _saved(self, node_id: int) -> Saved:
        """What its grad_fn keeps, or kept when the newest pass ran it."""
        grad_fn = self._recorder.grad_fn(node_id)
        if grad_fn is None:
            return (), None
        found = saved_storages(grad_fn)
        return self._controller.values.saved(node_id) or found if found[1] == Freed() else found


def _go_on(pieces: Generator[None, None, Measures], end_s: float) -> _Measured | None:
    """At least one piece; None where the turn ends before the last."""
    try:
        while True:
            GATE.give_way()
            next(pieces)
            if monotonic() >= end_s:
                return None
    except StopIteration as finished:
        found: Measures = finished.value
        return found
    except Exception as error:
        return Unreadable(refused(error).brief)


def _key(tensor: Tensor) -> _Key:
    if not can_alias(tensor):
        return id(tensor), version_of(tensor)
    bare = native.bare(tensor)
    where = native.untyped_storage(bare)._cdata, version_of(bare), bare.storage_offset(), bare.dtype
    if is_dense(bare):
        return *where, bare.numel(), bare.is_conj(), bare.is_neg()
    return *where, tuple(bare.shape), bare.stride(), bare.is_conj(), bare.is_neg()
