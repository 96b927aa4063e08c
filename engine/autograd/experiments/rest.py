"""The rest of a held pass, run by torch's own engine beside the pass.

The pass is held inside a hook. On its thread torch's engine is called again, for what is left: from the gradients that
wait at nodes, and what has arrived at the held one, to the leaves, whose gradients are taken out and added to no
`.grad`. The graph is kept, so that the held pass goes on as if nothing had been.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import get_ident
from typing import Any

import torch
from torch import Tensor
from torch.autograd.graph import GradientEdge

from engine.autograd.experiments.guarding import tensors_with_grads, unchanged
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.records import shape_of
from engine.autograd.snapshot import can_alias
from engine.protocol.errors import EngineError
from engine.protocol.notes import Changed
from engine.tensors import native
from engine.tensors.gate import GATE
from engine.tensors.unseen import Unseen

Output = tuple[int, int]  # a node, by its index in the call, and a slot
Check = Callable[[int, int], None]  # how many of the nodes have begun, of how many
Take = Callable[[int, tuple[Tensor | None, ...]], tuple[Tensor | None, ...]]
_current_task: Callable[[], int] = torch._C._current_graph_task_id
_REENTRANT = "CheckpointFunctionBackward"


class Rest:
    """What is left of a held pass: `nodes` that are still to run or to be taken out. On its thread, while it is held.

    Raises EngineError where it cannot be run beside the pass.
    """

    def __init__(self, current: BackwardPass) -> None:
        self._pass = current
        call = current.call
        self.held = current.order[-1]
        has_run = set(current.order[:-1])
        self.nodes = [node for node in range(len(call.nodes)) if call.takes_part[node] and node not in has_run]
        self._ends = [node for node in self.nodes if call.captured[node] or current.is_leaf[node]]
        self._check()
        self._with_grads = tensors_with_grads([call.nodes[node] for node in self.nodes])
        self._starts = self._waiting()

    def grads(self) -> dict[int, Tensor]:
        """What the leaves hold to which more comes, by node."""
        with Unseen():
            leaves = {node: native.leaf_of(self._pass.call.nodes[node]) for node in self._ends}
            found = {node: None if leaf is None else native.grad(leaf) for node, leaf in leaves.items()}
            accumulates = self._pass.call.captured
            return {node: grad for node, grad in found.items() if grad is not None and not accumulates[node]}

    def run(self, take: Take, check: Check) -> None:
        """`take(node, gradients)` gets what arrives at each node and returns what enters it instead. `check` is called
        at each node, and stops the run where it raises. Raises what torch and the program's code raise."""
        call = self._pass.call
        graph_nodes = [call.nodes[node] for node in self.nodes]
        roots = tuple(GradientEdge(call.nodes[node], slot) for node, slot in self._starts)
        inputs = tuple(GradientEdge(call.nodes[node], slot) for node, slot in self._taken_out())
        with unchanged(graph_nodes, self._with_grads), GATE.inside(), self._hooked(take, check):
            found = torch.autograd.Variable._execution_engine.run_backward(
                roots,
                tuple(_copy(gradient) for gradient in self._starts.values()),
                keep_graph=True,
                create_graph=self._pass.creates_graph,
                inputs=inputs,
                allow_unreachable=True,
                accumulate_grad=False,
            )
        taken: dict[int, dict[int, Tensor]] = {}
        for (node, slot), gradient in zip(self._taken_out(), found, strict=True):
            if gradient is not None:
                taken.setdefault(node, {})[slot] = gradient
        for node, slots in taken.items():
            take(node, tuple(slots.get(slot) for slot in range(max(slots) + 1)))

    def _taken_out(self) -> list[Output]:
        taken = [output for output in self._pass.call.captured_inputs if output is not None]
        return [*dict.fromkeys(output for output in taken if output[0] in self._ends)] + [
            (node, 0) for node in self._ends if not self._pass.call.captured[node]
        ]

    def _check(self) -> None:
        for node in self.nodes:
            if native.name_of(self._pass.call.nodes[node]) == _REENTRANT:
                raise EngineError(
                    "experiment.reentrant",
                    "A reentrant checkpoint runs a backward of its own inside, which writes .grads: "
                    "with use_reentrant=False it can be tried.",
                )

    def _waiting(self) -> Mapping[Output, Tensor]:
        """The gradients, or their sums so far, at the held node and at those that wait for their turn."""
        gradients, found = self._pass.gradients, {}
        with Unseen():
            for node in self.nodes:
                for slot in gradients.slots(node):
                    tensor, note = gradients.read(node, slot)
                    if tensor is None or isinstance(note, Changed):
                        raise _not_kept()
                    if tuple(self._pass.call.nodes[node]._input_metadata[slot].shape) != shape_of(tensor):
                        raise inside_func()
                    found[node, slot] = tensor
            if not self._pass.keeps_what_waits and self._pass.waiting() - {node for node, _ in found}:
                raise _not_kept()
        return found

    @contextmanager
    def _hooked(self, take: Take, check: Check) -> Iterator[None]:
        """Hooks that are the last to see what enters each node, and only of the run beside."""
        handles: list[Any] = []
        held_task, ours = _current_task(), -1
        hooked, n_begun = [node for node in self.nodes if node not in self._ends], 0

        def before(node: int, gradients: tuple[Tensor | None, ...]) -> tuple[Tensor | None, ...] | None:
            nonlocal ours, n_begun
            task = _current_task()
            if ours < 0 and task != held_task:
                ours = task
            if task != ours:  # the pass itself, or one inside of a custom Function
                return None
            n_begun += 1
            check(n_begun, len(hooked))
            GATE.pause(get_ident())
            if node == self.held:  # the program's hooks have had their turn here, when it came to be held
                starts = self._starts
                gradients = tuple(
                    _copy(starts[node, slot]) if (node, slot) in starts else gradient
                    for slot, gradient in enumerate(gradients)
                )
            return take(node, gradients)

        try:
            for node in hooked:
                grad_fn = self._pass.call.nodes[node]
                handles.append(type(grad_fn).register_prehook(grad_fn, functools.partial(before, node)))
            yield
        finally:
            for handle in handles:
                handle.remove()


def _copy(gradient: Tensor) -> Tensor:
    """With the same strides, for what reads it: a custom Function or a hook may write into what it gets."""
    if not can_alias(gradient) or gradient.is_conj() or gradient.is_neg():
        return gradient.clone()
    storage = native.untyped_storage(gradient).clone()
    alike = torch.empty(0, dtype=gradient.dtype, device=gradient.device)
    return alike.set_(storage, gradient.storage_offset(), gradient.shape, gradient.stride())


def _not_kept() -> EngineError:
    return EngineError(
        "experiment.not_kept",
        "A gradient that waits at a node was not kept by itself: step the pass from its start (Ctrl+Shift+Enter).",
    )


def inside_func() -> EngineError:
    """Of a gradient or a leaf that belongs to a transformation."""
    return EngineError(
        "experiment.inside_func", "A pass inside of torch.func works on tensors that stand for many: it is not tried."
    )
