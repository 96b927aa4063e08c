"""Logarithms of what a rectifier made 0, as where it makes a standard deviation: no gradient leads back from there."""

from __future__ import annotations

from collections.abc import Iterator

from torch import Tensor

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.records import Call
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import at_line
from engine.tensors import native

_LOGARITHMS = frozenset({"LogBackward0", "Log2Backward0", "Log10Backward0"})
_RECTIFIERS = frozenset({"ReluBackward0", "ThresholdBackward0"})
# What moves cells, or adds a constant or multiplies by one: it leads on from a rectifier to a logarithm.
_LEAD_ON = frozenset(
    {"AddBackward0", "MulBackward0", "DivBackward0", "ViewBackward0", "UnsafeViewBackward0", "ExpandBackward0"}
    | {"TBackward0", "TransposeBackward0", "PermuteBackward0", "SqueezeBackward0", "SqueezeBackward1"}
    | {"UnsqueezeBackward0", "SelectBackward0", "SliceBackward0", "SplitBackward0", "AliasBackward0", "CloneBackward0"}
)
_MOST_STEPS = 6  # between the two
_MOST = 1 << 22  # elements that are counted
_HARMLESS = 0.1  # where so much was added to 0, its logarithm is meant


def zero_logarithms(run: Run) -> Iterator[Notice]:
    """One for each rectifier whose zeros a logarithm of the newest pass takes."""
    calls = {index: record.call for index, _, record in run.nodes()}
    told: set[int] = set()
    for index in run.current.order:
        rectifier = _rectifier(run, index) if _kind(run, index) in _LOGARITHMS else -1
        logarithm, made = calls.get(index), calls.get(rectifier)
        if rectifier in told or logarithm is None or made is None or line_of(made) is None:
            continue
        told.add(rectifier)
        result = _value(run, rectifier)
        n_zero = 0 if result is None else int((result == 0).sum())
        if result is None or not n_zero or _least_taken(run, index) > _HARMLESS:
            continue
        said = Sentence.of(
            "notice.zero_logarithm",
            "{expression} (line {line}) is 0 in {n:,} of {n_all:,} elements, and {logarithm} takes the logarithm of "
            "it: no gradient leads back from there. What must stay above 0, as a standard deviation, is made by "
            "F.softplus(x) + 1e-5, or by exp().",
            expression=expression_of(made),
            line=line_of(made),
            n=n_zero,
            n_all=native.numel(result),
            logarithm=_words(logarithm),
        )
        yield Notice(said, source_of(made.place))


def _kind(run: Run, index: int) -> str:
    return native.name_of(run.current.call.nodes[index])


def _words(call: Call) -> Sentence | str:
    line, expression = line_of(call), expression_of(call)
    return expression if line is None else at_line(expression, line)


def _rectifier(run: Run, logarithm: int) -> int:
    """That which alone leads to a logarithm, -1 without one."""
    index = logarithm
    for _ in range(_MOST_STEPS):
        ways = [edge[0] for edge in run.current.call.edges[index] if edge is not None]
        if len(ways) != 1:
            return -1
        index = ways[0]
        kind = _kind(run, index)
        if kind in _RECTIFIERS:
            return index
        if kind not in _LEAD_ON:
            return -1
    return -1


def _least_taken(run: Run, logarithm: int) -> float:
    """The smallest number that it was taken of; 0 where that is not known."""
    below = next((edge[0] for edge in run.current.call.edges[logarithm] if edge is not None), -1)
    value = _value(run, below)
    return 0.0 if value is None else float(value.min())


def _value(run: Run, index: int) -> Tensor | None:
    """What a node's operation made, where it is kept and small."""
    record = run.recorder.seen.record_of(run.current.call.nodes[index]) if index >= 0 else None
    value = None if record is None else record.values.get(0)
    tensor, note = (None, None) if value is None else value.read()
    if tensor is None or note is not None:
        return None
    bare = native.bare(tensor)
    return bare if native.has_own_data(bare) and 0 < native.numel(bare) <= _MOST else None
