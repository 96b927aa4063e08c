"""Nodes and edges that say the same share what they say it with: decoded, each would have texts and shapes of its own,
which are most of what it takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from operator import attrgetter
from sys import intern
from typing import Any

from engine.protocol.graph_values import Edge, Node

_TEXTS = {"name", "kind", "category", "operation", "variable", "module"}
_OWN = {"sequence", "layer", "source_slot", "target_slot", "gradient"}  # differ from node to node, or take no room


class Sharing:
    """Of one graph, whose nodes and edges come in parts."""

    def __init__(self) -> None:
        self._known: defaultdict[type, dict[Hashable, Any]] = defaultdict(dict)  # by type: 1 and True are equal

    def nodes(self, nodes: tuple[Node, ...]) -> Iterable[Node]:
        """The same nodes."""
        return map(Node, *self._columns(Node, nodes))

    def edges(self, edges: tuple[Edge, ...]) -> Iterable[Edge]:
        """The same edges."""
        return map(Edge, *self._columns(Edge, edges))

    def _columns(self, kind: type, items: tuple[Any, ...]) -> Iterator[Iterable[Any]]:
        for name in kind.__struct_fields__:  # type: ignore[attr-defined]
            values = list(map(attrgetter(name), items))
            if name in _TEXTS:
                yield map(intern, values)
            else:
                known = self._known[type(values[0])] if values else {}
                yield values if name in _OWN else map(known.setdefault, values, values)
