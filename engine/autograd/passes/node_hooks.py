"""Hooks around the nodes of one pass: what arrives is noted, and it is held where it is to be."""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter
from typing import Any

import torch
from torch import Tensor

from engine.autograd.passes.backward_pass import BackwardAborted, BackwardPass
from engine.autograd.passes.crossing import Crossing
from engine.autograd.passes.gradients import CLONE_BYTES
from engine.autograd.passes.parts import Parts
from engine.autograd.passes.quick_hooks import QuickHooks
from engine.autograd.passes.registering import light_handles
from engine.autograd.passes.repeated_hooks import RepeatedHooks
from engine.autograd.records import PLAIN_TENSORS
from engine.autograd.saved import saved_storages
from engine.tensors import native, observing
from engine.tensors.unseen import Spared, Unseen, is_alone, spare

_Gradients = tuple[Tensor | None, ...]
_PLAIN = PLAIN_TENSORS | {type(None)}
_is_grad_enabled = torch.is_grad_enabled
_current_task: Callable[[], int] = torch._C._current_graph_task_id


@contextlib.contextmanager
def hooked(current: BackwardPass, root_gradients: Sequence[Tensor | None]) -> Iterator[None]:
    """Every node that the pass runs has hooks inside, and none after: one left over would hold the next pass. The call
    itself hands `root_gradients` to its roots."""
    hooks = NodeHooks(current)
    error: BaseException | None = None
    try:
        hooks.register(root_gradients)
        with hooks.crossed():
            yield
    except BaseException as raised:
        error = raised
        raise
    finally:
        hooks.remove(error)


