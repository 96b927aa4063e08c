"""The hooks of a pass over a graph of a shape that was seen before, in which torch's own code runs alone.

Each notes that its node has run and what had arrived there, and refers to it: all else is worked out once the pass is
over. Where passes are brief, the hooks are of C: to enter Python at each node costs more than what is done there. Such
a pass lets no reader in between, and an interrupt stops it at its end.
"""

from __future__ import annotations

import functools
import itertools
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from threading import get_ident
from time import perf_counter
from typing import Any

import torch
from torch import Tensor

from engine.autograd.passes.backward_pass import BackwardAborted, BackwardPass
from engine.autograd.passes.held_gradients import HeldGradients
from engine.autograd.passes.hook_plan import HookPlan, with_leaves
from engine.autograd.passes.parts import Parts
from engine.autograd.passes.quick_hooks import Stop, no_stop
from engine.autograd.passes.registering import OUR_TIME, OURS, hooks_into, register_made
from engine.autograd.records import PLAIN_TENSORS
from engine.autograd.snapshot import can_alias
from engine.tensors import native, observing
from engine.tensors.gate import GATE
from engine.tensors.unseen import Spared, spare

_PLAIN = PLAIN_TENSORS | {type(None)}
_Gradients = tuple[Tensor | None, ...]
_current_task: Callable[[], int] = torch._C._current_graph_task_id


