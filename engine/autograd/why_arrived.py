"""Why no gradient has arrived at a node of a pass."""

from __future__ import annotations

from engine.protocol.backward_values import BackwardState
from engine.protocol.graph_values import Graph, Node
from engine.protocol.notes import Note, NotRecorded
from engine.protocol.sentence import Sentence
from engine.shared.phrases import origin_words


def why_none_arrived(graph: Graph, node: Node, slot: int, state: BackwardState | None, note: Note | None) -> Sentence:
    """By where the pass stands that was told last."""
    if note is not None:
        return _not_kept(note)
    if state is None or state.graph != graph.id:
        return Sentence.of(
            "gradient.no_backward",
            "No backward has run through this graph: let the program call backward(), or step it with F9.",
        )
    if node.id in state.not_needed and node.id not in state.captured:
        return Sentence.of(
            "gradient.not_needed",
            "{origin} asked for the gradients of its inputs alone, and this does not lie on the way to them.",
            origin=origin_words(state.origin),
        )
    if state.status in ("paused", "running"):
        return Sentence.of(
            "gradient.not_come_yet",
            "{origin} has not come here yet: {n_done} of {n_needed} nodes have run.",
            origin=origin_words(state.origin),
            n_done=state.n_done,
            n_needed=state.n_needed,
        )
    if state.status in ("failed", "aborted"):
        return Sentence.of(
            "gradient.pass_ended_before",
            "{origin} ended before it came here: {n_done} of {n_needed} nodes had run.",
            origin=origin_words(state.origin),
            n_done=state.n_done,
            n_needed=state.n_needed,
        )
    return _none_sent(graph, node, slot)


def _not_kept(note: Note) -> Sentence:
    if note == NotRecorded("budget"):
        return Sentence.of("gradient.over_budget", "What arrived here was let go of: it was over the budget.")
    return Sentence.of("gradient.not_kept", "What arrived here was not kept.")


def _none_sent(graph: Graph, node: Node, slot: int) -> Sentence:
    """The pass has ended, and all that lead here sent None."""
    senders = {
        edge.source for edge in graph.edges if edge.gradient and (edge.target, edge.target_slot) == (node.id, slot)
    }
    names = [one.name for one in graph.nodes if one.id in senders]
    if not names:
        return Sentence.of(
            "gradient.none_arrived", "The pass brought nothing to this output: nothing was computed from it."
        )
    return Sentence.of(
        "gradient.none_sent",
        "{senders} sent None here: what it computed does not depend on this in a way that has a derivative.",
        senders=", ".join(dict.fromkeys(names)),
    )
