"""Operations that let nothing, or nearly nothing, of a gradient through, and the pass since which they do."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from torch.autograd.graph import Node as GradFn

from engine.autograd import zeros
from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.softmax_axis import softmax_axis
from engine.autograd.passes.course import PassNumbers
from engine.autograd.records import Call
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.numbers import compact
from engine.tensors import native

_BLOCKING = re.compile(
    r"(Relu|Threshold|Hardtanh|Relu6|Clamp|ClampMin|ClampMax|Hardsigmoid|Tanh|Sigmoid|Softmax|Hardswish)Backward\d"
)
_LIMITING = re.compile(r"(Clamp|Hardtanh|Hardsigmoid)Backward\d")
_LAYERS = re.compile(r"(Mm|Addmm|Bmm|Baddbmm|Linear|Mv|\w*Convolution)Backward\d")
_MOST_LIMITED = 0.75  # share of what arrives that a limit usually lets through a quarter of
_FEWEST = 8  # elements that tell a share
_MOST = 1 << 22  # that are counted
_ROSE = 10.0  # times, a loss after a step that was too large


def blocked(run: Run) -> Iterator[Notice]:
    """One for each call. A loss of 0 has no gradient to send, and a term of a loss that is 0 is where it should be:
    a rectifier is meant where a layer comes after it, or where no leaf gets anything at all."""
    gradients, order = run.current.gradients, run.current.order
    passes = run.course.of_line(run.site.line)
    total = run.current.total_norm()
    yield from _of_one(run)
    if not passes or passes[-1].loss == 0 or not math.isfinite(passes[-1].loss):
        return
    is_all_zero = total is not None and float(total) == 0
    kinds = {index: native.name_of(run.current.call.nodes[index]) for index in order}
    has_layer, calls = False, {index: record.call for index, _, record in run.nodes()}
    for index in order:
        has_layer = has_layer or bool(_LAYERS.fullmatch(kinds[index]))
        call = calls.get(index)
        if not _BLOCKING.fullmatch(kinds[index]) or call is None or line_of(call) is None:
            continue
        target = _alone(run, index)
        if target < 0 or not gradients.norm(index):
            continue
        if gradients.norm(target) == 0:
            if (has_layer or is_all_zero) and not _grows(run, index, calls):
                yield Notice(_said(run, kinds[index], call, index, target), source_of(call.place))
        elif _LIMITING.fullmatch(kinds[index]):
            yield from _limited(run, call, index, target)


def _of_one(run: Run) -> Iterator[Notice]:
    """What makes the same of any one element, also where the loss is therefore 0."""
    calls = {index: record.call for index, _, record in run.nodes()}
    for index in run.current.order:
        call, node = calls.get(index), run.current.call.nodes[index]
        if call is None or line_of(call) is None:
            continue
        if native.name_of(node) == "LogSoftmaxBackward0" and (softmax_axis(node) or (0, 0))[1] == 1:
            if not _grows(run, index, calls):
                yield Notice(zeros.sentence("LogSoftmaxBackward0", call, node), source_of(call.place))
        elif _n_normalised(node) == 1:
            said = Sentence.of(
                "notice.norm_of_one",
                "{expression} (line {line}) normalises each element by itself: less its own mean it is 0 whatever "
                "comes in, so that no gradient goes further back. Let a group have several elements.",
                expression=expression_of(call),
                line=line_of(call),
            )
            yield Notice(said, source_of(call.place))


def _n_normalised(node: GradFn) -> int:
    """The elements that a layer's or group's mean is taken over; 0 of another node."""
    kind = native.name_of(node)
    if kind == "NativeLayerNormBackward0":
        return math.prod(getattr(node, "_saved_normalized_shape", ()) or (0,))
    if kind == "NativeGroupNormBackward0":
        sizes = [getattr(node, f"_saved_{name}", None) for name in ("C", "HxW", "group")]
        if all(type(size) is int for size in sizes):
            return int(sizes[0] * sizes[1] // sizes[2])  # type: ignore[operator]
    return 0


def _alone(run: Run, index: int) -> int:
    """The node that gets a gradient from this one and from no other; -1 where there is none, or it has not run."""
    targets = [edge for edge in run.current.call.edges[index] if edge is not None]
    expected = run.current.call.plan.expected
    found = targets[0][0] if targets else -1
    return found if found in run.current.order and expected[found] == 1 else -1


def _grows(run: Run, index: int, calls: dict[int, Call | None]) -> bool:
    """Whether it is a softmax along an axis of one element, which has more when the same line runs again."""
    axis, call = softmax_axis(run.current.call.nodes[index]), calls[index]
    if axis is None or axis[1] != 1 or call is None:
        return False
    others = [other for other, made in calls.items() if made is not None and made.place == call.place]
    return any(softmax_axis(run.current.call.nodes[other]) not in (None, axis) for other in others)


def _said(run: Run, kind: str, call: Call, index: int, target: int) -> Sentence:
    norms = run.kept.norms(run.current, target)
    alive = [place for place, (_, norm) in enumerate(norms) if norm]
    if not alive or alive[-1] + 1 >= len(norms):
        return zeros.sentence(kind, call, run.current.call.nodes[index])
    last, first = norms[alive[-1]][0], norms[alive[-1] + 1][0]
    jump = _jump([one for one in run.course.of_line(run.site.line) if one.number <= first])
    if jump is None:
        return Sentence.of(
            "notice.died",
            "{expression} (line {line}) lets no gradient through since pass {first}; in pass {last} it did. A smaller "
            "rate keeps units alive.",
            expression=expression_of(call),
            line=line_of(call),
            first=first,
            last=last,
        )
    before, after = jump
    return Sentence.of(
        "notice.died_after_step",
        "{expression} (line {line}) lets no gradient through since pass {first}: the step after pass {last} was far "
        "too large, and took the loss from {before} to {after}. A smaller rate keeps units alive.",
        last=before.number,
        before=compact(before.loss),
        after=compact(after.loss),
        expression=expression_of(call),
        line=line_of(call),
        first=first,
    )


def _jump(passes: list[PassNumbers]) -> tuple[PassNumbers, PassNumbers] | None:
    """The two passes between which the loss rose by most, where that is many times."""
    pairs = [(one, other) for one, other in pairwise(passes) if 0 < _ROSE * one.loss < other.loss]
    return max(pairs, key=lambda pair: pair[1].loss / pair[0].loss, default=None)


def _limited(run: Run, call: Call, index: int, target: int) -> Iterator[Notice]:
    """Where limits stop nearly all of it."""
    arrived, _ = run.current.gradients.read(index, 0)
    left, _ = run.current.gradients.read(target, 0)
    if arrived is None or left is None or native.numel(arrived) > _MOST or arrived.shape != left.shape:
        return
    came = arrived != 0
    n_came = int(came.sum())
    n_stopped = int((came & (left == 0)).sum())
    if n_came >= _FEWEST and n_stopped >= _MOST_LIMITED * n_came:
        said = Sentence.of(
            "notice.limited",
            "{expression} (line {line}) stops the gradient of {n:,} of {n_all:,} elements: their values lie at its "
            "limits or beyond. Widen them, or scale what comes in.",
            expression=expression_of(call),
            line=line_of(call),
            n=n_stopped,
            n_all=n_came,
        )
        yield Notice(said, source_of(call.place))