class RepeatedHooks:
    """Of one pass, whose leaves have no `.grad`. `stop_where_it_turned` is called where a node made a gradient NaN or
    infinite."""

    def __init__(self, current: BackwardPass, parts: Parts, plan: HookPlan, stop_where_it_turned: Stop) -> None:
        self._pass = current
        self._stop_where_it_turned = stop_where_it_turned
        self._parts = parts
        self._plan = plan
        self._thread = get_ident()
        self._hooks: list[OrderedDict[Any, Any]] = []
        self._hooked: list[int] = []  # the node of each
        self._is_given_up = False
        self._ran: list[int] = []  # the hooked nodes that have begun
        self._starts_s: list[float] = []
        self._arrived: list[_Gradients | None] = []  # None: kept already
        self._held = HeldGradients()
        self._noted: dict[int, _Gradients] = {}  # what arrived at the hooked nodes of a brief pass, in their order
        self._is_brief = plan.is_brief() and current.is_single

    def register(self) -> None:
        """Before the engine runs."""
        nodes: list[Any] = self._pass.call.nodes
        plan, turning, before, before_sum, after = (
            self._plan,
            self._pass.turning,
            self._before,
            self._before_sum,
            self._after,
        )
        if self._is_brief:
            self._register_brief(nodes)
            if turning is None:
                return
        with hooks_into(self._hooks):
            for node in plan.hooked:
                if not self._is_brief:
                    hook = functools.partial(before_sum if node in plan.looks_before else before, node)
                    nodes[node].register_prehook(hook)
                    self._hooked.append(node)
                if node in plan.handed_on or (turning is not None and not turning.is_harmless(node)):
                    nodes[node].register_hook(functools.partial(after, node))
                    self._hooked.append(node)

    def _register_brief(self, nodes: Sequence[Any]) -> None:
        """Hooks of C: they note when a node begins, and what has arrived there. No reader is let in between."""
        tick = functools.partial(next, map(self._starts_s.append, iter(perf_counter, None)))
        partial, note, hooked = functools.partial, self._noted.__setitem__, self._plan.hooked
        self._hooks = [OrderedDict(((OUR_TIME, tick), (OURS, partial(note, node)))) for node in hooked]
        self._hooked = hooked.copy()
        with GATE.inside():
            register_made([nodes[node] for node in hooked], self._hooks)

    def _take_noted(self) -> None:
        """Of a brief pass, as the hooks of any other have it."""
        self._ran, self._arrived = list(self._noted), list(self._noted.values())
        self._noted = {}

    def running(self) -> AbstractContextManager[None]:
        """The engine is called inside."""
        return observing.off()

    def remove(self) -> None:
        """After it: nothing refers to itself that a collection would have to find."""
        self._starts_s.append(perf_counter())
        self._stop_where_it_turned = no_stop
        for hooks in self._hooks:
            hooks.pop(OURS, None)
            hooks.pop(OUR_TIME, None)

    def _before(self, node: int, gradients: _Gradients) -> None:
        current = self._pass
        if _current_task() != current.task and not self._begins(node):
            return
        if current.is_interrupted:
            raise BackwardAborted
        self._ran.append(node)
        self._arrived.append(gradients)
        if GATE.reader:
            GATE.pause(self._thread)
        self._starts_s.append(perf_counter())

    def _before_sum(self, node: int, gradients: _Gradients) -> None:
        """What arrives is not for later: it is large."""
        self._before(node, gradients)
        if self._ran and self._ran[-1] == node:
            self._arrived[-1] = None
            if node in self._plan.keeps_sum:
                try:
                    self._pass.gradients.arrive(node, gradients)
                except Exception as error:
                    spare(error)

    def _after(self, node: int, handed_on: _Gradients, gradients: _Gradients) -> None:
        current = self._pass
        if not self._is_brief and _current_task() != current.task:
            return
        turning = current.turning
        try:
            left = self._look(node, handed_on)
            is_bad = turning is not None and turning.is_bad(node, left)
        except Exception as error:
            spare(error)
            return
        if is_bad:
            current.running = node
            self._stop_where_it_turned(node, handed_on, gradients)
            current.running = -1
            if current.hold is not None:  # from here on
                self._parts.note(node, handed_on)
                with Spared():
                    current.arrivals.finished(node)

    def _look(self, node: int, handed_on: _Gradients) -> _Gradients:
        """What of it is large, or meets others. Returns what is not known to be finite."""
        handed = self._plan.handed_on.get(node)
        if handed is None:
            return handed_on
        kept, left = self._pass.gradients, list(handed_on)
        for place, edge, is_leaf in handed.measured:
            gradient = handed_on[place]
            if (
                gradient is not None
                and type(gradient) in PLAIN_TENSORS
                and kept.hand_plain(*edge, gradient, owned_by_leaf=is_leaf)
            ):
                left[place] = None
        for place, edge in handed.parts:
            gradient = handed_on[place]
            if gradient is not None:
                self._parts.keep(edge, gradient, node, place)
        return tuple(left)

    def give_up(self) -> list[int]:
        """A node has just run, and the pass is held from here on. Returns the nodes that have not run, which have no
        hook any more. Inside `Unseen`."""
        current = self._pass
        self._starts_s.append(perf_counter())
        if self._is_brief:
            current.task = _current_task()
            self._take_noted()
        self._settle_order(is_whole=False, is_between=False)
        self._settle_gradients(is_whole=False)
        self._is_given_up = True
        left = set(range(len(current.call.nodes))).difference(current.order)
        for node, hooks in zip(self._hooked, self._hooks, strict=True):
            if node in left:
                hooks.pop(OURS, None)
                hooks.pop(OUR_TIME, None)
        for node in left:
            current.is_unannounced[node] = False
        return sorted(left)

    def _begins(self, node: int) -> bool:
        """Whether it is the first to run of the pass."""
        current = self._pass
        if self._ran or node not in current.call.shape.root_indices:
            return False
        current.task = _current_task()
        return True

    def settle(self, error: BaseException | None) -> None:
        """The engine has returned, or raised: what is known of the pass by now. Inside `Unseen`."""
        if self._is_given_up:
            return
        if self._is_brief:
            self._take_noted()
        current, has_failed = self._pass, isinstance(error, Exception)
        self._settle_order(is_whole=error is None, is_between=not has_failed)
        if has_failed and self._ran:
            current.running, _ = current.dt_ms.pop()
        self._settle_gradients(is_whole=error is None)

    def _settle_order(self, *, is_whole: bool, is_between: bool) -> None:
        """`is_between`: the engine has come past the leaves that were ready after the last node."""
        current, shape = self._pass, self._pass.call.shape
        if is_whole and self._ran == self._plan.order_hooked:
            current.order = shape.order.copy()
        else:
            current.order = with_leaves(shape.plan, shape.is_leaf, self._ran, is_between=is_between)
        times = zip(self._ran, self._starts_s, self._starts_s[1:], strict=False)
        current.dt_ms = [(node, 1000 * (end_s - start_s)) for node, start_s, end_s in times]
        if self._starts_s:
            self._plan.lasted_s = self._starts_s[-1] - self._starts_s[0]

    def _settle_gradients(self, *, is_whole: bool) -> None:
        self._take_arrived()
        self._take_from_leaves(is_whole)
        self._pass.gradients.take(self._held, self._plan.held_bytes)

    def _take_arrived(self) -> None:
        kept, roots = self._pass.gradients, self._pass.call.shape.root_indices
        has_parts, held = kept.has_parts, dict(zip(self._ran, self._arrived, strict=True))
        are_plain = _PLAIN.issuperset(map(type, itertools.chain.from_iterable(filter(None, self._arrived))))
        for node in self._ran if has_parts or not are_plain or None in self._arrived else roots:
            gradients = held.get(node)
            if gradients is not None and (node in roots or not _PLAIN.issuperset(map(type, gradients))):
                kept.arrive(node, held.pop(node) or ())
            elif has_parts:
                kept.settle_parts(node)
        self._held.hold({node: gradients for node, gradients in held.items() if gradients is not None})

    def _take_from_leaves(self, is_whole: bool) -> None:
        """It was empty before: what is in the `.grad` of a leaf is what arrived there."""
        kept, plan, order = self._pass.gradients, self._plan, self._pass.order
        small = plan.small_leaves if is_whole else [node for node in plan.small_leaves if node in order]
        grads = self._grads(small)
        if not PLAIN_TENSORS.issuperset(map(type, grads)) or not self._held.copy_together(small, grads):
            self._keep_grads(small, grads)
        if plan.large_leaves:
            large = [node for node in plan.large_leaves if node in order]
            self._keep_grads(large, self._grads(large))
        if kept.has_parts:
            for node in plan.leaves if is_whole else set(plan.leaves).intersection(order):
                kept.settle_parts(node)
        if plan.shares_storage is None and is_whole:
            found = [grad for grad in self._grads(plan.leaves) if grad is not None and can_alias(grad)]
            plan.shares_storage = self._held.held_in({native.untyped_storage(grad)._cdata for grad in found})
        self._held.own(plan.shares_storage or ())

    def _grads(self, leaves: Sequence[int]) -> list[Any]:
        nodes: list[Any] = self._pass.call.nodes
        return [native.grad(nodes[node].variable) for node in leaves]

    def _keep_grads(self, leaves: Sequence[int], grads: Sequence[Tensor | None]) -> None:
        for node, grad in zip(leaves, grads, strict=True):
            self._pass.gradients.arrive(node, () if grad is None else (grad,), owned_by_leaf=True)
