"""Rules of nodes: their records with the numbers of the newest pass, or PyTorch's own text where there is no record."""

from __future__ import annotations

import re
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import BackwardCFunction
from torch.autograd.graph import Node as GradFn

from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.autograd.records import slot_shape
from engine.autograd.rules.catalogue import RULES
from engine.autograd.rules.explain import Sent, Subject, explain
from engine.autograd.rules.own_formulas import OwnFormulas, OwnRule
from engine.autograd.rules.reading import SavedReader
from engine.autograd.rules.rule import Rule
from engine.autograd.rules.values import MissingError
from engine.program.lookup import grad_of
from engine.protocol import messages as m
from engine.protocol.rules import NodeRule, RuleOperand, SavedValue
from engine.protocol.sentence import Sentence
from engine.protocol.values import short_dtype
from engine.serve.graph_index import GraphIndex
from engine.shared.numbers import brief, number
from engine.tensors import native
from engine.tensors.reading import unobserved

_OUTPUT = re.compile(r"result(\d?)|values")
_OF_INDICES = frozenset({"indices", "index", "condition", "mask"})
_NAMES = {"AccumulateGrad": "torch::autograd::AccumulateGrad"}  # as PyTorch has them
_MAX_TEXT = 60  # characters of a saved value


class RuleBook:
    """Answers from the graph on screen and the newest backward pass. Only inside `GATE.reading`."""

    def __init__(self, recorder: Recorder, controller: BackwardController) -> None:
        self._recorder = recorder
        self._controller = controller
        self._own = OwnFormulas(torch.__version__)
        self._index = GraphIndex(recorder)

    def rule(self, request: m.AskRule) -> m.RuleShown:
        """The rule of a node of a graph on screen; of any other there is none. A node of an earlier pass has no grad_fn
        any more: what it had saved is as far as snapshots keep it."""
        node = self._index.node(request.graph, request.node)
        if node is None or node.is_input:
            return m.RuleShown(request.id, rule=NodeRule(request.node, "none"))
        grad_fn = self._recorder.grad_fn(request.node)
        with unobserved():
            name = _NAMES.get(node.name, node.name) if grad_fn is None else native.name_of(grad_fn)
            record = RULES.get(name)
            if record is None or self._is_beyond_records(request.node):
                return m.RuleShown(request.id, rule=self._own_rule(request.node, name, grad_fn))
            subject = self._subject(request.node, grad_fn, record)
            return m.RuleShown(request.id, rule=explain(record, subject, request.cell))

    def _is_beyond_records(self, node: int) -> bool:
        """Records are of dense, real numbers."""
        arrived = (
            self._controller.values.gradient(node, slot)[0] for slot in range(len(self._index.nodes[node].outputs))
        )
        return any(g is not None and (native.is_complex(g) or native.layout(g) is not torch.strided) for g in arrived)

    # -- a record

    def _subject(self, node: int, grad_fn: GradFn | None, record: Rule) -> Subject:
        arriving = [
            None if gradient is None else native.bare(gradient)
            for gradient, _ in (
                self._controller.values.gradient(node, slot) for slot in range(len(self._index.nodes[node].outputs))
            )
        ]
        reader = SavedReader(grad_fn, lambda name: self._elsewhere(node, record, name))
        if grad_fn is None:
            operands = [self._once_sent(node, place) for place in range(self._index.n_operands(node))]
        else:
            operands = [self._sent(node, place, edge) for place, edge in enumerate(grad_fn.next_functions)]
        leaf = self._recorder.leaf(node)
        grad = None if leaf is None else grad_of(leaf)
        grad = None if grad is None else native.bare(grad)
        return Subject(node, self._index.output_name(node), reader.read, arriving, operands, grad)

    def _sent(self, node: int, place: int, edge: tuple[Any, int]) -> Sent | None:
        below, slot = edge
        if below is None:
            return None
        shape = slot_shape(below._input_metadata[slot]) or ()
        leaving, said = self._controller.values.leaving(node, place)
        return Sent(
            self._index.operand_name(node, place), shape, None if leaving is None else native.bare(leaving), said
        )

    def _once_sent(self, node: int, place: int) -> Sent | None:
        """Of an earlier pass."""
        edge = self._index.edge(node, place)
        if edge is None:
            return None
        sent, said = self._controller.values.leaving(node, place)
        name = self._index.operand_name(node, place)
        return Sent(name, edge.shape or (), None if sent is None else native.bare(sent), said)

    # -- saved values that the node has no more

    def _elsewhere(self, node: int, record: Rule | None, name: str) -> Any:
        """As a held pass has kept it, else the snapshot of what it was."""
        kept = self._controller.values.small_saved(node, name)
        if kept is not None or record is None:
            return kept
        output = _OUTPUT.fullmatch(name)
        if output:
            return self._recorder.value(node, int(output[1] or 0))[0]
        found = self._operand_value(node, record, name)
        return self._input_value(node, record, name) if found is None else found

    def _operand_value(self, node: int, record: Rule, name: str) -> Tensor | None:
        """The operand that was saved by this name."""
        symbols = [symbol for symbol, saved in record.saved.items() if saved == name]
        places = [place for place, operand in enumerate(record.operands) if operand.symbol in symbols]
        edge = self._index.edge(node, places[0]) if places and not record.is_list else None
        return None if edge is None else self._recorder.value(edge.target, edge.target_slot)[0]

    def _input_value(self, node: int, record: Rule, name: str) -> Tensor | None:
        """The only one that it can be of the inputs that need no gradient: of whole numbers where an index is meant,
        else of a name that the record's formula has, which no call leaves out. None of an earlier pass: its node can
        no longer say which size it saved, and what the program has may have been viewed otherwise inside the call."""
        grad_fn = self._recorder.grad_fn(node)
        is_named = name in record.saved.values()
        is_index = name in _OF_INDICES or (name == "target" and not is_named)
        if grad_fn is None or not (is_named or is_index):
            return None
        values = (self._recorder.value(edge.target, 0)[0] for edge in self._index.edges(node) if not edge.gradient)
        size = getattr(grad_fn, f"_saved_{name}_sym_sizes", None)
        found = [
            one
            for one in values
            if one is not None
            and native.is_floating_point(one) != is_index
            and size in (None, (), tuple(native.shape(one)))
        ]
        return found[0] if len(found) == 1 else None

    # -- PyTorch's own text

    def _own_rule(self, node: int, name: str, grad_fn: GradFn | None) -> NodeRule:
        if isinstance(grad_fn, BackwardCFunction):
            said = Sentence.of("rule.is_programs", "A function of the program: its rule is its own backward method.")
            return NodeRule(node, "none", said=(said,))
        own = self._own.get(name)
        if own is not None:
            return self._written(node, grad_fn, own)
        if self._own.is_loading:
            return NodeRule(node, "loading")
        if self._own.failure:
            said = Sentence.of(
                "rule.formulas_unread", "PyTorch's own formulas could not be read: {reason}.", reason=self._own.failure
            )
            return NodeRule(node, "none", said=(said,))
        said = Sentence.of("rule.none_known", "PyTorch publishes no formula of this node.")
        return NodeRule(node, "none", said=(said,))

    def _written(self, node: int, grad_fn: GradFn | None, own: OwnRule) -> NodeRule:
        operands = []
        for formula in own.formulas:
            names = ", ".join(formula.operands)
            operands.append(RuleOperand(names, (f"∂L/∂{names} = {formula.text}",)))
        reader = SavedReader(grad_fn, lambda name: self._elsewhere(node, None, name))
        saved = tuple(SavedValue(name, _text(reader, name)) for name in own.saved if not name.endswith("_scalar_type"))
        return NodeRule(node, "pytorch", (own.schema,), None, tuple(operands), saved)


def _text(reader: SavedReader, name: str) -> str:
    """A saved value in a few words: a tensor's kind, a number or a list as it is."""
    try:
        value = reader.read(name)
    except MissingError:
        return "not kept"
    if not isinstance(value, Tensor):
        text = brief(value) if isinstance(value, float) else str(value)
        return text if len(text) <= _MAX_TEXT else f"{text[:_MAX_TEXT]}…"
    kind = f"{short_dtype(str(native.dtype(value)).removeprefix('torch.'))} {tuple(native.shape(value))}"
    return f"{number(value.item())} ({kind})" if value.numel() == 1 and not native.is_complex(value) else kind
