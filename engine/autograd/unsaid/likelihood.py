"""Losses that are log-probabilities without a minus before them: what is right is made improbable."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.optimizer_groups import settings_of
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.numbers import compact
from engine.tensors import native

# What chooses or averages log-probabilities, and changes no sign.
_LEADS_ON = re.compile(
    r"(Mean|Sum|Gather|Index|IndexSelect|Select|Squeeze|Unsqueeze|View|UnsafeView|Reshape\w*|Alias|Clone|TakeAlongDim"
    r"|LinalgDiagonal|Diagonal|Transpose|Permute|ToCopy)Backward\d"
)
_CHOOSES = re.compile(r"(Gather|Index|Diagonal|TakeAlongDim)Backward\d")
_FEWEST = 3  # passes
_MOST_STEPS = 12  # between the loss and the softmax


def likelihood(run: Run) -> Iterator[Notice]:
    """One where the loss of a line is such and falls, and no optimizer maximises."""
    passes = run.course.of_line(run.site.line) if run.site.line else []
    if len(passes) < _FEWEST or not passes[-1].loss < passes[0].loss < 0 or _maximises(run):
        return
    call = run.current.call
    softmax = _chosen_of(run, run.current.order[0]) if run.current.order else -1
    record = None if softmax < 0 else run.recorder.seen.record_of(call.nodes[softmax])
    made = None if record is None else record.call
    if made is not None and line_of(made) is not None:
        said = Sentence.of(
            "notice.likelihood_falls",
            "The loss of line {line} is made of {expression}, logarithms of probabilities, without a minus before "
            "them: it fell from {first} to {last}, which makes what is right ever less probable. Put a minus before "
            "it, or use F.cross_entropy of the scores.",
            line=run.site.line,
            expression=expression_of(made),
            first=compact(passes[0].loss),
            last=compact(passes[-1].loss),
        )
        yield Notice(said, source_of(made.place))


def _maximises(run: Run) -> bool:
    return any(settings.get("maximize") is True for _, one in run.optimizers() for settings in settings_of(one))


def _chosen_of(run: Run, index: int) -> int:
    """The log-softmax of which the loss is chosen elements alone, averaged; -1 where it is of anything else."""
    is_chosen = False
    for _ in range(_MOST_STEPS):
        kind = native.name_of(run.current.call.nodes[index])
        if kind == "LogSoftmaxBackward0":
            return index if is_chosen else -1
        ways = [edge[0] for edge in run.current.call.edges[index] if edge is not None]
        if len(ways) != 1 or not _LEADS_ON.fullmatch(kind):
            return -1
        is_chosen |= bool(_CHOOSES.fullmatch(kind))
        index = ways[0]
    return -1
