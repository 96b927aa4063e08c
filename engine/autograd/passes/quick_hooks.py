"""One hook after each node that needs no more of it: where torch's own code runs alone, and a pass is not held.

What arrives at such a node is what the one before it handed on, and no time but its own lies between their hooks. That
no operation is observed inside of it is settled for the whole pass, not at each node.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from threading import get_ident
from time import perf_counter
from typing import Any

import torch
from torch import Tensor

from engine.autograd.passes.backward_pass import BackwardAborted, BackwardPass
from engine.autograd.passes.hook_plan import HookPlan
from engine.autograd.passes.parts import Parts
from engine.autograd.passes.registering import are_any_theirs
from engine.autograd.records import PLAIN_TENSORS
from engine.autograd.saved import are_any_packed, saved_storages
from engine.tensors import native, observing
from engine.tensors.gate import GATE
from engine.tensors.unseen import Spared, is_alone, spare

_Gradients = tuple[Tensor | None, ...]
Stop = Callable[[int, _Gradients, _Gradients], None]
_current_task: Callable[[], int] = torch._C._current_graph_task_id
_HAS_DEVICES = torch.accelerator.is_available()  # each of which runs its nodes on a thread of its own


class QuickHooks:
    """Of one pass. `stop_where_it_turned` is called where a node made a gradient NaN or infinite."""

    def __init__(self, current: BackwardPass, parts: Parts, stop_where_it_turned: Stop) -> None:
        self._pass = current
        self._parts = parts
        self._stop_where_it_turned = stop_where_it_turned
        self._is_quick: list[bool] = []
        self._handles: dict[int, Any] = {}
        self._thread = get_ident()
        self._end_s = 0.0  # of the newest hook
        self.may_repeat = False  # all nodes run alone

    def nodes(self) -> list[bool]:
        """Of each whether a quick hook will do for it."""
        current, shape = self._pass, self._pass.call.shape
        if self._may_be_quick():
            if shape.hooks is not None and shape.hooks.saved is not None and self._run_alone(shape.hooks):
                self.may_repeat, self._is_quick = True, [False] * len(shape.edges)
                current.is_unannounced = self._is_quick.copy()
                current.saved_plan = shape.hooks.saved
                return self._is_quick
            runs_alone = [runs and self._runs_alone(index) for index, runs in enumerate(shape.runs)]
            self.may_repeat = shape.is_told_by_kinds and all(runs_alone)
            # The first that runs says which of the engine's tasks is this pass.
            self._is_quick = [
                is_alone and expected == 1 and index not in shape.root_indices
                for index, (is_alone, expected) in enumerate(zip(runs_alone, shape.plan.expected, strict=True))
            ]
        else:
            self._is_quick = [False] * len(shape.edges)
        current.is_unannounced = self._is_quick.copy()
        return self._is_quick

    def _may_be_quick(self) -> bool:
        current = self._pass
        return not (
            current.is_held
            or current.creates_graph
            or current.is_inner
            or current.looks_for is not None
            or current.hooks.on_tensors  # which run before anything of ours
            or _HAS_DEVICES
            or are_any_theirs()
            or not is_alone()
            or native.have_hooks(current.call.leaves)
        )

    def _run_alone(self, plan: HookPlan) -> bool:
        """As `_runs_alone`, of all nodes of a pass over a graph of torch's own."""
        nodes = self._pass.call.nodes
        if [grad for grad in map(native.grad, self._pass.call.leaves) if grad is not None]:
            return False
        return not are_any_packed([nodes[node] for node in plan.saving])

    def _runs_alone(self, index: int) -> bool:
        """Whether a node runs none of a program's code, and writes into none of its tensors."""
        current = self._pass
        node = current.call.nodes[index]
        if current.is_leaf[index]:
            return native.grad(node.variable) is None  # type: ignore[attr-defined]
        if not native.is_of_torch(node):
            return False
        saved = current.saved[index] = saved_storages(node)
        return saved[1] is None

    def register(self, index: int, node: Any) -> Any:
        """The handle."""
        handle = self._handles[index] = native.register_hook(node, functools.partial(self._after, index))
        return handle

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """The engine is called inside."""
        if not any(self._is_quick):
            yield
            return
        with observing.off():
            yield

    def give_up(self) -> list[int]:
        """The nodes that still have a quick hook, and that have not run: they have none any more."""
        has_run = set(self._pass.order)
        left = [index for index in self._handles if index not in has_run]
        for index in left:
            self._handles.pop(index).remove()
            self._is_quick[index] = self._pass.is_unannounced[index] = False
        return left

    def forget(self) -> None:
        """The pass is over: nothing refers to itself that a collection would have to find."""
        self._stop_where_it_turned = no_stop
        self._handles.clear()

    def begin_after(self) -> None:
        """A node with hooks around it has run."""
        self._end_s = perf_counter()

    def _after(self, node: int, handed_on: _Gradients, gradients: _Gradients) -> None:
        now_s = perf_counter()
        current = self._pass
        if _current_task() != current.task:
            return
        current.dt_ms.append((node, 1000 * (now_s - self._end_s)))
        current.order.append(node)
        is_finite = self._hand_on(node, handed_on) if current.hold is None else None
        if not is_finite and current.turning is not None and current.turning.is_bad(node, handed_on):
            current.running = node
            self._stop_where_it_turned(node, handed_on, gradients)
            current.running = -1
        if is_finite is None or current.hold is not None:
            self._parts.note(node, handed_on)
        if current.hold is not None:
            with Spared():
                current.arrivals.finished(node)
        if current.is_interrupted:
            raise BackwardAborted
        GATE.pause(self._thread)
        self._end_s = perf_counter()

    def _hand_on(self, node: int, handed_on: _Gradients) -> bool | None:
        """What a node has made is what arrives at others that have a quick hook: whether it is known to be finite.
        None where somebody else waits for some of it, or it is out of the ordinary."""
        current, is_finite = self._pass, True
        hand = current.gradients.hand_plain
        try:
            for edge, gradient in zip(current.call.edges[node], handed_on, strict=True):
                if gradient is None:
                    continue
                if edge is None or not self._is_quick[edge[0]] or type(gradient) not in PLAIN_TENSORS:
                    return None
                is_finite &= hand(*edge, gradient, owned_by_leaf=current.is_leaf[edge[0]])
        except Exception as error:
            spare(error)
        return is_finite


def no_stop(node: int, handed_on: _Gradients, gradients: _Gradients) -> None:
    """Of a pass that is over."""
