"""A run of a program that has ended, as those who look for what nobody says need it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from typing import Any, NamedTuple

from torch import Tensor, nn
from torch.autograd.graph import Node as GradFn
from torch.optim import Optimizer

from engine.autograd.graph.node_names import user_names
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.call_site import CallSite
from engine.autograd.passes.course import Course
from engine.autograd.passes.grad_accounts import GradAccounts
from engine.autograd.passes.kept_passes import KeptPasses
from engine.autograd.recorder import Recorder
from engine.autograd.records import NodeRecord
from engine.program.module_tree import named_parameters_in


class Run(NamedTuple):
    """`before`: the ids of what was in `namespace` when it began. `current` is its newest pass, called at `site`."""

    namespace: Mapping[str, Any]
    before: Set[int]
    recorder: Recorder
    accounts: GradAccounts
    course: Course
    kept: KeptPasses
    current: BackwardPass
    site: CallSite

    @property
    def path(self) -> str:
        """Of the program's file, in which the newest pass was called; "" where that is not known."""
        return "" if self.site.source is None else self.site.source.path

    def optimizers(self) -> Iterator[tuple[str, Optimizer]]:
        """Those of the program, by name."""
        return ((name, one) for name, one in self.values() if issubclass(type(one), Optimizer))

    def modules(self) -> Iterator[tuple[str, nn.Module]]:
        """Those that have come since it began."""
        found = ((name, one) for name, one in self.values() if id(one) not in self.before)
        return ((name, one) for name, one in found if issubclass(type(one), nn.Module))

    def names(self) -> dict[int, str]:
        """Of tensors, by id: parameters of modules by their paths, variables by their names."""
        found: dict[int, str] = {}
        for name, value in self.values():
            if issubclass(type(value), nn.Module):  # the first is the one that others, as a loop, take theirs of
                found = {id(parameter): path for path, parameter in named_parameters_in(value, name)} | found
        return {id(one): name for name, one in self.values() if issubclass(type(one), Tensor)} | found

    def was_reached(self, leaf: Tensor) -> bool:
        """Whether any pass of the run has come to a leaf."""
        return self.accounts.of(leaf) is not None or self.current.has_reached(leaf)

    def nodes(self) -> Iterator[tuple[int, GradFn, NodeRecord]]:
        """Those of the newest pass that were seen to be made, with their places in it."""
        record_of: Callable[[GradFn], NodeRecord | None] = self.recorder.seen.record_of
        for index, node in enumerate(self.current.call.nodes):
            record = record_of(node)
            if record is not None:
                yield index, node, record

    def newest_number(self) -> int:
        """Of the newest pass, in the order of calls; -1 where it is not known."""
        marks = (record.ran_in for _, _, record in self.nodes())
        return max((mark.number for mark in marks if mark is not None), default=-1)

    def values(self) -> Iterator[tuple[str, Any]]:
        """Its variables, by name."""
        return ((name, value) for name, value in user_names(self.namespace) if not name.startswith("_"))
