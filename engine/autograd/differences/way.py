"""The nodes that lie between an output and the roots of a pass, and how large the gradients are there."""

from __future__ import annotations

import torch

from engine.autograd.again.rerun import Arrived
from engine.autograd.differences.told import OnScreen

_ROUNDED = 4  # times what a type cannot tell apart: so much is left where large gradients cancel


class Ways:
    """Of the graph that a copy has arrived at. Nodes are indices into `Forward.ids`."""

    def __init__(self, arrived: Arrived, on_screen: OnScreen) -> None:
        self._ids, self._nodes, self._on_screen = arrived.forward.ids, arrived.graph.nodes, on_screen
        self._senders: dict[int, list[int]] = {}
        for sender, edges in enumerate(arrived.graph.edges):
            for edge in edges:
                if edge is not None and arrived.graph.runs[sender]:
                    self._senders.setdefault(edge[0], []).append(sender)

    def senders(self, index: int) -> list[int]:
        """The nodes that send a gradient to one, each once."""
        return list(dict.fromkeys(self._senders.get(index, ())))

    def one(self, index: int) -> list[int]:
        """One way from a node to a root."""
        way = [index]
        while self._senders.get(way[-1]):
            way.append(self._senders[way[-1]][0])
        return way

    def rounding(self, index: int, dtype: torch.dtype) -> float:
        """How large a gradient of `dtype` may be at a node by rounding alone."""
        return _ROUNDED * torch.finfo(dtype).eps * self._largest(index)

    def _largest(self, index: int) -> float:
        """The largest element of a gradient on any way from a root to a node."""
        found, pending, seen = 0.0, self.senders(index), {index}
        while pending:
            current = pending.pop()
            if current not in seen:
                seen.add(current)
                pending += self.senders(current)
                found = max(found, self._largest_at(current))
        return found

    def _largest_at(self, index: int) -> float:
        slots = range(len(self._nodes[index]._input_metadata))
        gradients = (self._on_screen.gradient(self._ids[index], slot) for slot in slots)
        return max((float(g.abs().max()) for g in gradients if g is not None and g.numel()), default=0.0)
