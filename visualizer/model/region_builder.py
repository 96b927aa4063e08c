"""Finds the regions of a graph: one walk along the forward pass, then the leaves go where their users are."""

from __future__ import annotations

from itertools import count
from operator import attrgetter
from weakref import WeakValueDictionary

import numpy as np

from engine.protocol.graph_values import Graph, Node
from visualizer.model.leaf_homes import owners
from visualizer.model.region_keys import name
from visualizer.model.regions import LAYER, MODULE, PASS, ROOT, SERIES, Region, RegionTree
from visualizer.model.turns import Work, whole

_TURN_NODES, _TURN_EDGES = 2_000, 10_000  # are walked over in some milliseconds
_MODULE, _PLACE = attrgetter("module"), attrgetter("module", "iteration")
_SOURCE, _TARGET = attrgetter("source"), attrgetter("target")
_CONTAINERS = frozenset({"ModuleList", "ModuleDict"})  # they have no forward: none is entered by a pass
Step = tuple[
    str, str | int
]  # (MODULE, path), (SERIES, repetition), (PASS, its index in graph.iterations), (LAYER, its index in graph.layers)


_TREES: WeakValueDictionary[int, RegionTree] = WeakValueDictionary()  # by id of a graph, which its tree keeps alive


def regions_of(graph: Graph) -> RegionTree:
    """The regions of a graph whose nodes stand in the order of a backward pass, each before those that it leads to.
    One tree for all who ask, on the window's thread."""
    return whole(finding_regions(graph))


def finding_regions(graph: Graph) -> Work[RegionTree]:
    """`regions_of` in turns."""
    tree = _TREES.get(id(graph))
    if tree is None:
        tree = yield from _grow(graph)
        tree = _TREES.setdefault(id(graph), tree)  # somebody may have asked meanwhile
    return tree


def _grow(graph: Graph) -> Work[RegionTree]:
    yield from graph.columns.making()
    builder = _Builder(graph)
    yield
    yield from builder.find_levels()
    builder.ends = yield from _ends(graph)
    yield from builder.walk()
    yield from builder.merge_passes()
    yield from builder.gather_blocks()
    yield from builder.prune()
    owner = yield from owners(graph, builder.regions, builder.ends)
    order = yield from builder.measure()
    yield from name(graph, builder.regions)
    tree = RegionTree(graph, builder.regions, owner, order, builder.ends)
    yield
    yield from _know_long_series(tree)
    return tree


def _know_long_series(tree: RegionTree) -> Work[None]:
    """What is said of them takes long, and is kept."""
    for number, region in enumerate(tree.regions):
        if region.kind == SERIES and len(region.children) > _TURN_NODES:
            series = tree.series(number)
            yield
            yield from series.finding_out()


