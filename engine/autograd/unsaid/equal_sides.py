"""A loss that compares a network's result with the very same result, cut off: it is 0, and teaches nothing."""

from __future__ import annotations

from collections.abc import Iterator

from torch import Tensor

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.cuts import bare_name
from engine.autograd.modules import ModuleCall
from engine.autograd.operations.given import Given, TakenOperand
from engine.autograd.records import Call, LeafRecord, NodeRecord
from engine.autograd.unsaid.graph_walks import operands, source_behind
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import at_line
from engine.tensors import native

_LOSSES = frozenset({"mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"})
_MOST = 1 << 22  # elements that are looked at


def equal_sides(run: Run) -> Iterator[Notice]:
    """One for each such loss of the newest pass, by its place in the program. A copy of a network, which is equal
    before its first step, is another one."""
    told: set[object] = set()
    for index, _, record in run.nodes():
        call, sides = record.call, operands(run, index)
        if call is None or bare_name(call.function) not in _LOSSES or len(sides) != 1 or call.place in told:
            continue
        cut = next((made for leaf in record.inputs if (made := _cut(leaf)) is not None), None)
        value = run.recorder.seen.record_of(run.current.call.nodes[source_behind(run, sides[0])])
        if cut is None or value is None or line_of(call) is None or not _is_same(value.call, cut) or not _equal(record):
            continue
        told.add(call.place)
        said = Sentence.of(
            "notice.equal_sides",
            "{loss} compares {value} with itself: {cut} has the same numbers and passes no gradient on, so that the "
            "loss is 0, and what comes back from it. Compare with another view of the input, another network, or a "
            "mean of the weights.",
            loss=at_line(expression_of(call), line_of(call) or 0),
            value=expression_of(value.call) if value.call is not None else "",
            cut=expression_of(cut),
        )
        yield Notice(said, source_of(call.place))


def _cut(leaf: LeafRecord) -> Call | None:
    """The call that cut off an operand without a gradient."""
    return None if leaf.requires_grad or leaf.made is None or leaf.made.cause is None else leaf.made.cause[1]


def _is_same(value: Call | None, cut: Call) -> bool:
    """Whether what was cut off was made as the value was: by the same module, or, outside of one, the same words."""
    if value is None:
        return False
    made = [cut, *(severed.made for severed in cut.severed if severed.made is not None)]
    if value.module is None:
        return any(one.module is None and expression_of(one) == expression_of(value) for one in made)
    return any(one.module is not None and _place(one.module) == _place(value.module) for one in made)


def _place(module: ModuleCall) -> tuple[int, str]:
    return id(module.root()), module.path


def _equal(record: NodeRecord) -> bool:
    """Whether both operands are kept as they were taken, and have the same numbers."""
    given = Given.of(record)
    values = [] if given is None else [TakenOperand(kept).value() for kept in given.operands]
    bare = [native.bare(one) for one in values if isinstance(one, Tensor)]
    if len(bare) != 2 or not all(native.has_own_data(one) and 0 < native.numel(one) <= _MOST for one in bare):
        return False
    first, second = bare
    return native.shape(first) == native.shape(second) and bool((first == second).all())
