"""Losses that get what was normalised already, and steps of optimizers whose gradients were emptied before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from torch.autograd.graph import Node as GradFn
from torch.optim import Optimizer

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.node_names import user_names
from engine.autograd.optimizer_groups import held_by
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.call_site import CallSite
from engine.autograd.recorder import Recorder
from engine.autograd.records import Call, NodeRecord
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import origin_words
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


def emptied_before_steps(
    namespace: Mapping[str, Any], recorder: Recorder, current: BackwardPass, site: CallSite
) -> Iterator[Notice]:
    """One for each optimizer whose newest step found no gradient, although the newest pass, before it, brought some."""
    known = [record.ran_in for record in map(recorder.seen.record_of, current.call.nodes) if record is not None]
    n_before = max((mark.number for mark in known if mark is not None), default=-1)
    for name, value in user_names(namespace):
        if not issubclass(type(value), Optimizer) or value not in recorder.seen.empty_steps or name.startswith("_"):
            continue
        call = recorder.seen.empty_steps[value]
        if call.number > n_before >= 0 and any(current.has_reached(parameter) for parameter in held_by(value)):
            said = Sentence.of(
                "notice.emptied_before_step",
                "{step} (line {step_line}) found no gradient and changed nothing: {origin} (line {line}) had brought "
                "one to the parameters of {name}, and it was emptied in between, as zero_grad() does. Call that before "
                "backward, or after the step.",
                step=expression_of(call),
                step_line=line_of(call) or 0,
                origin=origin_words(site.origin),
                line=site.line,
                name=name,
            )
            yield Notice(said, source_of(call.place))
