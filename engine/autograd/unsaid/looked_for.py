"""Leaves whose `.grad` the program looked for in vain, because what was computed from them was cut off."""

from __future__ import annotations

from collections.abc import Iterator

from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.records import Call
from engine.autograd.unsaid.run import Run
from engine.program.module_tree import parameters_in
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import origin_words
from engine.tensors import native

_MOST_NODES = 20_000  # that are gone through behind what was cut off


def looked_for(run: Run) -> Iterator[Notice]:
    """One for each that no pass has come to and grad() was not asked for. Of a module's parameters that is told
    anyway."""
    names, told = run.names(), set[int]()
    owned = {id(one) for _, module in run.modules() for one in parameters_in(module)}
    for reference, call in run.recorder.seen.ungiven():
        leaf = reference()
        if leaf is None or id(leaf) in told | owned | run.recorder.seen.events.asked or run.was_reached(leaf):
            continue
        cut = _cut(run, leaf) if native.grad(leaf) is None and line_of(call) is not None else None
        if cut is not None:
            told.add(id(leaf))
            said = Sentence.of(
                "notice.cut_before",
                "{names} got no gradient: {origin} (line {line}) did not reach them, and {expression} at line "
                "{cut_line} cuts off what comes before it.",
                names=names.get(id(leaf), "") or expression_of(call).removesuffix(".grad"),
                origin=origin_words(run.site.origin),
                line=run.site.line,
                expression=expression_of(cut),
                cut_line=line_of(cut),
            )
            yield Notice(said, source_of(cut.place))


def _cut(run: Run, leaf: Tensor) -> Call | None:
    """The call that cut an input of the newest pass off from this leaf."""
    for _, _, record in run.nodes():
        for one in record.inputs:
            cause = None if one.requires_grad or one.made is None else one.made.cause
            if cause is None or line_of(cause[1]) is None:
                continue
            for severed in cause[1].severed:
                behind = severed.reference()
                if behind is leaf or (behind is not None and _leads_to(native.grad_fn(behind), leaf)):
                    return cause[1]
    return None


def _leads_to(node: GradFn | None, leaf: Tensor) -> bool:
    ahead, seen = [node], set[GradFn]()
    while ahead and len(seen) < _MOST_NODES:
        one = ahead.pop()
        if one is None or one in seen:
            continue
        seen.add(one)
        if native.leaf_of(one) is leaf:
            return True
        ahead += [below for below, _ in one.next_functions]
    return False
