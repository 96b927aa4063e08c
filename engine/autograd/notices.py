"""What a program did that neither it nor PyTorch says: values compared in pairs that were not meant, a gradient that a
hook changed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from torch.autograd.graph import Node as GradFn

from engine.autograd.graph import cuts
from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.misnormalised import misnormalised
from engine.autograd.misused import gave_nothing, normalised_twice
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.records import Call, NodeRecord, slot_shape
from engine.autograd.without_chain import without_chain
from engine.autograd.zeros import derivative_is_zero, is_flat
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native

# Functions that compare two tensors, element by element.
_COMPARING = {
    "sub", "subtract", "__sub__", "__rsub__", "rsub", "mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss",
    "poisson_nll_loss", "gaussian_nll_loss", "pairwise_distance", "dist",
}  # fmt: skip
_FLAT = re.compile(r"(Round|Floor|Ceil|Trunc|Sign|Sgn)Backward\d")
_LOSSES = {"mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"}  # PyTorch warns of these, once
Shape = tuple[int, ...]


class Notices:
    """Of one backward pass."""

    def __init__(self, current: BackwardPass, record_of: Callable[[GradFn], NodeRecord | None]) -> None:
        self._current = current
        found = ((index, node, record_of(node)) for index, node in enumerate(current.call.nodes))
        self._nodes = [(index, node, record) for index, node, record in found if record is not None]

    def all(self) -> tuple[Notice, ...]:
        """One for each place of the program, in the order of its lines."""
        found = [*self._pairs(), *self._steps(), *self._hooked()]
        found += [
            *normalised_twice(self._nodes),
            *gave_nothing(self._current, self._nodes),
            *without_chain(self._current, self._nodes),
            *misnormalised(self._nodes),
        ]
        notices = {(notice.said.code, notice.place): notice for notice in found}
        return tuple(sorted(notices.values(), key=lambda notice: notice.place.line if notice.place else 0))

    def _pairs(self) -> Iterator[Notice]:
        """(N, 1) against (N,): a difference of each with each."""
        operands: dict[Call, set[Shape]] = {}
        results: dict[Call, set[Shape]] = {}
        for _, node, record in self._nodes:
            call = record.call
            if call is None or cuts.bare_name(call.function) not in _COMPARING or _is_of_one(node, record):
                continue
            below = (edge for edge in node.next_functions if edge[0] is not None)
            taken = [slot_shape(target._input_metadata[slot]) for target, slot in below]  # type: ignore[union-attr]
            taken += [leaf.shape for leaf in record.inputs]
            operands.setdefault(call, set()).update(shape for shape in taken if shape is not None)
            own = slot_shape(node._input_metadata[0])  # type: ignore[attr-defined]
            results.setdefault(call, set()).update([own] if own is not None else [])
        for call, shapes in operands.items():
            for shape in shapes:
                n = shape[0] if len(shape) == 1 else 0
                if n > 1 and (n, 1) in shapes and (n, n) in results[call]:
                    yield Notice(_compared_in_pairs(call, n), source_of(call.place))
                    break
            else:
                if cuts.bare_name(call.function) in _LOSSES and len(shapes) == 2:
                    yield from _compared_with_several(call, *sorted(shapes, key=lambda one: (math.prod(one), one)))

    def _steps(self) -> Iterator[Notice]:
        """Functions whose derivative is 0 wherever it exists."""
        for index, node, record in self._nodes:
            call = record.call
            if _FLAT.fullmatch(native.name_of(node)) and index in self._current.order and call is not None:
                of_numbers = not node._input_metadata[0].dtype.is_complex  # type: ignore[attr-defined]
                if line_of(call) is not None and is_flat(call) and of_numbers:
                    yield Notice(derivative_is_zero(call), source_of(call.place))

    def _hooked(self) -> Iterator[Notice]:
        hooks = self._current.hooks
        for index, change in hooks.changed.items():
            last = hooks.last(index, "before")
            if last is not None and last.place is not None:
                said = Sentence.of(
                    "notice.changed_by_hook",
                    "The hook {hook} changed the gradient that arrived: its norm was {before} and became {after}.",
                    hook=last.name,
                    before=change.before,
                    after=change.after,
                )
                yield Notice(said, last.place)
        for index, change in hooks.changed_after.items():
            last = hooks.last(index, "after")
            if last is not None and last.place is not None:
                said = Sentence.of(
                    "notice.changed_after",
                    "The hook {hook} changed the gradient that {node} sends on: its norm was {before} and became "
                    "{after}.",
                    hook=Sentence.phrase("words.hook_of", "{hook} of {module}", hook=last.name, module=last.module)
                    if last.module
                    else last.name,
                    node=native.name_of(self._current.call.nodes[index]),
                    before=change.before,
                    after=change.after,
                )
                yield Notice(said, last.place)


def _is_of_one(node: GradFn, record: NodeRecord) -> bool:
    """Whether a tensor is compared with a view of itself, as for all distances between its elements."""
    sources = set()
    for below, _ in node.next_functions:
        while below is not None and len(below.next_functions) == 1 and below.next_functions[0][0] is not None:
            below = below.next_functions[0][0]
        sources.add(below)
    is_alone = all(leaf.requires_grad for leaf in record.inputs)
    return len(node.next_functions) > 1 and len(sources) == 1 and is_alone


def _compared_in_pairs(call: Call, n: int) -> Sentence:
    return Sentence.of(
        "notice.compared_in_pairs",
        "{expression} compares each of {n} values with all {n}: shapes ({n}, 1) and ({n},) broadcast to ({n}, {n}). "
        "Where each has one of its own, give both one shape, e.g. with .squeeze(1) or .unsqueeze(1).",
        expression=expression_of(call),
        n=n,
    )


def _compared_with_several(call: Call, fewer: Shape, more: Shape) -> Iterator[Notice]:
    """A loss whose prediction and target are of two sizes, of which one is repeated."""
    if math.prod(fewer) > 1 and math.prod(fewer) < math.prod(more):
        said = Sentence.of(
            "notice.compared_with_several",
            "{expression} compares {n:,} values with {n_more:,}: shapes {fewer} and {more} broadcast to one, so that "
            "each is held against several. Give both one shape, e.g. by a sum over the axis that one has more.",
            expression=expression_of(call),
            n=math.prod(fewer),
            n_more=math.prod(more),
            fewer=fewer,
            more=more,
        )
        yield Notice(said, source_of(call.place))
