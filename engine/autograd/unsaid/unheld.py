"""Breakpoints that no node of a pass lies at, where nodes have run of which none can be held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.calls import line_of, source_of
from engine.autograd.graph.traits import COMPILED
from engine.autograd.passes.inner_passes import nodes_inside
from engine.autograd.records import Call
from engine.autograd.unsaid.run import Run
from engine.protocol.breakpoints import AtLine, AtModule, AtOperation, AtVariable, Breakpoint
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import at_line, line_words
from engine.tensors import native


def unheld(run: Run, points: Sequence[Breakpoint]) -> Iterator[Notice]:
    """One for each of `points`, at whose place no pass of the run has a node. Only of the newest pass is it known what
    ran inside of its nodes."""
    found = _unseen(run) if points else None
    if found is None:
        return
    reason, call = found
    for point in points:
        said = Sentence.of(
            "notice.breakpoint_not_held",
            "The breakpoint at {place} has held nothing: no node of the graph lies there. {reason}",
            place=_place(point),
            reason=reason,
        )
        yield Notice(said, None if call is None else source_of(call.place))


def _unseen(run: Run) -> tuple[Sentence, Call | None] | None:
    """What ran in the newest pass and has no node of its graph, and what made the node that ran it."""
    current = run.current
    for index, passes in current.inside.items():
        node = current.call.nodes[index]
        call = _call_of(run, node)
        said = Sentence.phrase(
            "words.ran_inside",
            "{node} ran {nodes} in a pass of its own, whose graph is there only while that node runs: none of them can "
            "be held.",
            node=_name(node, call),
            nodes=nodes_inside(passes),
        )
        return said, call
    node = next((one for one in current.call.nodes if native.name_of(one) == COMPILED), None)
    if node is None:
        return None
    call = _call_of(run, node)
    said = Sentence.phrase(
        "words.ran_compiled",
        "{node} is a region that torch.compile made one piece of, and nothing inside of it can be held.",
        node=_name(node, call),
    )
    return said, call


def _call_of(run: Run, node: GradFn) -> Call | None:
    record = run.recorder.seen.record_of(node)
    return None if record is None else record.call


def _name(node: GradFn, call: Call | None) -> Sentence | str:
    name, line = native.name_of(node).rpartition("::")[2], None if call is None else line_of(call)
    return name if line is None else at_line(name, line)


def _place(point: Breakpoint) -> Sentence | str:
    match point.place:
        case AtLine(line):
            return line_words(line)
        case AtVariable(name) | AtOperation(name) | AtModule(name):
            return name
    return ""
