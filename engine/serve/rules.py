"""Rules of nodes: their records with the numbers of the newest pass, or PyTorch's own text where there is no record."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.autograd.function import BackwardCFunction
from torch.autograd.graph import Node as GradFn

from engine.autograd.recorder import Recorder
from engine.autograd.rules.catalogue import COMPLEX, RULES
from engine.autograd.rules.explain import explain
from engine.autograd.rules.own_formulas import OwnFormulas, OwnRule
from engine.autograd.rules.reading import SavedReader
from engine.autograd.rules.values import MissingError
from engine.protocol import messages as m
from engine.protocol.rules import NodeRule, RuleOperand, SavedValue
from engine.protocol.sentence import Sentence
from engine.protocol.tensor_values import short_dtype
from engine.serve.subjects import Subjects
from engine.shared.numbers import brief, number
from engine.tensors import native
from engine.tensors.reading import unobserved

_MAX_TEXT = 60  # characters of a saved value


class RuleBook:
    """Answers from the graph on screen and the newest backward pass. Only inside `GATE.reading`."""

    def __init__(self, recorder: Recorder, subjects: Subjects) -> None:
        self._recorder = recorder
        self._subjects = subjects
        self._own = OwnFormulas(torch.__version__)

    def rule(self, request: m.AskRule) -> m.RuleShown:
        """The rule of a node of a graph on screen; of any other there is none. A node of an earlier pass has no grad_fn
        any more: what it had saved is as far as snapshots keep it."""
        node = self._subjects.index.node(request.graph, request.node)
        if node is None or node.is_input:
            return m.RuleShown(request.id, rule=NodeRule(request.node, "none"))
        grad_fn = self._recorder.grad_fn(request.node)
        with unobserved():
            name = self._subjects.name(request.node)
            record = RULES.get(name)
            if record is None or self._subjects.is_beyond_records(request.node, takes_complex=name in COMPLEX):
                return m.RuleShown(request.id, rule=self._own_rule(request.node, name, grad_fn))
            subject = self._subjects.subject(request.node, record)
            return m.RuleShown(request.id, rule=explain(record, subject, request.cell))

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
        reader = SavedReader(grad_fn, lambda name: self._subjects.elsewhere(node, None, name))
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
