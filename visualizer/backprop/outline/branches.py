"""What the outline's tree is made of: regions in each other, and lines of the program where no region is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec
import numpy as np

from engine.protocol.graph_values import Graph, Node
from engine.protocol.source import Source
from engine.shared.language import grouped, tr
from visualizer.model.region_builder import finding_regions
from visualizer.model.regions import LAYER, MODULE, ROOT, SERIES, Region, RegionTree
from visualizer.model.turns import Work

_LATE = float("inf")
_TURN_BRANCHES, _TURN_NODES = 200, 2_000  # are made, and looked at, in some milliseconds
_MANY, _PART = 1_000, 500  # rows in one place, above which they stand in parts, and how many in a part


class Branch(msgspec.Struct, eq=False, gc=False):
    """A row that others are under: a module, a series of repeated ones, a line of the program.

    `title` leaves out what the rows around it say. `key` is what the selection calls it. `children` are branches and
    indices in graph.nodes, in the order of the forward pass. It is in no reference cycle, and the collector of cycles
    leaves it alone.
    """

    key: str
    title: str
    subtitle: str = ""
    children: tuple[Branch | int, ...] = ()
    path: str = ""  # dotted, of a module
    also: tuple[str, ...] = ()  # keys of what is nothing but this
    source: Source | None = None  # of a line
    is_place: bool = False  # the title says where it is and the subtitle what; else the other way round
    is_part: bool = False  # of the rows of another branch, which are too many


def finding_branches(graph: Graph) -> Work[list[Branch | int]]:
    """The top of the tree: branches, and the nodes that are in none; in turns."""
    tree = yield from finding_regions(graph)
    builder = _Builder(graph, tree)
    yield
    return (yield from builder.top())


class _Builder:
    def __init__(self, graph: Graph, tree: RegionTree) -> None:
        self._graph, self._tree = graph, tree
        self._uses = tree.ends[(tree.ends >= 0).all(axis=1)]
        self._ranks: list[float] = self._node_ranks().tolist()
        self._branch_ranks: dict[int, float] = {}  # by id of a branch

    def top(self) -> Work[list[Branch | int]]:
        root = self._tree.regions[ROOT]
        below = yield from self._below(root, "")
        lines = yield from self._lines(root.nodes)
        return list(self._arranged([*below, *lines], ""))

    def _below(self, region: Region, path: str) -> Work[list[Branch | int]]:
        made: list[Branch | int] = []
        for place, number in enumerate(region.children):
            if place % _TURN_BRANCHES == _TURN_BRANCHES - 1:
                yield
            branch = yield from self._branch(number, path)
            self._rank(branch)
            made.append(branch)
        return made

    def _branch(self, number: int, around: str, also: tuple[str, ...] = ()) -> Work[Branch]:
        """A region in a module of that path; a list of blocks is its blocks."""
        tree, region = self._tree, self._tree.regions[number]
        only = region.children[0] if len(region.children) == 1 and not region.nodes else ROOT
        if region.kind == MODULE and only != ROOT and tree.are_blocks(only):
            return (yield from self._branch(only, around, (*also, region.key)))
        title, subtitle = self._words(number, region, around)
        below = yield from self._below(region, region.path or around)
        children = self._arranged([*below, *region.nodes], region.key)
        is_place = region.kind == MODULE or tree.are_blocks(number)
        return Branch(region.key, title, subtitle, children, region.path, also, is_place=is_place)

    def _words(self, number: int, region: Region, around: str) -> tuple[str, str]:
        """Title and subtitle: of a list of blocks which they are, of calls of one module how often."""
        tree, outer = self._tree, self._tree.regions[region.parent]
        if tree.are_blocks(number):
            return _within(tree.subtitle(number), around), tree.title(number)
        if region.kind == MODULE and outer.kind == SERIES and not tree.are_blocks(region.parent):
            return tr("{number} of {total}", number=region.number + 1, total=len(outer.children)), region.type_name
        if region.kind == MODULE:
            return _within(region.path, around), region.type_name
        return tree.title(number), tree.subtitle(number) if region.kind in (SERIES, LAYER) else ""

    def _lines(self, nodes: Sequence[int]) -> Work[list[Branch | int]]:
        """Nodes that no module made, by the line that did; one that is alone on its line stays without a branch."""
        by_line: dict[tuple[str, int], list[int]] = defaultdict(list)
        loose: list[Branch | int] = []
        for n_done, index in enumerate(nodes):
            if not n_done % _TURN_NODES:
                yield
            place = self._line_of(index)
            if place is None:
                loose.append(index)
            else:
                by_line[place].append(index)
        has_files = len({path for path, _ in by_line}) > 1
        for (path, line), members in by_line.items():
            yield
            if len(members) < 2 or all(self._graph.nodes[index].source is None for index in members):
                loose += members  # also the weights that the passes of a loop share, whose line is in the loop
            else:
                loose.append(self._line(path, line, members, has_files=has_files))
        return loose

    def _line(self, path: str, line: int, members: list[int], *, has_files: bool) -> Branch:
        sources = [source for index in members if (source := self._graph.nodes[index].source) is not None]
        widest = max(sources, key=lambda source: (source.end_line - source.line, len(source.text)))
        file = f"{path.rpartition('/')[2]} " if has_files else ""
        text = widest.text.splitlines()[0] if widest.text else ""
        key = f"{path}:{line}"
        return Branch(key, f"{file}{tr('line {line}', line=line)}", text, self._arranged(members, key), source=widest)

    def _line_of(self, index: int) -> tuple[str, int] | None:
        """Of a leaf without one, that of all of its users."""
        node = self._graph.nodes[index]
        if node.source is not None:
            return node.source.path, node.source.line
        if node.kind == "backward":
            return None
        users = self._uses[self._uses[:, 1] == index, 0]
        places = {_place(self._graph.nodes[user]) for user in users.tolist()}
        return places.pop() if len(places) == 1 else None

    # -- the order of the forward pass

    def _arranged(self, children: Sequence[Branch | int], key: str) -> tuple[Branch | int, ...]:
        return _in_parts(tuple(sorted(children, key=self._rank)), key)

    def _rank(self, child: Branch | int) -> float:
        if isinstance(child, int):
            return self._ranks[child]
        found = self._branch_ranks.get(id(child))
        if found is None:
            found = self._branch_ranks[id(child)] = min(map(self._rank, child.children), default=_LATE)
        return found

    def _node_ranks(self) -> np.ndarray:
        """Autograd numbers nodes in the order of the forward pass; what has no number, as a leaf, comes just before its
        first user."""
        sequences, first_use = self._graph.columns.sequences, np.full(len(self._graph.nodes), _LATE)
        users, used = self._uses.T
        numbers = np.where(sequences < 0, _LATE, sequences)
        np.minimum.at(first_use, used, numbers[users])
        return np.where(sequences < 0, first_use - 0.5, sequences)


def _in_parts(children: tuple[Branch | int, ...], key: str) -> tuple[Branch | int, ...]:
    """As they are, or in branches of some hundred each where nobody would scroll through them."""
    if len(children) <= _MANY:
        return children
    starts = range(0, len(children), _PART)
    parts = [children[start : start + _PART] for start in starts]
    titles = [f"{grouped(start + 1)} … {grouped(start + len(part))}" for start, part in zip(starts, parts, strict=True)]
    return tuple(
        Branch(f"{key} {title}", title, tr("of {total}", total=grouped(len(children))), part, is_part=True)
        for title, part in zip(titles, parts, strict=True)
    )


def _within(path: str, around: str) -> str:
    """ "attn.c_proj" of "h.0.attn.c_proj" in "h.0"; "h.0" of "transformer.h.0" in "transformer.h"."""
    short = path.removeprefix(f"{around}.") if around else path
    return f"{around.rpartition('.')[2]}.{short}" if around and short[:1].isdigit() else short


def _place(node: Node) -> tuple[str, int] | None:
    return None if node.source is None or node.module else (node.source.path, node.source.line)
