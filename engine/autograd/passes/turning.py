"""The node of a backward pass that makes a gradient NaN or infinite out of finite ones."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import msgspec
from torch import Tensor

from engine.autograd.finite.check import all_finite, can_be_checked, extremes, has_numbers, is_surely_finite
from engine.autograd.finite.finding import Finding, of_node
from engine.autograd.finite.operands import name_of_output
from engine.autograd.finite.watch import FiniteWatch
from engine.autograd.passes.call_graph import CallGraph
from engine.autograd.recorder import Recorder
from engine.autograd.records import PLAIN_TENSORS
from engine.protocol.backward_values import BackwardState
from engine.protocol.graph_values import Node
from engine.tensors import native
from engine.tensors.gate import GATE
from engine.tensors.unseen import Spared, quiet, spare

# They hand on what arrives, in another shape or no larger.
_HARMLESS = frozenset(
    f"{name}Backward0"
    for name in (
        *("T", "View", "UnsafeView", "ReshapeAlias", "Transpose", "Permute", "Unsqueeze", "Squeeze", "Select", "Slice"),
        *("Clone", "Neg", "Relu", "Tanh", "Sigmoid", "Cat", "Stack", "Split", "Alias", "Unbind", "Tril", "Triu"),
        *("Add", "Sub", "Sum", "Mean"),
    )
)
_is_harmless: dict[type, bool] = {}  # by the type of a node


class Turns(Protocol):
    """A pass, whose `turned` is what the node that has just run made."""

    call: CallGraph
    ids: list[int]
    turned: Turned | None


class Turning:
    """Of one pass, asked after each node with what it handed on and what had arrived. `at` is called inside `Unseen`.

    `ids` are of breakpoints that wait for this; `watch` says whether the person wants a pause without one.
    """

    def __init__(self, call: CallGraph, ids: Sequence[int], watch: FiniteWatch) -> None:
        self._ids = tuple(ids)
        self._watch = watch
        self._nodes = call.nodes
        self._has_turned = False  # a gradient of this pass is not finite

    @classmethod
    def wanted(
        cls, call: CallGraph, ids: Sequence[int], watch: FiniteWatch, before: Turning | None = None
    ) -> Turning | None:
        """None where nobody waits for it. `before`: what was asked until now, where others wait in the midst of a
        pass."""
        if not ids and not watch.is_on:
            return None
        made = cls(call, ids, watch)
        made._has_turned = before is not None and before._has_turned
        return made

    def is_harmless(self, node: int) -> bool:
        """Whether a node makes nothing that is not finite of what is."""
        kind = type(self._nodes[node])
        is_harmless = _is_harmless.get(kind)
        if is_harmless is None:
            is_harmless = _is_harmless[kind] = native.name_of(self._nodes[node]) in _HARMLESS
        return is_harmless

    def is_bad(self, node: int, handed_on: Sequence[Tensor | None]) -> bool:
        """Whether a node, which has run, handed on what is not finite. On the path of every node."""
        if self.is_harmless(node):
            return False
        gradients = [gradient for gradient in handed_on if gradient is not None]
        try:
            if PLAIN_TENSORS.issuperset(map(type, gradients)) and all(map(is_surely_finite, gradients)):
                return False
            with quiet():
                return not all_finite(gradients)
        except Exception as error:
            spare(error)
            return False

    def at(self, node: int, handed_on: Sequence[Tensor | None], arrived: Sequence[Tensor | None]) -> Turned | None:
        """What turned here; None where nothing did, or nobody waits for it."""
        leaving = [None if one is None or not can_be_checked(one) else one for one in handed_on]
        arriving = [native.bare(one) for one in arrived if one is not None and can_be_checked(one)]
        was_finite = all_finite(arriving)
        is_first, self._has_turned = not self._has_turned, True
        if not was_finite and not is_first:
            return None
        wants_pause = self._watch.is_on and is_first and not self._watch.has_spread
        if not wants_pause and not self._ids:
            return None
        return Turned(self._ids if was_finite or is_first else (), arriving, leaving, was_finite=was_finite)


class Turned:
    """What the node handed on, and what it had got."""

    def __init__(
        self, ids: tuple[int, ...], arriving: list[Tensor], leaving: list[Tensor | None], *, was_finite: bool
    ) -> None:
        self.ids = ids
        self._arriving, self._was_finite = arriving, was_finite
        self._leaving = [None if one is None else native.bare(one) for one in leaving]

    def finding(self, recorder: Recorder, grad_fn: Any, node_id: int) -> Finding:
        """What is told of it. Inside `Unseen`."""
        place, made = next(
            (place, one) for place, one in enumerate(self._leaving) if one is not None and not extremes(one).is_finite
        )
        graph = recorder.current()
        nodes = {node.id: node for node in graph.nodes} if graph is not None else {}
        values = _values(recorder, grad_fn, nodes)
        here = nodes.get(node_id)
        text = here.source.text.splitlines()[0] if here is not None and here.source and here.source.text else ""
        target = values[place][0] if place < len(values) else f"operand {place + 1}"
        return of_node(
            native.name_of(grad_fn),
            "NaN" if extremes(made).has_nan else "Inf",
            None if here is None else here.source,
            text or native.name_of(grad_fn),
            self._arriving,
            values,
            (f"gradient for {target}", made),
            has_arrived=not self._was_finite,
        )


@contextlib.contextmanager
def told(current: Turns, node: int, state: BackwardState, recorder: Recorder) -> Iterator[None]:
    """While a pass is held where a gradient turned, that is told, and its tensors can be asked for."""
    finding: Finding | None = None
    if current.turned is not None:
        with GATE.inside(), Spared():
            finding = current.turned.finding(recorder, current.call.nodes[node], current.ids[node])
            found = msgspec.structs.replace(finding.found, node=current.ids[node], pass_index=state.pass_index)
            finding = Finding(found, finding.tensors)
    if finding is None:
        yield
        return
    stop = recorder.finite
    stop.watch.has_spread = stop.watch.has_spread or finding.found.kind == "NaN"
    stop.hold.show(finding)
    try:
        yield
    finally:
        stop.hold.show(None)


def _values(recorder: Recorder, grad_fn: Any, nodes: dict[int, Node]) -> list[tuple[str, Any]]:
    """What the operation of a node took, by name, in its order; what was not recorded is None."""
    record = recorder.seen.record_of(grad_fn)
    constants = iter(() if record is None else [leaf for leaf in record.inputs if not leaf.requires_grad])
    found: list[tuple[str, Any]] = []
    for position, (below, slot) in enumerate(grad_fn.next_functions):
        name, value = f"operand {position + 1}", None
        if below is None:
            constant = next(constants, None)
            value = None if constant is None or constant.value is None else constant.value.tensor
        else:
            leaf = native.leaf_of(below)
            node_id = recorder.node_id(below)
            value = recorder.value(node_id, slot)[0] if leaf is None else leaf
            name = name_of_output(nodes.get(node_id), slot, position)
        found.append((name, native.bare(value) if value is not None and has_numbers(value) else None))
    return found