class _Builder:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.regions = [Region("root", ROOT, 0)]
        self._types = {module.path: module.type_name for module in graph.modules}
        for path in set(map(_MODULE, graph.nodes)):
            self._types.setdefault(path, "")
        self._types.pop("", None)
        self._modules: dict[str, tuple[str, ...]] = {"": ()}
        self._levels: list[int] = []  # by repetition, how many modules lie around it
        self.ends = np.empty((0, 2), dtype=np.int32)
        self._is_made = graph.columns.is_made
        self._made_above = np.concatenate([[0], np.cumsum(self._is_made)])  # by index: operations at smaller ones

    # -- the walk

    def walk(self) -> Work[None]:
        """Open a region where the forward pass enters it, and never again once it was left."""
        known: dict[tuple[str, int, int], tuple[Step, ...]] = {}
        open_steps: tuple[Step, ...] = ()
        open_regions = [ROOT]
        nodes = self.graph.nodes
        for n_done, index in enumerate(np.flatnonzero(self._is_made)[::-1].tolist()):
            node = nodes[index]
            if not n_done % _TURN_NODES:
                yield
            place = node.module, node.iteration, node.layer
            steps = known.get(place)
            if steps is None:
                steps = known[place] = self._steps(node)
            if steps is not open_steps:
                kept = _common(open_steps, steps)
                del open_regions[kept + 1 :]
                for step in steps[kept:]:
                    open_regions.append(self._open(step, open_regions[-1]))
                open_steps = steps
            self.regions[open_regions[-1]].nodes.append(index)

    def _open(self, step: Step, parent: int) -> int:
        kind, what = step
        depth = self.regions[parent].depth + (kind != SERIES)
        region = Region(kind, parent, depth)
        if isinstance(what, str):
            region.path, region.type_name = what, self._types[what]
        elif kind == LAYER:
            region.layer = what
        else:
            region.repetition = what if kind == SERIES else self.graph.iterations[what]
        return self._add(region)

    def _add(self, region: Region) -> int:
        self.regions.append(region)
        self.regions[region.parent].children.append(len(self.regions) - 1)
        return len(self.regions) - 1

    def _steps(self, node: Node) -> tuple[Step, ...]:
        modules = self._chain(node.module)
        passes = self._passes(node.iteration)
        steps: list[Step] = []
        done = 0
        for number in passes:
            repetition = self.graph.iterations[number]
            level = max(min(self._levels[repetition], len(modules)), done)
            steps += [(MODULE, path) for path in modules[done:level]]
            steps += [(SERIES, repetition), (PASS, number)]
            done = level
        while passes and done < len(modules) and self._types[modules[done]] in _CONTAINERS:
            done += 1  # a pass enters the block, not the list that holds it
        steps += [(MODULE, path) for path in modules[done:]]
        return (*steps, (LAYER, node.layer)) if node.layer >= 0 else tuple(steps)

    def _passes(self, iteration: int) -> list[int]:
        """A pass and those around it, outermost first."""
        found = []
        while iteration >= 0:
            found.append(iteration)
            iteration = self.graph.repetitions[self.graph.iterations[iteration]].iteration
        return found[::-1]

    def _chain(self, path: str) -> tuple[str, ...]:
        """The paths of a module and those around it, outermost first."""
        if path not in self._modules:
            above = self._chain(path.rpartition(".")[0])
            self._modules[path] = (*above, path) if path in self._types else above
        return self._modules[path]

    def find_levels(self) -> Work[None]:
        """How many modules lie around each repetition: that whose forward ran it, and the lists of its blocks."""
        shared: dict[int, tuple[str, ...]] = {}
        places = dict.fromkeys(map(_PLACE, self.graph.nodes))
        for place, (module, iteration) in enumerate(places):
            if not place % _TURN_NODES:
                yield
            if iteration < 0:
                continue
            chain = self._chain(module)
            for number in self._passes(iteration):
                repetition = self.graph.iterations[number]
                before = shared.get(repetition, chain)
                shared[repetition] = before[: _common(before, chain)]
        for number, run in enumerate(self.graph.repetitions):
            around, level = shared.get(number, ()), len(self._chain(run.module))
            level = min(level, len(around))
            while level < len(around) and self._types[around[level]] in _CONTAINERS:
                level += 1
            self._levels.append(level)

    # -- what is one and the same, and what belongs together

    def merge_passes(self) -> Work[None]:
        """A pass that is nothing but one module is that module."""
        for series in [region for region in self.regions if region.kind == SERIES]:
            for place, number in enumerate(series.children):
                if not place % _TURN_NODES:
                    yield
                region = self.regions[number]
                if not region.nodes and len(region.children) == 1:
                    only = self.regions[region.children[0]]
                    if only.kind == MODULE:
                        only.parent = region.parent
                        series.children[place] = region.children[0]

    def gather_blocks(self) -> Work[None]:
        """Neighbours among modules that are numbered on, of one type and structure, are a series."""
        for number in range(len(self.regions)):
            if not number % _TURN_NODES:
                yield
            region = self.regions[number]
            if region.kind == SERIES or len(region.children) < 2:
                continue
            for run in self._runs(region):
                series = Region(SERIES, number, region.depth, children=run)
                place = region.children.index(run[0])
                self.regions.append(series)
                region.children[place : place + len(run)] = [len(self.regions) - 1]
                for child in run:
                    self.regions[child].parent = len(self.regions) - 1

    def _runs(self, region: Region) -> list[list[int]]:
        runs: list[list[int]] = []
        before = 0
        for child in region.children:
            if before and self._goes_on(before, child):
                runs[-1].append(child)
            else:
                runs.append([child])
            before = child
        return [run for run in runs if len(run) > 1]

    def _goes_on(self, before: int, child: int) -> bool:
        """Whether a region is the next block after another, with nothing made between them."""
        first, second = self.regions[before], self.regions[child]
        prefix, _, last = first.path.rpartition(".")
        next_prefix, _, following = second.path.rpartition(".")
        if not (last.isdigit() and following.isdigit()) or prefix != next_prefix or int(following) != int(last) + 1:
            return False
        if not first.type_name or self._structure(before) != self._structure(child):
            return False
        last_made, first_made = self._last(before), self._first(child)  # the forward pass goes down the indices
        return bool(self._made_above[last_made] == self._made_above[first_made + 1])

    def _structure(self, number: int, base: str = "") -> tuple:
        """Types of a module and of all in it, by path from itself; `base` is the path of the module around a pass."""
        region = self.regions[number]
        base = region.path or base
        below = [(self.regions[child].path[len(base) :], self._structure(child, base)) for child in region.children]
        return region.type_name, tuple(sorted(below))

    def _last(self, number: int) -> int:
        region = self.regions[number]
        return min([*region.nodes, *(self._last(child) for child in region.children[-1:])])

    def _first(self, number: int) -> int:
        region = self.regions[number]
        return max([*region.nodes, *(self._first(child) for child in region.children[:1])])

    def prune(self) -> Work[None]:
        """Leave out the passes that became modules; outer regions come before inner ones."""
        found = [ROOT]
        for number in found:
            found += self.regions[number].children
        yield
        places = {number: place for place, number in enumerate(found)}
        self.regions = [self.regions[number] for number in found]
        for n_done, region in enumerate(self.regions):
            if not n_done % _TURN_NODES:
                yield
            region.parent = places[region.parent]
            region.children = [places[child] for child in region.children]

    # -- the order of all nodes

    def measure(self) -> Work[np.ndarray]:
        """Every region a slice of the order that is returned."""
        order: list[int] = []
        waiting = [(ROOT, False)]
        for n_done in count():
            if not n_done % _TURN_NODES:
                yield
            if not waiting:
                break
            number, is_left = waiting.pop()
            region = self.regions[number]
            if is_left:
                region.stop = len(order)
                continue
            region.start = len(order)
            order += region.nodes
            waiting.append((number, True))
            waiting += [(child, False) for child in reversed(region.children)]
        return np.array(order, dtype=np.int32)


def _ends(graph: Graph) -> Work[np.ndarray]:
    """int32 (n_edges, 2): the indices of every edge's source and target, -1 of one that is not in the graph."""
    found, index_of = np.empty((len(graph.edges), 2), dtype=np.int32), graph.columns.index_of
    for start in range(0, len(found), _TURN_EDGES):
        for side, of in enumerate((_SOURCE, _TARGET)):
            ids = list(map(of, graph.edges[start : start + _TURN_EDGES]))
            found[start : start + len(ids), side] = [index_of.get(id, -1) for id in ids]
        yield
    return found


def _common(first: tuple, second: tuple) -> int:
    """How many of the first items are the same in both."""
    n = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        n += 1
    return n
