"""When a gradient changed: what arrived at a node during a pass, and when."""

from __future__ import annotations

from collections.abc import Collection

from visualizer.model.history import BackwardHistory


def last_change(history: BackwardHistory, node: int, changed_by: Collection[int] | None = None) -> int | None:
    """The newest position before the cursor at which something had just arrived at a node or, of a leaf, been added to
    its `.grad`; None where nothing had. `changed_by`: the senders to whom alone it is due, -1 for the call itself."""
    graph, state = history.graph, history.state
    if graph is None or state is None:
        return None
    senders = {edge.source for edge in graph.edges if edge.target == node and edge.gradient}
    if changed_by is not None:
        senders &= set(changed_by)
    if (changed_by is None or changed_by) and history.nodes[node].kind == "accumulate":
        senders.add(node)
    ran = (history.position_of(sender) for sender in senders)
    changes = [position + 1 for position in ran if position is not None]
    if node in state.roots and (changed_by is None or -1 in changed_by):
        changes.append(1)
    return max((position for position in changes if position < history.position), default=None)
