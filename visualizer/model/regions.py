"""The regions of a graph, one in another: modules, what ran again (passes of a loop, blocks of a list), and what
backward passes have made."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from operator import attrgetter

import msgspec
import numpy as np

from engine.protocol.graph_values import Graph
from engine.protocol.layers import GradientLayer
from engine.shared.language import tr
from visualizer.model.series import Series

_SOURCE = attrgetter("source")
_BEGIN, _MOST_KINDS = attrgetter("start"), 3
ROOT = 0
MODULE, PASS, SERIES, LAYER = "module", "pass", "series", "layer"


class Region(msgspec.Struct, eq=False, gc=False):
    """`nodes` are the indices of its own; `order[start:stop]` of the tree are those and the ones of what is in it.

    The members of a series are its children; it has no nodes of its own. It is in no reference cycle, and the collector
    of cycles leaves it alone.
    """

    kind: str
    parent: int
    depth: int  # modules and passes around it, the root 0
    path: str = ""  # of a module
    type_name: str = ""
    repetition: int = -1  # index in graph.repetitions, of a series and its passes
    layer: int = -1  # index in graph.layers
    number: int = -1  # its place among the members of a series
    key: str = ""
    children: list[int] = []
    nodes: list[int] = []
    start: int = 0
    stop: int = 0

    @property
    def n_inside(self) -> int:
        """Nodes here and below."""
        return self.stop - self.start


class RegionTree:
    """All regions of one graph; made by `regions_of`. A region is a stretch of the forward pass with the leaves that
    nothing else uses, so that one card for all of it, or for neighbours in a series, makes no cycle."""

    def __init__(
        self, graph: Graph, regions: list[Region], owner: np.ndarray, order: np.ndarray, ends: np.ndarray
    ) -> None:
        self.graph = graph
        self.regions = regions
        self.owner = owner  # int32 (n_nodes,): the innermost region of each node
        self.order = order  # int32 (n_nodes,)
        self.ends = ends  # int32 (n_edges, 2): indices of every edge's source and target, -1 of one that is elsewhere
        self.index = {region.key: number for number, region in enumerate(regions) if region.key}
        self.of_path: dict[str, int] = {}  # by path of a module: its region, the first of several
        for number, region in enumerate(regions):
            if region.kind == MODULE:
                self.of_path.setdefault(region.path, number)
        self._series: dict[int, Series] = {}

    def forget_words(self) -> None:
        """The language is another."""
        self._series.clear()

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

    def series(self, number: int) -> Series:
        """What the members of a series have in common."""
        found = self._series.get(number)
        if found is None:
            region = self.regions[number]
            members = [self.regions[child] for child in region.children]
            found = self._series[number] = Series(
                self.graph,
                [member.path for member in members],
                {member.type_name for member in members},
                self._lines(region),
                self.inside(number),
                np.array([member.start - region.start for member in members], dtype=np.int64),
            )
        return found

    def _lines(self, region: Region) -> str:
        if region.repetition < 0:  # blocks that no loop was seen to run
            return ""
        repetition = self.graph.repetitions[region.repetition]
        if repetition.what:
            return repetition.what
        words = line_words(repetition.line, repetition.end_line)
        file = repetition.path.rpartition("/")[2]
        return words if repetition.path in self._program_paths else f"{file} {words}"  # of a library

    @cached_property
    def _program_paths(self) -> frozenset[str]:
        """The files that the lines of its nodes are in."""
        return frozenset(source.path for source in set(map(_SOURCE, self.graph.nodes)) if source is not None)

    def are_blocks(self, number: int) -> bool:
        """Whether it is a series whose members are modules of their own, and not calls of one or passes of a loop."""
        return self.regions[number].kind == SERIES and bool(self.series(number).blocks)

    def title(self, number: int) -> str:
        """What a region is called."""
        region = self.regions[number]
        if region.kind == SERIES:
            return self.part_title(number, 0, len(region.children))
        if region.kind == LAYER:
            return layer_words(self.graph.layers[region.layer])
        return self.place(number) or region.type_name or region.path.rpartition(".")[2]

    def place(self, number: int) -> str:
        """ "13 of 500", of a pass and of one call of a module among several; "" where the path says it all."""
        region = self.regions[number]
        around = self.regions[region.parent]
        is_counted = around.kind == SERIES and not self.are_blocks(region.parent)
        return tr("{number} of {total}", number=region.number + 1, total=len(around.children)) if is_counted else ""

    def subtitle(self, number: int) -> str:
        """Where a region stands in the program or the model, and what the members of a series have in common."""
        region = self.regions[number]
        if region.kind == SERIES:
            said, called = self._series_subtitle(self.series(number)), self._called(number)
            return f"{called} · {said}" if called else said
        if region.kind == PASS:
            return self.series(region.parent).name
        if region.kind == LAYER:
            return made_by(self.graph.layers[region.layer])
        return region.path

    def _called(self, number: int) -> str:
        """What kinds of modules the passes of a loop call, "LSTMCell, Linear": as its first one does."""
        series = self.series(number)
        first = self.regions[self.regions[number].children[0]]
        if series.blocks or series.name != series.lines:
            return ""
        inside = sorted((self.regions[child] for child in first.children), key=_BEGIN)
        kinds = list(dict.fromkeys(one.type_name for one in inside if one.kind == MODULE and one.type_name))
        return ", ".join(kinds[:_MOST_KINDS]) + (" …" if len(kinds) > _MOST_KINDS else "")

    def _series_subtitle(self, series: Series) -> str:
        if series.blocks:
            label = series.label(0, series.n_members)
            return label if series.are_alike else f"{label} · {series.common}"
        return series.common if series.name == series.lines else f"{series.lines} · {series.common}"

    def part_title(self, number: int, first: int, stop: int) -> str:
        """Of the members `first` to `stop - 1` of a series."""
        return f"{self.series(number).name} × {stop - first}"


def layer_words(layer: GradientLayer) -> str:
    """ "Layer 2: gradient of pass 1"."""
    return tr("Layer {order}: gradient of pass {number}", order=layer.order, number=layer.pass_index)


def made_by(layer: GradientLayer) -> str:
    """ "line 5 · y.backward(create_graph=True)"."""
    return f"{tr('line {line}', line=layer.line)} · {layer.origin}" if layer.line else layer.origin


def line_words(line: int, end_line: int) -> str:
    """ "line 14", "lines 14–17"."""
    return tr("line {line}", line=line) if line == end_line else tr("lines {first}–{last}", first=line, last=end_line)
