"""The nodes that a backward pass with create_graph=True makes, each tied to the node of the pass that made it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import get_ident
from typing import Any

import torch
from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.autograd.passes.call_graph import CallGraph
from engine.autograd.passes.call_site import CallSite
from engine.autograd.recorder import Recorder
from engine.autograd.records import Layer, Made
from engine.tensors import native

_sequence_nr: Callable[[], int] = torch.autograd._get_sequence_nr  # type: ignore[attr-defined]
_functorch = torch._C._functorch


class Births:
    """Of one pass, told by its hooks of what arrives at a node and what it hands on; what leads back from there to
    the nodes that were there before was born in between. Called inside `Unseen`, on the thread of each node.

    Each device's thread numbers nodes by itself: of what it makes, numbers below its first are older.
    """

    def __init__(self, call: CallGraph, layer: Layer, recorder: Recorder) -> None:
        self._call = call
        self._layer = layer
        self._recorder = recorder
        self._first = {get_ident(): _sequence_nr()}  # by thread: that of the first node which it makes in this pass

    def arrived(self, node: int, gradients: Sequence[Tensor | None]) -> None:
        """A node is about to run: what is new was made on the way there."""
        self._first.setdefault(get_ident(), _sequence_nr())
        self._name(node, gradients, is_meeting=True)

    def left(self, node: int, gradients: Sequence[Tensor | None]) -> None:
        """A node has run: what is new it has made, also of the `.grad` that it wrote."""
        leaf = native.leaf_of(self._call.nodes[node])
        self._name(node, gradients if leaf is None else (native.grad(leaf),), is_meeting=False)

    def captured(self, gradients: Sequence[Tensor | None]) -> None:
        """What autograd.grad returns was summed up on the way to its inputs."""
        for target, gradient in zip(self._call.captured_inputs, gradients, strict=True):
            if target is not None:
                self._name(target[0], (gradient,), is_meeting=True)

    def _name(self, node: int, gradients: Sequence[Tensor | None], *, is_meeting: bool) -> None:
        found = [born for one in gradients if one is not None for born in _grad_fns(one)]
        made: Made | None = None
        while found:
            born = found.pop()
            if not self._is_fresh(born):
                continue
            record = self._recorder.record_for(born)
            if record.made is not None:
                continue
            made = made or self._made(node, is_meeting=is_meeting)
            record.made = made
            record.call = record.call or self._layer.call
            found += [below for below, _ in born.next_functions if below is not None]

    def _is_fresh(self, node: GradFn) -> bool:
        """Whether this pass has made a node."""
        first = self._first[get_ident()]
        return native.sequence_nr(node) >= first and native.leaf_of(node) is None and self._call.index(node) < 0

    def _made(self, node: int, *, is_meeting: bool) -> Made:
        grad_fn = self._call.nodes[node]
        record = self._recorder.record_for(grad_fn)
        return Made(self._layer, record.node_id, native.name_of(grad_fn).rpartition("::")[2], record.call, is_meeting)


def births_in(call: CallGraph, recorder: Recorder, site: CallSite, pass_index: int, run: int) -> Births:
    """Of a pass that is about to run. Its layer is one above the highest that it goes through."""
    records = (recorder.seen.record_of(node) for node, runs in zip(call.nodes, call.runs, strict=True) if runs)
    made = (record.made for record in records if record is not None)
    order = 1 + max((one.layer.order for one in made if one is not None), default=1)
    public = recorder.seen.public_call or recorder.seen.call(torch.autograd.grad)
    return Births(call, Layer(public, order, site.origin, site.line, 0 if site.is_owned else pass_index, run), recorder)


def _grad_fns(tensor: Tensor) -> Iterator[Any]:
    """Of a tensor, and of what is inside it in torch.func, which has a graph at each level."""
    while True:
        node = native.grad_fn(tensor)
        if node is not None:
            yield node
        if not (_functorch.is_gradtrackingtensor(tensor) or _functorch.is_batchedtensor(tensor)):
            return
        tensor = _functorch.get_unwrapped(tensor)
