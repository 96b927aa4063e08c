"""A backward pass in the words and rows that timeline, queue, inspector and editor show. No widgets."""

from __future__ import annotations

from engine.protocol.values import Graph, Node
from visualizer.backprop.queue.panel import QueueRow
from visualizer.backprop.timeline.scrubber import Mark
from visualizer.model.history import BackwardHistory

_LATER_ROWS = 40  # beyond this nobody reads the list


def name_of(node: Node) -> str:
    """What a person calls a node: its variable, else its sub-expression, else nothing."""
    return node.variable or (node.source.text.splitlines()[0] if node.source and node.source.text else "")


def short_label(node: Node) -> str:
    """ "Mm logits", "Acc W2": fits under a mark."""
    name = node.name.removesuffix("0").removesuffix("Backward") if node.kind == "backward" else "Acc"
    return f"{name} {node.variable}".strip()


def marks(history: BackwardHistory, graph: Graph | None) -> tuple[Mark, ...]:
    """One mark per node: those that ran in their order, then those to come in the predicted one."""
    if graph is None or history.state is None:
        return ()
    nodes = {node.id: node for node in graph.nodes}
    norms = [step.norm for step in history.steps]
    made = []
    for place, node_id in enumerate(history.order(graph)):
        node = nodes.get(node_id)
        label = short_label(node) if node else "outside of the graph"
        made.append(Mark(label, node.category if node else "view", norms[place] if place < len(norms) else None))
    return tuple(made)


def position_words(history: BackwardHistory, graph: Graph | None) -> tuple[str, str, str]:
    """Title, detail and hint for the right end of the transport bar."""
    state = history.state
    if state is None or graph is None:
        return "no backward yet", "", ""
    total = max(state.n_needed, len(history.steps))
    if state.status == "failed" and history.is_live:
        return (
            "backward failed",
            state.error.sentence if state.error else "",
            f"at node {len(history.steps)} of {total}",
        )
    step = history.current
    if step is not None:
        node = next((node for node in graph.nodes if node.id == step.node), None)
        norm = f", norm {step.norm:.4g}" if step.norm is not None else ", no gradient"
        title = f"node {history.position} of {total}"
        return title, f"{node.name if node else 'a node outside of the graph'}{norm}", "Bars: gradient norm"
    if state.status == "aborted":
        return "backward stopped", f"after {len(history.steps)} of {total} nodes", ""
    if history.position == 0:
        return f"0 of {total} nodes", "before the first node", "Bars: gradient norm"
    return f"{total} of {total} nodes", f"{state.origin} is done", "Bars: gradient norm"


def queue_rows(history: BackwardHistory, graph: Graph | None) -> tuple[QueueRow, ...]:
    """The held node, the predicted queue, what waits, and what comes later."""
    step = history.current
    if graph is None or step is None:
        return ()
    if history.is_live and history.state is not None and history.state.status == "failed":
        return ()  # PyTorch dropped its queue when the node raised
    nodes = {node.id: node for node in graph.nodes}
    expected = _fan_in(graph)
    arrived = {item.node: (item.arrived, item.expected) for item in step.waiting}
    rows = []

    def add(node_id: int, state: str) -> None:
        node = nodes.get(node_id)
        wants = expected.get(node_id, 1)
        counts = arrived.get(node_id, (wants if state in ("current", "ready") else 0, wants))
        name = node.name if node else "a node outside of the graph"
        category = node.category if node else "view"
        rows.append(QueueRow(node_id, name, name_of(node) if node else "", category, state, *counts))

    add(step.node, "current")
    for node_id in step.ready:
        add(node_id, "ready")
    for item in step.waiting:
        add(item.node, "waiting")
    shown = {row.node for row in rows}
    later = [node_id for node_id in history.order(graph)[history.position :] if node_id not in shown]
    for node_id in later[:_LATER_ROWS]:
        add(node_id, "later")
    return tuple(rows)


def state_words(history: BackwardHistory, node_id: int) -> str:
    """The inspector's pill for a node at the cursor: "current · 5 of 9", "done", "waiting 1 of 2" …"""
    state, step = history.state, history.current
    if state is None:
        return ""
    if node_id in state.not_needed:
        return "not needed"
    if state.status == "failed" and history.is_live and node_id == state.current:
        return "failed here"
    if step is not None:
        if node_id == step.node:
            return f"current · {history.position} of {max(state.n_needed, len(history.steps))}"
        if node_id in step.ready:
            return f"ready · queue {step.ready.index(node_id) + 1}"
        for item in step.waiting:
            if item.node == node_id:
                return f"waiting · {item.arrived} of {item.expected}"
    position = history.position_of(node_id)
    if position is not None and position < max(history.position, 1):
        return "done"
    return "not reached"


def _fan_in(graph: Graph) -> dict[int, int]:
    counts: dict[int, int] = {}
    for edge in graph.edges:
        if edge.gradient:
            counts[edge.target] = counts.get(edge.target, 0) + 1
    return counts
