"""At which nodes of a pass breakpoints hold it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence, Set
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from torch import Tensor

from engine.autograd.graph.executions import Lines, executions
from engine.autograd.graph.node_names import named_tensors, operation, variable_of
from engine.autograd.passes.call_graph import CallGraph
from engine.autograd.passes.call_site import CallSite
from engine.autograd.passes.conditions import is_met
from engine.autograd.records import Call, NodeRecord
from engine.autograd.references import Reference, refer
from engine.protocol.breakpoints import (
    Anywhere,
    AtLine,
    AtModule,
    AtOperation,
    AtPass,
    AtVariable,
    Breakpoint,
    NotFinite,
)
from engine.tensors import native


class Here(NamedTuple):
    """A breakpoint that a node lies at. Of what runs as a whole, as a line or a module, it holds the first node that
    the pass comes to, and with a condition the first that meets it: `whole` names it, for each execution anew, and is
    empty where each node stands for itself."""

    point: Breakpoint
    whole: tuple[Hashable, ...] = ()


class Watch:
    """The breakpoints of one pass, by node, and those that are meant for every node."""

    def __init__(
        self,
        by_node: Mapping[int, Sequence[Here]],
        everywhere: Sequence[Here],
        record_of: Callable[[int], NodeRecord | None],
    ) -> None:
        self._by_node = by_node
        self._everywhere = everywhere
        self._record_of = record_of
        self._held: set[tuple[Breakpoint, Hashable]] = set()

    def hits(self, node: int, arrived: Sequence[Tensor | None]) -> tuple[int, ...]:
        """The ids of those that hold the pass at a node at which these gradients arrive. Inside `Unseen`."""
        here = (*self._by_node.get(node, ()), *self._everywhere)
        arrived = [native.bare(gradient) for gradient in arrived if gradient is not None] if here else ()
        found = []
        for point, whole in here:
            fresh = {(point, one) for one in whole} - self._held
            is_due = bool(fresh) or not whole
            if is_due and (point.condition is None or is_met(point.condition, arrived, self._record_of(node))):
                self._held |= fresh
                found.append(point.id)
        return tuple(found)

    def go_on(self, order: Sequence[int], before: Watch | None) -> None:
        """From where a pass is that has come to these nodes, and was watched by `before`: what it is inside of does not
        hold it again."""
        self._held |= set() if before is None else before._held
        for node in order:
            self._held |= {
                (point, one) for point, whole in self._by_node.get(node, ()) if point.condition is None for one in whole
            }


class Breakpoints:
    """What the person has set. `set` on any thread, all else on the one that runs the program."""

    def __init__(self, record_of: Callable[[Any], NodeRecord | None], program_paths: Set[str]) -> None:
        self._record_of = record_of
        self._paths = program_paths
        self._points: tuple[Breakpoint, ...] = ()
        self.version = 0  # of what is set
        self._leaf_names: dict[int, tuple[Reference, str]] = {}  # by id of the tensor
        self._at_first: tuple[Breakpoint, ...] = ()  # those that this run began with
        self._reached: set[int] = set()  # the ids of those at whose place something of this run's passes lies

    def set(self, points: tuple[Breakpoint, ...]) -> None:
        """All that are switched on."""
        self._points = points
        self.version += 1

    def begin_run(self) -> None:
        """A run of the program begins."""
        self._reached.clear()
        self._at_first = self._points

    def unreached(self) -> tuple[Breakpoint, ...]:
        """Those that all passes of this run looked for, and at whose place none of them has any node."""
        asked = (point for point in self._points if point in self._at_first and not isinstance(point.place, Anywhere))
        return tuple(point for point in asked if point.id not in self._reached)

    def starting(self, site: CallSite, index: int) -> tuple[int, ...]:
        """The ids of those that hold the pass of this number before its first node has run."""
        if not self._points:
            return ()
        here = [point for point in self._points if point.place in (AtPass(index), AtLine(site.line))]
        self._reached.update(point.id for point in here)
        return tuple(point.id for point in here if point.condition is None)

    def turning_ids(self) -> tuple[int, ...]:
        """The ids of those that wait for the node which makes a gradient NaN or infinite, whichever it is."""
        return tuple([point.id for point in self._points if _is_of_turning(point)]) if self._points else ()

    def watch(self, call: CallGraph, names: Callable[[], Mapping[str, Any]], index: int) -> Watch | None:
        """What to look for in the pass of this number; None where nothing is set that may hold it at one of its nodes.
        `names` gives the variables that the program's line sees."""
        if not self._points:
            return None
        points = [point for point in self._points if not _is_of_turning(point)]
        if all(isinstance(point.place, AtPass) and point.place.index != index for point in points):
            return None
        by_place = [point for point in points if isinstance(point.place, _Placed)]
        by_node = self._by_node(call, by_place, functools.partial(self._name_of, names=names)) if by_place else {}
        conditional = [point for point in points if point not in by_place and point.condition is not None]
        everywhere = [Here(point) for point in conditional if isinstance(point.place, Anywhere)]
        everywhere += [Here(point, (index,)) for point in conditional if point.place == AtPass(index)]
        if not by_node and not everywhere:
            return None
        return Watch(by_node, everywhere, lambda index: self._record_of(call.nodes[index]))

    def _by_node(
        self, call: CallGraph, points: Sequence[Breakpoint], name_of: Callable[[Tensor], str]
    ) -> dict[int, list[Here]]:
        lines = Lines(self._paths)
        runs = filter(call.runs.__getitem__, range(len(call.nodes)))
        nodes = [(index, _Described(call.nodes[index], self._record_of, lines, name_of)) for index in runs]
        found: dict[int, list[Here]] = {}
        for point in points:
            at = [(index, node) for index, node in nodes if node.is_at(point.place)]
            self._reached.update([point.id] if at else ())
            if isinstance(point.place, AtLine):
                wholes = executions((node.call for _, node in at if node.call), point.place.line, self._paths)
            for index, node in at:
                whole: tuple[Hashable, ...] = ()
                if isinstance(point.place, AtLine) and node.call is not None:
                    whole = (wholes.get(node.call.number),)
                elif isinstance(point.place, AtModule):
                    whole = node.modules_at(point.place.pattern)
                found.setdefault(index, []).append(Here(point, whole))
        return found

    def _name_of(self, leaf: Tensor, *, names: Callable[[], Mapping[str, Any]]) -> str:
        """The variable or parameter that a leaf is, "model.fc.weight"; the names are looked up once."""
        known = self._leaf_names.get(id(leaf))
        if known is None or known[0]() is not leaf:
            found = {id(tensor): (refer(tensor), name) for name, tensor in reversed([*named_tensors(names())])}
            self._leaf_names = found
            known = found.setdefault(id(leaf), (refer(leaf), ""))
        return known[1]


