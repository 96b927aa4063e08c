"""Whether a pass that has not run yet will fail: at which node, and why, in the words of the failure itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from torch.autograd.graph import GradientEdge
from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.calls import source_of
from engine.autograd.kept_for_backward import obstacle
from engine.autograd.passes.call_graph import CallGraph
from engine.autograd.passes.failure import Failure
from engine.autograd.passes.past import passes_behind
from engine.autograd.recorder import Recorder
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.protocol.source import Source
from engine.shared.ready_queue import running_order
from engine.tensors.unseen import Unseen

_MOST_PASSES = 2  # behind one output: more of them are a sum that nobody calls backward of


class Forecast(NamedTuple):
    """The first node of a pass that cannot run."""

    node: GradFn
    said: Sentence
    place: Source | None  # of the operation whose backward it is


def foretell(call: CallGraph, recorder: Recorder, expression: str, namespace: Mapping[str, Any]) -> Forecast | None:
    """Of a call that the program writes as `expression`; None where nothing is against it. Runs no code of the
    program: what its hooks have packed is taken for granted."""
    with Unseen():
        found = next(((node, why) for node in running_order(call.plan) if (why := obstacle(call.nodes[node]))), None)
        if found is None:
            return None
        node, message = found
        said = Failure(call, node, recorder, expression, namespace).said(message)
        record = recorder.seen.record_of(call.nodes[node])
    place = None if record is None or record.call is None else source_of(record.call.place)
    return Forecast(call.nodes[node], said if said is not None else _plain(expression, message), place)


def foretell_shown(recorder: Recorder, namespace: Mapping[str, Any]) -> Forecast | None:
    """Of the graph on screen, whose outputs the program calls backward of once more."""
    graph, roots = recorder.current(), recorder.roots()
    if graph is None or not roots:
        return None
    call = CallGraph([GradientEdge(root, 0) for root in roots], accumulate=True)
    return foretell(call, recorder, f"{graph.output}.backward()", namespace)


def notices(recorder: Recorder, namespace: Mapping[str, Any]) -> Iterator[Notice]:
    """What a program that has ended did to a graph that no backward has gone through yet. Where one has gone through
    what lies behind the output, that was for another, and of this a number was wanted: nothing is foretold."""
    records = (recorder.seen.record_of(root) for root in recorder.roots())
    is_sum = any(len(passes_behind(root, recorder.seen.record_of)) > _MOST_PASSES for root in recorder.roots())
    if not is_sum and all(record is None or record.ran_in is None for record in records):
        found = foretell_shown(recorder, namespace)
        behind = None if found is None else recorder.seen.record_of(found.node)
        if found is not None and (behind is None or behind.ran_in is None):
            yield Notice(found.said, found.place)


def _plain(expression: str, message: str) -> Sentence:
    """Where the recorder did not see enough."""
    return Sentence.of(
        "backward.will_fail",
        "{expression} will fail: {message}",
        expression=expression,
        message=message.partition("\n")[0].partition(" Hint:")[0],
    )
