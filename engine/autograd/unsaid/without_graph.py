"""Gradients that grad() computed without a graph, of which a loss is made as if it could be derived again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import torch

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.optimizer_groups import held_by
from engine.autograd.records import Call, LeafRecord
from engine.autograd.training_events import Taken
from engine.autograd.unsaid.graph_walks import leaves_below
from engine.autograd.unsaid.run import Run
from engine.autograd.unsaid.way_to_loss import reached_through, summands
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import at_line
from engine.tensors import native

_SUMS = re.compile(r"(Add|Sub|Rsub)Backward\d")
# What a sum of gradients goes through up to a loss: cells, each for itself, and sums over them. A layer is none.
_TO_LOSS = re.compile(
    r"(Add|Sub|Rsub|Mul|Div|Neg|Pow|Square|Sqrt|Abs|Exp|Log|Mean|Sum|Norm|LinalgVectorNorm|MseLoss|L1Loss|SmoothL1Loss"
    r"|HuberLoss|View|UnsafeView|Reshape\w*|Squeeze|Unsqueeze|Select|Slice|Cat|Stack|Expand|T|Transpose|Permute|ToCopy"
    r"|Clone|Alias|Max|Maximum|ClampMin|Relu)Backward\d"
)


def without_graph(run: Run) -> Iterator[Notice]:
    """One for each call of grad() whose result is a summand on the way to the newest pass's loss: a constant one, or
    one beside what depends on the same parameters. A factor, as a weight is, and a step along a gradient are meant."""
    if not run.recorder.seen.events.taken:
        return
    trained = {id(one) for _, optimizer in run.optimizers() for one in held_by(optimizer)}
    told: set[object] = set()
    added = summands(run)
    ahead = reached_through(run, lambda index: bool(_TO_LOSS.fullmatch(native.name_of(run.current.call.nodes[index]))))
    for index, _, record in run.nodes():
        if record.call is None or not _SUMS.fullmatch(native.name_of(run.current.call.nodes[index])):
            continue
        for cut, taken in _taken(run, record.inputs):
            if cut.place in told or line_of(cut) is None or line_of(record.call) is None:
                continue
            own = taken.leaves - taken.inputs
            is_shared = index in ahead and any(id(leaf) in own for leaf in leaves_below(run, index))
            if taken.inputs & trained or not (index in added or is_shared):
                continue
            told.add(cut.place)
            said = Sentence.of(
                "notice.gradient_without_graph",
                "{grad} (line {line}) computes a gradient without a graph: in {expression} it is a number, and nothing "
                "learns from it. Pass create_graph=True to that call.",
                grad=expression_of(cut),
                line=line_of(cut),
                expression=at_line(expression_of(record.call), line_of(record.call) or 0),
            )
            yield Notice(said, source_of(cut.place))


def _taken(run: Run, inputs: tuple[LeafRecord, ...]) -> Iterator[tuple[Call, Taken]]:
    """The calls of grad() that inputs come from which carry no gradient."""
    for leaf in inputs:
        cut = None if leaf.requires_grad or leaf.made is None or leaf.made.cause is None else leaf.made.cause[1]
        is_gradient = cut is not None and cut.function is torch.autograd.grad
        found = run.recorder.seen.events.taken.get(cut.place) if cut is not None and is_gradient else None
        if cut is not None and found is not None:
            yield cut, found
