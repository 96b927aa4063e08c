"""Why a node of a graph, or a variable's `.grad`, has no gradient, one of zeros, or one that is not finite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from msgspec.structs import replace
from torch import Tensor, nn

from engine.autograd import why_no_grad, zeros
from engine.autograd.finite.check import all_finite
from engine.autograd.graph import cuts
from engine.autograd.graph.calls import source_of
from engine.autograd.graph.ghosts import leads_to
from engine.autograd.graph.node_names import named_tensors
from engine.autograd.graph.why_no_graph import of_whole_numbers
from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.autograd.records import Call, LeafRecord, dtype_name
from engine.autograd.why_arrived import why_none_arrived
from engine.program.lookup import grad_of, resolve, resolve_tensor
from engine.program.module_tree import named_parameters_in
from engine.protocol import messages as m
from engine.protocol.graph_values import Graph, Node
from engine.protocol.not_finite import Found
from engine.protocol.sentence import Sentence
from engine.protocol.why import GradientWhy
from engine.serve.first_not_finite import KeptValues
from engine.shared.phrases import origin_words
from engine.tensors import native
from engine.tensors.reading import unobserved
from engine.tensors.unseen import Unseen


class WhyBook:
    """Answers from the live namespace, the graphs on screen and the newest pass. Only inside `GATE.reading`."""

    def __init__(self, namespace: Mapping[str, Any], recorder: Recorder, controller: BackwardController) -> None:
        self._namespace = namespace
        self._recorder = recorder
        self._controller = controller
        self._origin: tuple[tuple[int, int], Node, Found | None] | None = None  # by graph and pass

    def why(self, request: m.AskWhy) -> m.WhyShown:
        """Of a variable by its name, else of a node. Raises EngineError where a variable is no tensor."""
        with unobserved():
            return m.WhyShown(request.id, why=self._variable(request.name) if request.name else self._node(request))

    # -- a variable

    def _variable(self, name: str) -> GradientWhy:
        value = resolve(self._namespace, name)
        if issubclass(type(value), nn.Module):
            return self._module(value, name)
        tensor = resolve_tensor(self._namespace, name)
        grad = grad_of(tensor)
        if grad is None:
            return self._missing(tensor, name)
        return self._numbers(GradientWhy(name=name, has_gradient=True), grad, self._recorder.node_of(tensor))

    def _numbers(self, why: GradientWhy, grad: Tensor, node_id: int) -> GradientWhy:
        """Of a `.grad` that is there: what it holds came with the newest pass only where that brought the like."""
        graph, is_zero = self._recorder.current(), _is_zero(grad)
        if not is_zero and _is_finite(grad):
            return why
        is_known = graph is not None and node_id >= 0
        arrived = self._controller.values.gradient(node_id, 0)[0] if is_known else None
        if not is_zero:
            return self._not_finite(why, None if arrived is None or _is_finite(arrived) else graph)
        if graph is None or node_id < 0:
            return replace(why, said=(Sentence.of("zero.in_grad", "{name}.grad is 0 everywhere.", name=why.name),))
        if arrived is not None and not _is_zero(arrived):
            return replace(why, said=(zeros.set_since(why.name),))
        return self._zeros(why, graph, node_id)

    def _module(self, module: nn.Module, name: str) -> GradientWhy:
        """Of the first of its parameters that has none."""
        parameters = dict(named_parameters_in(module, name))
        missing = [path for path, parameter in parameters.items() if grad_of(parameter) is None]
        if not missing:
            return GradientWhy(name=name, has_gradient=bool(parameters))
        why = self._missing(parameters[missing[0]], missing[0])
        counted = why_no_grad.of_parameters(name, len(missing), len(parameters))
        return replace(why, name=name, said=(counted, *why.said))

    def _missing(self, tensor: Tensor, name: str) -> GradientWhy:
        """Its `.grad` is None."""
        said = self._controller.known.why_no_grad(tensor, name) or why_no_grad.not_arrived(name)
        requires_grad, made = native.requires_grad(tensor), self._recorder.seen.maker(tensor)
        if requires_grad and self._recorder.node_of(tensor) < 0:
            cut = self._cut_before(tensor)
            if cut is not None:
                first = said if said.code == "grad.not_reached" else why_no_grad.behind_cut()
                return self._cut(GradientWhy(name=name), *cut, first)
        if made is not None and made.cause is not None and not requires_grad:
            call = made.cause[1]
            return GradientWhy(name=name, said=(said,), place=source_of(call.place), behind=self._behind(call))
        more = (self._way_out(tensor, name),) if said.code == "grad.not_required" else ()
        return GradientWhy(name=name, said=(said, *more), place=None if made is None else source_of(made.place))

    def _way_out(self, tensor: Tensor, name: str) -> Sentence:
        """Of a tensor that does not require a gradient, and that nothing cut off from one."""
        if not (native.is_floating_point(tensor) or native.is_complex(tensor)):
            return of_whole_numbers(name, dtype_name(native.dtype(tensor)))
        return why_no_grad.require_it(name)

    def _cut_before(self, tensor: Tensor) -> tuple[str, str, Call] | None:
        """What cut off the graph on screen from a tensor: the name of what was cut off, the kind of cut, its call.

        Where that leads is known while the program holds it; else, of a tensor that was taken, the first cut is named
        whose source is gone.
        """
        graph, gone = self._recorder.current(), None
        for node in graph.nodes if graph is not None else ():
            record = self._recorder.leaf_record(node.id)
            if record is None or record.made is None or record.made.cause is None:
                continue
            kind, call = record.made.cause
            sources = [severed.reference() for severed in call.severed]
            if any(one is not None and leads_to(one, tensor) for one in sources):
                return _name(node), kind, call
            gone = (_name(node), kind, call) if gone is None and None in sources else gone
        taker = self._recorder.seen.severed_by(tensor)
        if taker is None or taker.cause is None or taker.cause[1] is not taker:
            return gone if self._recorder.seen.was_used(tensor) else None  # what nobody took lies behind nothing
        return why_no_grad.result_of(taker), taker.cause[0], taker

    def _cut(self, why: GradientWhy, name: str, kind: str, call: Call, *before: Sentence) -> GradientWhy:
        return GradientWhy(
            why.node,
            why.name,
            said=(*before, cuts.sentence(kind, name, call)),
            place=source_of(call.place),
            behind=self._behind(call),
        )

    def _behind(self, call: Call) -> str:
        """The variable of a tensor with a graph that a call cut off."""
        found = [severed.reference() for severed in call.severed]
        behind = {id(tensor) for tensor in found if tensor is not None and native.grad_fn(tensor) is not None}
        if not behind:
            return ""
        return next((name for name, tensor in named_tensors(self._namespace) if id(tensor) in behind), "")

    # -- a node

    def _node(self, request: m.AskWhy) -> GradientWhy:
        graph = self._recorder.graph_of_id(request.graph)
        node = None if graph is None else next((one for one in graph.nodes if one.id == request.node), None)
        if graph is None or node is None:
            return GradientWhy(request.node)
        if node.is_ghost:
            return self._ghost(graph, node)
        record = self._recorder.leaf_record(node.id)
        if node.is_input:
            return self._input(node, record)
        if node.outputs and not node.outputs[request.slot].has_derivative:
            return GradientWhy(node.id, said=(why_no_grad.without_derivative(),))
        gradient, note = self._controller.values.gradient(node.id, request.slot)
        if gradient is None:
            said = why_none_arrived(graph, node, request.slot, self._controller.state, note)
            return GradientWhy(node.id, said=(said,), place=node.source)
        if _is_zero(gradient):
            return self._zeros(GradientWhy(node.id, has_gradient=True), graph, node.id)
        if not _is_finite(gradient):
            return self._not_finite(GradientWhy(node.id, has_gradient=True), graph)
        return GradientWhy(node.id, has_gradient=True, said=self._not_kept(node))

    def _not_kept(self, node: Node) -> tuple[Sentence, ...]:
        """A gradient has passed, and the variable's `.grad` is None all the same."""
        tensor = self._namespace.get(node.variable) if node.kind == "backward" and node.variable else None
        if not isinstance(tensor, Tensor) or self._recorder.node_of(tensor) != node.id or grad_of(tensor) is not None:
            return ()
        said = self._controller.known.why_no_grad(tensor, node.variable)
        return () if said is None else (said,)

    def _input(self, node: Node, record: LeafRecord | None) -> GradientWhy:
        why, name = GradientWhy(node.id, place=node.source), _name(node)
        made = None if record is None else record.made
        if made is not None and made.cause is not None:
            return self._cut(why, name, *made.cause)
        tensor = None if record is None else record.reference()
        said: tuple[Sentence, ...]
        if record is not None and not record.dtype.startswith(("float", "bfloat", "complex")):
            said = (of_whole_numbers(name, record.dtype),)
        elif tensor is not None and native.requires_grad(tensor):
            said = (why_no_grad.required_late(name),)
        else:
            said = why_no_grad.not_required(name), why_no_grad.require_it(name)
        return GradientWhy(node.id, said=said, place=node.source)

    def _ghost(self, graph: Graph, node: Node) -> GradientWhy:
        """By the cut in front of it."""
        leading = {edge.target: edge.source for edge in graph.edges if not edge.gradient}
        kinds = {one.id: one for one in graph.nodes}
        at = node.id
        while kinds[at].is_ghost and at in leading:
            at = leading[at]
        record = self._recorder.leaf_record(at)
        if record is None or record.made is None or record.made.cause is None:
            return GradientWhy(node.id)
        kind, call = record.made.cause
        why = self._cut(GradientWhy(node.id), _name(kinds[at]), kind, call, why_no_grad.behind_cut())
        return GradientWhy(node.id, said=why.said, place=why.place, cause=at, behind=why.behind)

    # -- zeros

    def _zeros(self, why: GradientWhy, graph: Graph, node_id: int) -> GradientWhy:
        nodes = {node.id: node for node in graph.nodes}
        found = zeros.origin(node_id, graph.edges, lambda sender: len(nodes[sender].outputs), self._is_zero)
        if found is None:
            state = self._controller.state
            origin = Sentence.phrase("words.the_pass", "the pass") if state is None else origin_words(state.origin)
            said = Sentence.of("zero.from_the_start", "{origin} began with a gradient of zeros.", origin=origin)
            return GradientWhy(why.node, why.name, True, (said,))
        node, grad_fn = nodes[found.node], self._recorder.grad_fn(found.node)
        record = None if grad_fn is None else self._recorder.seen.record_of(grad_fn)
        said = zeros.sentence(node.name, None if record is None else record.call, grad_fn)
        return GradientWhy(why.node, why.name, True, (said,), node.source, found.node)

    # -- what is not finite

    def _not_finite(self, why: GradientWhy, graph: Graph | None) -> GradientWhy:
        """By the first operation of the graph that made such a number, once found the same for all of a pass."""
        state = self._controller.state
        at = (-1 if graph is None else graph.id, -1 if state is None else state.pass_id)
        if self._origin is None or self._origin[0] != at:
            found = None if graph is None else KeptValues(self._recorder, self._controller).origin(graph)
            if found is None:
                return replace(why, said=(_origin_not_kept(),))
            self._origin = at, *found
        _, node, told = self._origin
        said = _at_node(node) if told is None else told.said
        cure = () if told is None or told.cure is None else (told.cure,)
        return replace(why, said=(said, *cure), place=node.source, cause=-1 if node.id == why.node else node.id)

    def _is_zero(self, node: int, slot: int) -> bool | None:
        gradient, _ = self._controller.values.gradient(node, slot)
        return None if gradient is None else _is_zero(gradient)


def _is_zero(tensor: Tensor) -> bool:
    """Whether a gradient has elements, and 0 in all of them. A sparse one has what is not 0."""
    bare = native.bare(tensor)
    if native.layout(bare) is not torch.strided or bare.numel() == 0:
        return False
    return not bool(bare.any())


def _origin_not_kept() -> Sentence:
    return Sentence.of(
        "not_finite.origin_not_kept",
        "NaN or Inf is in this gradient; of what first made it nothing is kept. Stepped, the program is held there.",
    )


def _at_node(node: Node) -> Sentence:
    return Sentence.of("not_finite.at_node", "{kind} made the first number that is not finite.", kind=node.name)


def _is_finite(tensor: Tensor) -> bool:
    """True also of what cannot be checked, as a sparse one."""
    with Unseen():
        return all_finite([native.bare(tensor)])


def _name(node: Node) -> str:
    """What the program calls a tensor that a graph begins at."""
    text = node.source.text if node.source is not None else ""
    return node.variable or (text if text and "\n" not in text else "") or "this tensor"