_Placed = AtLine | AtVariable | AtOperation | AtModule


class _Described:
    """What a place may say of one node. Each word is worked out when it is asked for."""

    def __init__(
        self,
        node: Any,
        record_of: Callable[[Any], NodeRecord | None],
        lines: Lines,
        name_of: Callable[[Tensor], str],
    ) -> None:
        self._node = node
        self._record = record_of(node)
        self._lines = lines
        self._name_of = name_of

    def is_at(self, place: Any) -> bool:
        match place:
            case AtLine(line):
                return self.call is not None and line in self._lines.of(self.call)
            case AtVariable(name):
                return name in self._variables
            case AtOperation(pattern):
                return any(fnmatchcase(name, pattern) for name in self._operations)
            case AtModule(pattern):
                return bool(self.modules_at(pattern))
        return False

    @property
    def call(self) -> Call | None:
        """That which made the node."""
        return None if self._record is None else self._record.call

    @property
    def _variables(self) -> tuple[str, ...]:
        leaf = native.leaf_of(self._node)
        if leaf is not None:
            return (self._name_of(leaf),)
        return () if self._record is None else tuple(variable_of(self._record).split(", "))

    @property
    def _operations(self) -> Iterator[str]:
        name = native.name_of(self._node).rpartition("::")[2]
        yield name
        plain = name.partition("Backward")[0]
        yield plain
        yield plain.lower()  # "mul" of an operator that is written "*"
        if self.call is not None:
            made_by = operation(self.call)
            yield made_by
            yield made_by.rpartition(".")[2]

    def modules_at(self, pattern: str) -> tuple[Hashable, ...]:
        """The calls of modules around it that a pattern fits, and itself where it is a parameter that it fits."""
        leaf = native.leaf_of(self._node)
        found: list[Hashable] = [self._node] if leaf is not None and _fits(self._name_of(leaf), pattern) else []
        module = None if self.call is None else self.call.module
        while module is not None:
            if _fits(module.path, pattern):
                found.append(module)
            module = module.parent
        return tuple(found)


def _fits(path: str, pattern: str) -> bool:
    """A pattern stands for the whole of a path, or for its end: `h.3.attn.*` for transformer.h.3.attn.c_attn, too."""
    return fnmatchcase(path, pattern) or fnmatchcase(path, f"*.{pattern}")


def _is_of_turning(point: Breakpoint) -> bool:
    return isinstance(point.place, Anywhere) and isinstance(point.condition, NotFinite)
