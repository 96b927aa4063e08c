"""Leaves of which the program took the numbers alone, and leaves that it made of what has no graph."""

from __future__ import annotations

from collections.abc import Iterator

from torch import Tensor

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native


def taken_as_numbers(run: Run) -> Iterator[Notice]:
    """One for each leaf that a formula took as a number, and no operation as a tensor."""
    names, told = run.names(), set()
    for call in run.recorder.seen.numbers_newest_first():
        for severed in call.severed:
            leaf = severed.reference() if severed.made is None else None
            if leaf is None or id(leaf) in told or id(leaf) not in names or line_of(call) is None:
                continue
            told.add(id(leaf))
            if not run.was_reached(leaf) and not run.recorder.seen.was_used(leaf) and may_be_trained(leaf):
                said = Sentence.of(
                    "notice.taken_as_number",
                    "{name} got no gradient: {expression} (line {line}) takes its number alone, and numbers carry no "
                    "graph. Compute with {name} itself.",
                    name=names[id(leaf)],
                    expression=expression_of(call),
                    line=line_of(call),
                )
                yield Notice(said, source_of(call.place))


def may_be_trained(leaf: Tensor) -> bool:
    """Whether a leaf waits for a gradient and has none."""
    return native.requires_grad(leaf) and native.is_leaf(leaf) and native.grad(leaf) is None


def renewed(run: Run) -> Iterator[Notice]:
    """One for each leaf of the newest pass that was made to require a gradient, although what it was computed from had
    lost its own where there is no derivative. After a `detach()` that is how a leaf is meant to begin."""
    names = run.names()
    for leaf in run.current.call.leaves:
        made = run.recorder.seen.maker(leaf)
        if made is None or made.cause is None or made.cause[0] != "derivative":
            continue
        cut = made.cause[1]
        if cut is made or line_of(cut) is None:
            continue
        said = run.recorder.seen.why_no_graph(leaf, names.get(id(leaf), "") or expression_of(made))
        yield Notice(said, source_of(cut.place))
