"""Finds the regions of a graph: one walk along the forward pass, then the leaves go where their users are."""

from __future__ import annotations

from weakref import WeakValueDictionary

import numpy as np

from engine.protocol.values import Graph, Node
from visualizer.model.leaf_homes import owners
from visualizer.model.region_keys import name
from visualizer.model.regions import LAYER, MODULE, PASS, ROOT, SERIES, Region, RegionTree
from visualizer.model.turns import Work, whole

_TURN_NODES = 2_000  # are walked over in some milliseconds
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
    builder = _Builder(graph)
    yield
    yield from builder.find_levels()
    builder.ends = _ends(graph)
    yield
    yield from builder.walk()
    builder.merge_passes()
    builder.gather_blocks()
    builder.prune()
    yield
    owner = owners(graph, builder.regions, builder.ends)
    yield
    order = builder.measure()
    yield
    name(graph, builder.regions)
    yield
    tree = RegionTree(graph, builder.regions, owner, order, builder.ends)
    yield from _know_long_series(tree)
    return tree


def _know_long_series(tree: RegionTree) -> Work[None]:
    """What is said of them takes long, and is kept."""
    for number, region in enumerate(tree.regions):
        if region.kind == SERIES and len(region.children) > _TURN_NODES:
            series = tree.series(number)
            for fact in ("outputs", "common"):
                yield
                getattr(series, fact)


class _Builder:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.regions = [Region("root", ROOT, 0)]
        self._types = {module.path: module.type_name for module in graph.modules}
        for node in graph.nodes:
            self._types.setdefault(node.module, "")
        self._types.pop("", None)
        self._modules: dict[str, tuple[str, ...]] = {"": ()}
        self._levels: list[int] = []  # by repetition, how many modules lie around it
        self.ends = np.empty((0, 2), dtype=np.int32)
        is_made = [node.kind == "backward" for node in graph.nodes]
        self._made_above = np.concatenate([[0], np.cumsum(is_made)])  # by index: operations at smaller ones

    # -- the walk

    def walk(self) -> Work[None]:
        """Open a region where the forward pass enters it, and never again once it was left."""
        known: dict[tuple[str, int, int], tuple[Step, ...]] = {}
        open_steps: tuple[Step, ...] = ()
        open_regions = [ROOT]
        nodes = self.graph.nodes
        for index in range(len(nodes) - 1, -1, -1):
            node = nodes[index]
            if not index % _TURN_NODES:
                yield
            if node.kind != "backward":
                continue
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
        places = {(node.module, node.iteration) for node in self.graph.nodes if node.iteration >= 0}
        for place, (module, iteration) in enumerate(places):
            if not place % _TURN_NODES:
                yield
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

    def merge_passes(self) -> None:
        """A pass that is nothing but one module is that module."""
        for series in [region for region in self.regions if region.kind == SERIES]:
            for place, number in enumerate(series.children):
                region = self.regions[number]
                if not region.nodes and len(region.children) == 1:
                    only = self.regions[region.children[0]]
                    if only.kind == MODULE:
                        only.parent = region.parent
                        series.children[place] = region.children[0]

    def gather_blocks(self) -> None:
        """Neighbours among modules that are numbered on, of one type and structure, are a series."""
        for number in range(len(self.regions)):
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

    def prune(self) -> None:
        """Leave out the passes that became modules; outer regions come before inner ones."""
        found = [ROOT]
        for number in found:
            found += self.regions[number].children
        places = {number: place for place, number in enumerate(found)}
        self.regions = [self.regions[number] for number in found]
        for region in self.regions:
            region.parent = places[region.parent]
            region.children = [places[child] for child in region.children]

    # -- the order of all nodes

    def measure(self) -> np.ndarray:
        """Every region a slice of the order that is returned."""
        order: list[int] = []
        waiting = [(ROOT, False)]
        while waiting:
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


def _ends(graph: Graph) -> np.ndarray:
    """int32 (n_edges, 2): the indices of every edge's source and target, -1 of one that is not in the graph."""
    index = {node.id: place for place, node in enumerate(graph.nodes)}
    pairs = [(index.get(edge.source, -1), index.get(edge.target, -1)) for edge in graph.edges]
    return np.array(pairs, dtype=np.int32).reshape(-1, 2)


def _common(first: tuple, second: tuple) -> int:
    """How many of the first items are the same in both."""
    n = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        n += 1
    return n
