"""Lets readers in between the nodes of one backward pass."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from threading import get_ident

from torch.autograd.function import BackwardCFunction
from torch.autograd.graph import Node as GradFn

from engine.tensors.gate import GATE


class Crossing:
    """Called from the hooks of a pass, on the thread of each node.

    The thread that calls the engine is inside the gate all the while, which covers what the engine does before the
    first hook of a node, except in the hooks themselves. A device has a thread of its own, which is inside from a
    node's prehook to its hook; the caller, which then only waits, is outside. A custom Function is not inside as a
    whole, for its Python may take its time: the operations in it are.
    """

    def __init__(self, nodes: Sequence[GradFn]) -> None:
        self._is_python = [isinstance(node, BackwardCFunction) for node in nodes]
        self._caller = get_ident()
        self._at_node: dict[int, None] = {}  # threads between a prehook and its hook
        self._has_devices = False
        self._threads = {self._caller}

    def arrive(self) -> None:
        """In a prehook, before anything else."""
        thread = get_ident()
        if thread == self._caller and not self._has_devices:
            return
        if thread != self._caller:
            self._threads.add(thread)
            self._has_devices = True
            if self._caller not in self._at_node:
                GATE.leave(self._caller, None)
        GATE.enter()

    def outside(self) -> contextlib.AbstractContextManager[None]:
        """In a prehook: readers come in while this lasts."""
        return GATE.outside(get_ident())

    def depart(self, node: int) -> None:
        """In a prehook, when all is done."""
        thread = get_ident()
        self._at_node[thread] = None
        if self._is_python[node]:
            GATE.leave(thread, None)
        else:
            GATE.pause(thread)

    def come_back(self, node: int) -> None:
        """In a hook, before anything else."""
        thread = get_ident()
        self._at_node.pop(thread, None)
        if self._is_python[node]:
            GATE.enter()

    def go_on(self) -> None:
        """In a hook, when all is done."""
        if self._has_devices:
            GATE.leave(get_ident(), None)

    @contextlib.contextmanager
    def crossed(self) -> Iterator[None]:
        """Around the call of the engine: a node that raised has no hook after it."""
        try:
            yield
        finally:
            for thread in self._threads - {self._caller}:
                GATE.leave(thread, None)
