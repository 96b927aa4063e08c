"""Where a gradient of zeros became one: the node that something else than zeros arrived at, and why it sent zeros."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable
from typing import NamedTuple

from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.calls import expression_of, line_of
from engine.autograd.graph.cuts import bare_name
from engine.autograd.graph.softmax_axis import softmax_axis
from engine.autograd.records import Call
from engine.protocol.graph_values import Edge
from engine.protocol.sentence import Sentence

_FLAT = re.compile(r"(Round|Floor|Ceil|Trunc|Sign|Sgn)")
_FLAT_FUNCTIONS = {"round", "floor", "ceil", "trunc", "fix", "sign", "sgn"}
_RECTIFIED = re.compile(r"(Relu|Threshold)")
_LIMITED = re.compile(r"(Hardtanh|Relu6|Clamp|ClampMin|ClampMax|Hardsigmoid|Hardswish)")
_SATURATED = re.compile(r"(Tanh|Sigmoid|Softmax|LogSoftmax|Erf|LogSigmoid)")
_CHOSEN = re.compile(
    r"(Where|MaskedFill|MaskedScatter|Index\w*|Select|Slice|Gather|Embedding|Max\w*|Min\w*|Amax|Amin|Split\w*|Unbind"
    r"|NativeDropout|Kthvalue|Median|Topk|Narrow|Fmax|Fmin|CopySlices)"
)
_MULTIPLIED = re.compile(r"(Mul|Mm|Bmm|Addmm|Baddbmm|Mv|Dot|Div|Linear|Convolution|Pow|Addcmul)")


class Origin(NamedTuple):
    """Where zeros came from: the node, or none where the pass began with zeros."""

    node: int
    is_known: bool  # whether what arrived there was kept


def origin(
    node: int, edges: Iterable[Edge], n_slots: Callable[[int], int], is_zero: Callable[[int, int], bool | None]
) -> Origin | None:
    """The nearest node on the way up that sent zeros and did not get them alone; None where all got nothing else.

    `edges` are those of the graph, `is_zero` says of what arrived at a node's output; None where that is not known.
    """
    senders: dict[int, list[int]] = {}
    for edge in edges:
        if edge.gradient:
            senders.setdefault(edge.target, []).append(edge.source)
    met, pending = {node}, deque([node])
    while pending:
        for sender in senders.get(pending.popleft(), ()):
            if sender in met:
                continue
            met.add(sender)
            arrived = [is_zero(sender, slot) for slot in range(max(n_slots(sender), 1))]
            if False in arrived:
                return Origin(sender, is_known=True)
            if True not in arrived:
                return Origin(sender, is_known=False)
            pending.append(sender)
    return None


def sentence(kind: str, call: Call | None, node: GradFn | None = None) -> Sentence:
    """Why a node called `kind`, "ReluBackward0", which `call` made, sends zeros where other numbers arrive. `node` is
    itself, where it is still there."""
    bare = re.sub(r"Backward\w*$", "", kind)
    if call is None or line_of(call) is None:
        return Sentence.of("zero.at_node", "{kind} made zeros of the gradient that arrived there.", kind=kind)
    axis = softmax_axis(node) if node is not None and "Softmax" in bare else None
    if axis is not None and axis[1] == 1:
        return Sentence.of(
            "zero.axis_of_one",
            "{expression} at line {line} normalises along axis {axis}, which has one element: the result is the same "
            "whatever comes in, and its derivative is 0. Give it the axis whose elements are to add up to 1.",
            expression=expression_of(call),
            line=line_of(call),
            axis=axis[0],
        )
    for pattern, say in _BY_KIND:
        if pattern.fullmatch(bare) and (say is not derivative_is_zero or is_flat(call)):
            return say(call)
    return Sentence.of(
        "zero.at_call",
        "{expression} at line {line} made zeros of the gradient that arrived there: look at its numbers with the rule "
        "of its node.",
        expression=expression_of(call),
        line=line_of(call),
    )


def set_since(name: str) -> Sentence:
    """Of a `.grad` of zeros to which the newest pass brought something else."""
    return Sentence.of(
        "zero.set_since",
        "{name}.grad is 0 everywhere, and what the newest pass brought was not: it has been set to 0 since, as "
        "zero_grad(set_to_none=False) does, or what was there before cancelled it.",
        name=name,
    )


def is_flat(call: Call) -> bool:
    """Whether a call is one of a function of steps, and not of another that works with its result, as F.lp_pool2d with
    signs: through the rest of that a gradient comes back."""
    return bare_name(call.function).removesuffix("_") in _FLAT_FUNCTIONS


def derivative_is_zero(call: Call) -> Sentence:
    """Of a function whose derivative is 0 wherever it exists."""
    return Sentence.of(
        "notice.derivative_is_zero",
        "{expression} has the derivative 0 everywhere: nothing that it was computed from gets another "
        "gradient through it.",
        expression=expression_of(call),
    )


def _rectified(call: Call) -> Sentence:
    return Sentence.of(
        "zero.rectified",
        "{expression} at line {line} let none of it through: wherever a gradient arrives its input is not above 0; a "
        "smaller rate or another start keeps units alive, and F.leaky_relu lets a little through.",
        expression=expression_of(call),
        line=line_of(call),
    )


def _limited(call: Call) -> Sentence:
    return Sentence.of(
        "zero.limited",
        "{expression} at line {line} let none of it through: wherever a gradient arrives its input lies outside of the "
        "limits; widen them, or scale the input.",
        expression=expression_of(call),
        line=line_of(call),
    )


def _saturated(call: Call) -> Sentence:
    return Sentence.of(
        "zero.saturated",
        "{expression} at line {line} is saturated: to the last digit its derivative is 0 wherever a gradient arrives; "
        "scale its input down, or compute the loss from the scores themselves, as F.cross_entropy does.",
        expression=expression_of(call),
        line=line_of(call),
    )


def _chosen(call: Call) -> Sentence:
    return Sentence.of(
        "zero.not_chosen",
        "{expression} at line {line} took nothing from here that a gradient comes back to: what arrives there belongs "
        "to other elements.",
        expression=expression_of(call),
        line=line_of(call),
    )


def _multiplied(call: Call) -> Sentence:
    return Sentence.of(
        "zero.multiplied",
        "{expression} at line {line} multiplied it by zeros: what this was multiplied with is 0 wherever a gradient "
        "arrives, as a weight that starts at zeros or a mask.",
        expression=expression_of(call),
        line=line_of(call),
    )


_BY_KIND = (
    (_FLAT, derivative_is_zero),
    (_RECTIFIED, _rectified),
    (_LIMITED, _limited),
    (_SATURATED, _saturated),
    (_CHOSEN, _chosen),
    (_MULTIPLIED, _multiplied),
)