class NodeHooks:
    """Of one pass, one before and one after each node; quick ones where those will do."""

    def __init__(self, current: BackwardPass) -> None:
        self._pass = current
        self._parts = Parts(current)
        self._quick = QuickHooks(current, self._parts, self._stop_where_it_turned)
        self._repeated: RepeatedHooks | None = None  # in place of all others
        self._handles: list[Any] = []
        n_nodes = len(current.call.nodes)
        self._start_s = [0.0] * n_nodes
        self._hooks_after: list[Any] = [None] * n_nodes  # of each node, those of the program with ours
        self._was_observed = observing.is_on()
        self._turn = threading.Lock()  # each device has a thread of its own: one node at a time is held

    @functools.cached_property
    def _crossing(self) -> Crossing:
        return Crossing(self._pass.call.nodes)

    def register(self, root_gradients: Sequence[Tensor | None]) -> None:
        """Before the engine runs."""
        call = self._pass.call
        self._parts.seed(root_gradients)
        quick, shape = self._quick.nodes(), call.shape
        if self._quick.may_repeat and shape.hooks is not None:
            self._repeated = RepeatedHooks(self._pass, self._parts, shape.hooks, self._stop_where_it_turned)
            self._repeated.register()
            return
        with light_handles():
            for index, node in enumerate(call.nodes):
                if quick[index]:
                    self._handles.append(self._quick.register(index, node))
                elif call.runs[index]:
                    self._register(index, node)
        self._pass.keeps_what_waits = self._pass.is_held or self._pass.may_be_held

    def _register(self, index: int, node: Any) -> None:
        before, after = functools.partial(self._before, index), functools.partial(self._after, index)
        ours = native.register_hooks(node, before, after)
        self._handles += ours
        after_it = self._hooks_after[index] = ours[1].hooks_dict_ref()
        if len(after_it) + len(ours[0].hooks_dict_ref()) > 2:
            with Spared():
                self._handles += self._pass.hooks.meet(index, node, *ours)

    def crossed(self) -> contextlib.AbstractContextManager[None]:
        """Around the call of the engine."""
        return self._crossed() if self._repeated is None else self._repeated.running()

    @contextlib.contextmanager
    def _crossed(self) -> Iterator[None]:
        with self._crossing.crossed(), self._quick.running():
            yield

    def remove(self, error: BaseException | None) -> None:
        """After it has returned, or raised."""
        self._pass.is_running = False
        if self._repeated is not None:
            self._repeated.remove()
            with Spared():
                self._repeated.settle(error)
        elif error is None and self._quick.may_repeat:
            with Spared():
                self._pass.call.shape.plan_hooks(self._pass.gradients.sizes(), CLONE_BYTES)
        self._parts.forget()
        self._quick.forget()
        for handle in self._handles:
            handle.remove()

    def _before(self, node: int, gradients: _Gradients) -> _Gradients | None:
        current = self._pass
        if not current.is_mine(node):
            return None
        if current.hold is None:
            if current.is_interrupted:
                raise BackwardAborted
            self._crossing.arrive()
            self._note(node, gradients)
            if current.hits:
                self._stop_at_breakpoint(node)
            self._crossing.depart(node)
            self._start_s[node] = perf_counter()
            return self._entering(node, gradients)
        with self._turn:
            self._crossing.arrive()
            self._note(node, gradients)
            with Spared():
                current.small_saved.keep(node, current.call.nodes[node])
                current.arrivals.fires(node)
                current.add_step(node)
            with self._crossing.outside():
                current.hold(node)
            entering = self._entering(node, gradients)
            self._crossing.depart(node)
            self._start_s[node] = perf_counter()
            return entering

    def _entering(self, node: int, gradients: _Gradients) -> _Gradients | None:
        """What enters a node in place of what arrives, where the person wants that."""
        replaced = self._pass.replaced
        entering = replaced.entering(node, gradients) if replaced else None
        if entering is not None:
            with Spared():
                self._pass.gradients.arrive(node, entering, owned_by_leaf=self._pass.is_leaf[node])
        return entering

    def _note(self, node: int, gradients: _Gradients) -> None:
        self._pass.order.append(node)
        self._pass.running = node
        if not is_alone() or not _PLAIN.issuperset(map(type, gradients)):
            with Spared():
                self._keep(node, gradients)
            return
        observing.turn_off()  # the engine lets it be as it was once the node has run
        try:
            self._keep(node, gradients)
        except Exception as error:
            spare(error)
        finally:
            if self._was_observed and self._is_observed(node):
                observing.turn_on()

    def _is_observed(self, node: int) -> bool:
        """Whether what a node does may make nodes, be the program's own code, or write into one of its tensors."""
        return (
            not native.is_of_torch(self._pass.call.nodes[node])
            or _is_grad_enabled()
            or self._pass.saved[node][1] is not None
            or len(self._hooks_after[node]) > 1
        )

    def _keep(self, node: int, gradients: _Gradients) -> None:
        current = self._pass
        if current.looks_for is not None:
            current.hits = current.looks_for.hits(node, gradients)
            current.was_hit = current.was_hit or bool(current.hits)
        self._parts.arrive(node, len(gradients))
        current.gradients.arrive(node, gradients, owned_by_leaf=current.is_leaf[node])
        current.saved[node] = saved_storages(current.call.nodes[node])
        if node in current.hooks:
            current.hooks.arrive(node, gradients)
        if current.births is not None:
            current.births.arrived(node, gradients)

    def _stop_at_breakpoint(self, node: int) -> None:
        """The pass that was recorded up to here is held from here on."""
        with self._turn:
            with Spared():
                self._begin_holding()
            if self._pass.hold is not None:
                with self._crossing.outside():
                    self._pass.hold(node)

    def _begin_holding(self) -> None:
        given_up = self._quick if self._repeated is None else self._repeated
        left = given_up.give_up()
        self._parts.know_what_waits()
        self._pass.begin_holding()
        with light_handles():
            for index in left:
                self._register(index, self._pass.call.nodes[index])

    def _after(self, node: int, handed_on: _Gradients, gradients: _Gradients) -> None:
        current = self._pass
        if _current_task() != current.task:
            return
        current.dt_ms.append((node, 1000 * (perf_counter() - self._start_s[node])))
        self._crossing.come_back(node)
        if current.turning is not None and current.turning.is_bad(node, self._parts.in_doubt(node, handed_on)):
            self._stop_where_it_turned(node, handed_on, gradients)
        current.running = -1
        self._parts.note(node, handed_on)
        if current.hold is not None:
            with Spared():
                current.arrivals.finished(node)
        if current.births is not None:
            with Spared():
                current.births.left(node, handed_on)
        if current.hooks:
            self._hand_over(node, handed_on)
        if node in current.hooks.on_nodes:
            with Spared():
                current.hooks.leave(node, handed_on)
        self._quick.begin_after()
        self._crossing.go_on()

    def _stop_where_it_turned(self, node: int, handed_on: _Gradients, gradients: _Gradients) -> None:
        """The node has run, and is held once more."""
        current = self._pass
        with self._turn:
            with Spared():
                assert current.turning is not None
                current.turned = current.turning.at(node, handed_on, gradients)
                if current.turned is not None and current.hold is None:
                    self._begin_holding()
            if current.turned is None or current.hold is None:
                return
            current.hits, current.was_hit = current.turned.ids, True
            try:
                with self._crossing.outside():
                    current.hold(node)
            finally:
                current.hits, current.turned = (), None

    def _hand_over(self, node: int, handed_on: _Gradients) -> None:
        hooks = self._pass.hooks
        with Unseen():
            for edge, gradient in zip(self._pass.call.edges[node], handed_on, strict=True):
                if edge is not None and gradient is not None and edge[0] in hooks:
                    hooks.hand_over(*edge, gradient)
