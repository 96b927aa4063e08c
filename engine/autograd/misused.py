"""Losses that get what was normalised already, and custom Functions that give nothing back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.records import Call, NodeRecord
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native

MAKE = {"SoftmaxBackward0": "softmax", "SigmoidBackward0": "sigmoid"}  # probabilities
_TAKES_SCORES = frozenset({"LogSoftmaxBackward0", "BinaryCrossEntropyWithLogitsBackward0"})
_TAKES_LOGARITHMS = frozenset({"NllLossBackward0", "NllLoss2DBackward0"})
_MOVES = re.compile(
    r"(View|UnsafeView|ReshapeAlias|Permute|Transpose|T|Squeeze|Unsqueeze|Select|Slice|Index|Clone|Alias|ToCopy)Backward\d"
)


def normalised_twice(nodes: Sequence[tuple[int, GradFn, NodeRecord]]) -> Iterator[Notice]:
    """One for each loss of a pass that takes scores, or their logarithms, and gets probabilities."""
    calls = {id(node): record.call for _, node, record in nodes}
    for _, node, record in nodes:
        name = native.name_of(node)
        if name not in _TAKES_SCORES | _TAKES_LOGARITHMS or record.call is None:
            continue
        below = behind_moves(node)
        inner = None if below is None or native.name_of(below) not in MAKE else calls.get(id(below))
        if below is not None and inner is not None and line_of(record.call) is not None and line_of(inner) is not None:
            said = _said(record.call, inner, MAKE[native.name_of(below)], is_of_scores=name in _TAKES_SCORES)
            yield Notice(said, source_of(record.call.place))


def behind_moves(node: GradFn, place: int = 0) -> GradFn | None:
    """What made an operand, the first one at first, before it was viewed or cast."""
    below = node.next_functions[place][0] if node.next_functions else None
    while below is not None and _MOVES.fullmatch(native.name_of(below)):
        below = below.next_functions[0][0]
    return below


def _said(outer: Call, inner: Call, kind: str, *, is_of_scores: bool) -> Sentence:
    if is_of_scores:
        return Sentence.of(
            "notice.normalised_twice",
            "{outer} makes probabilities of scores itself, and gets probabilities: the {kind} of {inner} at line "
            "{line} has made them already, so that the loss cannot come near 0, and its gradients are small. Give it "
            "the scores.",
            outer=expression_of(outer),
            kind=kind,
            inner=expression_of(inner),
            line=line_of(inner),
        )
    return Sentence.of(
        "notice.not_logarithms",
        "{outer} takes logarithms of probabilities, and gets the probabilities that the {kind} of {inner} at line "
        "{line} has made. Use F.log_softmax there, or F.cross_entropy of the scores.",
        outer=expression_of(outer),
        kind=kind,
        inner=expression_of(inner),
        line=line_of(inner),
    )


def gave_nothing(current: BackwardPass, nodes: Sequence[tuple[int, GradFn, NodeRecord]]) -> Iterator[Notice]:
    """One for each custom Function whose backward returned None for an operand that nothing else brings a gradient."""
    gradients, call = current.gradients, current.call
    for index, node, record in nodes:
        if (
            record.call is None
            or line_of(record.call) is None
            or native.is_of_torch(node)
            or not gradients.slots(index)
        ):
            continue
        for place, edge in enumerate(call.edges[index]):
            has_run = edge is not None and edge[0] in current.order and call.plan.expected[edge[0]] == 1
            if edge is not None and has_run and not gradients.slots(edge[0]):
                said = Sentence.of(
                    "notice.gave_nothing",
                    "{expression}: its backward returned None for operand {n}, so that nothing behind it gets a "
                    "gradient. Return one for each argument of forward that needs it, in their order.",
                    expression=expression_of(record.call),
                    n=place + 1,
                )
                yield Notice(said, source_of(record.call.place))
