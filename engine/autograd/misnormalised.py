"""Losses of logarithms of probabilities that get others: normalised along another axis, or no logarithms; products that
add up weights along another axis than these were normalised along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from torch.autograd.graph import Node as GradFn

from engine.autograd.graph import cuts
from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.softmax_axis import softmax_axis
from engine.autograd.misused import MAKE, behind_moves
from engine.autograd.records import Call, NodeRecord, slot_shape
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native

_CLASS_AXIS = {"NllLossBackward0": -1, "NllLoss2DBackward0": 1}
_PRODUCTS = frozenset({"BmmBackward0", "MmBackward0"})
# They hand on what they get, the matrices at the end as they were.
_KEEP_LAST = frozenset({"ExpandBackward0", "ViewBackward0", "UnsafeViewBackward0", "ReshapeAliasBackward0",
                        "NativeDropoutBackward0", "CloneBackward0"})  # fmt: skip
_KL_DIV = {"MulBackward0": 1, "SubBackward0": 1}  # of its nodes, the operand that is its input


def misnormalised(nodes: Sequence[tuple[int, GradFn, NodeRecord]]) -> Iterator[Notice]:
    """One for each loss of a pass."""
    calls = {id(node): record.call for _, node, record in nodes}
    for _, node, record in nodes:
        if record.call is None or line_of(record.call) is None:
            continue
        if native.name_of(node) in _CLASS_AXIS:
            yield from _along_another_axis(node, record.call, calls)
        elif cuts.bare_name(record.call.function) == "kl_div":
            yield from _of_probabilities(node, record.call, calls)
        elif native.name_of(node) in _PRODUCTS:
            yield from _added_up_along_another(node, record.call, calls)


def _along_another_axis(node: GradFn, call: Call, calls: dict[int, Call | None]) -> Iterator[Notice]:
    """`F.nll_loss` looks for the classes of a row in the last axis of (N, C), of images in axis 1."""
    inner = node.next_functions[0][0]
    if inner is None or native.name_of(inner) != "LogSoftmaxBackward0":
        return
    found, made = softmax_axis(inner), calls.get(id(inner))
    shape = slot_shape(inner._input_metadata[0])  # type: ignore[attr-defined]
    if found is None or shape is None or made is None or line_of(made) is None:
        return
    wanted = _CLASS_AXIS[native.name_of(node)] % len(shape)
    if found[0] != wanted:
        said = Sentence.of(
            "notice.along_another_axis",
            "{outer} reads classes along axis {wanted}, of {n:,}, and {inner} (line {line}) normalises along axis "
            "{axis}: the probabilities of no row add up to 1. Give it dim={wanted}.",
            outer=expression_of(call),
            wanted=wanted,
            n=shape[wanted],
            inner=expression_of(made),
            line=line_of(made),
            axis=found[0],
        )
        yield Notice(said, source_of(made.place))


def _added_up_along_another(node: GradFn, call: Call, calls: dict[int, Call | None]) -> Iterator[Notice]:
    """`weights @ values` adds up along the last axis of the weights."""
    inner = node.next_functions[0][0]
    sizes = _last_sizes(inner)
    while (
        inner is not None and native.name_of(inner) in _KEEP_LAST and sizes == _last_sizes(inner.next_functions[0][0])
    ):
        inner = inner.next_functions[0][0]
    if inner is None or native.name_of(inner) != "SoftmaxBackward0":
        return
    found, made = softmax_axis(inner), calls.get(id(inner))
    shape = slot_shape(inner._input_metadata[0])  # type: ignore[attr-defined]
    if found is None or shape is None or made is None or line_of(made) is None or found[0] == len(shape) - 1:
        return
    said = Sentence.of(
        "notice.weights_of_another_axis",
        "{outer} adds up along the last axis of its weights, and {inner} (line {line}) normalises them along axis "
        "{axis} of {rank}: those that are added up do not make 1. Give it dim=-1.",
        outer=expression_of(call),
        inner=expression_of(made),
        line=line_of(made),
        axis=found[0],
        rank=len(shape),
    )
    yield Notice(said, source_of(made.place))


def _last_sizes(node: GradFn | None) -> tuple[int, ...] | None:
    """The matrix at the end of what a node gives."""
    shape = None if node is None else slot_shape(node._input_metadata[0])  # type: ignore[attr-defined]
    return None if shape is None else shape[-2:]


def _of_probabilities(node: GradFn, call: Call, calls: dict[int, Call | None]) -> Iterator[Notice]:
    """`F.kl_div` computes target · (log target − input)."""
    place = _KL_DIV.get(native.name_of(node), len(node.next_functions))
    given = behind_moves(node, place) if place < len(node.next_functions) else None
    inner = None if given is None or native.name_of(given) not in MAKE else calls.get(id(given))
    if given is not None and inner is not None and line_of(inner) is not None:
        said = Sentence.of(
            "notice.kl_of_probabilities",
            "{outer} takes logarithms of probabilities first, and gets the probabilities that the {kind} of {inner} at "
            "line {line} has made. Use F.log_softmax there, or .log().",
            outer=expression_of(call),
            kind=MAKE[native.name_of(given)],
            inner=expression_of(inner),
            line=line_of(inner),
        )
        yield Notice(said, source_of(call.place))
