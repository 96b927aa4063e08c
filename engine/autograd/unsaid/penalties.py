"""Penalties on the norm of a gradient that is taken over other axes than those of one sample."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.records import slot_shape
from engine.autograd.unsaid.graph_walks import kind_of, operands, source_behind, users
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence

_NORMS = re.compile(r"(LinalgVectorNorm|Norm)Backward\d")
_SQUARED = re.compile(r"(Pow|Mul|MseLoss)Backward\d")
Shape = tuple[int, ...]


def penalties(run: Run) -> Iterator[Notice]:
    """One for each norm of a gradient, less a constant and squared, of which there are neither as many as results whose
    gradient it is, nor as many as samples."""
    counts = run.recorder.seen.events.differentiated
    for index, _, record in run.nodes() if counts else ():
        below = operands(run, index)
        if not _NORMS.fullmatch(kind_of(run, index)) or len(below) != 1 or record.call is None:
            continue
        source = run.recorder.seen.record_of(run.current.call.nodes[source_behind(run, below[0])])
        place = None if source is None or source.made is None else source.made.layer.call.place
        n_results = counts.get(place, 0) if place is not None else 0
        norms, gradients = _shape(run, index), _shape(run, below[0])
        if not n_results or norms is None or not gradients or line_of(record.call) is None:
            continue
        if math.prod(norms) in (n_results, gradients[0]) or not _is_penalty(run, index):
            continue
        said = Sentence.of(
            "notice.penalty_axes",
            "{expression} (line {line}) takes {n:,} norms of a gradient of shape {shape}, and {n_results:,} results "
            "were differentiated: a sample's norm goes over all axes but the first. Write "
            ".flatten(1).norm(dim=1).",
            expression=expression_of(record.call),
            line=line_of(record.call),
            n=math.prod(norms),
            shape=gradients,
            n_results=n_results,
        )
        yield Notice(said, source_of(record.call.place))


def _shape(run: Run, index: int) -> Shape | None:
    return slot_shape(run.current.call.nodes[index]._input_metadata[0])  # type: ignore[attr-defined]


def _is_penalty(run: Run, index: int) -> bool:
    """Whether a constant is taken from it, and that squared."""
    differences = [one for one in users(run, index) if re.match(r"(Sub|Rsub)", kind_of(run, one))]
    return any(
        len(operands(run, one)) == 1 and any(_SQUARED.fullmatch(kind_of(run, user)) for user in users(run, one))
        for one in differences
    )
