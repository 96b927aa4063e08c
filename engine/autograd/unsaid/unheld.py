"""Breakpoints that no node of a pass lies at: a name that is mistyped, a line without operations, or where nodes have
run of which none can be held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.calls import line_of, source_of
from engine.autograd.graph.traits import COMPILED
from engine.autograd.passes.inner_passes import nodes_inside
from engine.autograd.records import Call
from engine.autograd.unsaid.run import Run
from engine.protocol.breakpoints import AtLine, AtModule, AtOperation, AtPass, AtVariable, Breakpoint
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import at_line, line_words, passes
from engine.tensors import native


def unheld(run: Run, points: Sequence[Breakpoint], n_passes: int) -> Iterator[Notice]:
    """Of `points`, at whose place none of the run's `n_passes` has a node. Only of the newest pass is it known what
    ran inside of its nodes: where something did, it may lie there."""
    found = _unseen(run) if points else None
    numbers = [point.place.index for point in points if isinstance(point.place, AtPass)]
    placed = [point for point in points if not isinstance(point.place, AtPass)]
    yield from (Notice(_never_come(number, n_passes)) for number in numbers)
    if found is None:
        yield from (Notice(_nowhere(point)) for point in placed)
        return
    reason, call = found
    for point in placed:
        said = Sentence.of(
            "notice.breakpoint_not_held",
            "The breakpoint at {place} has held nothing: no node of the graph lies there. {reason}",
            place=_place(point),
            reason=reason,
        )
        yield Notice(said, None if call is None else source_of(call.place))


def _never_come(number: int, n_passes: int) -> Sentence:
    return Sentence.of(
        "notice.breakpoint_beyond",
        "The breakpoint at pass {number} has held nothing: the run had {passes}.",
        number=number,
        passes=passes(n_passes),
    )


def _nowhere(point: Breakpoint) -> Sentence:
    return Sentence.of(
        "notice.breakpoint_nowhere",
        "The breakpoint at {place} has held nothing: no node that a pass ran lies there.",
        place=_place(point),
    )


def _unseen(run: Run) -> tuple[Sentence, Call | None] | None:
    """What ran in the newest pass and has no node of its graph, and what made the node that ran it."""
    current = run.current
    for index, inner in current.inside.items():
        node = current.call.nodes[index]
        call = _call_of(run, node)
        said = Sentence.phrase(
            "words.ran_inside",
            "{node} ran {nodes} in a pass of its own, whose graph is there only while that node runs: none of them can "
            "be held.",
            node=_name(node, call),
            nodes=nodes_inside(inner),
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
