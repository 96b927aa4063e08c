"""The regions of a graph, one in another: modules, and what ran again: passes of a loop, blocks of a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from engine.protocol.values import Graph, count

ROOT = 0
MODULE, PASS, SERIES = "module", "pass", "series"
NOT_ALIKE = "not alike"


@dataclass(slots=True, eq=False)
class Region:
    """`nodes` are the indices of its own; `order[start:stop]` of the tree are those and the ones of what is in it.

    The members of a series are its children; it has no nodes of its own.
    """

    kind: str
    parent: int
    depth: int  # modules and passes around it, the root 0
    path: str = ""  # of a module
    type_name: str = ""
    repetition: int = -1  # index in graph.repetitions, of a series and its passes
    number: int = -1  # its place among the members of a series
    key: str = ""
    children: list[int] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)
    start: int = 0
    stop: int = 0

    @property
    def n_inside(self) -> int:
        """Nodes here and below."""
        return self.stop - self.start


class RegionTree:
    """All regions of one graph; made by `regions_of`. A region is a stretch of the forward pass with the leaves that
    nothing else uses, so that one card for all of it, or for neighbours in a series, makes no cycle."""

    def __init__(self, graph: Graph, regions: list[Region], owner: np.ndarray, order: np.ndarray) -> None:
        self.graph = graph
        self.regions = regions
        self.owner = owner  # int32 (n_nodes,): the innermost region of each node
        self.order = order  # int32 (n_nodes,)
        self.index = {region.key: number for number, region in enumerate(regions) if region.key}
        self.of_path: dict[str, int] = {}  # by path of a module: its region, the first of several
        for number, region in enumerate(regions):
            if region.kind == MODULE:
                self.of_path.setdefault(region.path, number)
        self._words: dict[int, str] = {}

    def chain(self, number: int) -> list[int]:
        """The regions around one and itself, from the outermost, without the root."""
        found = []
        while number != ROOT:
            found.append(number)
            number = self.regions[number].parent
        return found[::-1]

    def inside(self, number: int) -> np.ndarray:
        """The nodes in a region and below."""
        return self.order[self.regions[number].start : self.regions[number].stop]

    def foldable(self) -> list[str]:
        """Keys of everything that can be folded."""
        return [region.key for region in self.regions[1:] if region.n_inside > 1]

    def find(self, key: str) -> int:
        """The region with this key or, of a module, this path; -1 without one."""
        return self.index.get(key, self.of_path.get(key, -1))

    def below(self, number: int) -> Iterator[int]:
        """A region and all in it, outer before inner."""
        waiting = [number]
        while waiting:
            current = waiting.pop()
            yield current
            waiting.extend(reversed(self.regions[current].children))

    def is_member(self, number: int) -> bool:
        """Whether a region is one of a series."""
        return number != ROOT and self.regions[self.regions[number].parent].kind == SERIES

    def title(self, number: int) -> str:
        """What a region is called."""
        region = self.regions[number]
        if region.kind == SERIES:
            return f"{self._series(region)} × {len(region.children)}"
        return self.place(number) or region.type_name or region.path.rpartition(".")[2]

    def place(self, number: int) -> str:
        """ "13 of 500", of a pass and of one call of a module among several; "" where the path says it all."""
        region, around = self.regions[number], self.regions[self.regions[number].parent]
        is_counted = around.kind == SERIES and not self._blocks(around)
        return f"{region.number + 1} of {len(around.children)}" if is_counted else ""

    def subtitle(self, number: int) -> str:
        """Where a region stands in the program or the model, and what the members of a series have in common."""
        region = self.regions[number]
        if region.kind == SERIES:
            return self._series_subtitle(number, region)
        if region.kind == PASS:
            return self._series(self.regions[region.parent])
        return region.path

    def _series_subtitle(self, number: int, region: Region) -> str:
        common = self.common(number)
        if self._blocks(region):
            label = self.label(number, 0, len(region.children))
            return f"{label} · {common}" if common.startswith(NOT_ALIKE) else label
        lines = self._lines(region)
        return common if self._series(region) == lines else f"{lines} · {common}"

    def part_title(self, number: int, first: int, stop: int) -> str:
        """Of the members `first` to `stop - 1` of a series."""
        return f"{self._series(self.regions[number])} × {stop - first}"

    def label(self, number: int, first: int, stop: int) -> str:
        """Which members of a series: "h.0 … 11" of blocks, "1 … 12 of 500" of passes."""
        region = self.regions[number]
        if blocks := self._blocks(region):
            last = blocks[stop - 1].rpartition(".")[2]
            return blocks[first] if stop - first == 1 else f"{blocks[first]} … {last}"
        return f"{first + 1} … {stop} of {len(region.children)}"

    def common(self, number: int) -> str:
        """What the members of a series have in common: how many nodes, and the shape that comes out; or that they are
        not alike."""
        if number not in self._words:
            self._words[number] = self._compare(number)
        return self._words[number]

    def outputs(self, number: int) -> tuple[int, ...]:
        """By member of a series: the id of the last node that it made, which its gradient reaches first."""
        region = self.regions[number]
        return tuple(self.graph.nodes[self._made(child)[-1]].id for child in region.children)

    def _made(self, number: int) -> list[int]:
        """The nodes of operations in a region, in the order of the forward pass."""
        nodes = self.graph.nodes
        return sorted((i for i in self.inside(number).tolist() if nodes[i].kind == "backward"), reverse=True)

    def _compare(self, number: int) -> str:
        members = [self._made(child) for child in self.regions[number].children]
        nodes = self.graph.nodes
        kinds = {tuple(nodes[i].name for i in member) for member in members}
        if len(kinds) > 1:
            return f"{NOT_ALIKE}: {len(kinds)} kinds"
        counts = {count(nodes[i] for i in self.inside(child).tolist()) for child in self.regions[number].children}
        largest = max(counts)
        each = ("" if len(counts) == 1 else "up to ") + ("1 node each" if largest == 1 else f"{largest} nodes each")
        shapes = {tuple(output.shape for output in nodes[member[-1]].outputs) for member in members}
        if len(shapes) > 1:
            return f"{each}, shapes differ"
        shape = next(iter(shapes))
        return each if not shape or shape[0] is None else f"{each} → {shape[0]}"

    def _blocks(self, region: Region) -> list[str]:
        """The paths of members that are modules of their own; empty where they are passes or one module's calls."""
        paths = [self.regions[child].path for child in region.children]
        return paths if all(paths) and len(set(paths)) == len(paths) else []

    def _series(self, region: Region) -> str:
        """What repeats: a type of modules, or lines."""
        types = {self.regions[child].type_name for child in region.children}
        name = next(iter(types))
        return name if len(types) == 1 and name else self._lines(region)

    def _lines(self, region: Region) -> str:
        repetition = self.graph.repetitions[region.repetition]
        return line_words(repetition.line, repetition.end_line)


def line_words(line: int, end_line: int) -> str:
    """ "line 14", "lines 14–17"."""
    return f"line {line}" if line == end_line else f"lines {line}–{end_line}"
