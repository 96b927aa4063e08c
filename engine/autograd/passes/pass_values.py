"""What is known of the nodes of the passes that have run or run now: gradients, what leaves a node, what it saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from torch import Tensor

from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.earlier_values import EarlierValues
from engine.autograd.passes.grad_accounts import Deposit
from engine.autograd.passes.hooks import Change
from engine.autograd.passes.inner_passes import InnerPass
from engine.autograd.passes.kept_gradient import Part
from engine.autograd.passes.kept_passes import KeptPasses
from engine.autograd.passes.leaving import Leaving
from engine.autograd.passes.norms import norm_of
from engine.autograd.saved import Saved
from engine.protocol.graph_values import Graph
from engine.protocol.notes import Note
from engine.protocol.origin import NodeHook
from engine.protocol.sentence import Sentence
from engine.shared.ready_queue import running_order
from engine.tensors import native
from engine.tensors.gate import GATE
from engine.tensors.unseen import Unseen


class PassValues:
    """Of the newest pass, which `newest` gives, and of an earlier one that was opened. Inside `GATE.reading`; where a
    step waits, what is read of it stops at the next tensor."""

    def __init__(self, newest: Callable[[], BackwardPass | None], kept: KeptPasses) -> None:
        self._newest = newest
        self._kept = kept
        self._leaving: Leaving | None = None  # of the newest pass, once it was asked for

    def gradient(self, node_id: int, slot: int) -> tuple[Tensor | None, Note | None]:
        """The gradient of the last pass with respect to a node's output, as it arrived there so far.

        With it comes what is to be known of it; (None, None) where nothing arrived.
        """
        GATE.give_way()
        opened = self._kept.opened_with(node_id)
        if opened is not None:
            return opened.gradient(node_id, slot)
        current = self._newest()
        index = -1 if current is None else current.index(node_id)
        return (None, None) if current is None or index < 0 else current.gradient(index, slot)

    def is_of_opened(self, node_id: int) -> bool:
        """Whether a node is of an earlier pass that was opened."""
        return self._kept.opened_with(node_id) is not None

    def norm(self, node_id: int) -> float | None:
        """Of all that has arrived at a node; None where nothing has, or it was not kept."""
        opened = self._kept.opened_with(node_id)
        with Unseen():
            if opened is not None:
                return opened.norm_of(node_id)
            current = self._newest()
            index = -1 if current is None else current.index(node_id)
            return None if current is None or index < 0 else current.gradients.norm(index)

    def norm_of_slot(self, node_id: int, slot: int) -> float | None:
        """As `norm`, of what arrived at one output."""
        tensor, note = self.gradient(node_id, slot)
        with Unseen():
            return None if tensor is None or note is not None else norm_of((tensor,))

    def earlier(self, graph: Graph) -> EarlierValues:
        """The passes of the structure of the one over `graph` that ran before it, as far as they are whole."""
        opened = next((self._kept.opened_with(node.id) for node in graph.nodes if not node.is_input), None)
        if opened is not None:
            return EarlierValues(self._kept.before(opened), opened.index)
        current = self._newest()
        if current is None:
            return EarlierValues((), lambda node_id: -1)
        return EarlierValues(self._kept.before_running(current), current.index)

    def parts(self, node_id: int, slot: int) -> list[tuple[int, Part]]:
        """What several nodes sent on to one output, each with the id of its sender, -1 for the call itself."""
        GATE.give_way()
        opened = self._kept.opened_with(node_id)
        if opened is not None:
            return opened.parts(node_id, slot)
        current = self._newest()
        index = -1 if current is None else current.index(node_id)
        if current is None or index < 0:
            return []
        parts = current.gradients.parts(index, slot)
        return [(-1 if part.sender < 0 else current.ids[part.sender], part) for part in parts]

    def hook_change(self, node_id: int) -> tuple[Change, int] | None:
        """What a hook of the program changed of what arrived at a node, and its line, 0 without."""
        opened = self._kept.opened_with(node_id)
        if opened is not None:
            return None if opened.hooks is None else opened.hooks.changed.get(opened.index(node_id))
        current = self._newest()
        index = -1 if current is None else current.index(node_id)
        change = None if current is None else current.hooks.changed.get(index)
        return None if current is None or change is None else (change, current.hooks.line_of(index))

    def hooks_on(self, node_id: int) -> tuple[NodeHook, ...]:
        """The hooks of the program that a pass has met on a node."""
        opened = self._kept.opened_with(node_id)
        if opened is not None:
            return () if opened.hooks is None else opened.hooks.told.get(opened.index(node_id), ())
        current = self._newest()
        index = -1 if current is None else current.index(node_id)
        return () if current is None or index < 0 else current.hooks.told(index)

    def passes_inside(self, node_id: int) -> Sequence[InnerPass]:
        """Those that began while a pass ran a node."""
        opened = self._kept.opened_with(node_id)
        if opened is not None:
            return () if opened.hooks is None else opened.hooks.inside.get(opened.index(node_id), ())
        current = self._newest()
        return [] if current is None else current.inside.get(current.index(node_id), [])

    def leaving(self, node_id: int, place: int) -> tuple[Tensor | None, Sentence | None]:
        """What a node sent on to its operand at `place`, or why that is not known by itself; (None, None) without a
        pass."""
        GATE.give_way()
        opened = self._kept.opened_with(node_id)
        if opened is not None:
            return opened.leaving(node_id, place)
        current = self._newest()
        index = -1 if current is None else current.index(node_id)
        if current is None or index < 0:
            return None, None
        if self._leaving is None or self._leaving.of is not current:
            self._leaving = Leaving(current)
        return self._leaving.read(index, place)

    def norms_sent(self, node_id: int) -> tuple[float | None, ...]:
        """By operand: the norm of what a node sent on; nothing before it has run."""
        with Unseen():
            return tuple(self.norm_sent(node_id, place) for place in range(self._n_sent(node_id)))

    def norm_sent(self, node_id: int, place: int) -> float | None:
        """Of what a node sent on to its operand at `place`, also where nothing else of it is kept. Inside `Unseen`."""
        tensor, _ = self.leaving(node_id, place)
        if tensor is not None:
            return norm_of((native.bare(tensor),))
        opened = self._kept.opened_with(node_id)
        if opened is not None:
            return opened.norm_of_part(node_id, place)
        current = self._newest()
        return None if current is None or self._leaving is None else self._leaving.norm(current.index(node_id), place)

    def _n_sent(self, node_id: int) -> int:
        opened = self._kept.opened_with(node_id)
        if opened is not None:
            return opened.n_sent(node_id)
        current = self._newest()
        index = -1 if current is None else current.index(node_id)
        has_run = current is not None and index >= 0 and index in current.order and current.running != index
        return len(current.call.edges[index]) if current is not None and has_run else 0

    def gradient_in_pass(self, pass_index: int, node: int) -> tuple[Tensor | None, Note | None]:
        """What arrived at a node, by its index, in a pass of the run that has ended; (None, None) where that is not
        kept."""
        return self._kept.gradient(pass_index, node)

    def norm_in_pass(self, pass_index: int, node: int) -> float | None:
        """Of what arrived at a node, by its index, in a pass of the run; None where that is not kept."""
        with Unseen():
            return self._kept.norm(pass_index, node)

    def once_saved(self, node_id: int, name: str) -> Any:
        """What a node had saved by this name: what is no tensor, of an earlier pass; else what is small, where the
        newest pass ran the node while it was held. Raises KeyError where it is not known."""
        opened = self._kept.opened_with(node_id)
        if opened is not None:
            return opened.saved_constant(node_id, name)
        current = self._newest()
        found = None if current is None else current.small_saved.read(current.index(node_id), name)
        if found is None:
            raise KeyError(name)
        return found

    def is_earlier(self, node_id: int) -> bool:
        """Whether a node is of an earlier pass that was opened."""
        return self._kept.opened_with(node_id) is not None

    def deposit(self, node_id: int) -> Deposit | None:
        """What an earlier pass that was opened added to the `.grad` of a leaf, as far as it is kept."""
        opened = self._kept.opened_with(node_id)
        return None if opened is None else opened.deposit(node_id)

    def order(self, graph: Graph) -> list[int]:
        """The ids of the nodes of the last pass in the order in which one queue runs them; empty where it was not over
        this graph."""
        current = self._newest()
        if current is None or not current.ids or current.ids[current.call.roots[0][0]] not in _ids(graph):
            return []
        return [current.ids[node] for node in running_order(current.call.plan)]

    def saved(self, node_id: int) -> Saved | None:
        """What a node had saved when the last pass ran it; None where it did not."""
        current = self._newest()
        return None if current is None else current.saved.get(current.index(node_id))


def _ids(graph: Graph) -> frozenset[int]:
    return frozenset(node.id for node in graph.nodes)
