"""Passes inside of one call: the steps of an `nn.GRU`, say, where no fused kernel takes all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from torch.autograd.graph import Node as GradFn

from engine.autograd.graph.repetitions import Repetitions
from engine.autograd.records import Call, NodeRecord
from engine.program.function_names import function_name
from engine.tensors import native

_FUNCTIONS = frozenset({"torch.gru", "torch.lstm", "torch.rnn_tanh", "torch.rnn_relu"})
_PRODUCTS = frozenset({"AddmmBackward0", "MmBackward0"})  # every step has one, of the hidden state
_LONGEST = 40  # nodes of a step


class Steps(NamedTuple):
    """A list of operations that comes again: from `start` on `n_steps` times `n_nodes` of them."""

    start: int
    n_nodes: int
    n_steps: int

    @property
    def stop(self) -> int:
        """Behind the last."""
        return self.start + self.n_nodes * self.n_steps


def time_steps(records: Mapping[GradFn, NodeRecord], repetitions: Repetitions) -> dict[GradFn, int]:
    """By node the number of the pass that it is in; `repetitions` learns of one for each direction of each layer."""
    calls: dict[Call, list[GradFn]] = defaultdict(list)
    for node, record in records.items():
        call = record.call
        if call is not None and call.place is not None and function_name(call.function) in _FUNCTIONS:
            calls[call].append(node)
    found: dict[GradFn, int] = {}
    for call, nodes in calls.items():
        nodes.sort(key=lambda node: node._sequence_nr())  # type: ignore[attr-defined]
        for steps in steps_in([native.name_of(node) for node in nodes]):
            for place, number in enumerate(repetitions.add_inside(call, "time step", steps.n_steps)):
                first = steps.start + place * steps.n_nodes
                found.update(dict.fromkeys(nodes[first : first + steps.n_nodes], number))
    return found


def steps_in(names: Sequence[str]) -> list[Steps]:
    """What comes again at once, from the first place where it can begin; of several lists that which covers most."""
    found: list[Steps] = []
    place = 0
    while place < len(names):
        tried = (Steps(place, n_nodes, _n_times(names, place, n_nodes)) for n_nodes in range(2, _LONGEST + 1))
        best = max(tried, key=lambda steps: (steps.stop if steps.n_steps > 1 else 0, -steps.n_nodes))
        if best.n_steps > 1 and not _PRODUCTS.isdisjoint(names[place : place + best.n_nodes]):
            found.append(best)
            place = best.stop
        else:
            place += 1
    return found


def _n_times(names: Sequence[str], start: int, length: int) -> int:
    """How often the `length` names from `start` on come, the first time included."""
    stop = start + length
    while stop < len(names) and names[stop] == names[stop - length]:
        stop += 1
    return (stop - start) // length
